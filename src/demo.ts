import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { isIP } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEMO_PASSWORD, DEMO_SIGN_INS, seedDemo } from './demo/seed.ts';
import { databaseFile, lockDataDir, openInstallation } from './installation.ts';
import { DatabaseUnusable } from './platform/database.ts';
import { readSettings, WrongSetting } from './platform/settings.ts';
import { run } from './running.ts';

const LEAST_COST = 4;
const isLoopback = (host: string) =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));

try {
  const given = process.env.IPMS_DATA_DIR;
  const dataDir = given || mkdtempSync(join(tmpdir(), 'ipms-demo-'));
  const settings = readSettings(
    { IPMS_LOG_LEVEL: 'warn', IPMS_BCRYPT_COST: '8', ...process.env, IPMS_DATA_DIR: dataDir },
    LEAST_COST,
  );
  if (!isLoopback(settings.host))
    throw new WrongSetting(
      `IPMS_HOST=${settings.host}: the demo's passwords are public, so it listens on 127.0.0.1 only.`,
    );
  const release = lockDataDir(dataDir);
  const isNew = !existsSync(databaseFile(dataDir));
  const installation = await openInstallation(settings);
  if (isNew) await seedDemo(installation.db, settings.bcryptCost, new Date());
  const agencies = new Map([
    ['JC', 'Jabatan Contoh'],
    ['KC', 'Kementerian Contoh'],
  ]);
  const signIns = DEMO_SIGN_INS.map(({ login_id, role, agency }) => ({
    login: login_id,
    role,
    agency: agencies.get(agency ?? '') ?? '',
    password: DEMO_PASSWORD,
  }));
  const { address } = await run(settings, installation, release, signIns);
  if (!given) process.on('exit', () => rmSync(dataDir, { recursive: true, force: true }));
  console.log(`IPMS is ready on ${address}/`);
  console.log(`Sign in with the password ${DEMO_PASSWORD} as:`);
  for (const { login, role, agency } of signIns)
    console.log(`  ${login.padEnd(20)} ${role}${agency ? `, ${agency}` : ''}`);
  console.log(given ? `The data are kept in ${dataDir}.` : 'The data are thrown away at the end. Stop with Ctrl+C.');
} catch (error) {
  if (!(error instanceof WrongSetting || error instanceof DatabaseUnusable)) throw error;
  console.error(error.message);
  process.exit(1);
}
