import { t } from 'tap';
import { noteInDatabase, wantedNow } from '../../src/backups/due.ts';
import type { Happening } from '../../src/backups/folder.ts';
import { HOUR, later } from '../../src/base/time.ts';
import { runDue } from '../../src/due.ts';
import { texts } from '../../src/texts.ts';
import { type Ipms, startIpms } from '../helper.ts';
import { night } from './work.ts';

// The page of backups: what it says, whom it is for, who is mailed, and when a copy is due

const ENVIRONMENT = { IPMS_BACKUP_DIR: '/nowhere/backups', IPMS_BACKUP_KEEP: '3 0 0' };
const RUN = { askedBy: 'IPMS', beganAt: new Date('2026-11-23T17:30:00.000Z') };
const GOOD: Happening = {
  what: 'made',
  name: 'ipms-20261124-013000.db.gz',
  isEncrypted: false,
  bytes: 5_242_880,
  sha256: 'a'.repeat(64),
  looked: { faults: [], lastAuditRow: 614 },
};

/** Copies are switched on, as a start does. */
async function scheduled(ipms: Ipms, since: Date) {
  await ipms.db.updateTable('backup_work').set({ scheduled_since: since.toISOString() }).execute();
}

const mails = (ipms: Ipms) =>
  ipms.db.selectFrom('outbox').selectAll().where('mail', '=', 'backup-trouble').orderBy('id').execute();
const cards = (dom: { querySelectorAll(selector: string): { textContent: string }[] }) =>
  dom.querySelectorAll('.card.warning').map(({ textContent }) => textContent);

t.test('without a folder the page says that no copies are made, and nobody is mailed', async (t) => {
  const ipms = await startIpms(t);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const { dom } = await helpdesk.get('/helpdesk/backups');
  t.strictSame(cards(dom), [texts['backup.off'].ms]);
  t.match(dom.querySelector('main')?.textContent, texts['backup.key'].ms, 'the key is in no backup');
  t.equal(dom.querySelector('form[action="/helpdesk/backups/make"]'), null);
  const refused = await helpdesk.post('/helpdesk/backups/make', { _csrf: await helpdesk.token('/helpdesk/backups') });
  t.equal(refused.status, 422);
  t.match(refused.html, texts['backup.isOff'].ms);
  await runDue(ipms.db, later(ipms.clock.now, 72 * HOUR));
  t.strictSame(await mails(ipms), []);
});

t.test('the newest good copy, its age, what it is worth; and in English', async (t) => {
  const ipms = await startIpms(t, { environment: ENVIRONMENT });
  await scheduled(ipms, ipms.clock.now);
  await noteInDatabase(ipms.db, GOOD, RUN, new Date('2026-11-23T17:31:00.000Z'));
  const helpdesk = await ipms.signIn('meja.bantuan');
  const { dom } = await helpdesk.get('/helpdesk/backups');
  t.match(dom.querySelector('.facts')?.textContent, /24 Nov 2026, 01:31 \(12 jam yang lalu\)/);
  t.match(dom.querySelector('.facts')?.textContent, /25 Nov 2026, 01:30/, 'when the next is made');
  t.match(dom.querySelector('.facts')?.textContent, texts['backup.noSecond'].ms);
  t.match(dom.querySelector('.facts')?.textContent, texts['backup.notEncrypted'].ms);
  const row = dom.querySelector('tbody tr')?.textContent ?? '';
  for (const part of ['ipms-20261124-013000.db.gz', texts['backup.state.good'].ms, '614', 'IPMS']) t.match(row, part);
  t.strictSame(cards(dom), []);
  const rows = async (query: string) =>
    (await helpdesk.get(`/helpdesk/backups?${query}`)).dom.querySelectorAll('tbody tr').length;
  t.equal(await rows('state=kept'), 1);
  t.equal(await rows('state=failed'), 0);
  t.equal(await rows('q=20261124'), 1);
  t.equal(await rows('q=20261125'), 0);
  t.match((await helpdesk.get('/helpdesk/backups?format=csv')).html, 'ipms-20261124-013000.db.gz');
  const english = ipms.visitor({ language: 'en' });
  await english.submit('/login', '/login', { login: 'meja.bantuan', password: 'Contoh@2026ipms' });
  t.match((await english.get('/helpdesk/backups')).html, '(12 hours ago)');
  const metrics = await ipms.visitor().get('/metrics');
  t.match(metrics.html, 'ipms_backup_newest_good_seconds 1795455060\n');
  t.match(metrics.html, 'ipms_backup_failures 0\n');
});

t.test('one is asked for once, and audited', async (t) => {
  const ipms = await startIpms(t, { environment: ENVIRONMENT });
  await scheduled(ipms, ipms.clock.now);
  const helpdesk = await ipms.signIn('meja.bantuan');
  for (const said of ['backup.asked', 'backup.askedAlready'] as const) {
    const answer = await helpdesk.submit('/helpdesk/backups', '/helpdesk/backups/make', {});
    t.equal(answer.location, '/helpdesk/backups');
    t.match((await helpdesk.get('/helpdesk/backups')).html, texts[said].ms);
  }
  const asked = await ipms.db.selectFrom('audit').selectAll().where('action', '=', 'backup.asked').execute();
  t.match(asked, [{ actor_role: 'helpdesk', item_type: 'database' }]);
  const { backup } = ipms.app.settings;
  t.equal(await wantedNow(ipms.db, backup as NonNullable<typeof backup>, ipms.clock.now), 'make');
});

