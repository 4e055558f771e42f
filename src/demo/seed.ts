import type { Db, Trx } from '../platform/database.ts';
import type { SignInRole } from '../platform/schema.ts';
import { hashPassword } from '../sign-in/hashing.ts';

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

type Sign = { login_id: string; full_name: string; role: SignInRole; agency: string | null };

export const DEMO_SIGN_INS: Sign[] = [
  { login_id: 'meja.bantuan', full_name: 'Noraini binti Salleh', role: 'helpdesk', agency: null },
  { login_id: 'admin.jabatan', full_name: 'Rosnah binti Ismail', role: 'admin', agency: 'JC' },
  { login_id: 'admin.kementerian', full_name: 'Tan Chee Keong', role: 'admin', agency: 'KC' },
  { login_id: 'pegawai.jabatan', full_name: 'Muhammad Hafiz bin Abdullah', role: 'user', agency: 'JC' },
  { login_id: 'pegawai.kementerian', full_name: 'Kavitha a/p Subramaniam', role: 'user', agency: 'KC' },
];

/** Fills an empty database with the demo agencies and sign-ins. */
export async function seedDemo(db: Db, bcryptCost: number, now: Date) {
  const hash = await hashPassword(DEMO_PASSWORD, bcryptCost);
  await db.transaction().execute(async (trx) => {
    const agencies = new Map<string, { id: number; domain: string }>();
    for (const { domain, ...agency } of AGENCIES) {
      const postmaster = `postadmin@${domain}`;
      const { id } = await trx
        .insertInto('agency')
        .values({ ...agency, postmaster_email: postmaster, created_at: now.toISOString() })
        .returning('id')
        .executeTakeFirstOrThrow();
      await trx.insertInto('mail_domain').values({ domain, agency_id: id }).execute();
      await trx
        .insertInto('address')
        .values({ address: postmaster, kind: 'postmaster', agency_id: id, item_id: id, reserved_until: null })
        .execute();
      agencies.set(agency.code, { id, domain });
    }
    for (const sign of DEMO_SIGN_INS) await insertSignIn(trx, sign, agencies.get(sign.agency ?? ''), hash, now);
  });
}

async function insertSignIn(
  trx: Trx,
  sign: Sign,
  agency: { id: number; domain: string } | undefined,
  hash: string,
  now: Date,
) {
  const email = `${sign.login_id}@${agency?.domain ?? 'bantuan.test'}`;
  const user = await trx
    .insertInto('user')
    .values({
      agency_id: agency?.id ?? null,
      role: sign.role,
      login_id: sign.login_id,
      email,
      full_name: sign.full_name,
      recovery_email: null,
      password_hash: hash,
      password_changed_at: now.toISOString(),
      last_sign_in_at: null,
      created_at: now.toISOString(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await trx
    .insertInto('past_password')
    .values({ user_id: user.id, password_hash: hash, created_at: now.toISOString() })
    .execute();
  await trx
    .insertInto('login_name')
    .values({ login_id: sign.login_id, user_id: user.id, account_request_id: null })
    .execute();
}
