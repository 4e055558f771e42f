import { sql } from 'kysely';
import { t } from 'tap';
import { plantItems } from '../doors/items.ts';
import { startIpms } from '../helper.ts';

// SOP 4.1 to 4.6, 4.13 to 4.17: what the helpdesk reads of every agency, and changes nothing of

const KINDS = [
  {
    path: 'list-change-requests',
    table: 'list_change_request',
    where: "status = 'requested'",
    item: 'list_change_request',
  },
  { path: 'groups', table: 'group', where: "status = 'active'", item: 'group' },
  {
    path: 'access-code-requests',
    table: 'access_code_request',
    where: "status = 'submitted'",
    item: 'access_code_request',
  },
  { path: 'access-codes', table: 'access_code', where: '1', item: 'access_code' },
  {
    path: 'account-requests',
    table: 'account_request',
    where: "status in ('submitted', 'returned')",
    item: 'account_request',
  },
] as const;

for (const { path, table, where, item } of KINDS)
  t.test(`/helpdesk/${path}: all agencies, one agency, a file, one of them`, async (t) => {
    const ipms = await startIpms(t);
    const items = await plantItems(ipms);
    const helpdesk = await ipms.signIn('meja.bantuan');
    const count = async (agency?: number) => {
      const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)} where ${sql.raw(where)}
        and ${agency === undefined ? sql`1` : sql`agency_id = ${agency}`}`.execute(ipms.db);
      return rows[0]?.n ?? 0;
    };
    const tally = (page: { text: string }) => Number(/(\d+) rekod ·/.exec(page.text)?.[1] ?? 0);
    t.equal(tally(await helpdesk.get(`/helpdesk/${path}`)), await count());
    for (const agency of [1, 2]) {
      const page = await helpdesk.get(`/helpdesk/${path}?agency=${agency}`);
      t.equal(tally(page), await count(agency), `agency ${agency}`);
      t.notMatch(page.text, /\d{6}-\d{2}-\d{4}|\b\d{12}\b/, 'no whole identity card number in a list');
    }
    const file = await helpdesk.get(`/helpdesk/${path}?format=csv&agency=1`);
    t.match(file.headers['content-type'], 'text/csv');
    t.match(file.html, 'Jabatan Contoh');
    t.notMatch(file.html, 'Kementerian Contoh,');
    const one = await helpdesk.get(`/helpdesk/${path}/${items[item]}`);
    t.equal(one.status, 200);
    t.match(one.text, 'Jabatan Contoh');
    t.equal(one.dom.querySelectorAll('main form[method=post]').length, 0, 'to read only');
    t.notMatch(one.html, /code_hash|"salt"|>hash</);
    t.equal((await helpdesk.get(`/helpdesk/${path}/999999`)).status, 404);
    for (const login of ['admin.jabatan', 'pegawai.jabatan']) {
      const other = await ipms.signIn(login);
      t.equal((await other.get(`/helpdesk/${path}`)).status, 403);
      t.equal((await other.get(`/helpdesk/${path}/${items[item]}`)).status, 403);
    }
    t.equal((await helpdesk.post(`/helpdesk/${path}/${items[item]}`, {})).status, 405);
  });

t.test('/helpdesk/bulk: the runs of all agencies, and nothing of what is in their files', async (t) => {
  const ipms = await startIpms(t);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const runs = await ipms.db.selectFrom('bulk_run').select(['agency_id', 'file_name']).execute();
  const page = await helpdesk.get('/helpdesk/bulk');
  t.ok(runs.length > 0);
  for (const { file_name } of runs) t.match(page.text, file_name);
  t.equal(page.dom.querySelectorAll('tbody a').length, 0, 'no way into a run');
  const none = await helpdesk.get('/helpdesk/bulk?agency=2');
  const theirs = runs.filter((run) => run.agency_id === 2);
  t.equal(none.dom.querySelectorAll('tbody tr').length, theirs.length);
  const [tile] = (await helpdesk.get('/helpdesk')).dom.querySelectorAll('a[href="/helpdesk/bulk?state=unfinished"]');
  t.ok(tile, 'the first page leads there');
  for (const login of ['admin.jabatan', 'pegawai.jabatan'])
    t.equal((await (await ipms.signIn(login)).get('/helpdesk/bulk')).status, 403);
});
