// How long other people wait while one of them has something large done.
import { setTimeout as pause } from 'node:timers/promises';
import { type Figure, milliseconds } from './case.ts';

export const OTHER_PAGE = '/admin/mailboxes';
/** Milliseconds. */
export const LOOK_EVERY = 25;
const MOST_WAIT = 300;

/** How long another page takes, again and again until something ends. */
export async function pageTimes(port: number, cookie: string, ends: Promise<unknown>) {
  const times: number[] = [];
  let over = false;
  const end = ends.finally(() => {
    over = true;
  });
  while (!over) {
    const begun = performance.now();
    const answer = await fetch(`http://127.0.0.1:${port}${OTHER_PAGE}`, { headers: { cookie } });
    await answer.text();
    if (answer.status !== 200) throw new Error(`${OTHER_PAGE} answered ${answer.status}`);
    times.push(performance.now() - begun);
    await pause(LOOK_EVERY);
  }
  await end;
  return times;
}

export function inWords(times: number[]) {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (part: number) => milliseconds(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0);
  return `median ${at(0.5)}, p95 ${at(0.95)}, most ${at(1)}`;
}

/** Quality §5: other pages answer within 300 ms. */
export function figureMeanwhile(times: number[]): Figure {
  return {
    what: `  ${OTHER_PAGE} meanwhile`,
    figure: inWords(times),
    target: `< ${MOST_WAIT} ms`,
    ok: Math.max(...times) < MOST_WAIT,
  };
}
