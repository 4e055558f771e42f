// Prints what quality asks of speed and weight, as ratios measured in one run. Nothing is asserted here.
// Arguments narrow it to the cases of those names.
import type { Bench, Case, Figure } from './case.ts';
import { inBrowser } from './cases/browser.ts';
import { bulk } from './cases/bulk.ts';
import { costlyFiles } from './cases/costly-files.ts';
import { crowd } from './cases/crowd.ts';
import { directory, largeList } from './cases/directory.ts';
import { durable } from './cases/durable.ts';
import { hashing } from './cases/hashing.ts';
import { history } from './cases/history.ts';
import { holds } from './cases/holds.ts';
import { monday } from './cases/monday.ts';
import { pages } from './cases/pages.ts';
import { serverProcess } from './cases/process.ts';
import { search } from './cases/search.ts';
import { makeDataFolder, startServer } from './installed.ts';
import { startLoad, startProgram } from './programs.ts';

/** One file a case, in the order of the table; what the server holds is looked at last. */
const CASES: Case[] = [
  pages,
  search,
  history,
  durable,
  bulk,
  costlyFiles,
  monday,
  hashing,
  directory,
  largeList,
  crowd,
  holds,
  inBrowser,
  serverProcess,
];

const CONNECTIONS = 16;
const only = process.argv.slice(2);

const folder = await makeDataFolder();
const [ipms, bare] = await Promise.all([startServer(folder.dataDir), startProgram('bench/bare.ts')]);
const generator = startLoad();
const bench: Bench = {
  ipms,
  bare,
  dataDir: folder.dataDir,
  load: (job) => generator.run({ connections: CONNECTIONS, seconds: 1, ...job }),
};
try {
  const lines: string[][] = [['case', 'what', 'figure', 'ratio', 'target', '']];
  for (const { name, isLong = false, run } of CASES) {
    if (only.length > 0 ? !only.includes(name) : isLong) continue;
    console.error(`measuring: ${name} …`);
    for (const figure of await run(bench)) lines.push(lineOf(name, figure));
  }
  console.log(table(lines));
} finally {
  await Promise.all([ipms.stop(), bare.stop(), generator.stop()]);
  folder.remove();
}

function lineOf(name: string, { what, figure, ratio = '', target = '', ok }: Figure) {
  return [name, what, figure, ratio, target, ok === undefined ? '' : ok ? 'ok' : 'not'];
}

function table(lines: string[][]) {
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
