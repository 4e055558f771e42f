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
    .select(['user.id', 'user.login_id'])
    .where('user.role', '=', 'user')
    .where('user.password_hash', 'is', null)
    .where('user.status', '=', 'active')
    .where('mailbox.status', '=', 'active');
  if (agency !== undefined) found = found.where('user.agency_id', '=', agency);
  const people = await found.orderBy('user.id').limit(count).execute();
  const { password_hash } = await known.executeTakeFirstOrThrow();
  for (const { id } of people)
    await db.updateTable('user').set({ password_hash, must_change_password: 0 }).where('id', '=', id).execute();
  await close();
  if (people.length < count) throw new Error(`there are ${people.length} people, and ${count} are to sign in`);
  return {
    logins: people.map(({ login_id }) => login_id),
    async takeBack() {
      const again = await openInstallation(settingsFor(dataDir));
      for (const { id } of people)
        await again.db.updateTable('user').set({ password_hash: null }).where('id', '=', id).execute();
      await again.close();
    },
  };
}
