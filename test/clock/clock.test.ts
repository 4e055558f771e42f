import fc from 'fast-check';
import { t } from 'tap';
import { DAY, HOUR, later, MINUTE } from '../../src/base/time.ts';
import { clockDoubt, lastSeen, SEEN } from '../../src/clock/clock.ts';
import { watchClock } from '../../src/clock/due.ts';
import { UNSET } from '../../src/data/act.ts';
import { storeSetting } from '../../src/data/system-settings.ts';
import { texts } from '../../src/texts.ts';
import { onlyForHelpdesk } from '../agencies/refused.ts';
import { type Ipms, START, startIpms } from '../helper.ts';
import { mailsNumbered, trailOf } from '../read.ts';

// The server's clock far ahead, or behind: nothing falls due before somebody has said that it is right.

const PLACE = '/helpdesk/clock';

/** The clock says another time from now on; the person signs in after that. */
function turnTo(ipms: Ipms, days: number) {
  ipms.clock.now = later(START, days * DAY);
}
const watch = (ipms: Ipms) => watchClock(ipms.db, ipms.clock.now, UNSET);

t.test('a clock that is right, and one after a long weekend, are believed; nobody is bothered', async (t) => {
  const ipms = await startIpms(t);
  t.equal(await watch(ipms), null);
  t.equal(await lastSeen(ipms.db), START.toISOString());
  ipms.clock.now = later(START, 9 * MINUTE);
  t.equal(await watch(ipms), null);
  t.equal(await lastSeen(ipms.db), START.toISOString(), 'noted now and then, and not each minute');
  turnTo(ipms, 10);
  t.equal(await watch(ipms), null);
  t.equal(await lastSeen(ipms.db), ipms.clock.now.toISOString());
  ipms.clock.now = later(ipms.clock.now, -HOUR / 2);
  t.equal(await watch(ipms), null, 'nor is one that was set back a little');
  t.strictSame(await mailsNumbered(ipms, 'clock'), []);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const page = await helpdesk.get(PLACE);
  t.match(page.text, texts['clock.sure'].ms);
  t.equal(page.dom.querySelector(`form[action="${PLACE}"]`), null);
  t.notMatch((await helpdesk.get('/helpdesk')).text, texts['clock.doubted'].ms);
  const refused = await helpdesk.post(PLACE, { _csrf: await helpdesk.token(PLACE) });
  t.equal(refused.status, 409);
  t.match(refused.text, texts['clock.sure'].ms);
  t.match((await ipms.visitor().get('/metrics')).html, /^ipms_clock_in_doubt 0$/m);
});

for (const [is, days] of [
  ['ahead', 21],
  ['behind', -2],
] as const)
  t.test(`${is}: it is shown, mailed once, counted, and confirmed by the helpdesk`, async (t) => {
    const ipms = await startIpms(t);
    await watch(ipms);
    turnTo(ipms, days);
    t.match(await watch(ipms), { is, seenAt: START.toISOString() });
    t.match(await watch(ipms), { is });
    const mails = await mailsNumbered(ipms, 'clock');
    t.equal(mails.length, 1, 'one mail, to the one person of the helpdesk');
    for (const words of ['clock.held', 'clock.todo'] as const) t.match(mails[0]?.letter, texts[words].en);
    t.match((await ipms.visitor().get('/metrics')).html, /^ipms_clock_in_doubt 1$/m);

    const helpdesk = await ipms.signIn('meja.bantuan');
    const overview = await helpdesk.get('/helpdesk');
    t.match(overview.text, texts['clock.doubted'].ms);
    t.ok(overview.dom.querySelector(`nav a[href="${PLACE}"]`), 'and stands in the menu');
    t.match((await helpdesk.get(PLACE)).text, texts['clock.then'].ms);
    t.equal((await helpdesk.submit(PLACE, PLACE)).location, PLACE);
    t.match((await helpdesk.get(PLACE)).text, texts['clock.sure'].ms);
    t.equal(await watch(ipms), null, 'it goes on');
    const [row, ...more] = await trailOf(ipms, 'setting', 7);
    t.match(row, { action: 'clock.confirmed', actor_role: 'helpdesk' });
    t.strictSame(JSON.parse(row?.before ?? ''), { last_at_work: START.toISOString() });
    t.strictSame(more, []);
  });

