import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { t } from 'tap';
import { later } from '../../src/base/time.ts';
import { START, startIpms } from '../helper.ts';

const SECOND = 1000;

t.test('/healthz: 200 while the database answers and the disk can be written, else 503', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'ipms-health-'));
  const ipms = await startIpms(t, { environment: { IPMS_DATA_DIR: folder } });
  const well = await ipms.visitor().get('/healthz');
  t.match(well, { status: 200, html: 'ok\n' });
  rmSync(folder, { recursive: true });
  const noDisk = await ipms.visitor().get('/healthz');
  t.match(noDisk, { status: 503, html: /does not answer/ });
  t.notMatch(noDisk.html, folder, 'no path is told');

  const other = await startIpms(t);
  await other.db.schema.alterTable('agency').renameTo('gone').execute();
  t.equal((await other.visitor().get('/healthz')).status, 503);
});

t.test(
  '/healthz: however often it is asked, it writes once in five seconds, and nothing into the database',
  async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'ipms-health-'));
    t.teardown(() => rmSync(folder, { recursive: true, force: true }));
    const ipms = await startIpms(t, { environment: { IPMS_DATA_DIR: folder } });
    const before = await sql<{ changes: number }>`select total_changes() as changes`.execute(ipms.db);
    for (let times = 0; times < 200; times += 1) t.equal((await ipms.visitor().get('/healthz')).status, 200);
    const after = await sql<{ changes: number }>`select total_changes() as changes`.execute(ipms.db);
    t.strictSame(after.rows, before.rows, 'the database is not written');
    // what stands in the way of the next write is not seen before its time, and then it is
    mkdirSync(join(folder, `.healthz-${process.pid}`));
    t.equal((await ipms.visitor().get('/healthz')).status, 200);
    ipms.clock.now = later(START, 5 * SECOND);
    t.equal((await ipms.visitor().get('/healthz')).status, 503);
    rmSync(join(folder, `.healthz-${process.pid}`), { recursive: true });
    t.equal((await ipms.visitor().get('/healthz')).status, 503, 'nor is that it is gone');
    ipms.clock.now = later(START, 10 * SECOND);
    t.equal((await ipms.visitor().get('/healthz')).status, 200);
  },
);

function sampleIn(text: string, name: string) {
  return Number(
    text
      .split('\n')
      .find((line) => line.startsWith(`${name} `))
      ?.split(' ')
      .at(-1),
  );
}

t.test('/metrics: counts in the text format of Prometheus', async (t) => {
  const ipms = await startIpms(t);
  const before = (await ipms.visitor().get('/metrics')).html;
  const waiting = sampleIn(before, 'ipms_outbox_mails{state="waiting"}');
  const codes = sampleIn(before, 'ipms_access_code_requests_waiting');
  await ipms.signIn('admin.jabatan');
  await ipms.visitor().submit('/access-code-requests/new', '/access-code-requests/new', {
    category: 'civil_servant',
    full_name: 'Nurul Izzah binti Kamaruddin',
    ic_number: '900101-14-5678',
    contact_email: 'nurul@rumah.test',
    agency_id: '1',
    reporting_division: 'Bahagian Kewangan',
  });
  await ipms.visitor().get('/nowhere');
  const after = await ipms.visitor().get('/metrics');
  t.match(after.headers['content-type'], /^text\/plain; version=0\.0\.4/);
  t.equal(sampleIn(after.html, 'ipms_sessions_signed_in'), sampleIn(before, 'ipms_sessions_signed_in') + 1);
  t.equal(sampleIn(after.html, 'ipms_access_code_requests_waiting'), codes + 1);
  t.ok(sampleIn(after.html, 'ipms_outbox_mails{state="waiting"}') > waiting);
  t.equal(sampleIn(after.html, 'ipms_requests_total{status="4xx"}'), 1);
  t.equal(sampleIn(after.html, 'ipms_requests_total{status="3xx"}'), 2);
  t.equal(sampleIn(after.html, 'ipms_request_duration_seconds_count'), 6);
  for (const name of ['ipms_database_bytes', 'process_resident_memory_bytes', 'ipms_request_duration_seconds_sum'])
    t.ok(sampleIn(after.html, name) > 0, name);
  for (const line of after.html.trim().split('\n'))
    t.match(line, /^(# (HELP|TYPE) \w+ .+|\w+(\{\w+="\w+"\})? \d+(\.\d+)?(e-\d+)?)$/);
});

t.test('who may not: nobody but this computer, and with a token nobody without it', async (t) => {
  const open = await startIpms(t);
  t.equal((await open.visitor().get('/metrics', { 'x-forwarded-for': '203.0.113.9' })).status, 404);
  const far = await open.app.inject({ url: '/metrics', remoteAddress: '203.0.113.9' });
  t.equal(far.statusCode, 404);
  t.notMatch(far.body, 'ipms_');

  const guarded = await startIpms(t, { environment: { IPMS_METRICS_TOKEN: 'rahsia-pemantau' } });
  const ask = async (authorization?: string) =>
    (
      await guarded.app.inject({
        url: '/metrics',
        remoteAddress: '203.0.113.9',
        headers: authorization ? { authorization } : {},
      })
    ).statusCode;
  t.equal(await ask(), 404);
  t.equal(await ask('Bearer rahsia'), 404);
  t.equal(await ask('Bearer rahsia-pemantau'), 200);
  t.equal((await guarded.visitor().get('/metrics')).status, 404);
});
