import type { Sqlite } from '../../src/data/database.ts';
import type { Ran } from '../statements.ts';

/** How many rows there are with a million mailboxes and ten years of history. What is not named here is small. */
const ROWS: Record<string, number> = {
  audit: 10e6,
  outbox: 6e6,
  past_password: 5e6,
  membership: 4e6,
  directory_change: 3e6,
  directory_adoption_row: 500_000,
  usage_row: 3e6,
  record: 2e6,
  bulk_row: 2e6,
  address: 2e6,
  identity_claim: 2e6,
  mailbox: 1e6,
  mailbox_search: 1e6,
  user: 1e6,
  login_name: 1e6,
  directory_object: 1e6,
  access_code: 1e6,
  access_code_request: 1e6,
  account_request: 1e6,
  attachment: 500_000,
  attachment_content: 1e6,
  file_under_way: 5,
  disabling: 500_000,
  ticket: 500_000,
  termination: 300_000,
  password_request: 300_000,
  accepted_sender: 200_000,
  contact: 200_000,
  list_change_request: 200_000,
  session: 200_000,
  submission: 200_000,
  transfer: 100_000,
  throttle: 100_000,
  group_owner: 60_000,
  group_sender: 60_000,
  group: 50_000,
  correction: 50_000,
  one_time_link: 50_000,
  bulk_run: 20_000,
  bulk_arriving: 40,
};
/** Columns of few values, and how many: an agency may have a tenth of all. What is not named here has as good as one row each. */
const VALUES: Record<string, number> = {
  agency_id: 10,
  from_agency_id: 10,
  to_agency_id: 10,
  status: 4,
  state: 4,
  kind: 4,
  role: 3,
  reason: 5,
  action: 4,
  item_type: 8,
  member_type: 3,
  holder: 3,
  package: 3,
  rows_kept: 2,
  file_id: 400,
  used_on: 400,
  last_used_at: 2000,
  assigned_to: 30,
};
const AS_GOOD_AS_ONE = 200_000;

/** Indexes of what waits or is open, which is worked off: few rows, whatever there has been. */
const FEW = new Set([
  'access_code_request_waiting',
  'account_request_waiting',
  'bulk_run_open',
  'bulk_run_owed',
  'correction_open',
  'directory_adoption_waiting',
  'directory_change_agency',
  'directory_change_open',
  'disabling_senders',
  'identity_claim_surplus',
  'password_request_open',
  'termination_open',
  'transfer_open',
  'user_office',
]);
/** States that things leave, so that one in a thousand is in them, and roles that few have; and states that things stay in. */
const PASSING = new Set(
  'submitted returned requested open resolved waiting failed planned agreed uploaded confirmed running checked reading refused held admin helpdesk'.split(
    ' ',
  ),
);
const LASTING = new Set(
  'in-force approved activated revoked sent ended done finished carried-out closed issued'.split(' '),
);
const WAITS = 1000;
/** Between two ends there is a day, or one step of many through a table. */
const WINDOWS = 10_000;
/** A partial index is of some of the rows. */
const PARTIAL = 4;

/** So many rows can be read, or sorted, in a page's time. */
const MOST = 2000;
const MOST_SKIPPED = 1000;

/** Of each index, how many rows it has and how many it gives for each first columns that are known. */
type Reach = Map<string, number[]>;

/**
 * Tells SQLite that the tables are as large as with a million mailboxes.
 * @returns what each index gives
 */
export function tellSizes(sqlite: Sqlite.Database): Reach {
  const reach: Reach = new Map();
  // makes the table, of which there must be something to look at
  sqlite.exec(
    'create table first (a); create index first_a on first (a); insert into first values (1); analyze first; drop table first',
  );
  const tell = sqlite.prepare('insert into sqlite_stat1 (tbl, idx, stat) values (?, ?, ?)');
  for (const [table, rows] of Object.entries(ROWS)) {
    tell.run(table, null, String(rows));
    const indexes = sqlite.prepare('select name, "unique", partial from pragma_index_list(?)').all(table) as {
      name: string;
      unique: number;
      partial: number;
    }[];
    for (const { name, unique, partial } of indexes) {
      const columns = sqlite.prepare('select name from pragma_index_info(?)').pluck().all(name) as (string | null)[];
      const all = FEW.has(name) ? rows / WAITS : partial ? rows / PARTIAL : rows;
      let known = 1;
      const gives = columns.map((column, index) => {
        known = Math.min(all, known * (VALUES[column ?? ''] ?? AS_GOOD_AS_ONE));
        return unique && index === columns.length - 1 ? 1 : Math.max(1, Math.ceil(all / known));
      });
      reach.set(name, [all, ...gives]);
      tell.run(table, name, [Math.ceil(all), ...gives].join(' '));
    }
  }
  sqlite.exec('analyze sqlite_schema');
  return reach;
}

