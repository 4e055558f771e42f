import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { SYSTEM } from '../base/actor.ts';
import { sentence } from '../base/language.ts';
import { MINUTE, SECOND } from '../base/time.ts';
import { type Act, inAct } from '../data/act.ts';
import type { Db } from '../data/database.ts';
import { findBelow, takeAll } from '../directory/adoption/adopt.ts';
import { ADOPTION_FIELDS, KINDS, nameInReport, type Sorted } from '../directory/adoption/sorting.ts';
import { agenciesOf, placeOf, type Scope } from '../directory/comparing.ts';
import { openDirectory } from '../directory/connector.ts';
import { FIELDS } from '../directory/mapping.ts';
import { inWords, type OpenChange } from '../directory/open-changes.ts';
import { refusalIn } from '../directory/pages/columns.ts';
import { agreeToPlan, auditApplied, keepPlan, retryRefused } from '../directory/pages/verbs.ts';
import { openPasses, type Passes } from '../directory/pass.ts';
import { DirectoryAway } from '../directory/refusals.ts';
import { type Tracked, withinOf } from '../directory/tracked.ts';
import { claimWork, endWork, keepWork } from '../directory/work.ts';
import { openPresent } from '../installation.ts';
import type { Sentence } from '../texts.ts';
import { type Command, type Input, Refused, Usage } from './command.ts';
import { script } from './directory-script.ts';

/** So long a command waits for whoever is at work in the directory. */
const MOST_TO_WAIT = 2 * MINUTE;

type Context = {
  db: Db;
  passes: Passes;
  holder: string;
  scope: Scope;
  values: Input['values'];
  act: <T>(work: (act: Act) => Promise<T>) => Promise<T>;
};
/** What a change is in a line and in JSON. Passwords are no values. */
type Line = Pick<OpenChange, 'item_type' | 'item_id' | 'item_name' | 'field' | 'from_text' | 'to_text'> & {
  action: OpenChange['action'] | 'password';
  isHeld: boolean;
  agency: string;
};

const ADOPT_OPTIONS = { ou: { type: 'string' }, apply: { type: 'boolean' } } as const;

export const directory: Command = {
  usage: 'plan|apply|check|retry|adopt|script [--agency CODE] [--json] [--force] [--ou DN] [--apply] [--result FILE]',
  does: 'Compares the directory with what was decided, and carries it there; a running server does so by itself.',
  help: `
  plan         what would be done, one line a change; nothing is sent
  apply        does it, also what somebody changed there by hand, and says what was refused or held
  check        what differs from what was decided, field by field
  retry        lets what was refused be tried again
  script       the PowerShell script of the open steps, for agencies in the mode "script"
  adopt        sorts what lies below --ou in the directory, and says what it is; nothing is changed
  --agency CODE  one agency alone
  --ou DN      adopt: the organizational unit, within IPMS_LDAP_BASE_DN
  --apply      adopt: takes over what is clean; the directory is not written to, and no mail goes out
  --json       plan and check: as JSON
  --force      apply: also what the brake holds
  --result FILE  script: reads in what the script wrote down
The exit code is 0 when nothing differs, 1 when something differs, was refused or is held, or is to be taken over, 2 when it was called wrongly.`,
  options: {
    agency: { type: 'string' },
    json: { type: 'boolean' },
    force: { type: 'boolean' },
    result: { type: 'string' },
    ...ADOPT_OPTIONS,
  },
  files: 1,
  async run({ settings, values, files: [action = ''] }) {
    if (action === 'script') return script(settings, values);
    if (action === 'adopt') return adopt(settings, values);
    const asked = ACTIONS[action];
    if (asked === undefined)
      throw new Usage(`directory ${action} is none of ${[...Object.keys(ACTIONS), 'adopt', 'script'].join(', ')}.`);
    for (const option of ['json', 'force'] as const)
      if (values[option] && asked.option !== option) throw new Usage(`directory ${action} takes no --${option}.`);
    if (settings.directory === null) throw new Refused('IPMS_LDAP_URL is not set: there is no directory.');
    const { db, close, secrets } = await openPresent(settings);
    const connection = openDirectory(settings.directory, FIELDS);
    const holder = randomUUID();
    const passes = openPasses({
      db,
      directory: connection,
      passwordKey: secrets.passwords,
      signInSuffix: settings.directory.signInSuffix,
      brake: settings.directory.brake,
      told: settings,
      clock: () => new Date(),
      holder,
    });
    try {
      const act = <T>(work: (act: Act) => Promise<T>) => inAct(db, { actor: SYSTEM, now: new Date(), settings }, work);
      await asked.run({ db, passes, holder, scope: await scopeOf(db, values.agency), values, act });
    } catch (error) {
      if (error instanceof DirectoryAway) throw new Refused(`${say(error)} (${error.message})`);
      throw error;
    } finally {
      await connection.close();
      await close();
    }
  },
};

const ACTIONS: Record<string, { run(context: Context): Promise<void>; option?: 'json' | 'force' }> = {
  plan: { run: plan, option: 'json' },
  apply: { run: apply, option: 'force' },
  check: { run: check, option: 'json' },
  retry: { run: retry },
};

