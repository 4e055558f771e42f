import { t } from 'tap';
import { MINUTE } from '../../src/base/time.ts';
import { VERIFIED } from '../account-requests/joining.ts';
import { type Ipms, START, startIpms } from '../helper.ts';
import { onlyForHelpdesk } from './refused.ts';

// What the helpdesk sets for the whole system, and that it takes effect.

const PAGE = '/helpdesk/settings';
const PACKAGES = '/helpdesk/settings/packages';
const DAY = 86_400_000;

const stored = (ipms: Ipms) => ipms.db.selectFrom('system_setting').selectAll().execute();

t.test('out of bounds, or against each other: beside the field, and nothing is saved', async (t) => {
  const ipms = await startIpms(t);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const before = await stored(ipms);
  const wrong: [Record<string, string>, string][] = [
    [{ access_code_days: '' }, 'access_code_days'],
    [{ access_code_days: '0' }, 'access_code_days'],
    [{ access_code_days: '-5' }, 'access_code_days'],
    [{ access_code_days: '1.5' }, 'access_code_days'],
    [{ access_code_days: '366' }, 'access_code_days'],
    [{ access_code_days: '1e2' }, 'access_code_days'],
    [{ restore_days: '30', address_reservation_days: '29' }, 'address_reservation_days'],
    [{ idle_minutes: '4' }, 'idle_minutes'],
    [{ idle_minutes: '61', absolute_hours: '1' }, 'idle_minutes'],
    [{ absolute_hours: '73' }, 'absolute_hours'],
    [{ owa_url: 'javascript:alert(1)' }, 'owa_url'],
    [{ owa_url: 'ftp://mail.test' }, 'owa_url'],
    [{ owa_url: 'https://nama:rahsia@mail.test' }, 'owa_url'],
    [{ owa_url: 'mail.test' }, 'owa_url'],
    [{ helpdesk_email: 'bantuan' }, 'helpdesk_email'],
  ];
  for (const [fields, name] of wrong) {
    const answer = await helpdesk.submit(PAGE, PAGE, fields);
    t.equal(answer.status, 422, JSON.stringify(fields));
    t.strictSame(Object.keys(answer.problems), [name], JSON.stringify(fields));
  }
  t.strictSame(await stored(ipms), before);
});

t.test('settings are saved and audited, with before and after', async (t) => {
  const ipms = await startIpms(t, { environment: { IPMS_OWA_URL: 'https://lama.test/owa' } });
  const helpdesk = await ipms.signIn('meja.bantuan');
  const saved = await helpdesk.submit(PAGE, PAGE, {
    access_code_days: '14',
    owa_url: 'https://mail.test/owa',
    helpdesk_email: 'Bantuan@Meja.test',
  });
  t.equal(saved.location, PAGE);
  const row = await ipms.db
    .selectFrom('audit')
    .selectAll()
    .where('action', '=', 'setting.updated')
    .executeTakeFirstOrThrow();
  t.match(JSON.parse(row.before ?? ''), { access_code_days: 30, owa_url: 'https://lama.test/owa' });
  t.strictSame(JSON.parse(row.after ?? ''), {
    access_code_days: 14,
    owa_url: 'https://mail.test/owa',
    helpdesk_email: 'bantuan@meja.test',
  });
  t.equal((await helpdesk.submit(PAGE, PAGE)).status, 303);
  t.equal((await ipms.db.selectFrom('audit').select('id').where('action', '=', 'setting.updated').execute()).length, 1);
});

t.test('a new lifetime of access codes counts for the next code', async (t) => {
  const ipms = await startIpms(t);
  const helpdesk = await ipms.signIn('meja.bantuan');
  await helpdesk.submit(PAGE, PAGE, { access_code_days: '3' });
  const admin = await ipms.signIn('admin.jabatan');
  const issued = await admin.submit('/admin/access-codes/new', '/admin/access-codes/new', {
    category: 'civil_servant',
    full_name: 'Nurul Izzah binti Kamaruddin',
    ic_number: '900101-14-5678',
    notify_kind: 'personal',
    notify_email: 'nurul@rumah.test',
    ...VERIFIED,
  });
  t.equal(issued.status, 303);
  const code = await ipms.db.selectFrom('access_code').selectAll().orderBy('id', 'desc').executeTakeFirstOrThrow();
  t.equal(code.expires_at, new Date(START.getTime() + 3 * DAY).toISOString());
});

