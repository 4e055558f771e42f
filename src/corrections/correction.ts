import { type Actor, userOf } from '../base/actor.ts';
import { Conflict, RuleBroken } from '../base/errors.ts';
import { timeInWords } from '../base/time.ts';
import type { Act } from '../data/act.ts';
import { isTaken, type Trx } from '../data/database.ts';
import { eachTogether, together } from '../forms/together.ts';
import { refuseServed, servingOnce } from '../identities/claim.ts';
import { type Identity, identityOfMailbox } from '../identities/queries.ts';
import { findMailbox, type Mailbox } from '../mailboxes/queries.ts';
import { refuseTakenLoginId, takeLoginId } from '../officers/login-id.ts';
import { audit } from '../trail/audit.ts';
import { correctionItem, mailboxItem } from '../trail/items.ts';
import { enqueue } from '../trail/outbox.ts';
import { fileRecord } from '../trail/records.ts';
import { doneMails, noticeMail, whoCanDecide } from './mails.ts';
import { formerKeyOf, keyOf, keyOfMailbox, type PersonKey } from './person-key.ts';
import { type Correction, findCorrection } from './queries.ts';

const isSame = (one: PersonKey, other: PersonKey) => JSON.stringify(keyOf(one)) === JSON.stringify(keyOf(other));

/**
 * SOP 4.7: an administrator asks for what a person is known by to be corrected. Nothing changes before somebody else has
 * confirmed it.
 * @returns its number, and the addresses mailed
 * @throws NotFound; RuleBroken beside a field (nothing is different, taken, served already); Conflict when the mailbox was
 * deleted, or one is open
 */
