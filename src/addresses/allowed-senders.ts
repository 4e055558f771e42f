import { sql } from 'kysely';
import type { Act } from '../data/act.ts';
import type { Trx } from '../data/database.ts';
import type { Sop } from '../sop/index.ts';
import { audit } from '../trail/audit.ts';
import { groupItem, mailboxItem, touch } from '../trail/items.ts';

/** An address becomes another one, or is nobody's any more; by which procedure. */
type Change = { from: string; to: string | null; sop?: Sop };

/**
 * Whoever took mail from an address takes it from the new one, or no more from it, since somebody else may have it tomorrow:
 * lists and mailboxes of every agency, also once a disabled one is enabled again. The history of each says so.
 */
export async function changeSender(act: Act, change: Change) {
  const { sop } = change;
  const groups = await act.trx
    .selectFrom('group')
    .selectAll()
    .where('id', 'in', (eb) => eb.selectFrom('group_sender').select('group_id').where('address', '=', change.from))
    .orderBy('id')
    .execute();
  for (const group of groups) {
    const facts = await replace(act.trx, { table: 'group_sender', owner: 'group_id', id: group.id }, change);
    const item = groupItem(group);
    await audit(act, { action: 'group.sender-changed', sop, item, ...facts });
    await touch(act.trx, group.id, act.now);
  }
  const mailboxes = await act.trx
    .updateTable('mailbox')
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('id', 'in', (eb) => eb.selectFrom('accepted_sender').select('mailbox_id').where('address', '=', change.from))
    .returningAll()
    .execute();
  for (const mailbox of mailboxes) {
    const facts = await replace(act.trx, { table: 'accepted_sender', owner: 'mailbox_id', id: mailbox.id }, change);
    const item = mailboxItem(mailbox);
    await audit(act, { action: 'mailbox.sender-changed', sop, item, ...facts });
  }
  await changeRemembered(act.trx, change);
}

/** Orders in force that remember from whom a mailbox took mail before it was disabled: few of those in force, so by their index. */
const remembering = sql`disabling indexed by disabling_senders, json_each(disabling.previous_senders) as sender
  where disabling.status = 'in-force' and disabling.previous_accept_from = 'listed'`;

/** What a disabling has put away comes back with it, so it changes where it is. */
async function changeRemembered(trx: Trx, { from, to }: Change) {
  await sql`
    update disabling set previous_senders = (
      select json_group_array(address) from (
        select distinct coalesce(nullif(value, ${from}), ${to}) as address from json_each(previous_senders) order by 1
      ) where address is not null
    ) where id in (select disabling.id from ${remembering} and sender.value = ${from})`.execute(trx);
}

/** The same for addresses that are free again and nobody's: of thousands, only those that somebody takes mail from cost anything. */
export async function forgetSenders(act: Act, addresses: string[]) {
  const { rows } = await sql<{ address: string }>`
    select value as address from json_each(${JSON.stringify(addresses)}) as freed
    where exists (select 1 from group_sender where group_sender.address = freed.value)
      or exists (select 1 from accepted_sender where accepted_sender.address = freed.value)
      or freed.value in (select sender.value from ${remembering})`.execute(act.trx);
  for (const { address } of rows) await changeSender(act, { from: address, to: null });
}

type Senders = { table: 'group_sender' | 'accepted_sender'; owner: string; id: number };

/** Returns the senders before and after. */
async function replace(trx: Trx, { table, owner, id }: Senders, { from, to }: Change) {
  const its = sql`from ${sql.table(table)} where ${sql.ref(owner)} = ${id}`;
  const senders = async () => {
    const { rows } = await sql<{ address: string }>`select address ${its} order by address`.execute(trx);
    return rows.map((row) => row.address);
  };
  const before = await senders();
  await sql`delete ${its} and address = ${from}`.execute(trx);
  if (to !== null && !before.includes(to))
    await sql`insert into ${sql.table(table)} (${sql.ref(owner)}, address) values (${id}, ${to})`.execute(trx);
  return { before: { senders: before }, after: { senders: await senders() } };
}
