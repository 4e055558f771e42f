import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { checkAll } from '../../src/command-line/check.ts';
import { seedWithPast } from '../../src/demo/history/history.ts';
import { seedDemo } from '../../src/demo/seed.ts';
import { endWritingInBulk } from '../../src/demo/synthetic.ts';
import { databaseFile, openInstallation } from '../../src/installation.ts';
import { type Case, type Figure, milliseconds, mustAnswer } from '../case.ts';
import { COST, settingsFor, startServer } from '../installed.ts';
import { figureMeanwhile, pageTimes } from '../meanwhile.ts';
import { residentMemory } from '../programs.ts';
import { signIn } from '../visitor.ts';

/** Names the folder in which the mailboxes with a past are kept from one run to the next. */
const FOLDER = process.env.IPMS_BENCH_HISTORY;
const MAILBOXES = Number(process.env.IPMS_BENCH_MAILBOXES ?? 100_000);
const YEARS = 5;
const WRONG = 10;

/** How lists open, and what of them looks through everything; the last ones are files of all rows. */
const PAGES = [
  '/helpdesk/audit',
  '/helpdesk/records',
  '/helpdesk/outbox',
  '/helpdesk/access-codes',
  '/helpdesk/tickets',
  '/helpdesk/mailboxes?q=siti',
];
const LONG = [
  '/admin/audit?q=siti',
  '/admin/records?q=binti',
  '/admin/mailboxes?format=csv',
  '/admin/records?format=csv',
  '/admin/audit?format=csv',
];

/** What pages, files and `check` cost after years of use. */
export const history: Case = {
  name: 'history',
  async run(bench) {
    if (FOLDER === undefined)
      return [{ what: `${YEARS} years: set IPMS_BENCH_HISTORY to a folder to keep them in`, figure: 'left out' }];
    await make(FOLDER);
    const { size } = statSync(databaseFile(FOLDER));
    const figures: Figure[] = [{ what: 'the database', figure: `${(size / 1024 ** 3).toFixed(2)} GB` }];
    const server = await startServer(FOLDER);
    try {
      const helpdesk = await signIn(server.port, 'meja.bantuan');
      for (const path of PAGES) {
        const load = await bench.load({ port: server.port, path, headers: { cookie: helpdesk }, connections: 1 });
        mustAnswer(load, '200', path);
        figures.push({ what: path, figure: milliseconds(load.p50) });
      }
      const cookie = await signIn(server.port, 'admin.jabatan');
      const wrong = wrongSignIns(server.port);
      figures.push({ what: `${WRONG} wrong sign-ins of a visitor at once`, figure: '' });
      figures.push(figureMeanwhile(await pageTimes(server.port, cookie, wrong)));
      for (const path of LONG) {
        const begun = performance.now();
        const read = readAll(server.port, path, cookie);
        const times = await pageTimes(server.port, cookie, read);
        figures.push(
          { what: path, figure: `${((performance.now() - begun) / 1000).toFixed(1)} s` },
          figureMeanwhile(times),
        );
      }
      const memory = residentMemory(server.pid);
      figures.push({
        what: 'resident memory',
        figure: memory === null ? 'not known here' : `${Math.round(memory)} MB`,
      });
    } finally {
      await server.stop();
    }
    return [...figures, await checked(FOLDER)];
  },
};

/** Of names that nobody has: it takes as long as for others, and shuts nobody out. @throws Error where one was not looked at */
async function wrongSignIns(port: number) {
  const said = await Promise.allSettled(Array.from({ length: WRONG }, (_, at) => signIn(port, `tiada.${at}`)));
  const refused = said.filter(
    (each) => each.status === 'rejected' && / cannot sign in: 422$/.test(String(each.reason)),
  );
  if (refused.length < WRONG) throw new Error(`${WRONG - refused.length} wrong sign-ins were not refused`);
}

/** Reads an answer to its end, and keeps nothing of it: a file of millions of rows is longer than a text may be. @throws Error for one that is none */
async function readAll(port: number, path: string, cookie: string) {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { cookie } });
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
  for await (const _piece of answer.body ?? []);
}

async function checked(folder: string): Promise<Figure> {
  const installation = await openInstallation(settingsFor(folder));
  const begun = performance.now();
  const faults = await checkAll(installation, undefined);
  const seconds = (performance.now() - begun) / 1000;
  await installation.close();
  return {
    what: 'check, all of it',
    figure: `${seconds.toFixed(1)} s`,
    ratio: `${faults.length} faults`,
    ok: faults.length === 0,
  };
}

/** Made under another name first: a run that is cut off leaves nothing that looks complete. */
async function make(folder: string) {
  if (existsSync(folder)) return;
  const unfinished = `${folder}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  const installation = await openInstallation(settingsFor(unfinished));
  const { db, sqlite, close } = installation;
  const now = new Date();
  await seedDemo(db, COST, now);
  await seedWithPast(installation, { mailboxes: MAILBOXES, agencies: 0, groups: 0 }, YEARS, now, () => undefined);
  endWritingInBulk(sqlite);
  await close();
  renameSync(unfinished, folder);
}
