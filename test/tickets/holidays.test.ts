import { t } from 'tap';
import { type Ipms, startIpms } from '../helper.ts';
import { changesOf } from './contact-tickets.ts';

// Public holidays, weekends and time limits: data that the helpdesk keeps, and that tickets go by.

const HOLIDAYS = '/helpdesk/holidays';
const ASK = { kind: 'password-reset', subject: 'Tidak dapat masuk', description: 'Terlupa', mailbox_email: '' };

async function asked(ipms: Ipms, login = 'admin.jabatan') {
  const admin = await ipms.signIn(login);
  const { location } = await admin.submit('/admin/tickets/new', '/admin/tickets/new', ASK);
  const id = Number(location.split('/').at(-1));
  return ipms.db.selectFrom('ticket').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
}

t.test('the fixed dates of a year, once', async (t) => {
  const ipms = await startIpms(t);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const first = await helpdesk.submit(HOLIDAYS, `${HOLIDAYS}/fixed`, { year: '2031' });
  t.equal(first.location, `${HOLIDAYS}?year=2031`);
  await ipms.db.deleteFrom('holiday').where('day', '=', '2031-09-16').execute();
  const second = await helpdesk.submit(HOLIDAYS, `${HOLIDAYS}/fixed`, { year: '2031' });
  t.equal(second.status, 303, 'those that are there keep no other out');
  const rows = await ipms.db
    .selectFrom('holiday')
    .select(['day', 'states'])
    .where('day', 'like', '2031-%')
    .orderBy('day')
    .execute();
  t.strictSame(
    rows.map((row) => row.day),
    ['2031-05-01', '2031-08-31', '2031-09-16', '2031-12-25'],
  );
  t.ok(rows.every((row) => row.states === '[]'));
  const wrong = await helpdesk.submit(HOLIDAYS, `${HOLIDAYS}/fixed`, { year: '31' });
  t.equal(wrong.status, 422);
  t.ok(wrong.problems.year);
});

t.test('a holiday of some states moves what is due there, and nowhere else', async (t) => {
  const ipms = await startIpms(t);
  t.equal((await asked(ipms)).due_at, '2026-11-25T01:00:00.000Z', 'four hours after Tuesday, 14:00: Wednesday, 09:00');
  await ipms.db.updateTable('agency').set({ state: 'Kelantan' }).where('code', '=', 'KC').execute();
  const helpdesk = await ipms.signIn('meja.bantuan');
  const made = await helpdesk.submit(`${HOLIDAYS}/new`, `${HOLIDAYS}/new`, {
    day: '25/11/2026',
    name: 'Hari Keputeraan',
    where: 'states',
    states: ['Kelantan', 'Perak'],
  });
  t.equal(made.status, 303);
  t.equal((await asked(ipms)).due_at, '2026-11-25T01:00:00.000Z', 'Putrajaya works');
  t.equal((await asked(ipms, 'admin.kementerian')).due_at, '2026-11-26T01:00:00.000Z', 'Kelantan rests');
  t.match((await helpdesk.get(`${HOLIDAYS}?state=Perak&year=2026`)).text, 'Hari Keputeraan');
  t.notMatch((await helpdesk.get(`${HOLIDAYS}?state=Johor&year=2026`)).text, 'Hari Keputeraan');
  t.match(
    (await helpdesk.get(`${HOLIDAYS}?state=Johor&year=2026`)).text,
    'Hari Krismas',
    'what is everywhere is in each state',
  );

  await helpdesk.submit(made.location, made.location, { states: ['Perak'] });
  t.equal((await asked(ipms, 'admin.kementerian')).due_at, '2026-11-25T01:00:00.000Z', 'no more');
  await helpdesk.submit(made.location, made.location, { where: 'national' });
  t.equal((await asked(ipms)).due_at, '2026-11-26T01:00:00.000Z', 'everywhere');
  t.equal((await helpdesk.submit(made.location, `${made.location}/remove`)).location, HOLIDAYS);
  t.equal((await asked(ipms)).due_at, '2026-11-25T01:00:00.000Z');
  t.equal((await helpdesk.get(made.location)).status, 404);
  const audit = await ipms.db
    .selectFrom('audit')
    .select('action')
    .where('item_type', '=', 'holiday')
    .orderBy('id', 'desc')
    .limit(4)
    .execute();
  t.strictSame(
    audit.map((row) => row.action),
    ['holiday.removed', 'holiday.updated', 'holiday.updated', 'holiday.added'],
  );
});

t.test('a holiday that is there, has no states or no day is refused', async (t) => {
  const ipms = await startIpms(t);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const page = `${HOLIDAYS}/new`;
  const day = { day: '1/1/2030', name: 'Tahun Baru' };
  t.ok((await helpdesk.submit(page, page, { ...day, where: 'states' })).problems.states);
  t.ok((await helpdesk.submit(page, page, { ...day, day: '31/2/2030', where: 'national' })).problems.day);
  t.equal((await helpdesk.submit(page, page, { ...day, where: 'national' })).status, 303);
  t.ok((await helpdesk.submit(page, page, { ...day, where: 'national' })).problems.name);
});

