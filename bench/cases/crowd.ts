import { mkdirSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { cpus, loadavg } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { seedSynthetic } from '../../src/demo/synthetic.ts';
import { openInstallation } from '../../src/installation.ts';
import { type Bench, type Case, type Figure, milliseconds } from '../case.ts';
import { makeDataFolder, settingsFor, startServer } from '../installed.ts';
import { givePassword } from '../people.ts';
import { open, signIn, type Visitor } from '../visitor.ts';

const MAILBOXES = Number(process.env.IPMS_BENCH_MAILBOXES ?? 100_000);
/** Names a folder that `bench history` has made: the same with years behind it. */
const FOLDER = process.env.IPMS_BENCH_HISTORY;
const PEOPLE = 500;
const BROWSERS = 200;
const SLOW_SOCKETS = 500;
/** Milliseconds; all together lasts until the backup is made, but no longer than it may. */
const WITHIN = 60_000;
const ALONE = 20_000;
const TOGETHER = { least: 60_000, most: 180_000 };
/** Between one form with files, or one file of everybody, and the next. */
const BETWEEN = 5000;
/** A person reads a page before the next one is asked for. */
const READS = { least: 1000, most: 5000 };
/** Of so many pages, one is somebody's request for an access code, which writes. */
const PAGES_A_FORM = 8;
const MOST_P99 = 500;
const FILES = 5;
const FILE_BYTES = 5 * 1024 ** 2 - 64;

const PROXY = '127.0.0.1';
const OFFICE = '203.0.113.7';
const OFFICER_PAGES = ['/me', '/me/groups', '/me/groups/open', '/me/sessions', '/me/list-requests'];
const ADMIN_PAGES = ['/admin', '/admin/mailboxes', '/admin/mailboxes?q=siti', '/admin/groups', '/admin/tickets'];
const ADMINISTRATORS = 20;
const FORM = '/access-code-requests/new';

type Person = { cookie: string; address: string; pages: readonly string[] };
/** What became of what was asked. */
type Tally = { taken: number[]; refused: Map<string, number> };
const newTally = (): Tally => ({ taken: [], refused: new Map() });

/** An office at eight, and a day at its worst: who gets in, how long pages take, what was refused, and what was lost. */
export const crowd: Case = {
  name: 'crowd',
  isLong: true,
  async run(_bench: Bench) {
    const folder = FOLDER === undefined ? await makeDataFolder(fill) : { dataDir: FOLDER, remove: () => undefined };
    const people = await givePassword(folder.dataDir, PEOPLE, 1);
    const backups = `${folder.dataDir}-backups`;
    mkdirSync(backups, { recursive: true });
    const server = await startServer(folder.dataDir, { IPMS_TRUST_PROXY: PROXY, IPMS_BACKUP_DIR: backups });
    try {
      const figures: Figure[] = [
        {
          what: `${FOLDER ?? `${MAILBOXES.toLocaleString('en')} mailboxes`}, ${cpus().length} cores`,
          figure: `load ${loadavg()[0]?.toFixed(1)} before`,
        },
      ];
      const { cookies, figure } = await officeSignsIn(server.port, people.logins);
      figures.push(figure);
      console.error(`${figure.what}: ${figure.figure}`); // the rest takes minutes
      figures.push(...(await wholeDay(server.port, folder.dataDir, cookies)));
      return figures;
    } finally {
      await server.stop();
      await people.takeBack();
      folder.remove();
      rmSync(backups, { recursive: true, force: true });
    }
  },
};

async function fill(dataDir: string) {
  const { sqlite, close } = await openInstallation(settingsFor(dataDir));
  const wanted = { mailboxes: MAILBOXES, agencies: 10, groups: Math.ceil(MAILBOXES / 50) };
  seedSynthetic(sqlite, wanted, new Date(), () => undefined);
  await close();
}

/** Five hundred people behind one address, each at a moment of the same minute. */
async function officeSignsIn(port: number, logins: string[]) {
  const cookies: string[] = [];
  const tally = newTally();
  const begun = performance.now();
  await Promise.all(
    logins.map(async (login, at) => {
      await pause((at / logins.length) * WITHIN);
      const cookie = await noted(tally, () => signIn(port, login, from(OFFICE)));
      if (cookie !== null) cookies.push(cookie);
    }),
  );
  const seconds = (performance.now() - begun) / 1000;
  return {
    cookies,
    figure: {
      what: `${logins.length} people of one office sign in within ${WITHIN / 1000} s`,
      figure: `${cookies.length} in, ${sayRefused(tally)} after ${seconds.toFixed(0)} s; ${spread(tally.taken)}`,
      ratio: `${(cookies.length / seconds).toFixed(1)}/s`,
      target: `${logins.length} in`,
      ok: cookies.length === logins.length,
    },
  };
}

/** Two hundred browsers by themselves, and then with all that an installation may have to bear at once. */
async function wholeDay(port: number, dataDir: string, cookies: string[]): Promise<Figure[]> {
  const admin = await signIn(port, 'admin.jabatan');
  const helpdesk = await signIn(port, 'meja.bantuan');
  const people = Array.from({ length: BROWSERS }, (_, at): Person => {
    const address = `198.51.${100 + Math.floor(at / 200)}.${1 + (at % 200)}`;
    if (at < ADMINISTRATORS) return { cookie: admin, address, pages: ADMIN_PAGES };
    return { cookie: cookies[at % cookies.length] ?? admin, address, pages: OFFICER_PAGES };
  });
  const alone = { pages: newTally(), forms: newTally() };
  const sent: string[] = [];
  await browse(port, people, until(ALONE), alone, sent);

  const together = { pages: newTally(), forms: newTally() };
  const uploads = newTally();
  const reports = newTally();
  const slow = slowSockets(port);
  const tickets: string[] = [];
  const begun = performance.now();
  const [least, most] = [until(TOGETHER.least), until(TOGETHER.most)];
  let madeIn: number | null = null;
  const isOver = () => most() || (least() && madeIn !== null);
  await Promise.all([
    browse(port, people, isOver, together, sent),
    again(isOver, () => noted(uploads, async () => tickets.push(await upload(port, admin)))),
    again(isOver, () => noted(reports, () => readWhole(port, '/helpdesk/mailboxes?format=csv', helpdesk))),
    backupMade(port, helpdesk, isOver).then((isMade) => {
      if (isMade) madeIn = performance.now() - begun;
    }),
  ]);
  const ended = slow.stop();
  const lost = await lostOf(dataDir, sent, tickets);

  const before = percentile(alone.pages.taken, 0.99);
  const p99 = percentile(together.pages.taken, 0.99);
  return [
    {
      what: `${BROWSERS} browsers, a page each ${READS.least / 1000} to ${READS.most / 1000} s`,
      figure: `${alone.pages.taken.length} pages, ${sayRefused(alone.pages)}; ${spread(alone.pages.taken)}`,
    },
    {
      what: `  with ${SLOW_SOCKETS} slow sockets, an upload and a report each ${BETWEEN / 1000} s, a backup`,
      figure: `${together.pages.taken.length} pages, ${sayRefused(together.pages)}; ${spread(together.pages.taken)}`,
      ratio: `p99 ${(p99 / before).toFixed(1)} x`,
      target: `p99 <= ${MOST_P99} ms, none refused`,
      ok: p99 <= MOST_P99 && together.pages.refused.size === 0,
    },
    {
      what: '  requests that they send meanwhile',
      figure: `${together.forms.taken.length} taken, ${sayRefused(together.forms)}; ${spread(together.forms.taken)}`,
      target: 'none refused',
      ok: together.forms.refused.size === 0 && alone.forms.refused.size === 0,
    },
    {
      what: `  forms with ${FILES} files of 5 MB`,
      figure: `${uploads.taken.length} taken, ${sayRefused(uploads)}; ${spread(uploads.taken)}`,
      target: 'none refused',
      ok: uploads.refused.size === 0,
    },
    {
      what: '  files of all mailboxes',
      figure: `${reports.taken.length} read, ${sayRefused(reports)}; ${spread(reports.taken)}`,
      target: 'none refused',
      ok: reports.refused.size === 0,
    },
    {
      what: '  the backup, made and looked at',
      figure: madeIn === null ? 'not made by the end' : `${Math.round(madeIn / 1000)} s after it was asked for`,
      target: 'made',
      ok: madeIn !== null,
    },
    { what: '  slow sockets', figure: `${ended} ended by the server` },
    {
      what: '  answered as done, and not in the database',
      figure: `${lost.requests} of ${sent.length} requests, ${lost.tickets} of ${tickets.length} forms with files`,
      target: '0',
      ok: lost.requests + lost.tickets === 0,
    },
    { what: '  load after', figure: `${loadavg()[0]?.toFixed(1)}` },
  ];
}

/** People who open page after page, and now and then send a form as a visitor would. */
async function browse(
  port: number,
  people: Person[],
  isOver: () => boolean,
  { pages, forms }: { pages: Tally; forms: Tally },
  sent: string[],
) {
  await Promise.all(
    people.map(async ({ cookie, address, pages: places }, who) => {
      await pause(Math.random() * READS.most);
      for (let at = who; !isOver(); at += 1) {
        if (at % PAGES_A_FORM === 0)
          await noted(forms, async () => void sent.push(await askForCode(port, address, `${who}.${at}`)));
        else await noted(pages, () => readWhole(port, places[at % places.length] ?? '/', cookie, address));
        await pause(READS.least + Math.random() * (READS.most - READS.least));
      }
    }),
  );
}

/** SOP 4.1 step 1. Returns the reference that the applicant is told. */
async function askForCode(port: number, address: string, name: string) {
  const { cookie, token } = await open(port, FORM, '', from(address));
  const fields = {
    category: 'civil_servant',
    full_name: 'Pemohon Beban',
    ic_number: '900101-14-5678',
    contact_email: `pemohon.${name}.${sequence()}@rumah.test`,
    agency_id: '1',
    reporting_division: 'Bahagian Kewangan',
  };
  const location = await post(port, FORM, { cookie, token }, new URLSearchParams({ _csrf: token, ...fields }), address);
  return location.split('/').at(-1) ?? '';
}

let number = 0;
const sequence = () => {
  number += 1;
  return number;
};

/** A ticket with as many files as may be, each as large as may be. Returns its number. */
export async function upload(port: number, session: string) {
  const visitor = await open(port, '/admin/tickets/new', session);
  const form = new FormData();
  for (const [name, value] of Object.entries({ kind: 'question', subject: 'Beban', description: 'Lima fail' }))
    form.append(name, value);
  form.append('_csrf', visitor.token);
  const paper = `%PDF-1.7\n${sequence()}\n${' '.repeat(FILE_BYTES - 32)}\n%%EOF\n`;
  for (let at = 0; at < FILES; at += 1)
    form.append('attachments', new Blob([paper], { type: 'application/pdf' }), `surat-${at}.pdf`);
  const location = await post(port, '/admin/tickets/new', visitor, form);
  return location.split('/').at(-1) ?? '';
}

/** @param session the helpdesk's */
export async function askForBackup(port: number, session: string) {
  const visitor = await open(port, '/helpdesk/backups', session);
  await post(port, '/helpdesk/backups/make', visitor, new URLSearchParams({ _csrf: visitor.token }));
}

/** Whether one copy more is there before the end, as their page says; of passwords that nobody's act has set, `check` finds fault with it. */
async function backupMade(port: number, session: string, isOver: () => boolean) {
  const kept = async () => (await readWhole(port, '/helpdesk/backups?state=kept', session)).split('.db.gz').length;
  const before = await kept(); // the first one is made by the server itself
  await askForBackup(port, session);
  do {
    if ((await kept()) > before) return true;
    await pause(1000);
  } while (!isOver());
  return false;
}

/** @throws Error when it does not lead on, as what was done does */
async function post(
  port: number,
  path: string,
  { cookie }: Visitor,
  body: FormData | URLSearchParams,
  address?: string,
) {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    headers: { cookie, ...(address ? from(address) : {}) },
    body,
    redirect: 'manual',
  });
  await answer.text();
  if (answer.status !== 303) throw new Error(`${path} answers ${answer.status}`);
  return answer.headers.get('location') ?? '';
}

