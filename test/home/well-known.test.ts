import { t } from 'tap';
import { DAY } from '../../src/base/time.ts';
import { START, startIpms } from '../helper.ts';

// What programs ask of every site, at addresses that nobody has to be told.

t.test('a password manager is led to where the own password is changed', async (t) => {
  const ipms = await startIpms(t);
  const officer = await ipms.signIn('pegawai.jabatan');
  const answer = await officer.get('/.well-known/change-password');
  t.match(answer, { status: 303, headers: { location: '/me/password' } });
  t.equal((await officer.get('/me/password')).status, 200);
  const visitor = await ipms
    .visitor()
    .get('/.well-known/resource-that-should-not-exist-whose-status-code-should-not-be-200');
  t.equal(visitor.status, 404, 'which it asks before it believes the other');
});

t.test('security.txt names whom to tell of a weakness, once the helpdesk has said whom', async (t) => {
  const ipms = await startIpms(t);
  t.equal((await ipms.visitor().get('/.well-known/security.txt')).status, 404);
  await ipms.db
    .insertInto('system_setting')
    .values({ name: 'helpdeskEmail', value: 'bantuan+ipms@jabatan.test' })
    .execute();
  const answer = await ipms.visitor().get('/.well-known/security.txt');
  t.match(answer, { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' } });
  const lines = answer.html.split('\n').filter((line) => line !== '');
  const of = (name: string) =>
    lines.filter((line) => line.startsWith(`${name}: `)).map((line) => line.slice(name.length + 2));
  t.strictSame(of('Contact'), ['mailto:bantuan+ipms@jabatan.test']);
  const [expires = ''] = of('Expires');
  t.ok(Date.parse(expires) > START.getTime() && Date.parse(expires) < START.getTime() + 366 * DAY, expires);
  t.strictSame(of('Preferred-Languages'), ['ms, en']);
  t.strictSame(of('Canonical'), [], 'an address without TLS is not to be believed');

  const secure = await startIpms(t, {
    environment: { IPMS_BASE_URL: 'https://ipms.jabatan.test', IPMS_HELPDESK_EMAIL: 'bantuan@jabatan.test' },
  });
  t.match(
    (await secure.visitor().get('/.well-known/security.txt')).html,
    'Canonical: https://ipms.jabatan.test/.well-known/security.txt\n',
  );
});

t.test('robots.txt keeps search engines to what visitors do; favicon.ico is a picture', async (t) => {
  const ipms = await startIpms(t);
  const robots = await ipms.visitor().get('/robots.txt');
  t.match(robots, { status: 200, headers: { 'content-type': /^text\/plain/ }, html: /^User-agent: \*\n/ });
  t.match(robots.html, /^Disallow: \/$/m);
  const icon = await ipms.app.inject({ url: '/favicon.ico' });
  t.equal(icon.statusCode, 200);
  t.equal(icon.rawPayload.readUInt32LE(0), 0x1_00_00, 'an icon file');
  t.match(icon.headers['content-type'], /^image\//);
});

t.test('whatever may be compressed says that it depends on who asks, compressed or not', async (t) => {
  const ipms = await startIpms(t);
  const addresses = [
    '/',
    '/nowhere',
    '/healthz',
    '/robots.txt',
    '/public/site.css',
    '/public/site.js',
    '/public/favicon.svg',
  ];
  for (const url of addresses)
    for (const encoding of ['gzip', 'identity', undefined]) {
      const headers = encoding === undefined ? {} : { 'accept-encoding': encoding };
      const { headers: answered } = await ipms.app.inject({ url, headers });
      t.equal(answered.vary, 'accept-encoding', `${url}, ${encoding}`);
    }
  t.notOk('vary' in (await ipms.app.inject({ url: '/favicon.ico' })).headers, 'a picture is as small as it gets');
});
