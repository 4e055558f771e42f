import { createHmac } from 'node:crypto';
import { paced } from '../../base/pace.ts';
import type { Db } from '../../data/database.ts';
import type { Row } from '../../data/schema.ts';
import { agenciesOf, type Scope } from '../comparing.ts';
import { distinguishedName, UnfitName } from '../names.ts';
import { type Change, fieldOf, markOf, type ObjectKind, type ObjectOf, objectOf } from '../objects.ts';
import { keyOf, namesOf } from '../open-changes.ts';
import { comparedWithTicks } from '../steps.ts';
import { isOf, withinOf } from '../tracked.ts';

/** What a script knows of an object: how it is found. Its place is below the base, escaped. */
type PlannedItem = { item: string; guid: string | null; kind: ObjectKind; at: string; was: string };
/** One step. Without a number it only makes room for another one, and IPMS is told nothing of it. */
type PlannedStep = {
  step: string | null;
  seal: string | null;
  object: string;
  name: string;
  kind: ObjectKind;
  action: Change['action'];
  field: string;
  [detail: string]: unknown;
};
type Head = {
  ipms: 'plan';
  format: 1;
  installation: string;
  plan: string;
  made_at: string;
  agencies: string[];
  base: string | null;
};
export type Plan = { head: Head; items: PlannedItem[]; steps: PlannedStep[] };

/** What a script calls a step by: its number, and since when it is so. */
type Step = Pick<Row<'directory_change'>, 'id' | 'since' | 'change' | 'item_type' | 'item_id' | 'action' | 'field'>;

export const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Which installation it is, as its scripts and their results say it. */
export const installationOf = (key: Buffer) => signed(key, 'installation');

/** Shows in a result that the step is one of ours, and the very one that was sent: no other has it. */
export function sealOf(key: Buffer, { id, since, change, item_type, item_id }: Omit<Step, 'action' | 'field'>) {
  return signed(key, `${id}@${since} ${markOf({ type: item_type, id: item_id } as ObjectOf)} ${change}`);
}

function signed(key: Buffer, text: string) {
  return createHmac('sha256', key).update(text).digest('base64url').slice(0, 22);
}

/** The agencies whose changes a script makes, one of them or all, and what belongs to all where no agency is written to. */
export async function scriptScope(db: Db, agencyId: number | null): Promise<Scope> {
  const agencies = await agenciesOf(db);
  const own = agencies.filter(({ id, directory_mode }) => directory_mode === 'script' && id === (agencyId ?? id));
  const isAnyLive = agencies.some(({ directory_mode }) => directory_mode === 'live');
  return { agencies: own, isShared: own.length > 0 && !isAnyLive };
}

/**
 * What a script is to do for these agencies: their open steps, in the order in which they can be done, by the same difference as
 * everywhere. Thousands are compared: never in an act.
 * @param base where the objects lie; null: whoever runs the script says so
 */
export async function planOf(
  db: Db,
  scope: Scope,
  { now, key, base }: { now: Date; key: Buffer; base: string | null },
): Promise<Plan> {
  const breathe = paced();
  const { wanting, changes, rows, real } = await comparedWithTicks(db, scope, now);
  const open = new Map((await openSteps(db, scope)).map((step) => [keyOf(step), step]));
  const last = new Map(changes.map((change) => [keyOfChange(change), change]));
  const names = namesOf(wanting.objects, real);
  const there = new Map(real.map((each) => [each.guid, each]));
  const wanted = new Map(wanting.objects.map((each) => [markOf(each.of), each]));
  const guids = new Map(rows.map(({ mark, guid }) => [mark, guid]));
  const mentioned = new Set<string>();
  const steps: PlannedStep[] = [];
  for (const change of changes) {
    await breathe();
    const [name, step] = [keyOfChange(change), open.get(keyOfChange(change))];
    // what was decided in this moment is listed in the next
    if (step === undefined || step.change !== JSON.stringify(last.get(name))) continue;
    const details = detailsOf(change);
    if (details === null) continue;
    const object = markOf(objectOf(change));
    const isLast = change === last.get(name);
    steps.push({
      step: isLast ? `${step.id}@${step.since}` : null,
      seal: isLast ? sealOf(key, step) : null,
      object,
      name: names.nameOf(objectOf(change)),
      kind: (wanted.get(object) ?? there.get(object))?.kind ?? 'group',
      action: change.action,
      field: fieldOf(change),
      ...details,
    });
    for (const mark of [object, ...marksIn(change)]) mentioned.add(mark);
  }
  const items = [...mentioned].map((mark): PlannedItem => {
    const [future, present] = [wanted.get(mark), there.get(mark)];
    const guid = guids.get(mark) ?? null;
    const kind = (future ?? present)?.kind ?? 'group';
    return {
      item: mark,
      guid: guid !== null && GUID.test(guid) ? guid : null,
      kind,
      at: kind === 'container' && future !== undefined ? below([future.name, ...future.container]) : '',
      was: kind === 'container' && present !== undefined ? below([present.name, ...present.container]) : '',
    };
  });
  const installation = installationOf(key);
  const plan = signed(key, steps.map(({ seal }) => seal ?? '').join(' '));
  const agencies = scope.agencies.map(({ code }) => code);
  return {
    head: { ipms: 'plan', format: 1, installation, plan, made_at: now.toISOString(), agencies, base },
    items,
    steps,
  };
}

async function openSteps(db: Db, scope: Scope): Promise<Step[]> {
  return db
    .selectFrom('directory_change')
    .select(['id', 'since', 'change', 'item_type', 'item_id', 'action', 'field'])
    .where('reason', '=', 'step')
    .where('done_at', 'is', null)
    .where(isOf(withinOf(scope)))
    .execute();
}

function keyOfChange(change: Change) {
  const { type, id } = objectOf(change);
  return keyOf({ item_type: type, item_id: id, action: change.action, field: fieldOf(change) });
}

/** What a step needs beside its object; null: its name is none that a directory can carry. */
function detailsOf(change: Change): Record<string, unknown> | null {
  try {
    switch (change.action) {
      case 'create': {
        const { name, container, attributes } = change.wanted;
        return { below: below(container), newName: plain(name), attributes };
      }
      case 'rename':
      case 'move':
        return { below: below(change.container), newName: plain(change.name) };
      case 'update':
        return { values: change.to };
      case 'members': {
        const [before, to] = [new Set(change.from), (change.to as ObjectOf[]).map(markOf)];
        const after = new Set(to);
        return {
          to,
          add: to.filter((mark) => !before.has(mark)),
          remove: change.from.filter((mark) => !after.has(mark)),
        };
      }
      default:
        return {};
    }
  } catch (error) {
    if (error instanceof UnfitName) return null;
    throw error;
  }
}

function marksIn(change: Change) {
  return change.action === 'members' ? [...change.from, ...(change.to as ObjectOf[]).map(markOf)] : [];
}

/** Where a container lies below the base; empty for the base itself. @throws UnfitName */
function below([name, ...above]: string[]) {
  return name === undefined ? '' : distinguishedName('container', name, above, '').slice(0, -1);
}

/** The name itself, when a directory can carry it. @throws UnfitName */
function plain(name: string) {
  distinguishedName('contact', name, [], '');
  return name;
}
