import type { Job, Load } from './load.ts';
import type { Program } from './programs.ts';

/** One line of the table. */
export type Figure = {
  what: string;
  figure: string;
  ratio?: string;
  target?: string;
  /** Left out where there is no target. */
  ok?: boolean;
};

/** What every case finds running: IPMS over the demo data, the bare server, and who puts load on them. */
export type Bench = {
  ipms: Program;
  bare: Program;
  dataDir: string;
  load(job: Omit<Job, 'connections' | 'seconds'> & Partial<Job>): Promise<Load>;
};

/** One that is long is run only where it is named. */
export type Case = { name: string; isLong?: boolean; run(bench: Bench): Promise<Figure[]> };

export function median(values: number[]) {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export const percent = (ratio: number) => `${Math.round(ratio * 100)} %`;
export const perSecond = (value: number) => `${Math.round(value).toLocaleString('en')}/s`;
export const milliseconds = (value: number) => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
export const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(1)} KB`;

/** Throws when a page did not answer as it should: a figure of error pages would mislead. */
export function mustAnswer(load: Load, status: string, what: string) {
  const others = Object.keys(load.statuses).filter((each) => each !== status);
  if (others.length > 0) throw new Error(`${what} answered ${JSON.stringify(load.statuses)}`);
}
