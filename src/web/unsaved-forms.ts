import { seal, unseal } from '../base/secrets.ts';
import { later, MINUTE } from '../base/time.ts';
import { type Db, isDiskTrouble } from '../data/database.ts';
import { isSameOwner, type Owner } from './form-owner.ts';

const KEPT_FOR = 30 * MINUTE;
/** So many for one person: the oldest gives way. */
const MOST_KEPT = 5;
/** As much as a form may hold. */
const LARGEST_KEPT = 256 * 1024;

/** A form as it came: whose it is, to which route it was sent, at which address, and what was typed. */
export type UnsavedForm = {
  owner: Owner;
  route: string;
  url: string;
  params: unknown;
  query: unknown;
  body: Record<string, string[]>;
};

/**
 * Keeps a form for its person, sealed: whoever reads the database reads nothing of it.
 * @returns its number; null when it is too large, or the disk refuses
 */
export async function keepForm(db: Db, key: Buffer, form: UnsavedForm, now: Date): Promise<number | null> {
  const text = JSON.stringify(form);
  if (text.length > LARGEST_KEPT) return null;
  const row = { ...form.owner, sealed: seal(key, text), expires_at: later(now, KEPT_FOR).toISOString() };
  try {
    const { id } = await db.insertInto('unsaved_form').values(row).returning('id').executeTakeFirstOrThrow();
    await forgetOldest(db, form.owner);
    return id;
  } catch (error) {
    if (!isDiskTrouble(error)) throw error;
    return null;
  }
}

const ownedBy = (db: Db, { user_id, access_code_id }: Owner) =>
  db
    .selectFrom('unsaved_form')
    .where('user_id', 'is', user_id)
    .where('access_code_id', 'is', access_code_id)
    .orderBy('id', 'desc');

async function forgetOldest(db: Db, owner: Owner) {
  const rows = await ownedBy(db, owner).select('id').offset(MOST_KEPT).limit(MOST_KEPT).execute();
  const ids = rows.map(({ id }) => id);
  if (ids.length > 0) await db.deleteFrom('unsaved_form').where('id', 'in', ids).execute();
}

/** A form that is kept for this person; null when it is another person's, or was kept too long ago. */
export async function findUnsavedForm(db: Db, key: Buffer, owner: Owner, id: number, now: Date) {
  const row = await ownedBy(db, owner)
    .select('sealed')
    .where('id', '=', id)
    .where('expires_at', '>', now.toISOString())
    .executeTakeFirst();
  const text = row === undefined ? null : unseal(key, row.sealed);
  const form = text === null ? null : (JSON.parse(text) as UnsavedForm);
  return isSameOwner(form?.owner ?? null, owner) ? form : null;
}

/** It can be loaded again, but no sign-in leads there any more: it may have been sent by then. */
export async function noteShown(db: Db, id: number) {
  const update = db.updateTable('unsaved_form').set({ shown: 1 }).where('id', '=', id).where('shown', '=', 0);
  await update.execute().catch((error: unknown) => {
    if (!isDiskTrouble(error)) throw error; // what is there can still be read
  });
}

/** Where the newest form that is kept for a person and was not shown yet stands: the sign-in leads there; null when there is none. */
export async function newestUnsavedForm(db: Db, owner: Owner, now: Date): Promise<string | null> {
  const row = await ownedBy(db, owner)
    .select('id')
    .where('shown', '=', 0)
    .where('expires_at', '>', now.toISOString())
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : unsavedFormAt(owner, row.id);
}

/** The same for somebody who signs in. */
export function unsavedFormOf(db: Db, user: { id: number }, now: Date) {
  return newestUnsavedForm(db, { user_id: user.id, access_code_id: null }, now);
}

/** The address of a form that is kept. */
export function unsavedFormAt({ user_id }: Owner, id: number) {
  return `/${user_id === null ? 'register' : 'me'}/unsaved-form?form=${id}`;
}
