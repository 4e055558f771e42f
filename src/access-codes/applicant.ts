import { administratorsOf } from '../agencies/administrators.ts';
import type { Actor } from '../base/actor.ts';
import { ACCESS_CODE_LENGTH, codeMatches, readCode } from '../base/code.ts';
import { Conflict, RuleBroken, WrongTry } from '../base/errors.ts';
import type { Act } from '../data/act.ts';
import type { Db, Trx } from '../data/database.ts';
import type { Category } from '../data/schema.ts';
import { nameKey } from '../officers/name.ts';
import { placeOf } from '../sign-in/known-places.ts';
import { audit } from '../trail/audit.ts';
import { accessCodeItem } from '../trail/items.ts';
import { enqueue } from '../trail/outbox.ts';
import { forgive, inspect } from '../web/throttle.ts';
import { triesOf } from './access-code.ts';
import { detailsReturned } from './mails.ts';
import { type AccessCode, liveCodesOf } from './queries.ts';

/**
 * Sign-in of the account module (SOP 4.3 and 4.4 step 1). Every wrong combination has one and the same answer. Whoever
 * knows the identity card can type wrong codes: that shuts nobody out who has the right one.
 * @param identity the IC number's 12 digits, or the address
 * @returns the code's row
 */
export async function signInWithCode(
  db: Db,
  actor: Actor,
  given: { category: Category; name: string; identity: string; access_code: string },
  now: Date,
) {
  const name = triesOf(given.category, given.identity);
  const tried = { by: actor, what: 'access-code' as const, name, ...(await placeOf(db, actor, null, now)) };
  const typed = readCode(given.access_code, [ACCESS_CODE_LENGTH]);
  const codes = await liveCodesOf(db, given.category, given.identity, now);
  const found = codes.find(
    (code) => typed !== null && codeMatches(typed, code) && nameKey(code.full_name) === nameKey(given.name),
  );
  // 75 bits guard themselves: wrong ones are counted, and keep no right one out
  if (found === undefined)
    return inspect(db, tried, now, async () => {
      throw new WrongTry('register.wrong');
    });
  await forgive(db, tried);
  return found;
}

/**
 * SOP 4.2 step 5: the applicant confirms what the administrator registered, or returns it with a note (N4).
 * @returns the code's new state and the addresses mailed: none where the agency has lost its administrators meanwhile
 */
export async function answerDetails(act: Act, input: { decision: 'confirm' | 'return'; note: string }) {
  if (input.decision === 'return' && input.note === '') throw new RuleBroken('form.required', {}, 'note');
  const status = input.decision === 'confirm' ? ('confirmed' as const) : ('returned' as const);
  const code = await act.trx
    .updateTable('access_code')
    .set({ status, return_note: input.decision === 'return' ? input.note : null })
    .where('id', '=', act.actor.accessCodeId ?? 0)
    .where('status', 'in', ['issued', 'returned'])
    .returningAll()
    .executeTakeFirst();
  if (code === undefined) throw new Conflict('register.notNow');
  const after = input.decision === 'return' ? { status, note: input.note } : { status };
  await audit(act, { action: `access-code.${status}`, sop: '4.2', item: accessCodeItem(code), after });
  if (status === 'confirmed') return { status, mailed: [] };
  const administrators = await administratorsOf(act.trx, code.agency_id);
  return { status, mailed: await enqueue(act, detailsReturned(code, administrators, input.note)) };
}

/** The applicant's own code. */
export async function ownCode(db: Db | Trx, actor: Actor): Promise<AccessCode> {
  return db
    .selectFrom('access_code')
    .selectAll()
    .where('id', '=', actor.accessCodeId ?? 0)
    .executeTakeFirstOrThrow();
}
