import fc from 'fast-check';
import { t } from 'tap';
import { type Actor, SYSTEM } from '../../src/base/actor.ts';
import { Repeated } from '../../src/base/errors.ts';
import { seal, unseal } from '../../src/base/secrets.ts';
import { type Act, inAct, UNSET } from '../../src/data/act.ts';
import { audit } from '../../src/trail/audit.ts';
import { firstBadRow } from '../../src/trail/chain.ts';
import { enqueue } from '../../src/trail/outbox.ts';
import { stateOfTables } from '../doors/tables.ts';
import { type Ipms, START, secrets, startIpms } from '../helper.ts';

const actor = (act: string | null): Actor => ({ ...SYSTEM, act });
const write =
  (name: string) =>
  ({ trx }: Pick<Act, 'trx'>) =>
    trx.insertInto('system_setting').values({ name, value: '1' }).execute();

const settings = async ({ db }: Ipms) =>
  (await db.selectFrom('system_setting').select('name').orderBy('name').execute()).map((row) => row.name);

t.test('one submission, however often it comes, is one change', async (t) => {
  const ipms = await startIpms(t, { empty: true });
  let ran = 0;
  const once = () =>
    inAct(ipms.db, { actor: actor('act-1'), now: START, settings: UNSET }, async (act) => {
      ran += 1;
      await write(`setting-${ran}`)(act);
      return ran;
    });
  const outcomes = await Promise.allSettled([once(), once(), once()]);
  t.equal(ran, 1);
  t.equal(outcomes.filter((outcome) => outcome.status === 'fulfilled').length, 1);
  for (const outcome of outcomes)
    if (outcome.status === 'rejected') {
      t.ok(outcome.reason instanceof Repeated);
      t.equal(outcome.reason.act, 'act-1', 'it names the act, which leads to its result');
    }
  t.strictSame(await settings(ipms), ['setting-1']);
});

t.test('a change that was refused may be sent again', async (t) => {
  const ipms = await startIpms(t, { empty: true });
  await t.rejects(
    inAct(ipms.db, { actor: actor('act-2'), now: START, settings: UNSET }, async (act) => {
      await write('half')(act);
      throw new Error('refused');
    }),
    /refused/,
  );
  t.strictSame(await settings(ipms), [], 'nothing of it is there');
  await inAct(ipms.db, { actor: actor('act-2'), now: START, settings: UNSET }, write('whole'));
  t.strictSame(await settings(ipms), ['whole']);
});

t.test('other submissions, and acts without a form, are not held back', async (t) => {
  const ipms = await startIpms(t, { empty: true });
  for (const [index, act] of ['a', 'b', null, null].entries())
    await inAct(ipms.db, { actor: actor(act), now: START, settings: UNSET }, write(`${index}`));
  t.strictSame(await settings(ipms), ['0', '1', '2', '3']);
});

t.test('a secret among the facts stops the change', async (t) => {
  const ipms = await startIpms(t, { empty: true });
  const item = { type: 'setting' as const, id: 1, name: 'x', agencyId: null };
  for (const name of ['password', 'new_password', 'password_hash', 'salt', 'code', 'token', 'secret'])
    await t.rejects(
      inAct(ipms.db, { actor: actor(null), now: START, settings: UNSET }, async (act) => {
        await write(name)(act);
        await audit({ ...act, actor: SYSTEM }, { action: 'user.unlocked', item, after: { [name]: 'x' } });
      }),
      /must not be written/,
    );
  t.strictSame(await settings(ipms), []);
});

