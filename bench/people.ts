import type { Db } from '../src/data/database.ts';
import { openInstallation } from '../src/installation.ts';
import { settingsFor } from './installed.ts';

/**
 * Gives people who have none the password of the demo. @param agency of one agency only, by its number
 * @returns their login IDs, and what takes the password from them again
 * @throws Error where there are not so many
 */
export async function givePassword(dataDir: string, count: number, agency?: number) {
  const { db, close } = await openInstallation(settingsFor(dataDir));
  const known = db.selectFrom('user').select('password_hash').where('login_id', '=', 'pegawai.jabatan');
  let found = db
    .selectFrom('user')
    .innerJoin('mailbox', 'mailbox.user_id', 'user.id')
    .select(['user.id', 'user.login_id', 'user.must_change_password'])
    .where('user.role', '=', 'user')
    .where('user.password_hash', 'is', null)
    .where('user.status', '=', 'active')
    .where('mailbox.status', '=', 'active');
  if (agency !== undefined) found = found.where('user.agency_id', '=', agency);
  const people = await found.orderBy('user.id').limit(count).execute();
  const { password_hash } = await known.executeTakeFirstOrThrow();
  const setAll = async (to: Db, hash: string | null, mustChange: (was: number) => number) => {
    for (const { id, must_change_password } of people)
      await to
        .updateTable('user')
        .set({ password_hash: hash, must_change_password: mustChange(must_change_password) })
        .where('id', '=', id)
        .execute();
  };
  if (people.length === count) await setAll(db, password_hash, () => 0);
  await close();
  if (people.length < count) throw new Error(`there are ${people.length} people, and ${count} are to sign in`);
  return {
    logins: people.map(({ login_id }) => login_id),
    async takeBack() {
      const again = await openInstallation(settingsFor(dataDir));
      await setAll(again.db, null, (was) => was);
      await again.close();
    },
  };
}
