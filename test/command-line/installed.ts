import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { buildApp } from '../../src/app.ts';
import { readSettings } from '../../src/base/settings.ts';
import { openInstallation } from '../../src/installation.ts';
import { makeSetUpLink } from '../../src/sign-in/set-up.ts';
import type { App } from '../../src/web/app-types.ts';
import { Visitor } from '../helper.ts';
import { dataFolder, startedFolder } from './folder.ts';

const PASSWORD = 'Rahsia#Besar2026';
export const HELPDESK = { login: 'noraini', password: PASSWORD };
const AGENCY = {
  name: 'Jabatan Perikanan Contoh',
  code: 'jpc',
  ministry: 'Kementerian Makanan Contoh',
  mail_domains: 'perikanan.test',
  postmaster_email: 'postadmin@perikanan.test',
  file_reference: 'JPC.100-1/2/3',
};
export const CALL = {
  agency_id: '1',
  source: '1mocc',
  kind: 'question',
  subject: 'Had lampiran',
  description: 'Berapa besar lampiran yang dibenarkan?',
  mailbox_email: '',
  caller_name: 'Ahmad bin Ali',
  caller_contact: '012-3456789',
};

/** The application of a server over a folder, in this process, for the time of some work. */
export async function serve(t: Test, folder: string, work: (visitor: Visitor, app: App) => Promise<void>) {
  const delay = { IPMS_SECOND_FACTOR_DELAY: `${HELPDESK.login}=9999-12-31 siew.ling=9999-12-31` };
  const usual = { IPMS_LOG_LEVEL: 'silent', IPMS_BCRYPT_COST: '4', IPMS_DATA_DIR: folder };
  const settings = readSettings({ ...usual, ...delay }, 4);
  const { db, reader, secrets, close } = await openInstallation(settings);
  const app = await buildApp({ db, reader, settings, secrets });
  await app.ready();
  try {
    await work(new Visitor(t, app), app);
  } finally {
    await app.close();
    await close();
  }
}

/** The files of one that was made in this process: with the key they are all there is. */
let kept: Promise<Map<string, Buffer>> | undefined;

/** The folder of an installation that began as `npm start` begins, with the helpdesk's first account, one agency and one ticket. */
export async function newInstallation(t: Test) {
  kept ??= makeInstallation(t).then(filesIn);
  const folder = dataFolder(t);
  for (const [name, bytes] of await kept) writeFileSync(join(folder, name), bytes, { mode: 0o600 });
  return folder;
}

function filesIn(folder: string) {
  return new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]));
}

/** Another one, with a key of its own: `newInstallation` gives the same each time. */
export async function makeInstallation(t: Test) {
  const folder = await startedFolder(t);
  await serve(t, folder, async (visitor, app) => {
    const link = await makeSetUpLink(app.db, new Date());
    const person = { full_name: 'Noraini binti Salleh', login_id: HELPDESK.login, email: 'noraini@bantuan.test' };
    await visitor.submit(link, link, { ...person, new_password: PASSWORD, confirm_password: PASSWORD });
    await visitor.submit('/login', '/login', HELPDESK);
    const agency = await visitor.submit('/helpdesk/agencies/new', '/helpdesk/agencies/new', AGENCY);
    t.equal(agency.location, '/helpdesk/agencies/1');
    const ticket = await visitor.submit('/helpdesk/tickets/new', '/helpdesk/tickets/new', CALL);
    t.equal(ticket.location, '/helpdesk/tickets/1');
  });
  return folder;
}