t.test('put right, it is believed again without a word; a second doubt is mailed again', async (t) => {
  const ipms = await startIpms(t);
  await watch(ipms);
  turnTo(ipms, 3650);
  await watch(ipms);
  turnTo(ipms, 0.1);
  t.equal(await watch(ipms), null);
  turnTo(ipms, 3650);
  t.match(await watch(ipms), { is: 'ahead' });
  t.equal((await mailsNumbered(ipms, 'clock')).length, 2);
});

t.test('what was begun under a clock that was ahead does not last until then', async (t) => {
  const ipms = await startIpms(t);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const before = ipms.clock.now;
  turnTo(ipms, 3650);
  await watch(ipms);
  const early = await ipms.signIn('pegawai.jabatan');
  await ipms.visitor().submit('/password/forgot', '/password/forgot', { login: 'admin.jabatan' });
  for (let tries = 0; tries < 6; tries += 1)
    await ipms.visitor().submit('/login', '/login', { login: 'admin.kementerian', password: 'Bukan@katalaluan1' });
  const again = await ipms.signIn('meja.bantuan');
  await again.submit(PLACE, PLACE); // somebody believed it
  ipms.clock.now = before;
  t.match(await clockDoubt(ipms.db, ipms.clock.now), { is: 'behind' });
  t.equal((await early.get('/me')).status, 200, 'it would last for ten years');
  await helpdesk.submit(PLACE, PLACE);
  t.equal((await early.get('/me')).status, 303);
  t.strictSame(await ipms.db.selectFrom('one_time_link').selectAll().where('purpose', '=', 'reset').execute(), []);
  t.equal((await (await ipms.signIn('admin.kementerian')).get('/admin')).status, 200, 'nobody is shut out');
  t.equal((await helpdesk.get('/helpdesk')).status, 200, 'sessions of the right time go on');
});

t.test('nor where nobody confirms it: the clock is put right', async (t) => {
  const ipms = await startIpms(t);
  await watch(ipms);
  const before = await ipms.signIn('meja.bantuan');
  turnTo(ipms, 3650);
  await watch(ipms);
  const early = await ipms.signIn('pegawai.jabatan');
  await ipms.visitor().submit('/password/forgot', '/password/forgot', { login: 'admin.jabatan' });
  for (let tries = 0; tries < 6; tries += 1)
    await ipms.visitor().submit('/login', '/login', { login: 'admin.kementerian', password: 'Bukan@katalaluan1' });
  ipms.clock.now = later(START, 11 * MINUTE);
  t.equal(await watch(ipms), null);
  t.equal((await early.get('/me')).status, 303);
  t.strictSame(await ipms.db.selectFrom('one_time_link').selectAll().where('purpose', '=', 'reset').execute(), []);
  t.equal((await (await ipms.signIn('admin.kementerian')).get('/admin')).status, 200, 'nobody is shut out');
  t.equal((await before.get('/helpdesk')).status, 200, 'sessions of the right time go on');
  const late = await ipms.signIn('pegawai.jabatan');
  ipms.clock.now = later(START, 23 * MINUTE);
  await watch(ipms);
  ipms.clock.now = later(START, -20 * MINUTE);
  await watch(ipms);
  t.equal((await late.get('/me')).status, 200, 'nor does anything end where it was set back a little');
});

t.test('whatever the times, it is doubted just beyond the limits', async (t) => {
  const ipms = await startIpms(t);
  const times = fc.integer({ min: -40 * 24 * 60, max: 40 * 24 * 60 });
  await fc.assert(
    fc.asyncProperty(times, async (minutes) => {
      await ipms.db.transaction().execute((trx) => storeSetting(trx, SEEN, START.toISOString()));
      const doubt = await clockDoubt(ipms.db, later(START, minutes * MINUTE));
      const is = minutes > 14 * 24 * 60 ? 'ahead' : minutes < -60 ? 'behind' : undefined;
      return doubt?.is === is;
    }),
    { numRuns: 100 },
  );
  t.pass();
});

t.test('the helpdesk alone', async (t) => {
  const ipms = await startIpms(t);
  await watch(ipms);
  turnTo(ipms, 21);
  await onlyForHelpdesk(t, ipms, [PLACE], [PLACE]);
  t.match(await clockDoubt(ipms.db, ipms.clock.now), { is: 'ahead' });
});
