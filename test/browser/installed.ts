import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp } from '../../src/app.ts';
import { readSettings } from '../../src/base/settings.ts';
import type { Db } from '../../src/data/database.ts';
import { DEMO_PASSWORD, DEMO_SIGN_INS, seedDemo } from '../../src/demo/seed.ts';
import { openInstallation } from '../../src/installation.ts';
import type { App } from '../../src/web/app-types.ts';

const COST = 4;

export type Installed = { app: App; db: Db; base: string; stop(): Promise<void> };

/**
 * The demo in this process, on a free port of this machine, over a folder that is thrown away.
 * @param host the name that it is known by: passkeys are for a name
 */
export async function startDemo({ host = '127.0.0.1' } = {}): Promise<Installed> {
  const dataDir = mkdtempSync(join(tmpdir(), 'ipms-look-'));
  const settings = readSettings(
    { IPMS_DATA_DIR: dataDir, IPMS_LOG_LEVEL: 'error', IPMS_BCRYPT_COST: String(COST) },
    COST,
  );
  const installation = await openInstallation(settings);
  const { db, secrets } = installation;
  await seedDemo(db, COST, new Date());
  let base = '';
  const demo = DEMO_SIGN_INS.map(({ login_id, role, agency }) => ({
    login: login_id,
    role,
    agency: agency ?? '',
    password: DEMO_PASSWORD,
  }));
  const app = await buildApp({ db, settings, secrets, baseUrl: () => base, demo });
  await app.listen({ host: '127.0.0.1', port: 0 });
  base = `http://${host}:${(app.server.address() as AddressInfo).port}`;
  return {
    app,
    db,
    base,
    async stop() {
      await app.close();
      await installation.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
