import { sql } from 'kysely';
import { type Actor, asPerson, SYSTEM } from '../base/actor.ts';
import { DAY, later } from '../base/time.ts';
import type { Db, Trx } from '../data/database.ts';
import type { SignInRole } from '../data/schema.ts';
import { hashPassword } from '../sign-in/hashing.ts';
import { passwordSeal } from '../sign-in/password.ts';
import type { DemoAgency } from './agency.ts';
import { seedBulk } from './bulk.ts';
import { seedCases } from './cases.ts';
import { seedContacts } from './contacts.ts';
import { seedGroupCases } from './group-cases.ts';
import { seedGroups } from './groups.ts';
import { seedLife } from './life.ts';
import { seedTickets } from './tickets.ts';
import { seedTransfers } from './transfers.ts';
import { seedTroubles } from './troubles.ts';
import { seedUsage } from './usage.ts';

export const DEMO_PASSWORD = 'Contoh@2026ipms';

const AGENCIES = [
  {
    name: 'Jabatan Contoh',
    code: 'JC',
    ministry: 'Kementerian Contoh',
    domain: 'jabatan.test',
    file_reference: 'JC.600-1/3/2',
  },
  {
    name: 'Kementerian Contoh',
    code: 'KC',
    ministry: 'Kementerian Contoh',
    domain: 'kementerian.test',
    file_reference: 'KC.100-5/1/7',
  },
];

type Sign = { login_id: string; full_name: string; role: SignInRole; agency: 'JC' | 'KC' | null; ic: string | null };

export const DEMO_SIGN_INS: Sign[] = [
  { login_id: 'meja.bantuan', full_name: 'Noraini binti Salleh', role: 'helpdesk', agency: null, ic: null },
  { login_id: 'admin.jabatan', full_name: 'Rosnah binti Ismail', role: 'admin', agency: 'JC', ic: '780412105522' },
  { login_id: 'admin.kementerian', full_name: 'Tan Chee Keong', role: 'admin', agency: 'KC', ic: '810930075133' },
  {
    login_id: 'pegawai.jabatan',
    full_name: 'Muhammad Hafiz bin Abdullah',
    role: 'user',
    agency: 'JC',
    ic: '930221146031',
  },
  {
    login_id: 'pegawai.kementerian',
    full_name: 'Kavitha a/p Subramaniam',
    role: 'user',
    agency: 'KC',
    ic: '890817085244',
  },
];

/** Fills an empty database with the demo agencies, their people, and cases in every state, as they would have come about until `now`. */
export async function seedDemo(db: Db, bcryptCost: number, now: Date) {
  const hash = await hashPassword(DEMO_PASSWORD, bcryptCost, SYSTEM);
  await sql`pragma synchronous = off`.execute(db); // throw-away data need no flush for each of a thousand commits
  const began = later(now, -400 * DAY);
  const agencies = await db.transaction().execute((trx) => seedAgencies(trx, hash, began));
  await seedCases(db, agencies, hash, now);
  await seedGroups(db, agencies, now);
  await seedContacts(db, agencies, now);
  for (const agency of agencies) await seedGroupCases(db, agency, now);
  await seedLife(db, agencies, now);
  await seedTickets(db, agencies, now);
  await seedTransfers(db, agencies, now);
  await seedBulk(db, agencies, now);
  await seedUsage(db, now);
  await seedTroubles(db, now);
  await sql`pragma synchronous = full`.execute(db);
}

async function seedAgencies(trx: Trx, hash: string, began: Date): Promise<DemoAgency[]> {
  const made: DemoAgency[] = [];
  for (const { domain, ...agency } of AGENCIES) {
    const postmaster = `postadmin@${domain}`;
    const { id } = await trx
      .insertInto('agency')
      .values({ ...agency, postmaster_email: postmaster, created_at: began.toISOString() })
      .returning('id')
      .executeTakeFirstOrThrow();
    await trx.insertInto('mail_domain').values({ domain, agency_id: id }).execute();
    await trx
      .insertInto('address')
      .values({ address: postmaster, kind: 'postmaster', agency_id: id, item_id: id })
      .execute();
    for (const sign of DEMO_SIGN_INS.filter((each) => each.agency === agency.code)) {
      const user = await insertSignIn(trx, sign, { id, domain }, hash, began);
      if (sign.role === 'admin') made.push({ id, code: agency.code, domain, admin: user });
    }
  }
  for (const sign of DEMO_SIGN_INS.filter((each) => each.agency === null))
    await insertSignIn(trx, sign, null, hash, began);
  return made;
}

async function insertSignIn(
  trx: Trx,
  sign: Sign,
  agency: { id: number; domain: string } | null,
  hash: string,
  began: Date,
): Promise<Actor> {
  const email = `${sign.login_id}@${agency?.domain ?? 'bantuan.test'}`;
  const at = began.toISOString();
  const { id } = await trx
    .insertInto('user')
    .values({
      agency_id: agency?.id ?? null,
      role: sign.role,
      login_id: sign.login_id,
      email,
      full_name: sign.full_name,
      recovery_email: sign.role === 'user' ? `${sign.login_id}@rumah.test` : null,
      password_hash: hash,
      password_changed_at: at,
      created_at: at,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await trx
    .updateTable('user')
    .set({ password_seal: passwordSeal(hash, at) })
    .where('id', '=', id)
    .execute();
  await trx.insertInto('past_password').values({ user_id: id, password_hash: hash, created_at: at }).execute();
  await trx.insertInto('login_name').values({ login_id: sign.login_id, user_id: id }).execute();
  if (agency !== null) await insertMailbox(trx, sign, { userId: id, agencyId: agency.id, email, at });
  const { role, full_name } = sign;
  return asPerson({ ...SYSTEM, address: '127.0.0.1' }, { role, id, agency_id: agency?.id ?? null, full_name, email });
}

/** The mailboxes that were there before IPMS: they have no request. */
async function insertMailbox(
  trx: Trx,
  sign: Sign,
  who: { userId: number; agencyId: number; email: string; at: string },
) {
  const { id } = await trx
    .insertInto('mailbox')
    .values({
      agency_id: who.agencyId,
      user_id: who.userId,
      category: 'civil_servant',
      display_name: sign.full_name,
      full_name: sign.full_name,
      primary_email: who.email,
      login_id: sign.login_id,
      ic_number: sign.ic,
      contact_email: sign.role === 'user' ? `${sign.login_id}@rumah.test` : null,
      division: 'Bahagian Pengurusan Maklumat',
      unit: 'Unit Rangkaian',
      position: sign.role === 'admin' ? 'Pegawai Teknologi Maklumat' : 'Penolong Pegawai Tadbir',
      office_phone: '03-8000 8000',
      city: 'Putrajaya',
      country: 'Malaysia',
      package: sign.role === 'admin' ? 'A' : 'B',
      grade: sign.role === 'admin' ? '44' : '29',
      storage_mb: 2048,
      services: '["SSO"]',
      service_type: 'ordinary',
      created_at: who.at,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await trx
    .insertInto('address')
    .values({ address: who.email, kind: 'mailbox', agency_id: who.agencyId, item_id: id })
    .execute();
}
