import { sql } from 'kysely';
import { t } from 'tap';
import { DAY, later } from '../../src/base/time.ts';
import { texts } from '../../src/texts.ts';
import { START, startIpms } from '../helper.ts';
import { ask, count, figures, OWN, table } from './counted.ts';

// What the reports say of requests and tickets, against a count made by hand.

t.test('requests: median, longest, and what still waits', async (t) => {
  const ipms = await startIpms(t);
  const { db } = ipms;
  await db.updateTable('account_request').set({ submitted_at: '2020-01-01T00:00:00.000Z' }).execute();
  const all = await db
    .selectFrom('access_code_request')
    .select('id')
    .where('agency_id', '=', 1)
    .orderBy('id')
    .execute();
  await db.updateTable('access_code_request').set({ created_at: '2020-01-01T00:00:00.000Z' }).execute();
  const asked = [1, 2, 6, 8, 9].map((days) => ({ days }));
  t.ok(all.length >= 3, 'the demo has some');
  for (const [index, { days }] of asked.slice(0, all.length).entries()) {
    const waits = index === 2;
    await db
      .updateTable('access_code_request')
      .set({
        created_at: later(START, -10 * DAY).toISOString(),
        status: waits ? 'submitted' : 'refused',
        decided_at: waits ? null : later(START, (days - 10) * DAY).toISOString(),
      })
      .where('id', '=', all[index]?.id ?? 0)
      .execute();
  }
  const decided = asked.slice(0, all.length).filter((_each, index) => index !== 2);
  const middle = (decided.length - 1) / 2;
  const median = ((decided[Math.floor(middle)]?.days ?? 0) + (decided[Math.ceil(middle)]?.days ?? 0)) / 2;
  const admin = await ipms.signIn('admin.jabatan');
  const page = await admin.get('/admin/reports/requests?from=2026-11-01&kind=access-code');
  t.strictSame(table(page), [
    [
      'November 2026',
      String(decided.length + 1),
      String(decided.length),
      '1',
      `${median} hari`,
      `${decided.at(-1)?.days} hari`,
      '10 hari',
    ],
  ]);
});

t.test('requests by kind: those without a median come last', async (t) => {
  const ipms = await startIpms(t);
  const { db } = ipms;
  const admin = await ipms.signIn('admin.jabatan');
  await sql`update account_request set status = 'returned' where id = (
    select min(id) from account_request where status = 'submitted' and source <> 'admin')`.execute(db);
  const byKind = await admin.get('/admin/reports/requests?group=kind');
  const direct = await count(ipms, `account_request where agency_id = ${OWN} and source = 'admin'`);
  const row = table(byKind).find(([name]) => name?.startsWith('Didaftarkan'));
  t.equal(Number(row?.[1] ?? 0), direct);
  const applied = table(byKind).find(([name]) => name === texts['report.request.account'].ms);
  const open = "('submitted', 'returned')";
  t.equal(
    Number(applied?.[3]),
    await count(ipms, `account_request where agency_id = ${OWN} and source <> 'admin' and status in ${open}`),
    'what was sent back to the applicant waits, too',
  );
  t.equal(table(await admin.get('/admin/reports/requests?kind=direct&group=kind'))[0]?.[1], String(direct));
  for (const sort of ['median', '-median'])
    t.match(
      table(await admin.get(`/admin/reports/requests?group=kind&sort=${sort}`)).at(-1)?.[0],
      'Didaftarkan',
      'what has none comes last',
    );
  t.strictSame(
    table(await admin.get('/admin/reports/requests?group=kind&sort=-asked')).map(([name]) => name),
    table(await admin.get('/admin/reports/requests?group=kind&sort=asked'))
      .map(([name]) => name)
      .reverse(),
    'the other way round',
  );
});

t.test('tickets: by state, and how long they took', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const byStatus = await ask<{ status: string; count: number }>(
    ipms,
    `select status, count(*) as count from ticket where agency_id = ${OWN} group by 1`,
  );
  const page = await admin.get('/admin/reports/tickets?group=status');
  t.equal(table(page).length, byStatus.length);
  t.strictSame(
    table(page)
      .map((cells) => Number(cells[1]))
      .sort(),
    byStatus.map((row) => row.count).sort(),
  );
  t.match(figures(page), {
    'Masih menunggu': String(await count(ipms, `ticket where agency_id = ${OWN} and status in ('requested', 'open')`)),
    Selesai: String(
      await count(ipms, `ticket where agency_id = ${OWN} and status in ('resolved', 'closed', 'refused')`),
    ),
  });
});