t.test('a shorter idle time ends sessions that are open already', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const helpdesk = await ipms.signIn('meja.bantuan');
  ipms.clock.now = new Date(START.getTime() + 10 * MINUTE);
  t.equal((await admin.get('/admin/access-codes')).status, 200, 'ten minutes are within the usual thirty');
  await helpdesk.submit(PAGE, PAGE, { idle_minutes: '5' });
  ipms.clock.now = new Date(START.getTime() + 14 * MINUTE);
  t.equal((await helpdesk.get(PAGE)).status, 200, 'four minutes are not too long');
  ipms.clock.now = new Date(START.getTime() + 16 * MINUTE);
  t.equal((await admin.get('/admin/access-codes')).status, 303, 'six minutes are too long now');
});

t.test('two who save at once: the second sees what the first did, and nothing is overwritten', async (t) => {
  const ipms = await startIpms(t);
  const [first, second] = [await ipms.signIn('meja.bantuan'), await ipms.signIn('meja.bantuan')];
  const opened = await second.get(PAGE);
  const shown = opened.dom.querySelector(`form[action="${PAGE}"] input[name=shown]`)?.getAttribute('value') ?? '';
  await first.submit(PAGE, PAGE, { restore_days: '25' });
  const late = await second.submit(PAGE, PAGE, { shown, restore_days: '20', access_code_days: '10' });
  t.equal(late.status, 409);
  t.equal(late.dom.querySelector('#system-restore_days')?.getAttribute('value'), '25');
  t.equal(late.dom.querySelector('#system-access_code_days')?.getAttribute('value'), '10');
  const row = await ipms.db
    .selectFrom('system_setting')
    .selectAll()
    .where('name', '=', 'restoreDays')
    .executeTakeFirst();
  t.equal(row?.value, '25');
});

t.test('the table of packages', async (t) => {
  const ipms = await startIpms(t);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const saved = await helpdesk.submit(PAGE, PACKAGES, {
    a_largest_storage_mb: '1024',
    a_services_limited: '1',
    a_services: ['SSO', 'BMT'],
    b_services: ['ADRMS'],
  });
  t.equal(saved.status, 303);
  const limits = () => ipms.db.selectFrom('package_limit').selectAll().orderBy('package').execute();
  t.match(await limits(), [
    { package: 'A', largest_storage_mb: 1024, services: '["SSO","BMT"]', services_limited: 1 },
    { package: 'B', largest_storage_mb: null, services: '[]', services_limited: 0 },
    { package: 'C', largest_storage_mb: null, services: '[]', services_limited: 0 },
  ]);
  const row = await ipms.db
    .selectFrom('audit')
    .selectAll()
    .where('action', '=', 'setting.packages-updated')
    .executeTakeFirstOrThrow();
  t.match(JSON.parse(row.before ?? ''), { a_largest_storage_mb: null, a_services_limited: false, a_services: [] });
  t.match(JSON.parse(row.after ?? ''), { a_largest_storage_mb: 1024, a_services_limited: true });

  const before = await limits();
  for (const [fields, name] of [
    [{ c_largest_storage_mb: '999' }, 'c_largest_storage_mb'],
    [{ c_services: 'Fax' }, 'c_services'],
  ] as const) {
    const answer = await helpdesk.submit(PAGE, PACKAGES, fields);
    t.equal(answer.status, 422);
    t.strictSame(Object.keys(answer.problems), [name]);
  }
  t.strictSame(await limits(), before);
});

t.test('a double submission has one effect', async (t) => {
  const ipms = await startIpms(t);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const opened = await helpdesk.get(PAGE);
  const value = (name: string) => opened.dom.querySelector(`#system-${name}`)?.getAttribute('value') ?? '';
  const fields = {
    _csrf: opened.dom.querySelector('input[name=_csrf]')?.getAttribute('value') ?? '',
    shown: opened.dom.querySelector('input[name=shown]')?.getAttribute('value') ?? '',
    access_code_days: '7',
    restore_days: value('restore_days'),
    address_reservation_days: value('address_reservation_days'),
    idle_minutes: value('idle_minutes'),
    absolute_hours: value('absolute_hours'),
  };
  const answers = await Promise.all([1, 2].map(() => helpdesk.post(PAGE, fields)));
  t.strictSame(
    answers.map((answer) => answer.location),
    [PAGE, PAGE],
  );
  t.equal((await ipms.db.selectFrom('audit').select('id').where('action', '=', 'setting.updated').execute()).length, 1);
});

t.test('who may not', async (t) => {
  const ipms = await startIpms(t);
  const before = await stored(ipms);
  await onlyForHelpdesk(t, ipms, [PAGE, PACKAGES], [PAGE, PACKAGES]);
  t.strictSame(await stored(ipms), before);
});