/** Reads an answer to its end. @throws Error for one that is none */
export async function readWhole(port: number, path: string, cookie: string, address?: string) {
  const headers = { cookie, ...(address ? from(address) : {}) };
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers, redirect: 'manual' });
  const text = await answer.text();
  if (answer.status !== 200) throw new Error(`${path} answers ${answer.status}`);
  return text;
}

const from = (address: string) => ({ 'x-forwarded-for': address });

function until(milliseconds: number) {
  const end = performance.now() + milliseconds;
  return () => performance.now() > end;
}

async function again(isOver: () => boolean, work: () => Promise<unknown>) {
  while (!isOver()) {
    await work();
    await pause(BETWEEN);
  }
}

/** Times what is done, or notes why it was not. */
async function noted<T>({ taken, refused }: Tally, work: () => Promise<T>): Promise<T | null> {
  const begun = performance.now();
  try {
    const result = await work();
    taken.push(performance.now() - begun);
    return result;
  } catch (error) {
    const { message, cause } = error as Error;
    const why = cause instanceof Error ? `${message}: ${cause.message}` : message;
    refused.set(why, (refused.get(why) ?? 0) + 1);
    return null;
  }
}

/** Heads and bodies that come a byte a second; whichever the server ends begins anew. */
function slowSockets(port: number) {
  let ended = 0;
  let over = false;
  const sockets = new Set<Socket>();
  const begin = (isBody: boolean) => {
    const socket = connect({ host: '127.0.0.1', port });
    sockets.add(socket);
    const head = 'POST /login HTTP/1.1\r\nhost: 127.0.0.1\r\n';
    const type = 'content-type: application/x-www-form-urlencoded\r\ncontent-length: 5000\r\n\r\n';
    socket.write(isBody ? head + type : head);
    const timer = setInterval(() => socket.write('x'), 1000);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearInterval(timer);
      sockets.delete(socket);
      if (over) return;
      ended += 1;
      begin(isBody);
    });
    socket.resume();
  };
  for (let at = 0; at < SLOW_SOCKETS; at += 1) begin(at % 2 === 0);
  return {
    stop: () => {
      over = true;
      for (const socket of sockets) socket.destroy();
      return ended;
    },
  };
}

