import { type Test, t } from 'tap';
import type { Sqlite } from '../../src/data/database.ts';
import { PEOPLE } from '../account-requests/joining.ts';
import { type Ipms, PASSWORD, startIpms } from '../helper.ts';
import { makeUser } from '../make.ts';
import { noteStatements, type Ran, scansOf } from '../statements.ts';

// Whoever signs in is found, and not looked for among everybody: also where there are a million

/** What grows with the people that there are, and with what strangers send. */
const LARGE = new Set(['user', 'mailbox', 'access_code', 'account_request', 'address', 'session', 'throttle']);

async function watched(t: Test) {
  let sqlite: Sqlite.Database | undefined;
  let take: () => Ran[] = () => [];
  const ipms = await startIpms(t, {
    watch(opened) {
      sqlite = opened;
      take = noteStatements(opened);
    },
  });
  /** The statements of large tables that some work ran and that no index serves. */
  const scans = async (work: () => Promise<unknown>) => {
    take();
    await work();
    const ran = take();
    t.ok(ran.length > 0, 'statements are seen');
    const found = new Set<string>();
    for (const each of ran)
      for (const { table, detail } of sqlite ? scansOf(sqlite, each) : [])
        if (LARGE.has(table)) found.add(`${detail}: ${each.text}`);
    return [...found];
  };
  return { ipms, scans };
}

const signIn = (ipms: Ipms, login: string, password = PASSWORD) =>
  ipms.visitor().submit('/login', '/login', { login, password });

t.test('no large table is read from end to end for a sign-in', async (t) => {
  const { ipms, scans } = await watched(t);
  for (const login of ['pegawai.jabatan', 'Pegawai.Jabatan@Jabatan.test'])
    t.strictSame(await scans(async () => t.equal((await signIn(ipms, login)).status, 303)), [], login);
  for (const login of ['pegawai.jabatan', 'tiada', 'tiada@tiada.test'])
    t.strictSame(await scans(async () => t.equal((await signIn(ipms, login, 'x')).status, 422)), [], `${login}, wrong`);
});

t.test('nor for a forgotten password', async (t) => {
  const { ipms, scans } = await watched(t);
  await makeUser(ipms, 'ada.pemulihan', { recovery: 'ada@rumah.test' });
  for (const login of ['pegawai.jabatan', 'ada.pemulihan', 'ada.pemulihan@jabatan.test', 'tiada', 'tiada@tiada.test'])
    t.strictSame(
      await scans(async () =>
        t.equal((await ipms.visitor().submit('/password/forgot', '/password/forgot', { login })).status, 303),
      ),
      [],
      login,
    );
});

t.test('nor for an access code', async (t) => {
  const { ipms, scans } = await watched(t);
  const page = (category: string) => `/register?category=${category}`;
  for (const [category, fields] of [
    ['civil_servant', PEOPLE.malay],
    ['other', { account_name: 'Siapa Sahaja', email: 'siapa@luar.test' }],
  ] as const)
    t.strictSame(
      await scans(async () => {
        const sent = { ...fields, access_code: 'AAAAA-AAAAA-AAAAA' };
        t.equal((await ipms.visitor().submit(page(category), page(category), sent)).status, 422);
      }),
      [],
      category,
    );
});
