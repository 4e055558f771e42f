import { setTimeout as pause } from 'node:timers/promises';
import { type Bench, type Case, type Figure, milliseconds } from '../case.ts';
import { open, signIn } from '../visitor.ts';

const LARGEST = 5 * 1024 * 1024;
const HEAD = 'category,full_name,ic_number,notify_kind,notify_email\n';
const ROW = 'civil_servant,Aminah binti Yusof,900101-14-5678,personal,aminah@rumah.test';
const WIDE = Array.from({ length: 200 }, (_, at) => `x${at}`).join(',');
const MARKS = '\u0301\u0316'.repeat(7500);
/** Milliseconds. */
const MOST_WAIT = 100;

const upTo5MB = (start: string, again: string) =>
  start + again.repeat((LARGEST - start.length) / Buffer.byteLength(again));

const FILES: Record<string, string> = {
  'commas only': upTo5MB('', ','),
  'a heading of a million columns': upTo5MB('', 'x,').slice(0, 2_000_000),
  'one-letter rows': upTo5MB(HEAD, 'a\n'),
  'empty lines': upTo5MB(HEAD, '\n'),
  '200 columns in every row': upTo5MB('', `${WIDE}\n`),
  'empty columns': HEAD + `${ROW}${','.repeat(80)}\n`.repeat(19_000),
  'one quoted cell': `${HEAD}"${'x'.repeat(LARGEST - 100)}"`,
  'quotes that never close': upTo5MB(`${HEAD}"`, `${ROW}\n`),
  'cells heaped with marks': HEAD + `other,${MARKS},,personal,a\n`.repeat(20),
  '20,000 rows without a right choice': HEAD + 'raja,Siti,900101-14-5679,lain,siti\n'.repeat(20_000),
};

/** Files that cost most to read, one after the other: how long everything else stands still meanwhile. */
export const costlyFiles: Case = {
  name: 'costly-files',
  async run({ ipms: { port } }: Bench) {
    const session = await signIn(port, 'admin.jabatan');
    const figures: Figure[] = [];
    for (const [what, file] of Object.entries(FILES)) {
      const { cookie, token } = await open(port, '/admin/bulk/new?kind=access-codes', session);
      const form = new FormData();
      form.append('_csrf', token);
      form.append('kind', 'access-codes');
      form.append('verified_with', 'division');
      form.append('file', new Blob([file], { type: 'text/csv' }), 'costly.csv');
      const sent = fetch(`http://127.0.0.1:${port}/admin/bulk/new`, {
        method: 'POST',
        headers: { cookie },
        body: form,
        redirect: 'manual',
      });
      const longest = await longestWait(port, sent);
      const { status } = await sent;
      figures.push({
        what: `${what}: ${status}, all else waits at most`,
        figure: milliseconds(longest),
        target: `< ${MOST_WAIT} ms`,
        ok: longest < MOST_WAIT,
      });
    }
    return figures;
  },
};

/** Asks for what takes no work, again and again until something ends: the longest answer is the longest standstill. */
async function longestWait(port: number, ends: Promise<unknown>) {
  let longest = 0;
  let over = false;
  const end = ends.finally(() => {
    over = true;
  });
  while (!over) {
    const begun = performance.now();
    await (await fetch(`http://127.0.0.1:${port}/healthz`)).text();
    longest = Math.max(longest, performance.now() - begun);
    await pause(2);
  }
  await end;
  return longest;
}
