import { sql } from 'kysely';
import { t } from 'tap';
import { startIpms } from '../helper.ts';

// The helpdesk's queue and the agency's list: figures, filters, export.

t.test('the figures on top are those that a count by hand finds', async (t) => {
  const ipms = await startIpms(t);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const page = await helpdesk.get('/helpdesk/tickets');
  const figure = (dom: typeof page.dom, query: string) =>
    Number(dom.querySelector(`[role=group] a[href$="${query}"]`)?.textContent.match(/\d+/)?.[0] ?? 0);
  const { rows } = await sql<{ status: string; count: number }>`
    select status, count(*) as count from ticket group by status`.execute(ipms.db);
  t.ok(rows.length >= 5, 'there are tickets in every state');
  for (const { status, count } of rows) t.equal(figure(page.dom, `status=${status}`), count, status);
  const late = await sql<{ count: number }>`
    select count(*) as count from ticket where status in ('requested', 'open') and due_at <= ${ipms.clock.now.toISOString()}`.execute(
    ipms.db,
  );
  t.equal(figure(page.dom, 'overdue=yes'), late.rows[0]?.count);
  const [requested, open] = ['requested', 'open'].map(
    (state) => rows.find(({ status }) => status === state)?.count ?? 0,
  );
  t.equal(
    page.dom.querySelector('nav a[href="/helpdesk/tickets"] b')?.textContent,
    String((requested ?? 0) + (open ?? 0)),
    'what waits stands in the menu',
  );
  const admin = await ipms.signIn('admin.jabatan');
  const own = await admin.get('/admin/tickets');
  const resolved = await sql<{ count: number }>`
    select count(*) as count from ticket where status = 'resolved' and agency_id = 1`.execute(ipms.db);
  t.equal(figure(own.dom, 'status=resolved'), resolved.rows[0]?.count, 'of the own agency alone');
  const ownLate = await sql<{ count: number }>`
    select count(*) as count from ticket where agency_id = 1 and status in ('requested', 'open')
      and due_at <= ${ipms.clock.now.toISOString()}`.execute(ipms.db);
  t.ok((ownLate.rows[0]?.count ?? 0) < (late.rows[0]?.count ?? 0), 'another agency has some, too');
  t.equal(figure(own.dom, 'overdue=yes'), ownLate.rows[0]?.count);
  t.notMatch((await admin.get('/admin/tickets?status=withdrawn')).text, 'Lewat:', 'what was withdrawn is not late');
  t.equal(own.dom.querySelector('nav a[href="/admin/tickets"] b')?.textContent, String(resolved.rows[0]?.count));
});

t.test('the helpdesk has the most urgent first, an agency what was asked last', async (t) => {
  const ipms = await startIpms(t);
  await sql`
    insert into ticket (agency_id, kind, subject, status, created_at, due_at)
    values (1, 'question', 'Pertanyaan lama', 'closed', '2020-01-06T01:00:00.000Z', '2020-01-08T01:00:00.000Z')`.execute(
    ipms.db,
  );
  const orders = [
    ['meja.bantuan', '/helpdesk/tickets', sql`status in ('requested', 'open') order by due_at nulls last, id`],
    ['admin.jabatan', '/admin/tickets', sql`agency_id = 1 order by created_at desc, id`],
  ] as const;
  for (const [login, address, order] of orders) {
    const { dom } = await (await ipms.signIn(login)).get(address);
    const links = dom.querySelectorAll(`tbody a[href^="${address}/"]`).map((link) => link.getAttribute('href'));
    const { rows } = await sql<{ id: number }>`select id from ticket where ${order} limit 25`.execute(ipms.db);
    t.ok(rows.length > 3);
    t.strictSame(
      links,
      rows.map(({ id }) => `${address}/${id}`),
      address,
    );
  }
});

t.test('many are counted as far as a list does', async (t) => {
  const ipms = await startIpms(t);
  await sql`
    insert into ticket (agency_id, kind, subject, status, created_at)
    select 1, 'question', 'Pertanyaan', 'closed', ${ipms.clock.now.toISOString()}
    from (with recursive n (n) as (select 1 union all select n + 1 from n where n < 1200) select n from n)`.execute(
    ipms.db,
  );
  const admin = await ipms.signIn('admin.jabatan');
  const { dom } = await admin.get('/admin/tickets');
  t.match(dom.querySelector('[role=group] a[href$="status=closed"]')?.textContent, /1,000\+$/);
});

t.test('every filter narrows, and the export follows', async (t) => {
  const ipms = await startIpms(t);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const found = async (query: string) => {
    const { html } = await helpdesk.get(`/helpdesk/tickets?format=csv&${query}`);
    return html.trim().split('\r\n').length - 1;
  };
  const counted = async (where: ReturnType<typeof sql>) => {
    const { rows } = await sql<{ count: number }>`select count(*) as count from ticket where ${where}`.execute(ipms.db);
    return rows[0]?.count;
  };
  const waiting = sql`status in ('requested', 'open')`;
  const staff = sql`(select id from user where login_id = 'meja.bantuan')`;
  t.equal(await found(''), await counted(waiting), 'what is not finished, first');
  t.equal(await found('status='), await counted(sql`true`));
  t.equal(await found('status=&kind=contact-update'), await counted(sql`kind = 'contact-update'`));
  t.equal(await found('agency=2'), await counted(sql`${waiting} and agency_id = 2`));
  t.equal(await found('assignee=mine'), await counted(sql`${waiting} and assigned_to = ${staff}`));
  t.equal(await found('assignee=nobody'), await counted(sql`${waiting} and assigned_to is null`));
  t.equal(await found('overdue=yes'), await counted(sql`${waiting} and due_at <= ${ipms.clock.now.toISOString()}`));
  t.equal(
    await found('status=&overdue=yes'),
    await counted(sql`${waiting} and due_at <= ${ipms.clock.now.toISOString()}`),
    'what has ended is late no more',
  );
  t.equal(await found('status=&q=lampiran'), 1);
});

t.test('who may not', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  t.equal((await admin.get('/helpdesk/tickets')).status, 403);
  const { html } = await admin.get('/admin/tickets?format=csv&status=&agency=2&q=kementerian');
  t.equal(html.trim().split('\r\n').length, 1, 'nothing of another agency');
});
