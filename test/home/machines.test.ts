import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { t } from 'tap';
import type { DirectorySettings } from '../../src/base/settings.ts';
import { later } from '../../src/base/time.ts';
import { START, startIpms } from '../helper.ts';

const SECOND = 1000;
/** A directory that nothing answers for. */
const nowhere: DirectorySettings = {
  urls: ['ldaps://127.0.0.1:1'],
  baseDn: 'OU=IPMS,DC=agensi,DC=test',
  bindDn: 'CN=svc-ipms,DC=agensi,DC=test',
  passwordFile: '/dev/null',
  ca: null,
  signInSuffix: null,
  brake: 5,
  passwordHours: 24,
};

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
  const counted = (name: string) => sampleIn(after.html, name) - sampleIn(before, name);
  t.equal(counted('ipms_requests_total{status="4xx"}'), 1);
  t.equal(counted('ipms_requests_total{status="3xx"}'), 2);
  t.equal(counted('ipms_request_duration_seconds_count'), 6);
  for (const name of ['ipms_database_bytes', 'process_resident_memory_bytes', 'ipms_request_duration_seconds_sum'])
    t.ok(sampleIn(after.html, name) > 0, name);
  for (const name of ['ipms_event_loop_holds_total', 'ipms_event_loop_longest_hold_seconds'])
    t.equal(sampleIn(after.html, name), 0, 'nothing listens in a test');
  for (const line of after.html.trim().split('\n'))
    t.match(line, /^(# (HELP|TYPE) \w+ .+|\w+(\{\w+="[\w-]+"\})? \d+(\.\d+)?(e-\d+)?)$/);
});

t.test('/metrics: how the work in the directories that are written to stands', async (t) => {
  const ipms = await startIpms(t);
  const read = async () => {
    const { html } = await ipms.visitor().get('/metrics');
    const names = ['due', 'refused', 'held', 'differs'].map((state) => `ipms_directory_objects{state="${state}"}`);
    const more = ['oldest_due_seconds', 'last_full_reading_seconds', 'failures'].map(
      (name) => `ipms_directory_${name}`,
    );
    return [...names, ...more].map((name) => sampleIn(html, name));
  };
  t.strictSame(await read(), [0, 0, 0, 0, 0, 0, 0], 'where a person does it, nothing waits for IPMS');
  const { db } = ipms;
  const agreed = { directory_mode: 'live', directory_agreed_at: START.toISOString() } as const;
  await db.updateTable('agency').set(agreed).where('id', '=', 1).execute();
  const wanted_at = later(START, -90 * SECOND).toISOString();
  await db.updateTable('directory_object').set({ state: 'step', wanted_at: '2020-01-01T00:00:00.000Z' }).execute();
  const ids = await db.selectFrom('directory_object').select('id').where('agency_id', '=', 1).limit(4).execute();
  for (const [index, state] of (['under-way', 'due', 'refused', 'held'] as const).entries())
    await db
      .updateTable('directory_object')
      .set({ state, wanted_at })
      .where('id', '=', ids[index]?.id ?? 0)
      .execute();
  await db.updateTable('directory_object').set({ state: 'refused' }).where('agency_id', '=', 2).execute();
  await db.updateTable('directory_object').set({ state: 'differs' }).where('item_id', '=', 'ou:Sistem').execute();
  await db.updateTable('directory_work').set({ last_whole_at: START.toISOString(), failures: 3 }).execute();
  t.strictSame(await read(), [2, 1, 1, 1, 90, START.getTime() / SECOND, 3]);
});

t.test('/healthz: 200 when the directory is away, since nothing but the mailboxes waits for it', async (t) => {
  const ipms = await startIpms(t, { directory: nowhere });
  await ipms.db
    .updateTable('agency')
    .set({ directory_mode: 'live', directory_agreed_at: START.toISOString() })
    .execute();
  const away = JSON.stringify({ key: 'directory.away.unreachable', words: 'connect ECONNREFUSED' });
  const next_at = later(START, 60 * SECOND).toISOString();
  await ipms.db.updateTable('directory_work').set({ failures: 9, next_at, last_error: away }).execute();
  t.match(await ipms.visitor().get('/healthz'), { status: 200, html: 'ok\n' });
  t.equal(sampleIn((await ipms.visitor().get('/metrics')).html, 'ipms_directory_failures'), 9);
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
