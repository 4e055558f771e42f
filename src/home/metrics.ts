import { timingSafeEqual } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import { failedTries, newestGood } from '../backups/queries.ts';
import { NotFound } from '../base/errors.ts';
import { watchHolds } from '../base/holds.ts';
import { digest } from '../base/secrets.ts';
import type { Settings } from '../base/settings.ts';
import { SECOND } from '../base/time.ts';
import { clockDoubt } from '../clock/clock.ts';
import type { Db } from '../data/database.ts';
import { readFigures } from '../directory/pages/figures.ts';
import { readStandby } from '../standby/standby.ts';
import type { App, Request } from '../web/app-types.ts';

type Sample = { labels?: string; value: number };

/** For Prometheus, in its text format: to this computer alone, or, once there is a token, to whoever shows that. */
export function metrics(app: App) {
  const requests = countRequests(app);
  const held = holds(app);
  app.get('/metrics', { config: { access: ['anyone'] } }, async (request, reply) => {
    if (!mayRead(request, app.settings.metricsToken)) throw new NotFound();
    reply.type('text/plain; version=0.0.4; charset=utf-8');
    return [
      ...requests(),
      ...(await held()),
      refused(app),
      ...(await stateOf(app.reader, app.clock(), app.settings.standby)),
      ...processState(),
    ].join('');
  });
}

function mayRead({ headers, socket }: Request, token: string | null) {
  if (token !== null)
    return timingSafeEqual(Buffer.from(digest(headers.authorization ?? '')), Buffer.from(digest(`Bearer ${token}`)));
  const forwarded = headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined;
  return !forwarded && /^(::1|(::ffff:)?127\.)/.test(socket.remoteAddress ?? '');
}

/** Counts every answer by the first digit of its status, and the time that all took. */
function countRequests(app: App) {
  const answers = new Map(['2xx', '3xx', '4xx', '5xx'].map((name) => [name, 0]));
  let seconds = 0;
  app.addHook('onResponse', (_request, reply, done) => {
    const name = `${Math.floor(reply.statusCode / 100)}xx`;
    answers.set(name, (answers.get(name) ?? 0) + 1);
    seconds += reply.elapsedTime / SECOND;
    done();
  });
  return () => {
    const samples = [...answers].map(([name, value]) => ({ labels: `status="${name}"`, value }));
    const total = samples.reduce((sum, { value }) => sum + value, 0);
    const [name, about] = ['ipms_request_duration_seconds', 'Time from a request to its answer.'];
    return [
      metric('ipms_requests_total', 'counter', 'Answers since the start.', samples),
      `# HELP ${name} ${about}\n# TYPE ${name} summary\n${name}_sum ${seconds}\n${name}_count ${total}\n`,
    ];
  };
}

/** From when on pages are answered: a start may take its time. */
function holds(app: App) {
  let watch: ReturnType<typeof watchHolds> | undefined;
  app.addHook('onListen', async () => {
    watch = watchHolds();
  });
  app.addHook('onClose', async () => watch?.stop());
  return async () => {
    const { longest, tooLong } = (await watch?.read()) ?? { longest: 0, tooLong: 0 };
    const name = 'ipms_event_loop_longest_hold_seconds';
    return [
      metric('ipms_event_loop_holds_total', 'counter', 'How often all answers waited for more than 50 milliseconds.', [
        { value: tooLong },
      ]),
      gauge(
        name,
        'The longest of all such waits, also of shorter ones, since these figures were last read.',
        longest / SECOND,
      ),
    ];
  };
}

/** What may have been an attack. */
function refused(app: App) {
  const samples = [...app.refusals].map(([why, value]) => ({ labels: `why="${why}"`, value }));
  return metric('ipms_refused_total', 'counter', 'Tries, forms and pages refused since the start.', samples);
}

async function stateOf(db: Db, now: Date, settings: Settings['standby']) {
  const parts = [people(db, now), mails(db, now), database(db, now), directory(db, now), backups(db)];
  return (await Promise.all([...parts, standby(db, settings, now)])).flat();
}