t.test('a day without a copy, a failed one, a lost one: on the page, in the menu, one mail a day', async (t) => {
  const ipms = await startIpms(t, { environment: ENVIRONMENT });
  const { db, clock } = ipms;
  await scheduled(ipms, clock.now);
  clock.now = later(clock.now, HOUR);
  await runDue(db, clock.now);
  t.strictSame(await mails(ipms), [], 'the first one may take its time');
  await noteInDatabase(db, GOOD, RUN, new Date('2026-11-23T17:31:00.000Z'));
  await runDue(db, night('2026-11-25'));
  t.strictSame(await mails(ipms), [], 'a day old and being made anew');
  const failed: Happening = { what: 'failed', said: 'ENOSPC: no space left on device, write.' };
  clock.now = later(night('2026-11-25'), 3 * HOUR);
  await noteInDatabase(db, failed, { ...RUN, beganAt: clock.now }, clock.now);
  await runDue(db, clock.now);
  await runDue(db, later(clock.now, HOUR));
  const [mail, ...more] = await mails(ipms);
  t.strictSame(more, [], 'not one an hour');
  t.match(mail, { item_type: 'database', letter: /no space left.*24 Nov 2026, 01:31/ });
  await runDue(db, later(clock.now, 24 * HOUR));
  t.equal((await mails(ipms)).length, 2, 'and one the next day');
  await noteInDatabase(db, { what: 'lost', name: 'ipms-20261124-013000.db.gz', state: 'gone' }, RUN, clock.now);
  await noteInDatabase(db, { what: 'copying', said: 'There is no folder /mnt/x.' }, RUN, clock.now);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const { dom } = await helpdesk.get('/helpdesk/backups');
  const said = cards(dom).join('\n');
  for (const part of ['no space left', texts['backup.trouble.none'].ms, 'ipms-20261124-013000.db.gz', '/mnt/x'])
    t.match(said, part);
  t.match(dom.querySelector('a[href="/helpdesk/backups"]')?.textContent, /4/, 'counted in the menu');
  t.match((await ipms.visitor().get('/metrics')).html, 'ipms_backup_newest_good_seconds 0\n');
  t.match((await ipms.visitor().get('/metrics')).html, 'ipms_backup_failures 1\n');
});

t.test('by the clock: once a night, caught up after a standstill, an hour after a failure', async (t) => {
  const { db, app } = await startIpms(t, { environment: ENVIRONMENT });
  const settings = app.settings.backup as NonNullable<typeof app.settings.backup>;
  const wanted = (now: Date) => wantedNow(db, settings, now);
  t.equal(await wanted(night('2026-11-24')), 'make', 'where there is none, at once');
  await noteInDatabase(db, GOOD, { ...RUN, beganAt: night('2026-11-24') }, night('2026-11-24'));
  const looked = (now: Date) => db.updateTable('backup_work').set({ looked_at: now.toISOString() }).execute();
  await looked(night('2026-11-24'));
  t.equal(await wanted(later(night('2026-11-24'), HOUR / 2)), null);
  t.equal(await wanted(later(night('2026-11-24'), HOUR)), 'look', 'the folders are looked at each hour');
  t.equal(await wanted(later(night('2026-11-25'), -1)), 'look');
  t.equal(await wanted(night('2026-11-25')), 'make');
  t.equal(await wanted(later(night('2026-11-27'), 9 * HOUR)), 'make', 'after days without power');
  const failedAt = night('2026-11-25');
  await noteInDatabase(db, { what: 'failed', said: 'no' }, { ...RUN, beganAt: failedAt }, failedAt);
  await looked(failedAt);
  t.equal(await wanted(later(failedAt, HOUR - 1)), null);
  t.equal(await wanted(later(failedAt, HOUR)), 'make');
});

t.test('who may not: everybody but the helpdesk', async (t) => {
  const ipms = await startIpms(t, { environment: ENVIRONMENT });
  for (const login of ['admin.jabatan', 'admin.kementerian', 'pegawai.jabatan']) {
    const visitor = await ipms.signIn(login);
    t.equal((await visitor.get('/helpdesk/backups')).status, 403, login);
    t.equal(
      (await visitor.post('/helpdesk/backups/make', { _csrf: await visitor.token('/me/password') })).status,
      403,
      login,
    );
  }
  t.equal((await ipms.visitor().get('/helpdesk/backups')).status, 303, 'signed out');
  const { asked_at } = await ipms.db.selectFrom('backup_work').select('asked_at').executeTakeFirstOrThrow();
  t.equal(asked_at, null);
});