const say = ({ key, params }: Sentence) => sentence('en', params === undefined ? { key } : { key, params });

/** The agencies that are written to, or that one of them. */
async function scopeOf(db: Db, code: unknown): Promise<Scope> {
  const agencies = (await agenciesOf(db)).filter(({ directory_mode }) => directory_mode === 'live');
  if (code === undefined) {
    if (agencies.length === 0)
      throw new Refused('No agency is written to: choose "live" on the page of an agency at /helpdesk/agencies.');
    return { agencies, isShared: true };
  }
  const found = agencies.filter((agency) => agency.code.toLowerCase() === String(code).toLowerCase());
  if (found.length === 0) throw new Refused(`There is no agency ${code} that is written to.`);
  return { agencies: found, isShared: true };
}

async function plan({ passes, scope, values, act }: Context) {
  const { lines, refusals, open } = await planned(passes, scope);
  // of the others everything is sent already: what was seen of them changes nothing
  const begun = scope.agencies.filter(({ directory_agreed_at }) => directory_agreed_at === null);
  const ids = new Set(begun.map(({ id }) => id));
  const plans = open.filter(({ agency_id }) => agency_id !== null && ids.has(agency_id));
  if (begun.length > 0) await act((each) => keepPlan(each, begun, plans, passes.controller()));
  if (values.json)
    console.log(JSON.stringify({ changes: lines.map(asJson), totals: totalsOf(lines, refusals.length) }));
  else {
    for (const line of lines) console.log(asText(line));
    for (const line of refusals) console.log(line);
    console.log(inTotal(lines, refusals.length));
  }
  if (lines.length + refusals.length > 0) throw new Refused('The directory differs from what was decided.');
}

async function apply({ db, passes, holder, scope, values, act }: Context) {
  const unseen = scope.agencies.filter(({ directory_planned_at }) => directory_planned_at === null);
  if (unseen.length > 0)
    throw new Refused(
      `Nothing is sent before it was seen: run "directory plan" first (${unseen.map(({ code }) => code).join(', ')}).`,
    );
  await waitForWork(db, holder);
  try {
    await passes.look(true);
    await act(async (each) => {
      for (const { id, directory_agreed_at, directory_planned_at } of scope.agencies)
        if (directory_agreed_at === null) await agreeToPlan(each, id, directory_planned_at ?? '');
      await auditApplied(each, scope.agencies, values.force === true);
    });
    await passes.pass(scope, values.force ? 'forced' : 'everything', true);
  } finally {
    await endWork(db, holder, {});
  }
  const { lines, refusals } = await planned(passes, scope);
  for (const line of lines) console.log(asText(line));
  for (const line of refusals) console.log(line);
  console.log(inTotal(lines, refusals.length));
  if (lines.length + refusals.length > 0) throw new Refused('Not everything is in the directory as it was decided.');
}

async function check({ passes, scope, values }: Context) {
  const { lines: all, refusals } = await planned(passes, scope);
  const lines = all.filter(({ action }) => action !== 'password');
  const found = lines.map((line) => ({
    object: line.item_name,
    field: line.field || line.action,
    wanted: line.to_text,
    found: line.from_text,
  }));
  if (values.json) console.log(JSON.stringify({ differences: found, totals: totalsOf(lines, refusals.length) }));
  else {
    for (const { object, field, wanted, found: there } of found)
      console.log(`${object}: ${field}: wanted ${inOneLine(wanted)}, found ${inOneLine(there)}`);
    console.log(inTotal(lines, refusals.length));
  }
  if (lines.length + refusals.length > 0) throw new Refused('The directory differs from what was decided.');
}

async function retry({ scope, act }: Context) {
  const count = await act((each) => retryRefused(each, withinOf(scope)));
  console.log(`Tried again with the next look: ${count}.`);
}

/** Takes over what was in the directory before IPMS; without `--apply` it only says what is there. */
async function adopt(settings: Input['settings'], { ou, agency: code, apply: isOrder }: Input['values']) {
  if (typeof ou !== 'string' || typeof code !== 'string')
    throw new Usage('directory adopt needs --ou DN and --agency CODE.');
  if (settings.directory === null) throw new Refused('IPMS_LDAP_URL is not set: there is no directory.');
  const { baseDn, signInSuffix } = settings.directory;
  const { db, close } = await openPresent(settings);
  const connection = openDirectory(settings.directory, ADOPTION_FIELDS);
  const holder = randomUUID();
  try {
    const agency = (await agenciesOf(db)).find((each) => each.code.toLowerCase() === code.toLowerCase());
    if (agency === undefined) throw new Refused(`There is no agency ${code}.`);
    if (isOrder) await waitForWork(db, holder);
    const findings = await findBelow(db, connection, agency, { ou, baseDn }, new Date());
    for (const each of findings.sorted) console.log(asLine(each));
    console.log(countsOf(findings.sorted));
    const clean = findings.sorted.filter(({ taking }) => taking !== null).length;
    if (!isOrder && clean > 0) throw new Refused(`Nothing was changed: --apply takes over ${clean}.`);
    if (clean === 0) return;
    const how = { agency, actor: SYSTEM, settings, clock: () => new Date(), signInSuffix };
    let said = 0;
    const { taken, refused } = await takeAll(db, findings, how, async (done, total) => {
      if (performance.now() - said < SECOND) return;
      said = performance.now();
      await keepWork(db, holder, new Date(), { phase: 'adopting', done, total });
    });
    for (const { sorted, why } of refused) console.log(`refused  ${nameInReport(sorted)}: ${say(why)}`);
    console.log(`taken over ${taken}, refused ${refused.length}`);
    if (refused.length > 0) throw new Refused('Not everything could be taken over.');
  } catch (error) {
    if (error instanceof DirectoryAway) throw new Refused(`${say(error)} (${error.message})`);
    throw error;
  } finally {
    await endWork(db, holder, {});
    await connection.close();
    await close();
  }
}