async function people(db: Db, now: Date) {
  const sessions = sql<Count>`
    select count(*) as value from session where user_id is not null and expires_at > ${now.toISOString()}`;
  const accounts = sql<Count>`select count(*) as value from account_request where status = 'submitted'`;
  const codes = sql<Count>`select count(*) as value from access_code_request where status = 'submitted'`;
  return [
    gauge('ipms_sessions_signed_in', 'Sessions of people who are signed in.', await count(sessions, db)),
    gauge(
      'ipms_account_requests_waiting',
      'Account requests that no administrator has decided.',
      await count(accounts, db),
    ),
    gauge(
      'ipms_access_code_requests_waiting',
      'Access code requests that no administrator has decided.',
      await count(codes, db),
    ),
  ];
}

async function mails(db: Db, now: Date) {
  const waiting = sql<Count>`select count(*) as value from outbox where state = 'waiting'`;
  const failed = sql<Count>`select count(*) as value from outbox where state = 'failed'`;
  const oldest = sql<Count>`
    select coalesce(unixepoch(${now.toISOString()}) - unixepoch(min(created_at)), 0) as value
    from outbox where state = 'waiting'`;
  return [
    metric('ipms_outbox_mails', 'gauge', 'Mails that wait, and that were given up.', [
      { labels: 'state="waiting"', value: await count(waiting, db) },
      { labels: 'state="failed"', value: await count(failed, db) },
    ]),
    gauge(
      'ipms_outbox_oldest_waiting_seconds',
      'Age of the oldest mail that waits; 0 when none does.',
      await count(oldest, db),
    ),
  ];
}

async function database(db: Db, now: Date) {
  const bytes = sql<Count>`select page_count * page_size as value from pragma_page_count(), pragma_page_size()`;
  const isDoubted = (await clockDoubt(db, now)) !== null;
  return [
    gauge('ipms_clock_in_doubt', '1 while what is due is held because the clock is doubted.', isDoubted ? 1 : 0),
    gauge('ipms_database_bytes', 'Size of the database.', await count(bytes, db)),
  ];
}

async function directory(db: Db, now: Date) {
  const { due, refused, held, differs, oldestSeconds, lastWhole, failures } = await readFigures(db, now);
  return [
    metric('ipms_directory_objects', 'gauge', 'Objects in directories that are written to and not in step, by state.', [
      { labels: 'state="due"', value: due },
      { labels: 'state="refused"', value: refused },
      { labels: 'state="held"', value: held },
      { labels: 'state="differs"', value: differs },
    ]),
    gauge(
      'ipms_directory_oldest_due_seconds',
      'Age of the oldest change that waits for the directory; 0 when none does.',
      oldestSeconds,
    ),
    gauge(
      'ipms_directory_last_full_reading_seconds',
      'When the directory was last read as a whole, as Unix time; 0: never.',
      lastWhole,
    ),
    gauge('ipms_directory_failures', 'How often in a row the directory could not be used.', failures),
  ];
}

async function backups(db: Db) {
  const good = await newestGood(db);
  return [
    gauge(
      'ipms_backup_newest_good_seconds',
      'When the newest good backup that is there was made, as Unix time; 0: there is none.',
      good === undefined ? 0 : Math.floor(new Date(good.ended_at).getTime() / SECOND),
    ),
    gauge('ipms_backup_failures', 'How often in a row no backup could be made.', await failedTries(db)),
  ];
}

async function standby(db: Db, settings: Settings['standby'], now: Date) {
  const found = await readStandby(db, settings, now);
  if (found === null) return [];
  const help = 'Age of the newest of the replica; while none is there, since the start.';
  return [gauge('ipms_standby_age_seconds', help, found.seconds)];
}

type Count = { value: number };

async function count(query: RawBuilder<Count>, db: Db) {
  const { rows } = await query.execute(db);
  return rows[0]?.value ?? 0;
}

function processState() {
  const { rss, heapUsed } = process.memoryUsage();
  const startedAt = Date.now() / SECOND - process.uptime();
  return [
    gauge('process_resident_memory_bytes', 'Memory that the process holds.', rss),
    gauge('process_heap_bytes', 'Memory that its objects take.', heapUsed),
    gauge('process_start_time_seconds', 'When the process started, as Unix time.', Math.round(startedAt)),
  ];
}

function gauge(name: string, help: string, value: number) {
  return metric(name, 'gauge', help, [{ value }]);
}

function metric(name: string, type: 'counter' | 'gauge', help: string, samples: Sample[]) {
  const lines = samples.map(({ labels, value }) => `${name}${labels ? `{${labels}}` : ''} ${value}`);
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines, ''].join('\n');
}