/** How much of what was answered as done is not there. */
async function lostOf(dataDir: string, sent: string[], tickets: string[]) {
  const { db, close } = await openInstallation(settingsFor(dataDir));
  const requests = await db.selectFrom('access_code_request').select('reference').execute();
  const files = await db
    .selectFrom('attachment')
    .select(['holder_id', (eb) => eb.fn.countAll<number>().as('count')])
    .where('holder', '=', 'ticket')
    .where((eb) =>
      eb(
        'file_size',
        '=',
        eb
          .selectFrom('attachment_content')
          .select((each) => each.fn.sum<number>(each.fn('length', ['bytes'])).as('size'))
          .whereRef('attachment_id', '=', 'attachment.id'),
      ),
    )
    .groupBy('holder_id')
    .execute();
  await close();
  const there = new Set(requests.map(({ reference }) => reference));
  const whole = new Set(files.filter(({ count }) => count === FILES).map(({ holder_id }) => String(holder_id)));
  return {
    requests: sent.filter((each) => !there.has(each)).length,
    tickets: tickets.filter((each) => !whole.has(each)).length,
  };
}

function percentile(taken: number[], part: number) {
  const sorted = taken.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

const spread = (taken: number[]) =>
  taken.length === 0
    ? 'none'
    : `p50 ${milliseconds(percentile(taken, 0.5))}, p95 ${milliseconds(percentile(taken, 0.95))}, p99 ${milliseconds(percentile(taken, 0.99))}, most ${milliseconds(percentile(taken, 1))}`;

function sayRefused({ refused }: Tally) {
  const count = [...refused.values()].reduce((sum, each) => sum + each, 0);
  const why = [...refused].map(([each, times]) => `${times} × ${each}`).join('; ');
  return count === 0 ? '0 refused' : `${count} refused (${why})`;
}
