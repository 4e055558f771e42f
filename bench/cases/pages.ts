import { type Bench, type Case, type Figure, median, mustAnswer, percent, perSecond } from '../case.ts';
import { processorTime } from '../programs.ts';
import { signIn } from '../visitor.ts';

const ROUNDS = 3;
const LEAST = 0.2;

type Target = { what: string; path: string; login?: string; compressed?: boolean };

const TARGETS: Target[] = [
  { what: '/admin/access-codes, signed in, 25 rows', path: '/admin/access-codes', login: 'admin.jabatan' },
  { what: '/me, signed in', path: '/me', login: 'pegawai.jabatan' },
  { what: '/', path: '/' },
  { what: '/login', path: '/login' },
  { what: '/admin/access-codes, compressed', path: '/admin/access-codes', login: 'admin.jabatan', compressed: true },
];

/** Quality §5: pages a second against bare, uncompressed and as browsers get them; rounds take turns, medians count. */
export const pages: Case = {
  name: 'pages',
  async run(bench) {
    const figures: Figure[] = [];
    for (const target of TARGETS) figures.push(...(await compare(bench, target)));
    return figures;
  },
};

async function compare(bench: Bench, { what, path, login, compressed }: Target): Promise<Figure[]> {
  const accept: Record<string, string> = compressed ? { 'accept-encoding': 'gzip' } : {};
  const cookie = login ? await signIn(bench.ipms.port, login) : '';
  const measure = async (side: 'bare' | 'ipms', seconds: number) => {
    const before = processorTime(bench[side].pid) ?? 0;
    const job = side === 'bare' ? { path: '/', headers: accept } : { path, headers: { ...accept, cookie } };
    const load = await bench.load({ port: bench[side].port, ...job, seconds });
    mustAnswer(load, '200', side === 'bare' ? 'the bare server' : path);
    const used = (processorTime(bench[side].pid) ?? 0) - before;
    return { perSecond: load.perSecond, processor: used / (load.perSecond * seconds) };
  };
  const rounds = { bare: [] as number[], ipms: [] as number[] };
  const processor = { bare: [] as number[], ipms: [] as number[] };
  for (const side of ['bare', 'ipms'] as const) await measure(side, 0.7);
  for (let round = 0; round < ROUNDS; round += 1)
    for (const side of ['bare', 'ipms'] as const) {
      const one = await measure(side, 1);
      rounds[side].push(one.perSecond);
      processor[side].push(one.processor);
    }
  const ratio = median(rounds.ipms) / median(rounds.bare);
  const byProcessor = median(processor.bare) / median(processor.ipms);
  return [
    {
      what,
      figure: `${perSecond(median(rounds.ipms))} of ${perSecond(median(rounds.bare))}`,
      ratio: percent(ratio),
      target: `>= ${percent(LEAST)}`,
      ok: ratio >= LEAST,
    },
    {
      what: '  by processor time a page',
      figure: `${median(processor.ipms).toFixed(2)} against ${median(processor.bare).toFixed(2)} ms`,
      ratio: percent(byProcessor),
    },
  ];
}