/** Takes that away again: IPMS never analyses, and SQLite then goes by its own guesses. */
export function forgetSizes(sqlite: Sqlite.Database) {
  sqlite.exec('delete from sqlite_stat1; analyze sqlite_schema');
}

/** What a statement would read or sort without a bound, in SQLite's words; nothing where all is well. */
export function unbounded(sqlite: Sqlite.Database, reach: Reach, { text, values }: Ran): string[] {
  if (!/^\s*(select|insert|update|delete|with)\b/i.test(text)) return [];
  const plan = sqlite.prepare(`explain query plan ${text}`).all(...values) as { detail: string }[];
  const ways = plan.map(({ detail }) => detail);
  const isSorted = ways.some((way) => /^USE TEMP B-TREE FOR (?!LAST)/.test(way));
  const isLimited = /\blimit\b/i.test(text);
  const faults = ways
    .filter((way) => rowsOf(way, reach, text, values) > MOST)
    .filter((way) => isSorted || !isLimited || isFiltered(way, sqlite, text));
  if (/instr\(lower\(/.test(text)) faults.push('looks for a text in every row');
  if (/\boffset \?/i.test(text) && Number(values.at(-1)) > MOST_SKIPPED) faults.push(`skips ${values.at(-1)} rows`);
  return faults;
}

/** A scan in order ends with its limit, unless rows are left out on the way. A partial index has left them out. */
function isFiltered(way: string, sqlite: Sqlite.Database, text: string) {
  if (!way.startsWith('SCAN') || !/\bwhere\b(?! true\b)/i.test(text)) return false;
  const index = / INDEX (\w+)$/.exec(way)?.[1];
  return sqlite.prepare("select 1 from sqlite_schema where name = ? and sql like '% where %'").get(index) === undefined;
}

/** How many rows a step of a plan reads. */
function rowsOf(way: string, reach: Reach, text: string, values: unknown[]) {
  const [, verb, name = '', rest = ''] = /^(SCAN|SEARCH) (\S+)(.*)$/.exec(way) ?? [];
  if (verb === undefined) return 0;
  // a plan names a table as the statement does
  const table = new RegExp(`"?(\\w+)"? as "?${name}\\b`).exec(text)?.[1] ?? name;
  const rows = ROWS[table];
  const isForeignKey = /^\s*(insert|update)/i.test(text) && (!text.includes(table) || !/\bselect\b/i.test(text));
  if (rows === undefined || isForeignKey) return 0;
  const index = / INDEX (\w+)/.exec(rest)?.[1] ?? '';
  const [below, above] = [/<\?/.test(rest), />\?/.test(rest)];
  const part = below && above ? WINDOWS : below || above ? 4 : 1;
  if (verb === 'SCAN') return reach.get(index)?.[0] ?? rows;
  if (/PRIMARY KEY/.test(rest)) return /=\?/.test(rest) ? 1 : rows / part;
  const equal = rest.match(/\w=\?/g)?.length ?? 0;
  const waits = /\b(status|state|role)=\?/.test(rest) && isPassing(text, values, name) ? WAITS : 1;
  return (reach.get(index)?.[equal] ?? 1) / part / waits;
}

/** By the words that stand in the statement for the state of what the plan calls `name`; where none do, by all words. */
function isPassing(text: string, values: unknown[], name: string) {
  const conditions = new RegExp(`\\b${name}"?\\."?(?:status|state|role)"? (?:=|in) (?:'[a-z-]+'|\\([^)?]+\\))`, 'g');
  const own = text.match(conditions)?.join();
  const words = [...(own === undefined ? values.map(String) : []), ...wordsIn(own ?? text)];
  return words.some((word) => PASSING.has(word)) && !words.some((word) => LASTING.has(word));
}

const wordsIn = (text: string) => (text.match(/'[a-z-]+'/g) ?? []).map((word) => word.slice(1, -1));
