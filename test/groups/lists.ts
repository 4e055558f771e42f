import { sql } from 'kysely';
import type { Actor } from '../../src/base/actor.ts';
import { inAct, UNSET } from '../../src/data/act.ts';
import { createGroup } from '../../src/groups/group.ts';
import { addMembers } from '../../src/groups/members/members.ts';
import type { Ipms } from '../helper.ts';

/** Somebody in the demo data as who acts. */
export async function actorOf({ db }: Pick<Ipms, 'db'>, login: string): Promise<Actor> {
  const user = await db.selectFrom('user').selectAll().where('login_id', '=', login).executeTakeFirstOrThrow();
  return {
    role: user.role,
    userId: user.id,
    accessCodeId: null,
    agencyId: user.agency_id,
    name: user.full_name,
    email: user.email,
    address: '127.0.0.1',
    act: null,
  };
}

export const ADMIN = 'admin.jabatan@jabatan.test';
export const OFFICER = 'pegawai.jabatan@jabatan.test';
export const STRANGER = 'pegawai.kementerian@kementerian.test';
export const CONTACT = 'norhayati@universiti.test';

/** Makes a list of the first agency with the verbs that the pages use. Returns its id. */
export async function makeGroup(ipms: Ipms, local: string, members: string[] = [], owners: string[] = [ADMIN]) {
  const admin = await actorOf(ipms, 'admin.jabatan');
  const input = { display_name: `Senarai ${local}`, primary_email: `${local}@jabatan.test`, owners };
  const id = await inAct(ipms.db, { actor: admin, now: ipms.clock.now, settings: UNSET }, (act) =>
    createGroup(act, input),
  );
  if (members.length > 0)
    await inAct(ipms.db, { actor: admin, now: ipms.clock.now, settings: UNSET }, (act) => addMembers(act, id, members));
  await ipms.db.deleteFrom('outbox').execute();
  return id;
}

/** Adds so many officers of an agency at once. Returns their addresses. */
export async function addOfficers({ db, clock }: Ipms, count: number, agencyId = 1, start = 'ramai') {
  const now = clock.now.toISOString();
  await db.transaction().execute(async (trx) => {
    const numbers = sql`(select value as n from json_each(${JSON.stringify(Array.from({ length: count }, (_, n) => n))}))`;
    await sql`insert into user (agency_id, role, login_id, email, full_name, created_at)
      select ${agencyId}, 'user', ${start} || n, ${start} || n || '@jabatan.test', 'Pegawai ' || n, ${now} from ${numbers}`.execute(
      trx,
    );
    await sql`insert into mailbox (agency_id, user_id, category, display_name, full_name, primary_email, login_id, package, grade, storage_mb, service_type, created_at)
      select agency_id, id, 'civil_servant', full_name, full_name, email, login_id, 'B', '29', 1024, 'ordinary', created_at
      from user where login_id glob ${`${start}[0-9]*`}`.execute(trx);
    await sql`insert into address (address, kind, agency_id, item_id)
      select primary_email, 'mailbox', agency_id, id from mailbox where login_id glob ${`${start}[0-9]*`}`.execute(trx);
    await sql`insert into login_name (login_id, user_id) select login_id, id from user where login_id glob ${`${start}[0-9]*`}`.execute(
      trx,
    );
  });
  return Array.from({ length: count }, (_, n) => `${start}${n}@jabatan.test`);
}

/** The addresses of those who are in a list now. */
export async function membersOf({ db }: Ipms, groupId: number) {
  const rows = await db
    .selectFrom('membership')
    .select('member_address')
    .where('group_id', '=', groupId)
    .where('until', 'is', null)
    .orderBy('member_address')
    .execute();
  return rows.map((row) => row.member_address);
}

/** What was mailed since the list was made: `N13 to@…`, sorted. */
export async function mailed({ db }: Ipms) {
  const rows = await db
    .selectFrom('outbox')
    .select(['mail', 'to_address'])
    .orderBy('mail')
    .orderBy('to_address')
    .execute();
  return rows.map((row) => `${row.mail} ${row.to_address}`);
}

/** The records about a list, by procedure. */
export async function recordsOf({ db }: Ipms, type: 'group' | 'mailbox', id: number) {
  return db
    .selectFrom('record')
    .selectAll()
    .where('item_type', '=', type)
    .where('item_id', '=', id)
    .orderBy('id')
    .execute();
}

/** What was audited about a list or mailbox, oldest first. */
export async function actsOn({ db }: Ipms, type: 'group' | 'mailbox', id: number) {
  return db
    .selectFrom('audit')
    .selectAll()
    .where('item_type', '=', type)
    .where('item_id', '=', id)
    .orderBy('id')
    .execute();
}

export async function mailboxId({ db }: Ipms, address: string) {
  return (await db.selectFrom('mailbox').select('id').where('primary_email', '=', address).executeTakeFirstOrThrow())
    .id;
}