function asLine(sorted: Sorted) {
  const { kind, type, object, why } = sorted;
  const reason = why === null ? '' : `  ${say(why)}`;
  return `${say({ key: `directory.adopt.kind.${kind}` })}  ${type}  ${nameInReport(sorted)}  ${JSON.stringify(placeOf(object))}${reason}`;
}

function countsOf(sorted: Sorted[]) {
  const counts = KINDS.map((kind) => {
    const count = sorted.filter((each) => each.kind === kind).length;
    return `${say({ key: `directory.adopt.kind.${kind}` })} ${count}`;
  });
  return counts.join(', ');
}

/** What would be done, and what is refused: before anything is sent, or by the directory when it was. */
async function planned(passes: Passes, scope: Scope) {
  const { changes, held, names, refusals, rows, passwords } = await passes.plan(scope);
  const codes = new Map(scope.agencies.map(({ id, code }) => [id, code]));
  const within = new Set(withinOf(scope));
  const all = changes.map((change) => ({
    ...inWords(change, names),
    reason: 'plan' as const,
    isHeld: held.has(change),
  }));
  const lines = all.map((each): Line => ({ ...each, agency: codes.get(each.agency_id ?? 0) ?? '' }));
  for (const of of passwords) {
    const agency = codes.get(names.agencyOf(of) ?? 0);
    const [what, values] = [
      { item_type: of.type, item_id: of.id },
      { field: '', from_text: '', to_text: '' },
    ];
    if (agency !== undefined)
      lines.push({ ...what, ...values, item_name: names.nameOf(of), action: 'password', agency, isHeld: false });
  }
  const reasons = new Map(rows.flatMap((row) => (within.has(row.agency_id) ? reasonOf(row) : [])));
  for (const [mark, refusal] of refusals) reasons.set(mark, refusalIn({ language: 'en' }, JSON.stringify(refusal)));
  return {
    lines,
    open: all.map(({ isHeld: _isHeld, ...change }) => change),
    refusals: [...reasons].map(([mark, why]) => `${names.nameOf(mark)}: refused: ${why}`),
  };
}

function reasonOf({ mark, state, last_error }: Tracked): [string, string][] {
  return state === 'refused' && last_error !== null ? [[mark, refusalIn({ language: 'en' }, last_error)]] : [];
}

async function waitForWork(db: Db, holder: string) {
  for (const end = Date.now() + MOST_TO_WAIT; !(await claimWork(db, holder, new Date())); await pause(SECOND))
    if (Date.now() > end) throw new Refused('Somebody else is at work in the directory: try again in some minutes.');
}

function asJson(line: Line) {
  return {
    agency: line.agency,
    item: { type: line.item_type, id: line.item_id, name: line.item_name },
    action: line.action,
    field: line.field,
    from: line.from_text,
    to: line.to_text,
    held: line.isHeld,
  };
}

function asText(line: Line) {
  const values = line.from_text || line.to_text ? `: ${inOneLine(line.from_text)} -> ${inOneLine(line.to_text)}` : '';
  const held = line.isHeld ? ' (held)' : '';
  return `${line.agency || '-'}  ${line.item_name}  ${line.action}${line.field && ` ${line.field}`}${values}${held}`;
}

/** Long lists are named by their beginning. */
function inOneLine(text: string) {
  const values = text.split('\n');
  const named = values
    .slice(0, 5)
    .map((value) => JSON.stringify(value))
    .join(', ');
  return values.length > 5 ? `${named} and ${values.length - 5} more` : named;
}

function totalsOf(lines: Line[], refused: number) {
  const totals: Record<string, number> = { changes: lines.length, refused, held: 0 };
  for (const { action, isHeld } of lines) {
    totals[action] = (totals[action] ?? 0) + 1;
    if (isHeld) totals.held = (totals.held ?? 0) + 1;
  }
  return totals;
}

function inTotal(lines: Line[], refused: number) {
  const parts = Object.entries(totalsOf(lines, refused)).map(([name, count]) => `${name} ${count}`);
  return parts.join(', ');
}
