import { sql } from 'kysely';
import type { Actor } from '../base/actor.ts';
import { Conflict, RuleBroken } from '../base/errors.ts';
import { fold } from '../base/folding.ts';
import { both, joined } from '../base/language.ts';
import { showTime } from '../base/time.ts';
import type { Act } from '../data/act.ts';
import type { Db, Trx } from '../data/database.ts';
import type { Row } from '../data/schema.ts';
import { together } from '../forms/together.ts';
import { nameWords } from '../officers/name.ts';
import type { Label } from '../texts.ts';
import { audit } from '../trail/audit.ts';
import { userItem } from '../trail/items.ts';
import { enqueue, type Mail } from '../trail/outbox.ts';
import { endSessions } from '../web/session.ts';
import { unlock } from '../web/throttle.ts';
import { isGuessable } from './guessable.ts';
import { hashPassword, MOST_BYTES, passwordMatches } from './hashing.ts';
import { wordsOfAgency } from './queries.ts';
import { signInName } from './sign-in.ts';

const REMEMBERED = 5;

/** Whose password it is: what it must not contain. */
type Person = Pick<Row<'user'>, 'login_id' | 'full_name' | 'email'>;

/** @param words those of the person's agency */
type Rule = { key: Label; keeps(password: string, person: Person, words: ReadonlySet<string>): boolean };

/** SOP 4.8.1 shows it as a password that keeps its rules: everybody who has read the SOP knows it. */
const SAMPLE = 'abcdefdgh@12';

/** Not said of one that has to become another one anyway. */
const GUESSABLE = 'password.rule.common';

/** SOP 4.8.1 and table 21A, and what NIST SP 800-63B adds. The page lists these very texts. */
const PASSWORD_RULES: Rule[] = [
  { key: 'password.rule.length', keeps: (password) => [...password].length >= 12 },
  { key: 'password.rule.digit', keeps: (password) => /\p{Nd}/u.test(password) },
  { key: 'password.rule.upper', keeps: (password) => /\p{Lu}/u.test(password) },
  { key: 'password.rule.symbol', keeps: (password) => /[^\p{L}\p{N}\s]/u.test(password) },
  { key: 'password.rule.bytes', keeps: (password) => Buffer.byteLength(password) <= MOST_BYTES },
  { key: 'password.rule.person', keeps: (password, person) => !namesPerson(password, person) },
  { key: 'password.rule.sample', keeps: (password) => !password.toLowerCase().includes(SAMPLE) },
  { key: GUESSABLE, keeps: (password, _person, words) => !isGuessable(password, words) },
];

/** Whether the directory of the agency keeps this one is the directory's to say: it is listed where a password is offered to it. */
const DIRECTORY_RULE: Label = 'password.rule.directory';

/** This one needs the past: it is listed with the others and checked by `newPassword`. */
const PAST_RULE: Label = 'password.rule.past';

/**
 * What a new password must be, as the page lists it.
 * @param user whose it will be; without an id while there is nobody yet
 * @param mustChange as `newPassword` is told
 */
export async function passwordRules(
  { directoryPasswords }: Pick<Keeper, 'directoryPasswords'>,
  user: { id: number | null },
  mustChange = false,
) {
  const isOffered = user.id !== null && (await directoryPasswords.isAsked(user.id));
  const more = [...(isOffered ? [DIRECTORY_RULE] : []), ...(mustChange ? [] : [PAST_RULE])];
  return [...PASSWORD_RULES.map((rule) => rule.key), ...more];
}

/** What is shorter is in many a word. */
const SHORTEST_NAME = 4;

