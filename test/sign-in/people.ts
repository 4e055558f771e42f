import type { SignInRole } from '../../src/data/schema.ts';
import type { AuditAction } from '../../src/texts.ts';
import type { Ipms } from '../helper.ts';

type Given = { login: string; role?: SignInRole; agencyId?: number | null; recovery?: string };

/** Adds a person without a mailbox, with the password of every demo sign-in. Returns the row. */
export async function addPerson({ db, clock }: Ipms, { login, role = 'user', agencyId = 1, recovery }: Given) {
  const { password_hash } = await db.selectFrom('user').select('password_hash').limit(1).executeTakeFirstOrThrow();
  const now = clock.now.toISOString();
  const user = await db
    .insertInto('user')
    .values({
      agency_id: role === 'helpdesk' ? null : agencyId,
      role,
      login_id: login,
      email: `${login}@jabatan.test`,
      full_name: `Pegawai ${login}`,
      recovery_email: recovery ?? null,
      password_hash,
      password_changed_at: now,
      last_sign_in_at: null,
      created_at: now,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  await db
    .insertInto('past_password')
    .values({ user_id: user.id, password_hash: password_hash ?? '', created_at: now })
    .execute();
  await db.insertInto('login_name').values({ login_id: login, user_id: user.id, account_request_id: null }).execute();
  return user;
}

/** A person's row as it is now. */
export async function person({ db }: Ipms, login: string) {
  return db.selectFrom('user').selectAll().where('login_id', '=', login).executeTakeFirstOrThrow();
}

/** The mails of a kind, oldest first. */
export async function mailsOf({ db }: Ipms, mail: string) {
  return db.selectFrom('outbox').selectAll().where('mail', '=', mail).orderBy('id').execute();
}

/** What was audited about a person, oldest first. */
export async function auditOf({ db }: Ipms, userId: number, action: AuditAction) {
  return db
    .selectFrom('audit')
    .selectAll()
    .where('item_type', '=', 'user')
    .where('item_id', '=', userId)
    .where('action', '=', action)
    .orderBy('id')
    .execute();
}
