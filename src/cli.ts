import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { spareMemory } from './base/memory.ts';
import { runCommand } from './command-line/command.ts';

/** Each is loaded only when it is called: a command starts quickly. */
const COMMANDS = {
  setup: async () => (await import('./command-line/setup.ts')).setup, // the first helpdesk account
  'reset-second-factor': async () => (await import('./command-line/reset-second-factor.ts')).resetOfSecondFactor, // a lost phone
  key: async () => (await import('./command-line/key.ts')).key, // put a new key in the place of the one in use
  clock: async () => (await import('./command-line/clock.ts')).clock, // the clock is right
  migrate: async () => (await import('./command-line/migrate.ts')).migrate, // bring the database up to date
  due: async () => (await import('./command-line/due.ts')).due, // do what is due
  mail: async () => (await import('./command-line/mail.ts')).mail, // send what waits in the outbox
  usage: async () => (await import('./command-line/usage.ts')).usage, // how much storage each mailbox uses
  backup: async () => (await import('./command-line/backup.ts')).backup, // copy the database while it is used
  restore: async () => (await import('./command-line/restore.ts')).restore, // put a copy in its place
  standby: async () => (await import('./command-line/standby.ts')).standby, // the copy on a second machine
  check: async () => (await import('./command-line/check.ts')).check, // is everything as it must be?
  directory: async () => (await import('./command-line/directory.ts')).directory, // compare the directory, and carry decisions there
  // demo and synthetic data, which a release leaves out
  ...(existsSync(join(import.meta.dirname, 'command-line/seed.ts'))
    ? { seed: async () => (await import('./command-line/seed.ts')).seed }
    : {}),
};

// commands may work beside the server; a seed works alone
if (process.argv[2] === 'seed')
  setFlagsFromString('--max-semi-space-size=64'); // of threads that begin from here on
else spareMemory();

process.exitCode = await runCommand(COMMANDS, process.argv.slice(2), process.env);
