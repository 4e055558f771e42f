import type { Test } from 'tap';
import { type Command, runCommand } from '../../src/command-line/command.ts';

/** Runs a command here, and keeps what it says. */
export async function run(
  t: Test,
  folder: string,
  command: Command,
  args: string[] = [],
  env: Record<string, string> = {},
) {
  const [out, err] = [t.capture(console, 'log'), t.capture(console, 'error')];
  const code = await runCommand({ command: async () => command }, ['command', ...args], {
    IPMS_DATA_DIR: folder,
    ...env,
  });
  const said = (calls: ReturnType<typeof out>) => calls.map(({ args: [text] }) => `${text}\n`).join('');
  const result = { code, out: said(out()), err: said(err()) };
  out.restore();
  err.restore();
  return result;
}