t.test('an address that could be a header stops the change', async (t) => {
  const ipms = await startIpms(t, { empty: true });
  const before = await stateOfTables(ipms.db);
  const both = { ms: 'x', en: 'x' };
  const letter = { subject: both, greeting: 'x', paragraphs: [both] };
  for (const address of [
    'a@b.test\r\nBcc: c@d.test',
    'a@b.test,c@d.test',
    '<a@b.test>',
    'a b@c.test',
    'ä@b.test',
    'A@b.test',
    '',
  ])
    await t.rejects(
      inAct(ipms.db, { actor: actor(null), now: START, settings: UNSET }, (act) =>
        enqueue({ ...act, actor: SYSTEM }, [{ mail: 'N1', to: { name: 'x', address }, letter }]),
      ),
      /cannot be mailed to/,
      JSON.stringify(address),
    );
  t.strictSame(await stateOfTables(ipms.db), before);
});

t.test('the audit trail: a row that was changed, taken out, put in or cut off is found', async (t) => {
  const faults: [string, (ipms: Ipms) => Promise<unknown>, number][] = [
    ['changed', ({ db }) => db.updateTable('audit').set({ actor_name: 'x' }).where('id', '=', 3).execute(), 3],
    [
      'before and after changed',
      ({ db }) => db.updateTable('audit').set({ after: '{"a":9}' }).where('id', '=', 2).execute(),
      2,
    ],
    ['taken out', ({ db }) => db.deleteFrom('audit').where('id', '=', 2).execute(), 2],
    [
      'sealed anew without the key',
      ({ db }) => db.updateTable('audit').set({ actor_name: 'x', hash: 'abc' }).where('id', '=', 4).execute(),
      4,
    ],
    ['cut off', ({ db }) => db.deleteFrom('audit').where('id', '>', 3).execute(), 4],
  ];
  for (const [fault, work, bad] of faults) {
    const ipms = await startIpms(t, { empty: true });
    const item = { type: 'setting' as const, id: 1, name: 'x', agencyId: null };
    for (let a = 1; a <= 5; a++)
      await inAct(ipms.db, { actor: actor(null), now: START, settings: UNSET }, (act) =>
        audit({ ...act, actor: SYSTEM }, { action: 'user.unlocked', item, after: { a } }),
      );
    const head = await ipms.db
      .selectFrom('audit')
      .select(['id', 'hash'])
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow();
    t.equal(await firstBadRow(ipms.db, 'audit', head), null, 'good before');
    const { sql } = await import('kysely');
    for (const verb of ['update', 'delete']) await sql.raw(`drop trigger audit_no_${verb}`).execute(ipms.db);
    await work(ipms);
    t.equal(await firstBadRow(ipms.db, 'audit', head), bad, fault);
  }
});

t.test('what is sealed is read back with the same key, and with no other', async () => {
  const [key, other] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
  fc.assert(
    fc.property(fc.string(), fc.nat(), (text, at) => {
      const sealed = seal(key, text);
      const bytes = Buffer.from(sealed, 'base64url');
      const place = at % bytes.length;
      bytes[place] = (bytes[place] ?? 0) ^ 1;
      return (
        unseal(key, sealed) === text &&
        unseal(other, sealed) === null &&
        unseal(key, bytes.toString('base64url')) === null &&
        seal(key, text) !== sealed
      );
    }),
  );
});

t.test('a message is shown once; what a browser makes up is not shown', async (t) => {
  const ipms = await startIpms(t);
  const browser = ipms.visitor({ language: 'en' });
  await browser.submit('/password/forgot', '/password/forgot', { login: 'tiada' });
  const cookie = decodeURIComponent(browser.cookies.get('ipms-flash') ?? '');
  t.notMatch(Buffer.from(cookie, 'base64url').toString('latin1'), 'forgot', 'the browser cannot read it');
  t.ok((await browser.get('/login')).dom.querySelector('.flash'));
  t.notOk((await browser.get('/login')).dom.querySelector('.flash'));
  for (const forged of [
    'x',
    '',
    '%00',
    Buffer.from('{"key":"sign-in.title"}').toString('base64url'),
    seal(secrets.audit, '{"key":"sign-in.title"}'),
  ]) {
    browser.carry('ipms-flash', forged);
    const page = await browser.get('/login');
    t.equal(page.status, 200);
    t.notOk(page.dom.querySelector('.flash'), JSON.stringify(forged));
  }
});
