import { randomUUID } from 'node:crypto';
import { digest } from '../../src/base/secrets.ts';
import { DAY, later } from '../../src/base/time.ts';
import type { Row } from '../../src/data/schema.ts';
import { audit } from '../../src/trail/audit.ts';
import { enqueue } from '../../src/trail/outbox.ts';
import { fileRecord } from '../../src/trail/records.ts';
import { type Ipms, START } from '../helper.ts';
import { actOf, EXPIRES_AT, type Ground, MOMENT, PERSON } from './ground.ts';

// Items of people who come in: from the request for an access code to the sign-in.

const REGISTERED = { ...PERSON, full_name: 'Siti Aminah binti Yusuf', ic_number: '880412105674' } as const;
const RESET_TOKEN = 'test-token-of-a-password-link';
const SET_UP_TOKEN = 'test-token-of-a-set-up-link';

/** From the request for an access code to the request for an account, with a record, an audit row and a mail. */
export async function plantJoining(ground: Ground) {
  const { trx, agency, admin } = ground;
  const act = actOf(ground);
  const issued = {
    agency_id: agency.id,
    ...PERSON,
    email: null,
    contact_email: 'siti@rumah.test',
    notify_kind: 'personal',
    notify_email: 'siti@rumah.test',
    supervisor_email: `ketua@jabatan.test`,
    return_note: null,
    salt: 'salt',
    code_hash: 'hash',
    issued_by: admin.id,
    issued_at: MOMENT,
    expires_at: later(START, 30 * DAY).toISOString(),
  } as const;
  const code = await trx
    .insertInto('access_code')
    .values({ ...issued, status: 'issued' })
    .returning('id')
    .executeTakeFirstOrThrow();
  const registered = await trx
    .insertInto('access_code')
    .values({ ...issued, ...REGISTERED, status: 'registered' })
    .returning('id')
    .executeTakeFirstOrThrow();
  const codeRequest = await trx
    .insertInto('access_code_request')
    .values({
      agency_id: agency.id,
      ...PERSON,
      reference: 'KA-TEST-0001',
      email: null,
      contact_email: 'siti@rumah.test',
      reporting_division: 'Bahagian Kewangan',
      supervisor_email: null,
      verified_with: 'division',
      verification_note: '',
      verified_by: admin.id,
      verified_at: MOMENT,
      refusal_reason: null,
      decided_by: null,
      decided_at: null,
      access_code_id: null,
      created_at: MOMENT,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const accountRequest = await trx
    .insertInto('account_request')
    .values({
      agency_id: agency.id,
      access_code_id: registered.id,
      source: 'applicant',
      ...REGISTERED,
      email: null,
      primary_email: null,
      login_id: null,
      package: null,
      grade: null,
      storage_mb: null,
      service_type: null,
      allocated_by: null,
      allocated_at: null,
      question: null,
      refusal_reason: null,
      decided_by: null,
      decided_at: null,
      mailbox_id: null,
      submitted_at: MOMENT,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const item = {
    type: 'access_code_request' as const,
    id: codeRequest.id,
    name: PERSON.full_name,
    agencyId: agency.id,
  };
  await fileRecord(act, { agencyId: agency.id, sop: '4.1', title: 'record.access-code-refused', item, content: {} });
  await audit(act, { action: 'access-code-request.submitted', sop: '4.1', item });
  const both = { ms: 'Surat', en: 'Letter' };
  const letter = { subject: both, greeting: PERSON.full_name, paragraphs: [both] };
  await enqueue(act, [{ mail: 'N1', to: { name: 'Ketua', address: 'ketua@jabatan.test' }, item, letter }]);
  return {
    access_code: code.id,
    registered_code: registered.id,
    access_code_request: codeRequest.id,
    account_request: accountRequest.id,
    reference: 'KA-TEST-0001',
  };
}

/** Links, a passkey and a session. @param other of whom the passkey is */
export async function plantSignIn({ trx, agency, user }: Ground, other: Row<'user'>) {
  await trx
    .insertInto('password_request')
    .values({ user_id: user.id, agency_id: agency.id, requested_at: MOMENT })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await trx
    .insertInto('one_time_link')
    .values([
      { token_hash: digest(RESET_TOKEN), purpose: 'reset', user_id: user.id, expires_at: EXPIRES_AT },
      { token_hash: digest(SET_UP_TOKEN), purpose: 'set-up', user_id: null, expires_at: EXPIRES_AT },
    ])
    .execute();
  // of somebody for whom every test asks for a second factor anyway
  const passkey = await trx
    .insertInto('passkey')
    .values({
      user_id: other.id,
      name: 'Telefon',
      credential_id: 'test-credential',
      public_key: Buffer.from('test key'),
      counter: 0,
      transports: 'internal',
      created_at: MOMENT,
      last_used_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const session = digest(randomUUID());
  await trx
    .insertInto('session')
    .values({
      id: session,
      user_id: user.id,
      access_code_id: null,
      data: JSON.stringify({ userId: user.id }),
      created_at: MOMENT,
      seen_at: MOMENT,
      expires_at: EXPIRES_AT,
    })
    .execute();
  return { passkey: passkey.id, session, reset_token: RESET_TOKEN, set_up_token: SET_UP_TOKEN };
}

/** The session cookie of somebody who signed in with an access code. */
export async function applicantSession({ app, db }: Ipms, accessCodeId: number) {
  const id = randomUUID();
  await db
    .insertInto('session')
    .values({
      id: digest(id),
      user_id: null,
      access_code_id: accessCodeId,
      data: JSON.stringify({ accessCodeId }),
      created_at: MOMENT,
      seen_at: MOMENT,
      expires_at: EXPIRES_AT,
    })
    .execute();
  return app.signCookie(id);
}
