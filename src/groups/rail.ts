import type { Actor } from '../base/actor.ts';
import { both } from '../base/language.ts';
import type { Row } from '../data/schema.ts';
import { type Instead, railOf } from '../sop/index.ts';
import { actsInHand } from '../trail/audit.ts';
import type { App } from '../web/app-types.ts';

type TellingSop = '4.15' | '4.16' | '4.17';
type GroupSop = '4.13' | '4.14' | TellingSop;

/**
 * The rail on a page of a list: of what was done under that number just now, as Member Of (SOP 4.18) adds members, too.
 * @param ending the procedure that leads to this page in the end: shown while nothing else was done since
 */
export async function railInHand(app: App, actor: Actor, { id }: { id: number }, own: GroupSop, ending?: GroupSop) {
  const acts = await actsInHand(app.db, actor, { type: 'group', id }, app.clock());
  const newest = acts.at(-1)?.sop;
  const sop = ending !== undefined && newest === ending ? ending : own;
  const rows = acts.filter((row) => row.sop === sop);
  return sop === '4.13' || sop === '4.14' ? railOf(sop, rows) : railOf(sop, rows, { instead: toldIn(rows) });
}

const TELLING = ['group.members-added', 'group.members-removed', 'group.deleted'];

/**
 * Step 3 of SOP 4.15 to 4.17 tells members and owners: once done it says how many there were to tell, as lists get no mail,
 * nor owners who are not active. Acts that did not count them yet leave the step as the SOP has it.
 */
function toldIn(rows: Row<'audit'>[]): Instead<TellingSop> {
  const done = rows.findLast((row) => TELLING.includes(row.action));
  const { owners_mailed: owners, members_mailed: members } = JSON.parse(done?.after ?? '{}') as Record<string, number>;
  if (members === undefined) return {};
  if (owners === undefined) return { notice: { task: both('group.rail.added', { members }) } };
  const act = done?.action === 'group.deleted' ? 'deleted' : 'removed';
  return { notice: { task: both(`group.rail.${act}`, { owners, members }) } };
}
