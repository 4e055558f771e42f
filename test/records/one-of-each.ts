import type { Test } from 'tap';
import { backup } from '../../src/command-line/backup.ts';
import { key } from '../../src/command-line/key.ts';
import { restore } from '../../src/command-line/restore.ts';
import { setup } from '../../src/command-line/setup.ts';
import { openPresent } from '../../src/installation.ts';
import { dataFolder } from '../command-line/folder.ts';
import { newInstallation } from '../command-line/installed.ts';
import { run } from '../command-line/run.ts';
import { startIpms } from '../helper.ts';
import { ACCOUNTS } from './stories/accounts.ts';
import { DIRECTORY } from './stories/directory.ts';
import { JOINING } from './stories/joining.ts';
import { KEPT } from './stories/kept.ts';
import { OFFICES } from './stories/offices.ts';
import { SIGN_IN } from './stories/sign-in.ts';
import type { Stories } from './stories/stage.ts';
import { TRANSFERS } from './stories/transfers.ts';
import { UPLOADS } from './stories/uploads.ts';

// One of each audited action, beyond what the demo's acts have left: by the program's own pages and verbs, a file a subject in
// `stories/`.

/** In this order: at the end of the transfers more than a year has gone by. */
const STORIES: Stories = {
  ...SIGN_IN,
  ...OFFICES,
  ...JOINING,
  ...ACCOUNTS,
  ...KEPT,
  ...UPLOADS,
  ...DIRECTORY,
  ...TRANSFERS,
};

/** What an installation's first day, a restored backup, another key and a recovery leave, in a database of their own. */
export async function doToInstallation(t: Test) {
  const folder = await newInstallation(t);
  const file = `${dataFolder(t)}/salinan.db`;
  for (const [command, args] of [
    [backup, [file]],
    [restore, [file]],
    [key, ['rotate']],
    [setup, ['--recover', '--login', 'meja.baru', '--email', 'baru@bantuan.test', '--reason', 'Bersara']],
  ] as const)
    t.match(await run(t, folder, command, [...args], { IPMS_SMTP_URL: 'smtp://127.0.0.1:9' }), { code: 0 });
  const { db, close } = await openPresent({ dataDir: folder, secretFile: `${folder}/secret.key` });
  t.teardown(close);
  return db;
}

/**
 * Everything that IPMS audits, but for what is done to an installation by commands: `doToInstallation`.
 * @param watched how the database is looked on at
 */
export async function doEverything(
  t: Test,
  watched: Pick<Parameters<typeof startIpms>[1] & object, 'watch' | 'extend'> = {},
) {
  const ipms = await startIpms(t, {
    environment: { IPMS_TRUST_PROXY: '127.0.0.1', IPMS_BACKUP_DIR: '/nowhere/backups' },
    ...watched,
  });
  const [admin, other] = [await ipms.signIn('admin.jabatan'), await ipms.signIn('admin.kementerian')];
  const [helpdesk, officer] = [await ipms.signIn('meja.bantuan'), await ipms.signIn('pegawai.jabatan')];
  const stage = { t, ipms, admin, other, helpdesk, officer };
  for (const story of Object.values(STORIES)) await story(stage);
  return ipms;
}
