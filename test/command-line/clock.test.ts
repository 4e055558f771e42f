import { type Test, t } from 'tap';
import { DAY, later } from '../../src/base/time.ts';
import { SEEN } from '../../src/clock/clock.ts';
import { check } from '../../src/command-line/check.ts';
import { clock } from '../../src/command-line/clock.ts';
import { due } from '../../src/command-line/due.ts';
import { storeSetting } from '../../src/data/system-settings.ts';
import { openPresent } from '../../src/installation.ts';
import { dataFolder, environmentOf, ipms, start } from './folder.ts';
import { newInstallation } from './installed.ts';
import { run } from './run.ts';

// A clock that is in doubt, seen from the command line and in the server's log.

const LINE =
  /The clock says \S+Z, and IPMS was (last at work at|at work later than that already, at) \S+Z: nothing is deleted or ended\. .*npm run ipms -- clock confirm, or the helpdesk under \/helpdesk\/clock\./;

async function look<T>(folder: string, work: (db: Awaited<ReturnType<typeof openPresent>>['db']) => Promise<T>) {
  const { db, close } = await openPresent({ dataDir: folder, secretFile: `${folder}/secret.key` });
  return work(db).finally(close);
}

/** An installation that was last at work so many days ago, and a session that ended meanwhile. */
async function lastAtWork(t: Test, days: number) {
  const folder = await newInstallation(t);
  await look(folder, (db) =>
    db.transaction().execute(async (trx) => {
      await storeSetting(trx, SEEN, later(new Date(), -days * DAY).toISOString());
      await trx.updateTable('session').set({ expires_at: '2020-01-01T00:00:00.000Z' }).execute();
    }),
  );
  return folder;
}
const sessions = (folder: string) =>
  look(folder, async (db) => (await db.selectFrom('session').select('id').execute()).length);

for (const [what, days] of [
  ['off for three weeks', 21],
  ['a clock that was set back', -3],
] as const)
  t.test(`${what}: due says what is to be done and does nothing, until it is confirmed`, async (t) => {
    const folder = await lastAtWork(t, days);
    const held = await run(t, folder, due);
    t.match(held, { code: 1, out: '' });
    t.match(held.err, LINE);
    t.equal(held.err.split('\n').length, 2, 'one line');
    t.ok((await sessions(folder)) > 0);
    t.match(await run(t, folder, clock, ['confirm']), {
      code: 0,
      err: '',
      out: /^The clock is confirmed: it is \S+Z\./,
    });
    t.match(await run(t, folder, due), { code: 0, out: /expired sessions removed: \d/ });
    t.equal(await sessions(folder), 0);
    t.match(await run(t, folder, clock, ['confirm']), { code: 1, err: /is not in doubt: nothing is held\.\n$/ });
    t.match(await run(t, folder, check), { code: 0, err: '' });
  });

t.test(
  'a start after four days holds nothing up; one after three weeks logs it, and goes on once confirmed',
  async (t) => {
    const weekend = await lastAtWork(t, 4);
    t.match(await run(t, weekend, due), { code: 0, out: /expired sessions removed/ });

    const folder = await lastAtWork(t, 21);
    const server = start(t, 'server', environmentOf(folder));
    const address = await server.said(/IPMS is ready on (\S+)\n/);
    await server.said(LINE);
    t.match(await (await fetch(`${address}metrics`)).text(), /^ipms_clock_in_doubt 1$/m);
    t.ok((await sessions(folder)) > 0);
    t.match(await ipms(folder, ['clock', 'confirm']), { code: 0 }, 'beside the server');
    t.match(await (await fetch(`${address}metrics`)).text(), /^ipms_clock_in_doubt 0$/m);
    server.stop('SIGTERM');
    await server.ended;
    t.equal(server.out().match(/The clock says/g)?.length, 1, 'logged once');
  },
);

t.test('a time that is typed is meant; other words are refused', async (t) => {
  const folder = await lastAtWork(t, 0);
  t.match(await run(t, folder, due, ['--now', '2099-01-01T00:00:00Z']), { code: 0, out: /expired sessions removed/ });
  t.match(await run(t, folder, due), { code: 0 }, 'and is not taken for the clock’s');
  t.match(await run(t, folder, clock, ['wrong']), { code: 2, err: /^The clock cannot be "wrong"\. / });
  t.match(await run(t, dataFolder(t), clock, ['confirm']), { code: 1, err: /^There is no database in/ });
});
