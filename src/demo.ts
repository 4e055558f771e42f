import { mkdtempSync, rmSync } from 'node:fs';
import { isIP } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spareMemory } from './base/memory.ts';
import { readSettings, WrongSetting } from './base/settings.ts';
import type { Db } from './data/database.ts';
import { DEMO_PASSWORD, DEMO_SIGN_INS, seedDemo } from './demo/seed.ts';
import { isEmpty, lockDataDir, openInstallation } from './installation.ts';
import { run, stopStart } from './running.ts';

const LEAST_COST = 4;
const isLoopback = (host: string) =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));

spareMemory();
const given = process.env.IPMS_DATA_DIR?.trim();
try {
  const settings = demoSettings(given || throwAwayFolder());
  const release = lockDataDir(settings.dataDir);
  const installation = await openInstallation(settings);
  if (await isEmpty(installation.db)) await seedDemo(installation.db, settings.bcryptCost, new Date());
  const signIns = await demoSignIns(installation.db);
  await run(settings, installation, release, signIns);
  console.log(`Sign in with the password ${DEMO_PASSWORD} as:`);
  for (const { login, role, agency } of signIns)
    console.log(`  ${login.padEnd(20)} ${role}${agency ? `, ${agency}` : ''}`);
  console.log(given ? `The data are kept in ${given}.` : 'The data are thrown away at the end. Stop with Ctrl+C.');
} catch (error) {
  stopStart(error);
}

/** The usual settings, made for trying: quick sign-ins, no log of each request, and never open to a network. */
function demoSettings(dataDir: string) {
  const usual = { IPMS_LOG_LEVEL: 'warn', IPMS_BCRYPT_COST: '8' };
  const settings = readSettings({ ...usual, ...process.env, IPMS_DATA_DIR: dataDir }, LEAST_COST);
  if (isLoopback(settings.host)) return settings;
  throw new WrongSetting(
    `IPMS_HOST=${settings.host}: the demo's passwords are public, so it listens on 127.0.0.1 only.`,
  );
}

function throwAwayFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'ipms-demo-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The demo's sign-ins that are in the database, with the name of the agency of each. */
async function demoSignIns(db: Db) {
  const rows = await db
    .selectFrom('user')
    .leftJoin('agency', 'agency.id', 'user.agency_id')
    .select(['login_id', 'role', 'agency.name as agency'])
    .where(
      'login_id',
      'in',
      DEMO_SIGN_INS.map((sign) => sign.login_id),
    )
    .orderBy('user.id')
    .execute();
  return rows.map(({ login_id, role, agency }) => ({
    login: login_id,
    role,
    agency: agency ?? '',
    password: DEMO_PASSWORD,
  }));
}
