import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { seedDemo } from '../../src/demo/seed.ts';
import { seedSynthetic } from '../../src/demo/synthetic.ts';
import { openInstallation } from '../../src/installation.ts';
import { type Bench, type Case, type Figure, median, milliseconds, mustAnswer, percent, perSecond } from '../case.ts';
import { COST, makeDataFolder, settingsFor, startServer } from '../installed.ts';
import { type Program, residentMemory } from '../programs.ts';
import { signIn } from '../visitor.ts';

const [FEW, MANY] = [10_000, 1_000_000];
const AGENCIES = 40;
const ROUNDS = 3;
/** Names the folder in which the million is kept from one run to the next. */
const FOLDER = process.env.IPMS_BENCH_LARGE;

const NO_QUERY = '/me/password';
const SEARCHES: [what: string, query: string][] = [
  ['no search', ''],
  ['a first name', '?q=siti'],
  ['a word of every second name', '?q=binti'],
  ['a family name', '?q=kitingan&by=display_name'],
  ['a whole name', '?q=noraini+hanim+binti+abdul+rahman'],
  ['two characters', '?q=an'],
  ['two characters that nobody has', '?q=qx'],
  ['a part of an address', '?q=osman12&by=primary_email'],
  ['a part of a login ID', '?q=rahman&by=login_id'],
  ['a part of an identity card number', '?q=900101&by=ic_or_passport'],
  ['an identity card number with dashes', '?q=900101-14-5678'],
  ['nothing that matches', '?q=zzzz'],
  ['page 50', '?q=binti&page=50'],
  ['page 50 of a first name', '?q=siti&page=50'],
  ['the last names first', '?q=siti&sort=-display_name'],
];

/** Quality §5: the search page among a million mailboxes against the same page among ten thousand. */
export const search: Case = {
  name: 'search',
  async run(bench) {
    if (FOLDER === undefined)
      return [
        {
          what: `among ${MANY.toLocaleString('en')}: set IPMS_BENCH_LARGE to a folder to keep them in`,
          figure: 'left out',
        },
      ];
    const few = await makeDataFolder((folder) => fill(folder, FEW));
    try {
      await makeLarge(FOLDER);
      const [small, large] = [await startServer(few.dataDir), await startServer(FOLDER)];
      try {
        return await compare(bench, small, large);
      } finally {
        await Promise.all([small.stop(), large.stop()]);
      }
    } finally {
      few.remove();
    }
  },
};

/** Made under another name first: a run that is cut off leaves nothing that looks complete. */
async function makeLarge(folder: string) {
  if (existsSync(folder)) return;
  const unfinished = `${folder}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  const installation = await openInstallation(settingsFor(unfinished));
  await seedDemo(installation.db, COST, new Date());
  await installation.close();
  await fill(unfinished, MANY);
  renameSync(unfinished, folder);
}

async function fill(dataDir: string, mailboxes: number) {
  const { sqlite, close } = await openInstallation(settingsFor(dataDir));
  const begun = performance.now();
  seedSynthetic(sqlite, { mailboxes, agencies: AGENCIES, groups: 0 }, new Date(), () => undefined);
  console.error(`made ${mailboxes} mailboxes in ${Math.round((performance.now() - begun) / 1000)} s`);
  await close();
}

async function compare(bench: Bench, small: Program, large: Program): Promise<Figure[]> {
  const cookies = new Map([
    [small, await signIn(small.port, 'admin.jabatan')],
    [large, await signIn(large.port, 'admin.jabatan')],
  ]);
  const time = async (server: Program, path: string) => {
    const headers = { cookie: cookies.get(server) ?? '' };
    const load = await bench.load({ port: server.port, path, headers, connections: 1, seconds: 0.4 });
    mustAnswer(load, '200', path);
    return load.p50;
  };
  const plainTimes: number[] = [];
  const measured: { what: string; little: number; much: number }[] = [];
  for (const [what, query] of SEARCHES) {
    const times = { small: [] as number[], large: [] as number[] };
    for (let round = 0; round < ROUNDS; round += 1) {
      plainTimes.push(await time(large, NO_QUERY));
      times.small.push(await time(small, `/admin/mailboxes${query}`));
      times.large.push(await time(large, `/admin/mailboxes${query}`));
    }
    measured.push({ what, little: median(times.small), much: median(times.large) });
  }
  const plain = median(plainTimes);
  const figures = measured.map(
    ({ what, little, much }): Figure => ({
      what,
      figure: `${milliseconds(much)} of ${milliseconds(little)}`,
      ratio: `${percent(much / little)}, ${percent(much / plain)}`,
      target: '<= 200 %, 300 %',
      ok: much <= 2 * little && much <= 3 * plain,
    }),
  );
  const headers = { cookie: cookies.get(large) ?? '' };
  const load = await bench.load({ port: large.port, path: '/admin/mailboxes?q=siti', headers });
  const bare = await bench.load({ port: bench.bare.port, path: '/' });
  const memory = residentMemory(large.pid);
  return [
    { what: `a signed-in page without a query (${NO_QUERY})`, figure: milliseconds(plain) },
    ...figures,
    {
      what: 'pages a second of a first name, against bare',
      figure: `${perSecond(load.perSecond)} of ${perSecond(bare.perSecond)}`,
      ratio: percent(load.perSecond / bare.perSecond),
      target: '>= 20 %',
      ok: load.perSecond >= 0.2 * bare.perSecond,
    },
    { what: 'start', figure: milliseconds(large.startedIn), target: '< 2000 ms', ok: large.startedIn < 2000 },
    {
      what: 'resident memory after all of this',
      figure: memory === null ? 'not known here' : `${Math.round(memory)} MB`,
      target: '< 200 MB',
      ...(memory === null ? {} : { ok: memory < 200 }),
    },
  ];
}
