import { copyFileSync, renameSync } from 'node:fs';
import { t } from 'tap';
import { check } from '../../src/command-line/check.ts';
import { seed } from '../../src/command-line/seed.ts';
import { CALL, HELPDESK, newInstallation, serve } from './installed.ts';
import { run } from './run.ts';

// What SQLite writes into a file that has lost its name, nobody finds again.

const FORM = '/helpdesk/tickets/new';
const MADE = '/helpdesk/tickets/';

t.test(
  'a database file that is deleted or replaced under the server: no write is acknowledged, and healthz says so',
  async (t) => {
    const folder = await newInstallation(t);
    const [file, kept] = [`${folder}/ipms.db`, `${folder}/kept.db`];
    await serve(t, folder, async (visitor) => {
      await visitor.submit('/login', '/login', HELPDESK);
      const send = async () => visitor.submit(FORM, FORM, CALL);
      t.match((await send()).location, MADE);
      renameSync(file, kept);
      t.equal((await send()).status, 503, 'deleted');
      t.equal((await visitor.get('/healthz')).status, 503);
      copyFileSync(kept, file);
      t.equal((await send()).status, 503, 'another one in its place');
      t.equal((await visitor.get('/healthz')).status, 503);
      renameSync(kept, file);
      t.equal((await visitor.get('/healthz')).status, 200, 'the same one again');
      t.equal((await send()).location, `${MADE}3`, 'and nothing of the others was kept');
    });
    t.match(await run(t, folder, check), { code: 0, err: '' });
  },
);

t.test('invented data do not go into an installation that people work with', async (t) => {
  const folder = await newInstallation(t);
  for (const args of [['--mailboxes', '3'], ['--demo'], ['--agencies', '1'], ['--groups', '1']])
    t.match(
      await run(t, folder, seed, args),
      { code: 1, out: '', err: 'People work with this installation: invented data go into one of its own.\n' },
      args.join(' '),
    );
  t.match(await run(t, folder, check), { code: 0, err: '' });
});
