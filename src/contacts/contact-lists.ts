import { sql } from 'kysely';
import { groupItem, touch } from '../groups/group.ts';
import { contactLeaves } from '../groups/membership.ts';
import { mailboxItem } from '../mailboxes/mailbox.ts';
import type { Actor } from '../platform/actor.ts';
import { record } from '../platform/audit.ts';
import type { Trx } from '../platform/database.ts';
import { enqueueDirectoryJob } from '../platform/directory.ts';
import { type Contact, listsWith } from './queries.ts';

/**
 * Takes a contact that is deleted out of every list of every agency; each list's history says so. It may not send to any
 * list any more either: its address can be somebody else's tomorrow.
 * @returns how many lists there were
 */
export async function leaveContactLists(trx: Trx, actor: Actor, contact: Contact, now: Date) {
  const lists = await listsWith(trx, contact.id);
  await contactLeaves(trx, actor, contact.id, now);
  for (const list of lists) {
    const item = groupItem(list);
    const after = { count: 1, members: [contact.email] };
    await record(trx, actor, { action: 'group.members-removed', sop: '4.23', item, after }, now);
    await touch(trx, list.id, now);
    await enqueueDirectoryJob(trx, actor, 'members', item, now);
  }
  await changeSender(trx, actor, { from: contact.email, to: null, sop: '4.23' }, now);
  return lists.length;
}

type Change = { from: string; to: string | null; sop: '4.22' | '4.23' };

/**
 * Whoever took mail from a contact's address takes it from the new one, or no more from it: lists and mailboxes of every
 * agency. The history of each says so, and its directory follows.
 */
export async function changeSender(trx: Trx, actor: Actor, change: Change, now: Date) {
  const groups = await trx
    .selectFrom('group')
    .selectAll()
    .where('id', 'in', (eb) => eb.selectFrom('group_sender').select('group_id').where('address', '=', change.from))
    .orderBy('id')
    .execute();
  for (const group of groups) {
    const facts = await replace(trx, { table: 'group_sender', owner: 'group_id', id: group.id }, change);
    const item = groupItem(group);
    await record(trx, actor, { action: 'group.sender-changed', sop: change.sop, item, ...facts }, now);
    await touch(trx, group.id, now);
    await enqueueDirectoryJob(trx, actor, 'update', item, now);
  }
  const mailboxes = await trx
    .updateTable('mailbox')
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('id', 'in', (eb) => eb.selectFrom('accepted_sender').select('mailbox_id').where('address', '=', change.from))
    .returningAll()
    .execute();
  for (const mailbox of mailboxes) {
    const facts = await replace(trx, { table: 'accepted_sender', owner: 'mailbox_id', id: mailbox.id }, change);
    const item = mailboxItem(mailbox);
    await record(trx, actor, { action: 'mailbox.sender-changed', sop: change.sop, item, ...facts }, now);
    await enqueueDirectoryJob(trx, actor, 'update', item, now);
  }
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