export async function requestCorrection(act: Act, mailboxId: number, input: PersonKey & { reason: string }) {
  const mailbox = await findMailbox(act.trx, act.actor, mailboxId);
  if (mailbox.status === 'deleted') throw new Conflict('correction.askDeleted');
  const former = await keyOfMailbox(act.trx, mailbox);
  if (isSame(former, input)) throw new RuleBroken('correction.same');
  const [known, identity] = await identitiesOf(act.trx, mailbox, input);
  const { agency_id } = mailbox;
  await together(
    () => refuseEmpty(former, input),
    () => refuseTakenLoginId(act.trx, input.login_id, mailbox.user_id),
    () =>
      identity.value !== '' &&
      (identity.kind !== known.kind || identity.value !== known.value) &&
      refuseServed(act, { ...identity, agency_id }),
  );
  const { id } = await act.trx
    .insertInto('correction')
    .values({
      mailbox_id: mailbox.id,
      agency_id,
      person_name: mailbox.display_name,
      former_ic_number: former.ic_number,
      former_passport: former.passport,
      former_login_id: former.login_id,
      former_email: former.email,
      ...keyOf(input),
      reason: input.reason,
      requested_by: userOf(act.actor),
      requested_at: act.now.toISOString(),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
    .catch((error: unknown) => {
      if (isTaken(error, 'correction.mailbox_id')) throw new Conflict('correction.thereIsOne');
      throw error;
    });
  const found = await findCorrection(act.trx, act.actor, id);
  const after = { ...keyOf(input), reason: input.reason };
  await audit(act, {
    action: 'correction.requested',
    sop: '4.7',
    item: correctionItem(found),
    before: former,
    after,
  });
  return { id, mailed: await tellDeciders(act, found, 'requested') };
}

async function tellDeciders(act: Act, row: Correction, notice: 'requested' | 'withdrawn') {
  const { area, to } = await whoCanDecide(act, row);
  return enqueue(
    act,
    to.map((each) => noticeMail(notice, row, area, each)),
  );
}

/** Whoever was known by one of these does not lose it. */
async function refuseEmpty(known: PersonKey, input: PersonKey) {
  const missing = { ic_number: 'form.icNumber', passport: 'form.required', email: 'form.email' } as const;
  await eachTogether(['ic_number', 'passport', 'email'] as const, (field) => {
    if (known[field] !== null && input[field] === null) throw new RuleBroken(missing[field], {}, field);
  });
}

/** How a mailbox's person is known, and will be with another key. */
async function identitiesOf(trx: Trx, mailbox: Mailbox, { ic_number, passport, email }: PersonKey) {
  const known = await identityOfMailbox(trx, mailbox);
  const byNumber: Identity =
    mailbox.category === 'civil_servant' && ic_number !== null
      ? { kind: 'ic_number', value: ic_number }
      : { kind: 'passport', value: passport?.toUpperCase() ?? '' };
  return [known, known.kind === 'email' ? { kind: known.kind, value: email ?? '' } : byNumber] as const;
}

/** Why an actor cannot decide on an open correction; null when it can be done. */
export function decisionHindrance(actor: Actor, { requested_by, user_id }: Correction) {
  if (requested_by === actor.userId) return 'correction.isYours';
  return user_id === actor.userId ? 'correction.isAboutYou' : null;
}

async function findToDecide(act: Act, id: number) {
  const found = await findCorrection(act.trx, act.actor, id);
  if (found.status !== 'requested') throw overAlready(found);
  const hindrance = decisionHindrance(act.actor, found);
  if (hindrance !== null) throw new RuleBroken(hindrance);
  return found;
}

const overAlready = ({ decider, decided_at, requested_at }: Correction) =>
  new Conflict('correction.already', { name: decider ?? '', time: timeInWords(decided_at ?? requested_at) });

/**
 * SOP 4.7: somebody else than who asked confirms the correction, which carries it out: the mailbox, the sign-in, the search
 * and the claim to be served once follow. The former login ID stays reserved.
 * @returns the addresses mailed
 * @throws NotFound; RuleBroken for who asked or whom it is about, or when it is taken or served meanwhile; Conflict when it
 * was decided, the mailbox was deleted, or is not as it was
 */
export async function confirmCorrection(act: Act, id: number) {
  const found = await findToDecide(act, id);
  const mailbox = await findMailbox(act.trx, act.actor, found.mailbox_id);
  if (mailbox.status === 'deleted') throw new Conflict('correction.isDeleted');
  const before = formerKeyOf(found);
  if (!isSame(await keyOfMailbox(act.trx, mailbox), before)) throw new Conflict('correction.isDifferent');
  const after = keyOf(found);
  const decided = await decide(act, found, 'confirmed');
  if (after.login_id !== before.login_id) await takeLoginId(act.trx, after.login_id, mailbox.user_id);
  const [, identity] = await identitiesOf(act.trx, mailbox, after);
  await servingOnce(act, identity, () => store(act.trx, mailbox, before, after));
  const item = mailboxItem(mailbox);
  await audit(act, { action: 'mailbox.corrected', sop: '4.7', item, before, after });
  const { reason, requested_by, requested_at, decided_by, decided_at } = decided;
  const content = { ...after, before, reason, requested_by, requested_at, decided_by, decided_at };
  const { agency_id: agencyId } = mailbox;
  await fileRecord(act, { agencyId, sop: '4.7', title: 'record.mailbox-corrected', item, content });
  return enqueue(act, doneMails(decided, mailbox, act.actor));
}

/** Where a wrong address was also the one to reach the person at, that is corrected with it. */
async function store(
  trx: Trx,
  { id, user_id, contact_email }: Mailbox,
  before: PersonKey,
  { email, ...key }: PersonKey,
) {
  await trx.updateTable('user').set({ login_id: key.login_id }).where('id', '=', user_id).execute();
  const isReachedThere = before.email !== null && contact_email?.toLowerCase() === before.email;
  const known =
    email === before.email ? {} : { known_email: email, ...(isReachedThere ? { contact_email: email } : {}) };
  await trx
    .updateTable('mailbox')
    .set((eb) => ({ ...key, ...known, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute();
}

/**
 * Somebody else than who asked says no, with a reason that is mailed.
 * @returns the addresses mailed
 * @throws NotFound; RuleBroken for who asked or whom it is about; Conflict when it was decided
 */
export async function refuseCorrection(act: Act, id: number, refusal: string) {
  const found = await findToDecide(act, id);
  const refused = await decide(act, found, 'refused', refusal);
  return enqueue(act, [
    noticeMail('refused', refused, 'admin', { name: found.requester, address: found.requester_email }),
  ]);
}

/**
 * Whoever asked takes the correction back.
 * @returns the addresses mailed
 * @throws NotFound; RuleBroken for everybody else; Conflict when it was decided
 */
export async function withdrawCorrection(act: Act, id: number) {
  const found = await findCorrection(act.trx, act.actor, id);
  if (found.status !== 'requested') throw overAlready(found);
  if (found.requested_by !== act.actor.userId) throw new RuleBroken('correction.notYours');
  const withdrawn = await decide(act, found, 'withdrawn');
  return tellDeciders(act, withdrawn, 'withdrawn');
}

/** The condition on the status decides who is first. */
async function decide(act: Act, found: Correction, status: 'confirmed' | 'refused' | 'withdrawn', refusal = '') {
  const { numUpdatedRows } = await act.trx
    .updateTable('correction')
    .set({ status, refusal, decided_by: userOf(act.actor), decided_at: act.now.toISOString() })
    .where('id', '=', found.id)
    .where('status', '=', 'requested')
    .executeTakeFirstOrThrow();
  const decided = await findCorrection(act.trx, act.actor, found.id);
  if (numUpdatedRows === 0n) throw overAlready(decided);
  const item = correctionItem(decided);
  const before = { status: found.status };
  await audit(act, {
    action: `correction.${status}`,
    sop: '4.7',
    item,
    before,
    after: { status, ...(refusal === '' ? {} : { refusal }) },
  });
  return decided;
}
