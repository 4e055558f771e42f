import { existsSync } from 'node:fs';
import { t } from 'tap';
import { dataFolder, environmentOf, ipms, start, startedFolder } from './folder.ts';

// npm start and npm run demo, as processes of their own.

t.test(
  'a first start says where it is, then gives the one-time link; a second server and a restore are refused',
  async (t) => {
    const folder = dataFolder(t);
    const server = start(t, 'server', environmentOf(folder));
    const address = await server.said(/IPMS is ready on (\S+)\n/);
    t.match(server.out().split('\n')[0], /^IPMS is ready on http:\/\/127\.0\.0\.1:\d+\/$/, 'the very first line');
    const link = await server.said(/one-time link: (\S+)\n/);
    t.ok(link.startsWith(`${address}set-up/`), 'the link carries the port that was picked');
    t.equal((await fetch(link)).status, 200);
    t.equal((await fetch(`${address}healthz`)).status, 200);
    await server.said(/IPMS_SMTP_URL is not set/);

    const second = start(t, 'server', environmentOf(folder));
    const restoring = ipms(folder, ['restore', `${folder}/ipms.db`]);
    t.equal(await second.ended, 1);
    t.match(second.err(), /^Another IPMS is running on \S+: stop it first\.\n$/);
    t.match(await restoring, { code: 1, err: /^Another IPMS is running/ });

    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) server.stop(signal);
    t.equal(
      await server.ended,
      0,
      'told once more while it ends, as npm passes a signal on, it ends cleanly all the same',
    );
    t.equal(server.err(), '');
  },
);

t.test('whoever is told that it is ready can end it cleanly at once', async (t) => {
  const server = start(t, 'server', environmentOf(await startedFolder(t)));
  await server.said(/IPMS is ready/);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) server.stop(signal);
  t.equal(await server.ended, 0);
});

t.test('an address where nothing can listen stops the start in one line that names the setting', async (t) => {
  const server = start(t, 'server', environmentOf(await startedFolder(t), { IPMS_HOST: '203.0.113.1' }));
  t.equal(await server.ended, 1);
  t.equal(server.err(), 'IPMS_HOST=203.0.113.1 is no address of this computer.\n');
  t.equal(server.out(), '');
});

t.test('the demo shows its sign-ins, fills a folder that was only started, and refuses the network', async (t) => {
  const folder = dataFolder(t);
  t.match(await ipms(folder, ['migrate']), { code: 0 });
  const abroad = start(t, 'demo', environmentOf(folder, { IPMS_HOST: '0.0.0.0' }));
  const demo = start(t, 'demo', environmentOf(folder, { IPMS_BCRYPT_COST: '4' }));
  const address = await demo.said(/IPMS is ready on (\S+)\n/);
  await demo.said(/The data are kept in/);
  t.match(demo.out(), /admin\.jabatan +admin, Jabatan Contoh/);
  const page = await (await fetch(`${address}login`)).text();
  for (const login of ['meja.bantuan', 'admin.kementerian', 'pegawai.jabatan']) t.match(page, login);
  t.equal(await abroad.ended, 1);
  t.match(abroad.err(), /^IPMS_HOST=0\.0\.0\.0: the demo's passwords are public/);
  demo.stop('SIGINT');
  t.equal(await demo.ended, 0);
  t.ok(existsSync(`${folder}/ipms.db`), 'a folder that was given is kept');
});
