import type { Database } from 'better-sqlite3';
import type { AuditAction } from '../../texts.ts';

type TrailRow = {
  id: number;
  action: AuditAction;
  item_type: string;
  item_id: number;
  before: string | null;
  after: string | null;
};
type Facts = { primary_email?: string; owners?: string[]; owner?: string | null };

/** The acts by which lists get owners and lose them, and those by which a mailbox gets another address. */
const TELLING = [
  'group.created',
  'group.updated',
  'group.handed-over',
  'group.owner-left',
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
  const { told, holders } = readTrail(sqlite);
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

/** One way through the trail, as there is no index by act (decision 006). */
function readTrail(sqlite: Database) {
  const told = new Map<number, Told>();
  const holders = addressHolders(sqlite);
  const rows = sqlite
    .prepare(
      `select id, action, item_type, item_id, before, after from audit
        where action in (${TELLING.map((action) => `'${action}'`).join(', ')}) order by id`,
    )
    .iterate() as Iterable<TrailRow>;
  for (const row of rows) {
    const [before, after] = [row.before, row.after].map((facts) => JSON.parse(facts ?? '{}') as Facts);
    if (row.item_type === 'mailbox') {
      if (after?.primary_email !== undefined)
        holders.take(row.item_id, row.id, after.primary_email, before?.primary_email);
    } else if (after?.owners !== undefined) {
      const owners = after.owners.map((address) => ({ address, row: row.id }));
      told.set(row.item_id, { row: row.id, owners, gone: [] });
    } else if (row.action === 'group.owner-left') {
      const known = told.get(row.item_id);
      if (known === undefined) continue;
      known.row = row.id;
      known.gone.push({ address: before?.owner ?? '', row: row.id });
    }
  }
  return { told, holders };
}

/** Whose an address was at a row of the trail: of a mailbox that never got another one, always its own. */
function addressHolders(sqlite: Database) {
  type Mailbox = { id: number; address: string };
  const mailboxes = sqlite.prepare('select id, primary_email as address from mailbox').all() as Mailbox[];
  const addressOf = new Map(mailboxes.map(({ id, address }) => [id, address]));
  const idOf = new Map(mailboxes.map(({ id, address }) => [address, id]));
  const taken = new Map<string, { row: number; id: number }[]>();
  const known = new Set<number>();
  const note = (address: string, row: number, id: number) => {
    const holders = taken.get(address);
    if (holders === undefined) taken.set(address, [{ row, id }]);
    else holders.push({ row, id });
  };
  return {
    /** A mailbox gets an address in a row; the first time, it may have had another one from the beginning. */
    take(id: number, row: number, address: string, former: string | undefined) {
      if (!known.has(id) && former !== undefined) note(former, 0, id);
      known.add(id);
      note(address, row, id);
    },
    at({ address, row }: Named) {
      const holders = (taken.get(address) ?? []).filter((each) => each.row <= row);
      const last = holders.reduce<(typeof holders)[0] | undefined>(
        (newest, each) => (newest === undefined || each.row >= newest.row ? each : newest),
        undefined,
      );
      const id = last?.id ?? idOf.get(address);
      return last === undefined && id !== undefined && known.has(id) ? undefined : id;
    },
    now: (id: number | undefined) => (id === undefined ? 'somebody unknown' : (addressOf.get(id) ?? `mailbox ${id}`)),
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
