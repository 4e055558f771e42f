import { readFileSync } from 'node:fs';
import type { Plan } from './plan.ts';

/** The program: the same in every script, and nothing of a plan is ever put into it. It is ASCII alone. */
const PROGRAM = readFileSync(new URL('./program.ps1', import.meta.url), 'latin1');
const OPENING = "$plan = @'\n";
const CLOSING = "\n'@\n";
const LAST = 'Invoke-IpmsPlan $plan\n';

/**
 * The script that carries out a plan: the fixed program, the plan as one block of data, and one fixed line that gives the one to the
 * other. Names are data: whatever stands in them, the block holds no sign that could end it.
 */
export function scriptOf(plan: Plan): string {
  return `${PROGRAM}${OPENING}${blockOf(plan)}${CLOSING}${LAST}`;
}

/**
 * A plan as JSON, one value of it a line: Windows PowerShell reads no JSON of some megabytes at once. Whatever is not printable ASCII,
 * and the sign that PowerShell's quotes are made of, is escaped; so are the curly ones, which PowerShell takes for the same.
 */
function blockOf({ head, items, steps }: Plan) {
  return `[${[head, ...items, ...steps].map(asciiJson).join('\n,')}\n]`;
}

function asciiJson(value: unknown) {
  return JSON.stringify(value).replace(
    /[^\x20-\x7e]|'/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
