import type { Database } from 'better-sqlite3';
import type { AuditAction } from '../../texts.ts';
import { bitsOfItems } from './bits-of-items.ts';

type TrailRow = { id: number; action: AuditAction; item_id: number; before: string | null; after: string | null };
type Facts = { owners?: string[]; owner?: string | null };

/** The acts by which lists get owners and lose them, and those by which a mailbox gets another address. */
const OF_LISTS = ['group.created', 'group.updated', 'group.handed-over', 'group.owner-left'] satisfies AuditAction[];
const OF_MAILBOXES = [
  'mailbox.created',
  'mailbox.updated',
  'mailbox.corrected',
  'mailbox.transferred-in',
] satisfies AuditAction[];

/** An owner as a row of the trail names it. */
type Named = { address: string; row: number };

/** The owners of a list as the trail says last, and who ceased to be one since. */
type Told = { row: number; owners: Named[]; gone: Named[] };

/** So many are named. */
const NAMED = 20;

/**
 * Lists that are owned by others than the audit trail says last. The trail names owners by the addresses that they had then.
 * Lists of which it never told, such as those taken over or of sample data, are not asked.
 */
export function ownersToldOtherwise(sqlite: Database): string[] {
  const told = ownersTold(sqlite);
  const names = [...told.values()].flatMap(({ owners, gone }) => [...owners, ...gone].map(({ address }) => address));
  const holders = addressHolders(sqlite, new Set(names));
  const present = ownersNow(sqlite);
  const found: string[] = [];
  for (const [list, { row, owners, gone }] of told) {
    const left = new Set(gone.map(holders.at));
    const wanted = owners.map(holders.at).filter((id) => !left.has(id));
    const there = present.get(list) ?? [];
    if (there.length === wanted.length && wanted.every((id) => id !== undefined && there.includes(id))) continue;
    const inWords = (ids: (number | undefined)[]) => ids.map(holders.now).join(', ') || 'nobody';
    found.push(
      `group ${list} is not as the audit trail says last (row ${row}): owned by ${inWords(there)}, and was by ${inWords(wanted)}`,
    );
  }
  return found.length > NAMED
    ? [...found.slice(0, NAMED), `group not owned as the audit trail says last: and ${found.length - NAMED} more`]
    : found;
}

/** What the trail says of each list. One way through it, as there is no index by act (decision 006). */
function ownersTold(sqlite: Database) {
  const told = new Map<number, Told>();
  const rows = sqlite
    .prepare(
      `select id, action, item_id, before, after from audit
        where action in (${inSql(OF_LISTS)}) and item_type = 'group' order by id`,
    )
    .iterate() as Iterable<TrailRow>;
  for (const row of rows) {
    const [before, after] = [row.before, row.after].map((facts) => JSON.parse(facts ?? '{}') as Facts);
    if (after?.owners !== undefined) {
      const owners = after.owners.map((address) => ({ address, row: row.id }));
      told.set(row.item_id, { row: row.id, owners, gone: [] });
    } else if (row.action === 'group.owner-left') {
      const known = told.get(row.item_id);
      if (known === undefined) continue;
      known.row = row.id;
      known.gone.push({ address: before?.owner ?? '', row: row.id });
    }
  }
  return told;
}

const inSql = (actions: string[]) => actions.map((action) => `'${action}'`).join(', ');

/**
 * Whose an address was at a row of the trail: of a mailbox that never got another one, always its own.
 * @param named the addresses that will be asked for: of others nothing is kept, as there may be millions
 */
function addressHolders(sqlite: Database, named: ReadonlySet<string>) {
  type Telling = { id: number; item_id: number; address: string; former: string | null };
  const rows = sqlite
    .prepare(
      `select id, item_id, after ->> 'primary_email' as address, before ->> 'primary_email' as former from audit
        where action in (${inSql(OF_MAILBOXES)}) and item_type = 'mailbox' and address is not null order by id`,
    )
    .iterate() as Iterable<Telling>;
  const taken = new Map<string, { row: number; id: number }[]>();
  const note = (address: string, row: number, id: number) => {
    if (!named.has(address)) return;
    const holders = taken.get(address);
    if (holders === undefined) taken.set(address, [{ row, id }]);
    else holders.push({ row, id });
  };
  const known = bitsOfItems();
  for (const { id: row, item_id, address, former } of rows) {
    // the first time that an address is told of a mailbox, it may have had another one from the beginning
    if (known.get(item_id) === 0 && former !== null) note(former, 0, item_id);
    known.set(item_id, 1);
    note(address, row, item_id);
  }
  const idOf = sqlite.prepare('select id from mailbox where primary_email = +? order by id desc limit 1').pluck();
  const addressOf = sqlite.prepare('select primary_email from mailbox where id = ?').pluck();
  return {
    at({ address, row }: Named) {
      // what a mailbox had from the beginning is noted when it is first told of: behind later rows
      const holders = (taken.get(address) ?? []).filter((each) => each.row <= row);
      const last = holders.toSorted((one, other) => one.row - other.row).at(-1);
      if (last !== undefined) return last.id;
      const id = idOf.get(address) as number | undefined;
      return id === undefined || known.get(id) !== 0 ? undefined : id;
    },
    now: (id: number | undefined) =>
      id === undefined ? 'somebody unknown' : ((addressOf.get(id) as string | undefined) ?? `mailbox ${id}`),
  };
}

function ownersNow(sqlite: Database) {
  const rows = sqlite.prepare('select group_id, mailbox_id from group_owner').iterate() as Iterable<{
    group_id: number;
    mailbox_id: number;
  }>;
  const owners = new Map<number, number[]>();
  for (const { group_id, mailbox_id } of rows) owners.set(group_id, [...(owners.get(group_id) ?? []), mailbox_id]);
  return owners;
}
