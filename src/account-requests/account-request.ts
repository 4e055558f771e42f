import { ownCode } from '../access-codes/applicant.ts';
import { administratorsOf } from '../agencies/administrators.ts';
import type { Actor } from '../base/actor.ts';
import { Conflict } from '../base/errors.ts';
import { DAY, later, timeInWords } from '../base/time.ts';
import type { Act } from '../data/act.ts';
import type { Db, Trx } from '../data/database.ts';
import { identityFrom, servingOnce } from '../identities/claim.ts';
import type { Details } from '../officers/details.ts';
import { type AttachedFile, attachFiles } from '../trail/attachments.ts';
import { audit } from '../trail/audit.ts';
import { accountRequestItem } from '../trail/items.ts';
import { enqueue } from '../trail/outbox.ts';
import { fileRecord } from '../trail/records.ts';
import { accountRequested } from './mails.ts';
import { type AccountRequest, deciderOf, findAccountRequest, ownRequest } from './queries.ts';

export type Registration = Details & { full_name: string; stated_grade: string };

/** Once registered, the code follows the request until it is decided; approving sets a term again. */
const WHILE_PENDING = 365 * DAY;

/**
 * SOP 4.3 and 4.4 step 3: Register. What the applicant fills in becomes an account request, and the administrators get N5;
 * a request that was returned with a question is sent again the same way.
 * @returns the addresses mailed: none where the agency has lost its administrators meanwhile
 * @throws Conflict when the step is not open; RuleBroken when the request would hold too many files
 */
export async function registerAccount(act: Act, input: Registration, files: readonly AttachedFile[] = []) {
  const code = await ownCode(act.trx, act.actor);
  const before = await ownRequest(act.trx, act.actor);
  const request =
    before === undefined
      ? await servingOnce(act, identityFrom(code), () => insertRequest(act.trx, code, input, act.now))
      : await sendAgain(act.trx, before, input, act.now);
  const sop = code.category === 'civil_servant' ? '4.3' : '4.4';
  const action = before === undefined ? 'account-request.registered' : 'account-request.resubmitted';
  const administrators = await administratorsOf(act.trx, request.agency_id);
  const after = { ...input, mailed: administrators.map(({ address }) => address) };
  await audit(act, { action, sop, item: accountRequestItem(request), after });
  await attachFiles(act, { kind: 'account_request', id: request.id }, accountRequestItem(request), files, sop);
  await fileRegistration(act, request, sop, input);
  return enqueue(act, accountRequested(request, administrators));
}

/** SOP 6.0: the form as it was filled in, whatever becomes of it later. */
export async function fileRegistration(act: Act, request: AccountRequest, sop: '4.3' | '4.4', input: Registration) {
  const { category, ic_number, email, submitted_at } = request;
  const { full_name, ...details } = input;
  const content = { category, full_name, ic_number, email, ...details, submitted_at };
  const item = accountRequestItem(request);
  const entry = { agencyId: request.agency_id, sop, title: 'record.account-registered' as const, item, content };
  await fileRecord(act, entry);
}

type OwnCode = Awaited<ReturnType<typeof ownCode>>;

async function insertRequest(trx: Trx, code: OwnCode, input: Registration, now: Date) {
  const { numUpdatedRows } = await trx
    .updateTable('access_code')
    .set({ status: 'registered', expires_at: later(now, WHILE_PENDING).toISOString() })
    .where('id', '=', code.id)
    .where('status', '=', 'confirmed')
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) throw new Conflict('register.notNow');
  return createRequest(trx, code, 'applicant', input, now);
}

/** The row of a new request, for every way in which one comes to be. */
export async function createRequest(
  trx: Trx,
  code: Pick<OwnCode, 'id' | 'agency_id' | 'category' | 'ic_number' | 'email'>,
  source: AccountRequest['source'],
  input: Registration,
  now: Date,
) {
  return trx
    .insertInto('account_request')
    .values({
      ...input,
      agency_id: code.agency_id,
      access_code_id: code.id,
      source,
      category: code.category,
      ic_number: code.ic_number,
      email: code.email,
      submitted_at: now.toISOString(),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

async function sendAgain(trx: Trx, before: AccountRequest, input: Registration, now: Date) {
  const request = await trx
    .updateTable('account_request')
    .set({
      ...input,
      status: 'submitted',
      question: null,
      submitted_at: now.toISOString(),
      version: before.version + 1,
    })
    .where('id', '=', before.id)
    .where('status', '=', 'returned')
    .returningAll()
    .executeTakeFirst();
  if (request === undefined) throw new Conflict('register.notNow');
  return request;
}

/**
 * The request, if it still waits for the administrator.
 * @throws Conflict that says who decided what, and when
 */
export async function openRequest(trx: Trx, actor: Actor, id: number): Promise<AccountRequest> {
  const request = await findAccountRequest(trx, actor, id);
  if (request.status !== 'submitted') throw await decidedAlready(trx, request);
  return request;
}

/** What the second of two people is told. */
export async function decidedAlready(trx: Trx, request: AccountRequest) {
  const name = await deciderOf(trx, request);
  const time = timeInWords(request.decided_at ?? request.submitted_at);
  return new Conflict(`account-request.already.${request.status}`, { name, time });
}

/** How many requests wait for the agency's administrators, and since when the oldest does. */
export async function waitingRequests(db: Db, agencyId: number) {
  return db
    .selectFrom('account_request')
    .select((eb) => [eb.fn.countAll<number>().as('count'), eb.fn.min('submitted_at').as('oldest')])
    .where('agency_id', '=', agencyId)
    .where('status', '=', 'submitted')
    .executeTakeFirstOrThrow();
}
