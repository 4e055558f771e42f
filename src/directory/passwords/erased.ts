import type { Db, Sqlite } from '../../data/database.ts';
import { readWork } from '../work.ts';

/**
 * Writes the log of the database into its file and cuts it off, when a password was erased since the last time: `secure_delete`
 * overwrites it in the file, but the log keeps the page as it was. Whoever reads at that moment needs the log: nobody is made to
 * wait for that one, and it is tried again.
 * @param sqlite the connection below `db`: a statement that is prepared once would set its waiting time once
 * @returns whether nothing erased is left
 */
export async function cutOffErased(db: Db, sqlite: Sqlite.Database): Promise<boolean> {
  const { erased } = await readWork(db);
  if (erased === 0) return true;
  const waits = sqlite.pragma('busy_timeout', { simple: true });
  sqlite.pragma('busy_timeout = 0'); // it would keep all others from writing for so long
  try {
    const [cut] = sqlite.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
    if (cut?.busy !== 0) return false;
  } finally {
    sqlite.pragma(`busy_timeout = ${waits}`);
  }
  // one that was erased meanwhile is another
  await db.updateTable('directory_work').set({ erased: 0 }).where('erased', '=', erased).execute();
  return true;
}
