import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { t } from 'tap';
import { runCommand } from '../../src/command-line/command.ts';
import { directory } from '../../src/command-line/directory.ts';
import { openInstallation } from '../../src/installation.ts';
import { newInstallation } from './installed.ts';

t.test('a script on stdout, and its result read in, without a directory and without a server', async (t) => {
  const folder = await newInstallation(t);
  const [out, err] = [t.capture(process.stdout, 'write'), t.capture(console, 'error')];
  const log = t.capture(console, 'log');
  const run = (...args: string[]) =>
    runCommand({ directory: async () => directory }, ['directory', 'script', ...args], { IPMS_DATA_DIR: folder });
  const withDatabase = async <T>(work: (installation: Awaited<ReturnType<typeof openInstallation>>) => Promise<T>) => {
    const installation = await openInstallation({ dataDir: folder, secretFile: `${folder}/secret.key` });
    try {
      return await work(installation);
    } finally {
      await installation.close();
    }
  };
  const said = () => String(err().at(-1)?.args[0]);
  t.equal(await run(), 1);
  t.match(said(), /^No agency uses a script: choose "script"/);
  await withDatabase(({ db }) => db.updateTable('agency').set({ directory_mode: 'script' }).execute());
  t.equal(await run('--agency', 'xyz'), 1);
  t.match(said(), 'There is no agency xyz.');
  out();
  t.equal(await run('--agency', 'jpc'), 0);
  const script = out()
    .map(({ args }) => String(args[0]))
    .join('');
  t.match(script, /^<#\n\.SYNOPSIS/);
  const [head, ...rest] = JSON.parse(/\n\$plan = @'\n(.*)\n'@\n/s.exec(script)?.[1] ?? '');
  const steps = rest.filter((each: object) => 'step' in each);
  t.ok(steps.length > 3);
  const file = join(folder, 'hasil.jsonl');
  const first = { ipms: 'result', format: 1, installation: head.installation, plan: head.plan };
  const lines = steps.map(({ step, seal }: Record<string, string>) => ({
    step,
    seal,
    outcome: 'done',
    guid: randomUUID(),
    words: '',
  }));
  const inLines = (all: object[]) => all.map((each) => `${JSON.stringify(each)}\n`).join('');
  const refused = { ...lines.at(-1), outcome: 'refused' };
  writeFileSync(file, inLines([first, ...lines.slice(0, -1), refused]));
  t.equal(await run('--result', file), 1);
  t.match(said(), 'breaks off before its end');
  t.equal(String(log().at(-1)?.args[0]), `done: ${lines.length - 1}, refused: 1, not there: 0, changed nothing: 0`);
  writeFileSync(file, inLines([first, ...lines, { ipms: 'end' }]));
  t.equal(await run('--result', file), 0, 'the rest of it');
  t.match(String(log().at(-1)?.args[0]), /^done: 1, refused: 0/);
  writeFileSync(file, 'x');
  t.equal(await run('--result', file), 1);
  t.match(said(), /^file: This is no result file/);
  t.equal(await run('--result', '/nowhere'), 1);
  const rows = await withDatabase(({ db }) =>
    db.selectFrom('audit').select(['actor_name', 'item_type']).where('action', '=', 'directory.script-read').execute(),
  );
  t.ok(rows.length >= 2);
});
