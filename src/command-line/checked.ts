import { readFileSync } from 'node:fs';
import { writeDurably } from '../base/durable-file.ts';
import { DAY } from '../base/time.ts';
import type { Head } from '../trail/chain.ts';

/** Up to where the chains were found whole, and when all of the database was last looked over. */
export type Checked = { audit: Head; record: Head; wholeAt: string };

/** The whole is looked over at least so often, also by `--since-last`: what is older than the last check may change, too. */
const WHOLE_EVERY = 7 * DAY;

const checkedFile = (secretFile: string) => `${secretFile}.checked`;

/** Keeps how far a check without a fault came, beside the key: whoever writes to the database alone cannot move it. */
export function keepChecked(secretFile: string, checked: Checked) {
  writeDurably(checkedFile(secretFile), JSON.stringify(checked), true);
}

/** How far the last check came; undefined where there is none, none that can be read, or the whole is due. */
export function lastChecked(secretFile: string, now: Date): Checked | undefined {
  try {
    const { audit, record, wholeAt } = JSON.parse(readFileSync(checkedFile(secretFile), 'utf8')) as Checked;
    const age = now.getTime() - new Date(wholeAt).getTime();
    return isHead(audit) && isHead(record) && age >= 0 && age < WHOLE_EVERY ? { audit, record, wholeAt } : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined;
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return undefined;
  }
}

const isHead = (head: Head | undefined) => Number.isSafeInteger(head?.id) && typeof head?.hash === 'string';