/** Sign-in, name or address, or a word of them, whatever stands beside it. */
function namesPerson(password: string, { login_id, full_name, email }: Person) {
  const plain = (text: string) => fold(text).replace(/[\s.'-]/g, '');
  const local = email.split('@')[0] ?? '';
  const words = [login_id, local].flatMap((text) => text.split(/[^\p{L}]+/u));
  const own = [login_id, full_name, email, local, ...words, ...nameWords(full_name)];
  return own.map(plain).some((name) => [...name].length >= SHORTEST_NAME && plain(password).includes(name));
}

/** A password that may be put in place: its bcrypt hash, and what the directory said to it. */
export type NewPassword = { hash: string; directory: DirectoryAnswer };
/** It took the password; or has yet to get it, sealed until then; or nobody asked it, since this person has nothing there. */
export type DirectoryAnswer = { isTaken: boolean; sealed: string | null };
export const NOT_ASKED: DirectoryAnswer = { isTaken: false, sealed: null };
/** What carries passwords to the directory. It answers within seconds, also where that is away. */
export type DirectoryPasswords = {
  /** Is there anything in a directory for the passwords of this person? */
  isAsked(userId: number): Promise<boolean>;
  /**
   * @param taken for how many milliseconds whoever typed it waits already
   * @throws RuleBroken beside `new_password` when the directory's own rules refuse it
   */
  offer(userId: number, password: string, mustChange: boolean, taken: number): Promise<DirectoryAnswer>;
  /** The password of somebody who has just signed in, sealed, where the directory has none yet. */
  sealMissing(userId: number, password: string): Promise<string | null>;
};
/** Where no agency has a directory that is written to. */
export const NO_DIRECTORY: DirectoryPasswords = {
  isAsked: async () => false,
  offer: async () => NOT_ASKED,
  sealMissing: async () => null,
};
type Keeper = { db: Db; settings: { bcryptCost: number }; directoryPasswords: DirectoryPasswords };

type Typed = { new_password: string; confirm_password: string };

/** What a new password must be and is not. */
function broken(...keys: Label[]) {
  const rules = joined(
    keys.map((key) => both(key)),
    '; ',
  );
  return new RuleBroken('password.broken', { rules }, 'new_password');
}

/**
 * What is looked at of a new password by itself. Nothing that the person has or had is: it says nothing of the present one.
 * They throw RuleBroken beside `new_password` or `confirm_password`.
 */
export function looksAtPassword(
  db: Db,
  typed: (name: keyof Typed) => string,
  user: Person & { agency_id: number | null },
) {
  return [
    async () => {
      const password = typed('new_password');
      const words = await wordsOfAgency(db, user);
      const unkept = PASSWORD_RULES.filter((rule) => !rule.keeps(password, user, words)).map(({ key }) => key);
      const [first, ...more] = unkept.length > 1 ? unkept.filter((key) => key !== GUESSABLE) : unkept;
      if (first !== undefined) throw broken(first, ...more);
    },
    () => {
      if (typed('new_password') !== typed('confirm_password'))
        throw new RuleBroken('password.twice', {}, 'confirm_password');
    },
  ] as const;
}

/**
 * Holds a new password against every rule, hashes it and offers it to the directory: slow, so before the act that stores it.
 * @param user whose it will be; without an id while there is nobody yet
 * @param mustChange somebody else chose it, and it is to be changed at the next sign-in. It is not held against those that the person
 *   has had: to be refused for that would tell of the present one
 * @throws RuleBroken beside `new_password` or `confirm_password`, InvalidForm beside both; nothing is used up by it
 */
export async function newPassword(
  { db, settings, directoryPasswords }: Keeper,
  { address }: Pick<Actor, 'address'>,
  input: Typed,
  user: Person & { id: number | null; agency_id: number | null },
  mustChange = false,
): Promise<NewPassword> {
  const begun = performance.now();
  const cost = settings.bcryptCost;
  const password = input.new_password;
  await together(...looksAtPassword(db, (name) => input[name], user));
  // whoever hangs up has chosen it all the same: else one that is none of the last five would be tried for nothing
  const by = { address };
  for (const hash of mustChange ? [] : await pastHashes(db, user.id))
    if (await passwordMatches(password, hash, by)) throw broken(PAST_RULE);
  const hash = await hashPassword(password, cost, by);
  if (user.id === null) return { hash, directory: NOT_ASKED };
  return { hash, directory: await directoryPasswords.offer(user.id, password, mustChange, performance.now() - begun) };
}

async function pastHashes(db: Db, userId: number | null) {
  if (userId === null) return [];
  const rows = await db
    .selectFrom('past_password')
    .select('password_hash')
    .where('user_id', '=', userId)
    .orderBy('id', 'desc')
    .limit(REMEMBERED)
    .execute();
  return rows.map((row) => row.password_hash);
}

/**
 * What `check` knows a password's hash by: whoever writes to the database without the key cannot seal another one. It covers when
 * the password was set, which the audit trail has, too, so that an older one put back shows. Nobody can guess by it without the key.
 */
export function passwordSeal(hash: string, changedAt: string | null) {
  return sql<string>`audit_hash('password', json_array(id, ${hash}, ${changedAt}))`;
}

/** Puts a password in place, remembers it, and forgets those before the last five; an older one on its way to the directory, too. */
export async function storePassword(trx: Trx, userId: number, password: NewPassword, now: Date, mustChange = false) {
  const { hash, directory } = password;
  await keepForDirectory(trx, userId, directory, now, mustChange);
  await trx
    .updateTable('user')
    .set({
      password_hash: hash,
      password_changed_at: now.toISOString(),
      must_change_password: mustChange ? 1 : 0,
      password_seal: passwordSeal(hash, now.toISOString()),
    })
    .where('id', '=', userId)
    .execute();
  await trx
    .insertInto('past_password')
    .values({ user_id: userId, password_hash: hash, created_at: now.toISOString() })
    .execute();
  await trx
    .deleteFrom('past_password')
    .where('user_id', '=', userId)
    .where('id', 'not in', (eb) =>
      eb.selectFrom('past_password').select('id').where('user_id', '=', userId).orderBy('id', 'desc').limit(REMEMBERED),
    )
    .execute();
}

/** A newer password replaces one that waits for the directory; one that is there already opens the account. */
export async function keepForDirectory(
  trx: Trx,
  userId: number,
  { isTaken, sealed }: DirectoryAnswer,
  now: Date,
  mustChange = false,
) {
  await trx.deleteFrom('directory_password').where('user_id', '=', userId).execute();
  const made_at = now.toISOString();
  if (sealed !== null)
    await trx
      .insertInto('directory_password')
      .values({ user_id: userId, sealed, must_change: mustChange ? 1 : 0, made_at })
      .execute();
  if (isTaken)
    await trx
      .updateTable('directory_object')
      .set({ password_at: made_at, wanted_at: made_at, state: 'due' })
      .where('item_type', '=', 'mailbox')
      .where('item_id', 'in', (eb) => eb.selectFrom('mailbox').select('id').where('user_id', '=', userId))
      .execute();
}

/** Whether the mailbox takes the new password, too, as the page says it; undefined: this person has none that is used. */
export async function mailboxTakesIt(db: Db, userId: number, { directory }: NewPassword) {
  if (directory.isTaken) return 'password.mailbox.taken';
  if (directory.sealed !== null) return 'password.mailbox.waits';
  const mailbox = await db
    .selectFrom('mailbox')
    .select('id')
    .where('user_id', '=', userId)
    .where('status', '=', 'active')
    .executeTakeFirst();
  return mailbox === undefined ? undefined : 'password.mailbox.notCarried';
}

/**
 * Keeps the same password under another hash, since hashes cost more by now: nothing else ends, as nothing was changed.
 * @returns the person as of now, also when a sign-in beside this one has made it anew already
 */
export async function renewHash({ trx }: Act, user: Row<'user'>, hash: string): Promise<Row<'user'>> {
  const { id, password_hash, password_changed_at } = user;
  const { numUpdatedRows } = await trx
    .updateTable('user')
    .set({
      password_hash: hash,
      // one that another hand has put there is not made right by its being used
      password_seal: sql<string>`iif(password_seal = ${passwordSeal(password_hash ?? '', password_changed_at)},
        ${passwordSeal(hash, password_changed_at)}, password_seal)`,
    })
    .where('id', '=', id)
    .where('password_hash', '=', password_hash)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows > 0n) {
    await trx
      .updateTable('past_password')
      .set({ password_hash: hash })
      .where('user_id', '=', id)
      .where('password_hash', '=', password_hash)
      .execute();
    return { ...user, password_hash: hash };
  }
  const present = await trx.selectFrom('user').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  return present.password_changed_at === password_changed_at ? present : user; // `enter` refuses one that was changed
}

/**
 * SOP 4.20. Changes a person's password: other sessions end, open requests for help are answered, N8 goes out.
 * @param keepSession the session that goes on; none when it is undefined
 * @returns the addresses that were mailed
 */
export async function changePassword(act: Act, user: Row<'user'>, password: NewPassword, keepSession?: string) {
  await storePassword(act.trx, user.id, password, act.now);
  return afterPassword(act, user, { sop: '4.20', mail: passwordChanged(user, act.now) }, keepSession);
}

/**
 * SOP 4.8. An administrator sets a person's password: every session ends, the sign-in is open again, the person must
 * choose another at the next sign-in, and hears who did it (N8).
 * @returns the addresses that were mailed
 * @throws Conflict when somebody set another one meanwhile
 */
export async function setPasswordFor(act: Act, user: Row<'user'>, password: NewPassword) {
  const present = await act.trx.selectFrom('user').select('password_hash').where('id', '=', user.id).executeTakeFirst();
  if (present?.password_hash !== user.password_hash) throw new Conflict('password.changedMeanwhile');
  await storePassword(act.trx, user.id, password, act.now, true);
  await unlock(act.trx, user.id, signInName(user.login_id), act.now);
  return afterPassword(act, user, { sop: '4.8', mail: passwordChanged(user, act.now, act.actor.name) });
}

async function afterPassword(
  act: Act,
  user: Row<'user'>,
  { sop, mail }: { sop: '4.8' | '4.20'; mail: Mail },
  keepSession?: string,
) {
  await endSessions(act.trx, user.id, keepSession);
  await act.trx.deleteFrom('one_time_link').where('user_id', '=', user.id).execute();
  await answerHelpRequest(act, user);
  await audit(act, { action: 'user.password-changed', sop, item: userItem(user) });
  return enqueue(act, [mail]);
}

/** What somebody asked for who had forgotten the password is done. */
export async function answerHelpRequest({ trx, now, actor }: Act, user: Pick<Row<'user'>, 'id'>) {
  await trx
    .updateTable('password_request')
    .set({ handled_at: now.toISOString(), handled_by: actor.userId })
    .where('user_id', '=', user.id)
    .where('handled_at', 'is', null)
    .execute();
}

/** N8: the person hears of the change, never of the password. @param officer who did it, when it was not the person */
function passwordChanged(user: Row<'user'>, now: Date, officer?: string): Mail {
  return {
    mail: 'N8',
    to: { name: user.full_name, address: user.email },
    item: userItem(user),
    letter: {
      subject: both('mail.n8.subject'),
      greeting: user.full_name,
      paragraphs:
        officer === undefined
          ? [both('mail.n8.changed'), both('mail.n8.notYou')]
          : [both('mail.n8.byOfficer', { officer }), both('mail.n8.mustChange')],
      facts: [
        { label: both('field.login_id'), value: user.login_id },
        { label: both('mail.when'), value: { ms: showTime('ms', now), en: showTime('en', now) } },
      ],
      link:
        officer === undefined
          ? { label: both('mail.n8.link'), path: '/password/forgot' }
          : { label: both('mail.n8.signIn'), path: '/login' },
    },
  };
}
