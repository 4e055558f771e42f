import { setTimeout as pause } from 'node:timers/promises';
import { seedSynthetic } from '../../src/demo/synthetic.ts';
import { openInstallation } from '../../src/installation.ts';
import { type Case, type Figure, milliseconds } from '../case.ts';
import { makeDataFolder, settingsFor, startServer } from '../installed.ts';
import { givePassword } from '../people.ts';
import { processorTime, residentMemory } from '../programs.ts';
import { signIn } from '../visitor.ts';

// The first hour of a week, as docs/scale.md reckons it for the whole civil service: 12 pages and 2 sign-ins a second.

const PAGES_A_SECOND = 12;
const SIGN_INS_A_SECOND = 2;
/** How many times that; sign-ins, of which two a second take half of a core, may be fewer. */
const TIMES = Number(process.env.IPMS_BENCH_TIMES ?? 10);
const SIGN_IN_TIMES = Number(process.env.IPMS_BENCH_SIGN_IN_TIMES ?? TIMES);
const MINUTES = Number(process.env.IPMS_BENCH_MINUTES ?? 10);
const MAILBOXES = Number(process.env.IPMS_BENCH_MAILBOXES ?? 100_000);
/** Names a folder that `bench history` has made: the same with years behind it. */
const FOLDER = process.env.IPMS_BENCH_HISTORY;
/** So many people sign in, from so many offices, again and again. */
const [PEOPLE, OFFICES] = [2000, 100];
const PROXY = '127.0.0.1';
/** Milliseconds. */
const MOST_WAIT = 300;

const LOGINS = ['admin.jabatan', 'admin.kementerian', 'pegawai.jabatan', 'pegawai.kementerian'];
const PAGES = [
  ['/admin', '/admin/mailboxes', '/admin/mailboxes?q=siti', '/admin/access-codes', '/admin/groups', '/admin/tickets'],
  ['/me', '/me/password'],
] as const;

/** Pages and sign-ins that come whether or not those before them were answered, for minutes on end. */
export const monday: Case = {
  name: 'monday',
  isLong: true,
  async run() {
    const made = FOLDER === undefined ? await makeDataFolder(fill) : { dataDir: FOLDER, remove: () => undefined };
    const people = await givePassword(made.dataDir, PEOPLE);
    const server = await startServer(made.dataDir, { IPMS_TRUST_PROXY: PROXY });
    try {
      const sessions = await Promise.all(LOGINS.map((login) => signIn(server.port, login)));
      const [pages, signIns, failures] = [[] as number[], [] as number[], [] as string[]];
      const timed = async (times: number[], work: () => Promise<unknown>) => {
        const begun = performance.now();
        try {
          await work();
          times.push(performance.now() - begun);
        } catch (error) {
          failures.push((error as Error).message.replace(/^\S+ cannot/, 'cannot')); // each has a name of its own
        }
      };
      let [number, entered] = [0, 0];
      const page = () => {
        number += 1;
        const who = number % sessions.length;
        const paths = PAGES[who < 2 ? 0 : 1];
        const path = paths[Math.floor(number / sessions.length) % paths.length] as string;
        return timed(pages, async () => {
          const headers = { cookie: sessions[who] as string, 'accept-encoding': 'gzip' };
          const answer = await fetch(`http://127.0.0.1:${server.port}${path}`, { headers });
          await answer.text();
          if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
        });
      };
      const enter = () => {
        entered += 1;
        const office = entered % OFFICES;
        const headers = { 'x-forwarded-for': `203.0.${office}.7` };
        const login = people.logins[entered % PEOPLE] as string;
        return timed(signIns, () => signIn(server.port, login, headers));
      };
      const used = processorTime(server.pid) ?? 0;
      const begun = performance.now();
      await Promise.all([
        everySecond(PAGES_A_SECOND * TIMES, MINUTES, page),
        everySecond(SIGN_INS_A_SECOND * SIGN_IN_TIMES, MINUTES, enter),
      ]);
      const seconds = (performance.now() - begun) / 1000;
      const processor = ((processorTime(server.pid) ?? 0) - used) / 1000 / seconds;
      const memory = residentMemory(server.pid);
      return [
        ...inFigures('pages', PAGES_A_SECOND * TIMES, pages, MOST_WAIT),
        ...inFigures('sign-ins', SIGN_INS_A_SECOND * SIGN_IN_TIMES, signIns),
        { what: 'not answered as they should be', figure: String(failures.length), ok: failures.length === 0 },
        ...mostOften(failures).map(([message, count]) => ({ what: `  ${message}`, figure: String(count) })),
        { what: 'processors that the server used', figure: processor.toFixed(2) },
        { what: 'resident memory', figure: memory === null ? 'not known here' : `${Math.round(memory)} MB` },
      ];
    } finally {
      await server.stop();
      await people.takeBack();
      made.remove();
    }
  },
};

/** Begins so many a second, in even steps, for some minutes; waits for all at the end. */
async function everySecond(rate: number, minutes: number, begin: () => Promise<unknown>) {
  const started = performance.now();
  const all: Promise<unknown>[] = [];
  for (let at = 0; at < rate * minutes * 60; at += 1) {
    const due = started + (at * 1000) / rate;
    if (due > performance.now()) await pause(due - performance.now());
    all.push(begin());
  }
  await Promise.all(all);
}

function inFigures(what: string, rate: number, times: number[], most?: number): Figure[] {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
  return [
    { what: `${what}, ${rate} a second for ${MINUTES} minutes`, figure: String(times.length) },
    { what: '  median, p95', figure: `${milliseconds(at(0.5))}, ${milliseconds(at(0.95))}` },
    {
      what: '  p99',
      figure: milliseconds(at(0.99)),
      ...(most === undefined ? {} : { target: `< ${most} ms`, ok: at(0.99) < most }),
    },
  ];
}

/** What was said most, with how often. */
function mostOften(messages: string[]) {
  const counts = Object.entries(Object.groupBy(messages, (each) => each)).map(
    ([message, all]) => [message, all?.length ?? 0] as const,
  );
  return counts.sort(([, one], [, other]) => other - one).slice(0, 5);
}

async function fill(dataDir: string) {
  const { sqlite, close } = await openInstallation(settingsFor(dataDir));
  const groups = Math.ceil(MAILBOXES / 50);
  seedSynthetic(sqlite, { mailboxes: MAILBOXES, agencies: 20, groups }, new Date(), () => undefined);
  await close();
}
