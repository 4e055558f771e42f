import { t } from 'tap';
import { backup } from '../../src/command-line/backup.ts';
import { check } from '../../src/command-line/check.ts';
import { runCommand } from '../../src/command-line/command.ts';
import { due } from '../../src/command-line/due.ts';
import { mail } from '../../src/command-line/mail.ts';
import { resetOfSecondFactor } from '../../src/command-line/reset-second-factor.ts';
import { seed } from '../../src/command-line/seed.ts';
import { setup } from '../../src/command-line/setup.ts';
import { usage } from '../../src/command-line/usage.ts';

const COMMANDS = Object.fromEntries(
  Object.entries({ setup, due, mail, backup, check, seed, usage, 'reset-second-factor': resetOfSecondFactor }).map(
    ([name, command]) => [name, async () => command],
  ),
);

t.test('exit codes and words: 0 and help, 1 and why not, 2 and how to call it', async (t) => {
  const out = t.capture(console, 'log');
  const err = t.capture(console, 'error');
  const nowhere = { IPMS_DATA_DIR: '/nowhere/at/all' };
  const calls: [string[], NodeJS.ProcessEnv, number, RegExp][] = [
    [['--help'], {}, 0, /^npm run --silent ipms -- COMMAND\n(.*\n)* {2}backup /],
    ...Object.keys(COMMANDS).map((name): [string[], NodeJS.ProcessEnv, number, RegExp] => [
      [name, '--help'],
      {},
      0,
      new RegExp(`^npm run --silent ipms -- ${name}`),
    ]),
    [['check'], nowhere, 1, /^There is no database in \/nowhere\/at\/all: set IPMS_DATA_DIR\.$/],
    [['check'], { IPMS_PORT: 'x' }, 1, /^IPMS_PORT=x is not a whole number/],
    [['mail'], nowhere, 1, /^IPMS_SMTP_URL is not set/],
    [[], {}, 2, /^Which command\?/],
    [['toString'], {}, 2, /^There is no command "toString"\./],
    [['check', '--quick'], {}, 2, /^Unknown option '--quick'/],
    [['check', 'file'], {}, 2, /^It is called so: npm run --silent ipms -- check/],
    [['usage'], {}, 2, /^It is called so: .* usage FILE/],
    [['usage', '/nowhere.csv'], nowhere, 1, /^\/nowhere\.csv cannot be read: ENOENT/],
    [['backup'], {}, 2, /^It is called so: .* backup FILE/],
    [['due', '--now', 'esok'], nowhere, 2, /^--now esok is no time/],
    [['due', '--now', '2026-02-31T00:00:00Z'], nowhere, 2, /is no time/],
    [['setup', '--login', 'meja'], nowhere, 2, /--email/],
    [['reset-second-factor', '--login', 'meja', '--reason', ' '], nowhere, 2, /--reason are needed/],
    [['seed'], nowhere, 2, /^What is it to make\?/],
    [['seed', '--mailboxes', '-5'], nowhere, 2, /mailboxes/],
  ];
  for (const [args, environment, code, words] of calls) {
    t.equal(await runCommand(COMMANDS, args, environment), code, args.join(' '));
    const [said, silent] = code === 0 ? [out(), err()] : [err(), out()];
    t.equal(said.length, 1);
    t.match(String(said[0]?.args[0]), words);
    t.strictSame(silent, []);
    if (code > 0) t.notMatch(String(said[0]?.args[0]), '\n', 'one line');
  }
});
