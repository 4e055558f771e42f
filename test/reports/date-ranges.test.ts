import { sql } from 'kysely';
import { t } from 'tap';
import { dateRanges } from '../../src/reports/date-ranges.ts';
import { type Ipms, startIpms } from '../helper.ts';
import { actorOf, makeManyOfficers } from '../make.ts';

/** More than are counted in one go. */
const MANY = 20_500;

const countOf = async ({ db }: Ipms, where: string) => {
  const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.raw(where)}`.execute(db);
  return rows[0]?.count ?? 0;
};

t.test('many accounts are counted range by range, each of them once', async (t) => {
  const ipms = await startIpms(t);
  const { db } = ipms;
  await makeManyOfficers(ipms, MANY); // all of one moment
  await sql`update mailbox set created_at = '2026-10-31T16:00:00.000Z', package = 'C'
    where login_id glob 'ramai*' and id % 3 = 0`.execute(db);
  const admin = await actorOf(ipms, 'admin.jabatan');
  const helpdesk = await actorOf(ipms, 'meja.bantuan');
  for (const [actor, from, to, where] of [
    [admin, undefined, undefined, 'mailbox where agency_id = 1'],
    [helpdesk, undefined, undefined, 'mailbox'],
    [admin, '2026-11-01', '2026-11-01', "mailbox where agency_id = 1 and date(created_at, '+8 hours') = '2026-11-01'"],
    [admin, '2026-11-02', undefined, "mailbox where agency_id = 1 and date(created_at, '+8 hours') > '2026-11-01'"],
  ] as const) {
    const sizes: number[] = [];
    for await (const range of dateRanges({ db, actor, table: 'mailbox', column: 'created_at', from, to })) {
      const { rows } = await sql<{ count: number }>`select count(*) as count from mailbox where ${range}`.execute(db);
      sizes.push(rows[0]?.count ?? 0);
    }
    t.ok(Math.max(...sizes) <= 20_000, `${where}: ${sizes}`);
    t.equal(
      sizes.reduce((sum, size) => sum + size, 0),
      await countOf(ipms, where),
    );
  }
  const officer = await ipms.signIn('admin.jabatan');
  const page = await officer.get('/admin/reports/accounts');
  const total = await countOf(ipms, "mailbox where agency_id = 1 and package = 'C'");
  const row = page.dom.querySelectorAll('main tbody tr').find((each) => each.textContent.includes('C'));
  t.equal(
    row?.querySelectorAll('td')[1]?.textContent.trim().replace(',', ''),
    String(total),
    'the report adds them up',
  );
  const movements = await officer.get('/admin/reports/movements?from=2026-11-01&to=2026-11-30');
  const made = await countOf(
    ipms,
    "mailbox where agency_id = 1 and date(created_at, '+8 hours') between '2026-11-01' and '2026-11-30'",
  );
  const cells = movements.dom.querySelectorAll('main tbody td').map((cell) => cell.textContent.trim().replace(',', ''));
  t.equal(cells[2], String(made), 'and so does the other');

  await db.updateTable('mailbox').set({ package: 'C' }).where('login_id', '=', 'pegawai.jabatan').execute();
  const again = await officer.get('/admin/reports/accounts');
  const changed = again.dom.querySelectorAll('main tbody tr').find((each) => each.textContent.includes('C'));
  t.equal(
    changed?.querySelectorAll('td')[1]?.textContent.trim().replace(',', ''),
    String(await countOf(ipms, "mailbox where agency_id = 1 and package = 'C'")),
    'what was kept is read anew after a change',
  );
});

t.test('who may not: another agency’s accounts are in no range', async (t) => {
  const ipms = await startIpms(t);
  const actor = await actorOf(ipms, 'pegawai.jabatan');
  const table = { db: ipms.db, actor, table: 'mailbox', column: 'created_at', from: undefined, to: undefined } as const;
  for await (const _ of dateRanges(table)) t.fail('an officer counts nothing');
  const admin = await actorOf(ipms, 'admin.kementerian');
  for await (const range of dateRanges({ ...table, actor: admin })) {
    const { rows } = await sql<{ agency_id: number }>`select distinct agency_id from mailbox where ${range}`.execute(
      ipms.db,
    );
    t.same(rows, [{ agency_id: 2 }]);
  }
});
