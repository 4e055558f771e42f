import { lockDataDir, openInstallation } from './installation.ts';
import { DatabaseUnusable } from './platform/database.ts';
import { readSettings, WrongSetting } from './platform/settings.ts';
import { run } from './running.ts';
import { makeSetUpLink, needsSetUp } from './sign-in/set-up.ts';

try {
  const settings = readSettings(process.env);
  const release = lockDataDir(settings.dataDir);
  const installation = await openInstallation(settings);
  const { app, address } = await run(settings, installation, release);
  console.log(`IPMS is ready on ${address}/`);
  if (await needsSetUp(app.db)) {
    const path = await makeSetUpLink(app.db, new Date());
    console.log(`Make the first helpdesk account within a day, by this one-time link: ${app.baseUrl()}${path}`);
  }
} catch (error) {
  if (!(error instanceof WrongSetting || error instanceof DatabaseUnusable)) throw error;
  console.error(error.message);
  process.exit(1);
}
