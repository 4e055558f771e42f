import { type ParseArgsConfig, parseArgs } from 'node:util';
import { RuleBroken } from '../base/errors.ts';
import { sentence } from '../base/language.ts';
import { readSettings, type Settings } from '../base/settings.ts';
import { InvalidForm } from '../forms/form.ts';

type Values = Record<string, string | boolean | undefined>;
export type Input = { settings: Settings; values: Values; files: string[] };

export type Command = {
  /** After the command's name: `FILE`, `[--now ISO]`. */
  usage: string;
  /** One line for the list of commands. */
  does: string;
  /** What `--help` says further, one option a line. */
  help: string;
  options?: NonNullable<ParseArgsConfig['options']>;
  /** How many files it takes; where that is not one number, the least and the most. */
  files?: number | [least: number, most: number];
  /** Does it; throws `Refused`, or any error that the pages know, when it will not. */
  run(input: Input): Promise<void>;
};

/** The commands by name, each with what loads it. */
export type Commands = Record<string, () => Promise<Command>>;

/** The command was called wrongly: exit code 2. */
export class Usage extends Error {}
/** The command will not, or found something wrong: exit code 1, in one line. */
export class Refused extends Error {}

const LEAST_COST = 4;

/**
 * Runs the command that the arguments name; errors go to stderr in one line, under IPMS_LOG_LEVEL=debug with where they arose.
 * @returns the exit code: 0 done, 1 refused or found wrong, 2 called wrongly
 */
export async function runCommand(commands: Commands, args: string[], environment: NodeJS.ProcessEnv) {
  const [name = '', ...rest] = args;
  if (name === '--help' || name === 'help') {
    console.log(await listOf(commands));
    return 0;
  }
  const command = Object.hasOwn(commands, name) ? await commands[name]?.() : undefined;
  try {
    if (command === undefined) throw new Usage(name === '' ? 'Which command?' : `There is no command "${name}".`);
    const { values, positionals } = readArguments(command, rest);
    if (values.help) {
      console.log(helpOf(name, command));
      return 0;
    }
    const [least, most] = typeof command.files === 'object' ? command.files : [command.files ?? 0, command.files ?? 0];
    if (positionals.length < least || positionals.length > most)
      throw new Usage(`It is called so: ${call(name, command)}`);
    await command.run({ settings: readSettings(environment, LEAST_COST), values, files: positionals });
    return 0;
  } catch (error) {
    const hint = command === undefined ? '--help lists them.' : `npm run ipms -- ${name} --help tells more.`;
    if (environment.IPMS_LOG_LEVEL === 'debug') console.error(error);
    console.error(oneLine(error instanceof Usage ? `${error.message} ${hint}` : inWords(error)));
    return error instanceof Usage ? 2 : 1;
  }
}

function readArguments(command: Command, args: string[]) {
  try {
    const help = { type: 'boolean', short: 'h' } as const;
    const options = { ...command.options, help };
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true, strict: true });
    return { values: values as Values, positionals };
  } catch (error) {
    throw new Usage((error as Error).message.replace(/\. .*$/s, '.'));
  }
}

const call = (name: string, command: Command) => `npm run --silent ipms -- ${name} ${command.usage}`.trim();

function helpOf(name: string, command: Command) {
  return [call(name, command), '', command.does, command.help].join('\n').trim();
}

async function listOf(commands: Commands) {
  const width = Math.max(...Object.keys(commands).map((name) => name.length)) + 2;
  const lines = Object.entries(commands).map(async ([name, load]) => `  ${name.padEnd(width)}${(await load()).does}`);
  const list = (await Promise.all(lines)).join('\n');
  return `npm run --silent ipms -- COMMAND\n\n${list}\n\nCOMMAND --help tells more of each.`;
}

/** What the pages would say, in English; anything else in its own words. */
function inWords(error: unknown): string {
  if (error instanceof InvalidForm)
    return Object.entries(error.problems)
      .map(([field, problem]) => `${field}: ${sentence('en', problem)}`)
      .join('; ');
  if (error instanceof RuleBroken) return `${error.field === null ? '' : `${error.field}: `}${sentence('en', error)}`;
  return (error as Error).message;
}

const oneLine = (text: string) => text.replace(/\s*\n\s*/g, ' ');

/**
 * A whole number that an option carries.
 * @throws Usage when it is none
 */
export function wholeNumber(values: Values, name: string, most: number) {
  const text = values[name];
  if (text === undefined) return 0;
  if (typeof text !== 'string' || !/^\d{1,9}$/.test(text) || Number(text) > most)
    throw new Usage(`--${name} takes a whole number up to ${most}.`);
  return Number(text);
}
