import { spareMemory } from './base/memory.ts';
import { readSettings } from './base/settings.ts';
import { lockDataDir, openInstallation } from './installation.ts';
import { run, stopStart, warnings } from './running.ts';
import { makeSetUpLink, needsSetUp } from './sign-in/set-up.ts';

spareMemory();
try {
  const settings = readSettings(process.env);
  const release = lockDataDir(settings.dataDir);
  const installation = await openInstallation(settings);
  const { app } = await run(settings, installation, release);
  if (await needsSetUp(app.db)) {
    const path = await makeSetUpLink(app.db, new Date());
    console.log(`Make the first helpdesk account within a day, by this one-time link: ${app.baseUrl()}${path}`);
  }
  for (const warning of warnings(settings)) app.log.warn(warning);
} catch (error) {
  stopStart(error);
}
