import type { Act } from '../data/act.ts';
import type { AuditAction } from '../texts.ts';
import { audit } from '../trail/audit.ts';
import { copyOf } from './copies.ts';
import type { Happening } from './folder.ts';

/** So much of what was said is kept: a list of a thousand faults says no more than its first lines. */
const MOST_SAID = 2000;

/** One run of the work: who asked for it, and since when. */
export type Run = { askedBy: string; beganAt: Date };

/** The copies are the database's, and named by their files. */
const item = (name: string) => ({ type: 'database' as const, id: 1, name, agencyId: null });

const said = (text: string) => (text.length > MOST_SAID ? `${text.slice(0, MOST_SAID - 1)}…` : text);

/** Asks for a copy to be made now. @returns false when that was asked already */
export async function askForBackup(act: Act) {
  const { numUpdatedRows } = await act.trx
    .updateTable('backup_work')
    .set({ asked_at: act.now.toISOString(), asked_by_name: act.actor.name })
    .where('asked_at', 'is', null)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) return false;
  await audit(act, { action: 'backup.asked', item: item('IPMS') });
  return true;
}

/** What is said of a copy that was asked for, and cannot be made any more. */
const SWITCHED_OFF = 'IPMS was started without IPMS_BACKUP_DIR before it was made.';

/**
 * A start: what was under way before it is not any more. A copy that somebody asked for is made now, or, where none are made any
 * more, listed as not made.
 * @param isScheduled whether IPMS makes copies by itself
 */
export async function beginSchedule(act: Act, isScheduled: boolean) {
  const { trx, now } = act;
  const work = await trx.selectFrom('backup_work').selectAll().executeTakeFirstOrThrow();
  const asked =
    work.asked_at === null && work.began_at !== null && work.began_for !== null
      ? { asked_at: work.began_at, asked_by_name: work.began_for }
      : { asked_at: work.asked_at, asked_by_name: work.asked_by_name };
  await trx
    .updateTable('backup_work')
    .set({ began_at: null, began_for: null, ...asked })
    .execute();
  if (!isScheduled) {
    if (asked.asked_at !== null)
      await noteFailed(act, SWITCHED_OFF, {
        askedBy: asked.asked_by_name ?? act.actor.name,
        beganAt: new Date(asked.asked_at),
      });
    const none = { asked_at: null, asked_by_name: null, scheduled_since: null, copying_said: null };
    await trx.updateTable('backup_work').set(none).execute();
  } else
    await trx
      .updateTable('backup_work')
      .set({ scheduled_since: now.toISOString() })
      .where('scheduled_since', 'is', null)
      .execute();
}

/** Before the copy is made, so that the one that waits for it is not in the copy. @param isMaking or only looking */
export async function beginRun({ trx, now }: Act, isMaking: boolean) {
  const { asked_by_name } = await trx.selectFrom('backup_work').select('asked_by_name').executeTakeFirstOrThrow();
  const begun = isMaking
    ? { began_at: now.toISOString(), began_for: asked_by_name, asked_at: null, asked_by_name: null }
    : {};
  await trx
    .updateTable('backup_work')
    .set({ looked_at: now.toISOString(), ...begun })
    .execute();
}

export async function endRun({ trx }: Act) {
  await trx.updateTable('backup_work').set({ began_at: null, began_for: null }).execute();
}

/** Keeps what happened in the folders. */
export async function noteHappening(act: Act, happening: Happening, run: Run) {
  switch (happening.what) {
    case 'made':
      return noteMade(act, happening, run);
    case 'failed':
      return noteFailed(act, happening.said, run);
    case 'found':
      return noteFound(act, happening);
    case 'lost':
      return noteOf(act, happening.name, { state: happening.state, lost_at: act.now.toISOString() }, 'backup.lost');
    case 'removed':
      return noteOf(act, happening.name, { state: 'removed', lost_at: act.now.toISOString() }, 'backup.removed');
    case 'back': {
      const state = copyOf(happening.name)?.hasFaults ? ('faults' as const) : ('good' as const);
      return noteOf(act, happening.name, { state, lost_at: null, read_at: act.now.toISOString() }, 'backup.back');
    }
    case 'read':
      return noteOf(act, happening.name, { read_at: act.now.toISOString() });
    case 'copied':
      return noteOf(act, happening.name, { copied_at: act.now.toISOString() });
    case 'copying':
      await act.trx
        .updateTable('backup_work')
        .set({ copying_said: happening.said === null ? null : said(happening.said) })
        .execute();
  }
}

async function noteMade(act: Act, made: Happening & { what: 'made' }, { askedBy, beganAt }: Run) {
  const { name, looked, bytes, sha256, isEncrypted } = made;
  const state = looked.faults.length > 0 ? ('faults' as const) : ('good' as const);
  await act.trx
    .insertInto('backup')
    .values({
      file_name: name,
      state,
      began_at: beganAt.toISOString(),
      ended_at: act.now.toISOString(),
      asked_by_name: askedBy,
      is_encrypted: isEncrypted ? 1 : 0,
      bytes,
      sha256,
      last_audit_row: looked.lastAuditRow,
      read_at: act.now.toISOString(),
      said: state === 'faults' ? said(looked.faults.join('\n')) : null,
    })
    .execute();
  const after = { status: state, file_size: bytes, sha256, last_audit_row: looked.lastAuditRow };
  await audit(act, { action: 'backup.made', item: item(name), after });
}

async function noteFailed(act: Act, why: string, { askedBy, beganAt }: Run) {
  const times = { began_at: beganAt.toISOString(), ended_at: act.now.toISOString() };
  await act.trx
    .insertInto('backup')
    .values({ file_name: '', state: 'failed', ...times, asked_by_name: askedBy, is_encrypted: 0, said: said(why) })
    .execute();
}

/** A file that has the name of a copy, and that this database knows nothing of: it counts for nothing. */
async function noteFound({ trx, now }: Act, { name, bytes }: { name: string; bytes: number }) {
  const moment = copyOf(name)?.madeAt ?? now;
  const times = { began_at: moment.toISOString(), ended_at: moment.toISOString() };
  const is_encrypted = name.endsWith('.age') ? 1 : 0;
  await trx
    .insertInto('backup')
    .values({ file_name: name, state: 'found', ...times, asked_by_name: '', is_encrypted, bytes })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

type Noted = { state?: 'spoilt' | 'gone' | 'removed' | 'good' | 'faults' };

async function noteOf(
  act: Act,
  name: string,
  noted: Noted & { lost_at?: string | null; read_at?: string; copied_at?: string },
  action?: AuditAction,
) {
  const row = await act.trx
    .selectFrom('backup')
    .select(['id', 'state'])
    .where('file_name', '=', name)
    .where('state', '<>', 'removed')
    .orderBy('id', 'desc')
    .executeTakeFirst();
  if (row === undefined) return;
  await act.trx.updateTable('backup').set(noted).where('id', '=', row.id).execute();
  if (action !== undefined)
    await audit(act, { action, item: item(name), before: { status: row.state }, after: { status: noted.state } });
}

/** A restored database cannot know what became of its copies since: they are looked at anew, and count again where they are whole. */
export async function doubtBackups({ trx }: Pick<Act, 'trx'>) {
  await trx.updateTable('backup').set({ state: 'found' }).where('state', 'in', ['good', 'faults']).execute();
  await trx
    .updateTable('backup_work')
    .set({ asked_at: null, asked_by_name: null, began_at: null, began_for: null, looked_at: null })
    .execute();
}