t.test('a state moves its weekend: a row, and what is due follows from that day', async (t) => {
  const ipms = await startIpms(t);
  ipms.clock.now = new Date('2026-11-26T06:00:00Z'); // Thursday, 14:00
  const helpdesk = await ipms.signIn('meja.bantuan');
  t.equal((await asked(ipms)).due_at, '2026-11-27T01:00:00.000Z', 'Friday is worked in Putrajaya');
  const page = '/helpdesk/weekends/new';
  const made = await helpdesk.submit(page, page, {
    state: 'Wilayah Persekutuan Putrajaya',
    since: '1/11/2026',
    days: ['friday', 'saturday'],
  });
  t.equal(made.status, 303);
  t.equal((await asked(ipms)).due_at, '2026-11-29T01:00:00.000Z', 'now the next working day is Sunday');
  t.ok((await helpdesk.submit(page, page, { state: 'Perak', since: '1/1/2027' })).problems.days);
  t.ok(
    (
      await helpdesk.submit(page, page, {
        state: 'Wilayah Persekutuan Putrajaya',
        since: '1/11/2026',
        days: ['sunday'],
      })
    ).problems.since,
  );
  await helpdesk.submit(made.location, made.location, { days: ['friday', 'saturday', 'sunday'] });
  t.equal((await asked(ipms)).due_at, '2026-11-30T01:00:00.000Z', 'and on Sunday, too');
  await helpdesk.submit(made.location, `${made.location}/remove`);
  t.equal((await asked(ipms)).due_at, '2026-11-27T01:00:00.000Z');
  t.match(await changesOf(ipms, 'weekend', Number(made.location.split('/').at(-1))), [
    { action: 'weekend.added', after: { weekend_days: ['friday', 'saturday'] } },
    { action: 'weekend.updated', after: { weekend_days: ['sunday', 'friday', 'saturday'] } },
    { action: 'weekend.removed', before: { state: 'Wilayah Persekutuan Putrajaya' } },
  ]);
  const { id } = await ipms.db
    .selectFrom('weekend')
    .select('id')
    .where('state', '=', 'Perak')
    .executeTakeFirstOrThrow();
  t.equal(
    (await helpdesk.submit(`/helpdesk/weekends/${id}`, `/helpdesk/weekends/${id}/remove`)).status,
    422,
    'the only one',
  );
  const moved = await helpdesk.submit(`/helpdesk/weekends/${id}`, `/helpdesk/weekends/${id}`, {
    state: 'Johor',
    since: '1/6/2026',
  });
  t.equal(moved.status, 422, 'nor does it become another state’s');
});

t.test('every state has a weekend, and those that differ have theirs', async (t) => {
  const ipms = await startIpms(t);
  const rows = await ipms.db.selectFrom('weekend').selectAll().orderBy('since').execute();
  const now = new Map(rows.map((row) => [row.state, row.days]));
  t.equal(now.size, 16);
  const fridays = [...now].filter(([, days]) => days === '[5,6]').map(([state]) => state);
  t.strictSame(fridays.sort(), ['Kedah', 'Kelantan', 'Terengganu']);
  t.equal(now.get('Johor'), '[6,0]');
});

t.test('the time limits are settings', async (t) => {
  const ipms = await startIpms(t);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const page = '/helpdesk/settings/ticket-hours';
  t.ok((await helpdesk.submit(page, page, { reset: '0' })).problems.reset);
  t.equal((await helpdesk.submit(page, page, { reset: '1' })).status, 303);
  t.equal((await asked(ipms)).due_at, '2026-11-24T07:00:00.000Z', 'an hour after Tuesday, 14:00');
  t.match((await helpdesk.get(page)).text, 'Tempoh tiket diubah');
  const hours = { contact: '11', question: '12', complaint: '13', reset: '14', other: '15' };
  t.equal((await helpdesk.submit(page, page, hours)).status, 303);
  const { dom } = await helpdesk.get(page);
  for (const [name, value] of Object.entries(hours))
    t.equal(dom.querySelector(`[name=${name}]`)?.getAttribute('value'), value, name);
});

t.test('an agency has a state, which the helpdesk sets', async (t) => {
  const ipms = await startIpms(t);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const state = async () =>
    (await ipms.db.selectFrom('agency').select('state').where('id', '=', 1).executeTakeFirst())?.state;
  t.equal(await state(), 'Wilayah Persekutuan Putrajaya');
  await helpdesk.submit('/helpdesk/agencies/1', '/helpdesk/agencies/1', { state: 'Kedah' });
  t.equal(await state(), 'Kedah');
  ipms.clock.now = new Date('2026-11-24T06:10:00Z');
  t.match(await asked(ipms), { due_at: '2026-11-25T01:10:00.000Z' });
});

t.test('who may not', async (t) => {
  const ipms = await startIpms(t);
  const before = await ipms.db.selectFrom('holiday').selectAll().execute();
  for (const login of ['admin.jabatan', 'pegawai.jabatan']) {
    const person = await ipms.signIn(login);
    const _csrf = await person.token('/me/password');
    for (const page of [HOLIDAYS, '/helpdesk/weekends', '/helpdesk/settings/ticket-hours'])
      t.equal((await person.get(page)).status, 403, page);
    t.equal((await person.post(`${HOLIDAYS}/fixed`, { year: '2030', _csrf })).status, 403);
    t.equal((await person.post(`${HOLIDAYS}/1/remove`, { _csrf })).status, 403);
  }
  t.strictSame(await ipms.db.selectFrom('holiday').selectAll().execute(), before);
});
