import type { Database } from 'better-sqlite3';
import { DAY, dayOf, later, startOfDay } from '../base/time.ts';
import { searchIndexInBulk } from '../mailboxes/bulk.ts';
import { STATES } from '../officers/fields.ts';
import { indexedAtTheEnd, makeUp, unfollowed } from './left-out.ts';
import { type Draw, drawFrom, pick } from './synthetic-names.ts';
import { drawMailbox, type PersonRow } from './synthetic-person.ts';

export type Wanted = {
  mailboxes: number;
  agencies: number;
  groups: number;
  /** When each mailbox was made; some time in the last years where nobody says. */
  createdAt?(at: number): Date;
  /** What happens to them and their lists, before they are found by searching. @param leaveOut keeps a transaction's work out of the search */
  live?(leaveOut: (work: () => void) => void): void;
};
export type Report = (done: number, of: number, what: string) => void;
type Agency = { id: number; domain: string; ministry: string; name: string; isNew: boolean };

/** A transaction writes each page that it has changed, and indexes of what is drawn at random are changed all over. */
const ROWS_A_TRANSACTION = 100_000;
const ROWS_A_REPORT = 5000;
/** Of a hundred mailboxes, so many are in the agencies that were there before. */
const IN_FORMER_AGENCIES = 90;
/** No sample list is longer. */
const LARGEST_GROUP = 50_000;

/**
 * Fills a database with people and lists that do not exist: agencies, mailboxes with their sign-ins (without a password),
 * lists with owners and members. The same database and numbers give the same rows.
 * @param report called now and then, also before what it tells of is committed
 */
export function seedSynthetic(sqlite: Database, wanted: Wanted, now: Date, report: Report) {
  writeInBulk(sqlite);
  const former = sqlite.prepare('select count(*) from mailbox').pluck().get() as number;
  const fill = () => fillWith(sqlite, wanted, former, now, report);
  if (wanted.mailboxes > former) indexedAtTheEnd(sqlite, fill);
  else fill();
}

function fillWith(sqlite: Database, wanted: Wanted, former: number, now: Date, report: Report) {
  const draw = drawFrom(former + 1);
  const agencies = agenciesFor(sqlite, wanted, now);
  const addMailbox = mailboxInserter(sqlite);
  const index = searchIndexInBulk(sqlite);
  const leaveOut = (work: () => void) => index.leaveOut(() => unfollowed(sqlite, work));
  const first = 1 + (sqlite.prepare('select coalesce(max(id), 0) from mailbox').pluck().get() as number);
  let added = 0;
  const add = () => {
    const agency = agencyFor(draw, agencies);
    const drawn = later(now, -draw(900) * DAY);
    const created = (wanted.createdAt?.(added) ?? drawn).toISOString();
    added += 1;
    const usedOn = dayOf(later(now, -DAY));
    const lastMailOn = dayOf(later(now, -draw(400) * DAY));
    const used = { used_on: usedOn, last_mail_on: lastMailOn, last_used_at: startOfDay(lastMailOn).toISOString() };
    addMailbox(agency, { ...drawMailbox(draw, agency), ...used }, created);
  };
  inTransactions(sqlite, wanted.mailboxes, 'mailboxes', report, add, leaveOut);
  const addGroup = groupInserter(sqlite, wanted.createdAt?.(0) ?? now);
  let at = 0;
  inTransactions(sqlite, wanted.groups, 'groups', report, () => {
    addGroup(agencies[at % agencies.length] as Agency, draw, Math.floor(at / agencies.length));
    at += 1;
  });
  wanted.live?.(leaveOut);
  if (wanted.mailboxes === 0) return;
  sqlite.transaction(() => makeUp(sqlite, first, now)).immediate();
  index.catchUp.immediate();
}

/**
 * Few large writes into the file instead of many small ones, and no flush for each: such data can be made anew, and hold no secret.
 * All that is read again of a million mailboxes fits into 2 GB; of fewer, the cache is as small as their file. What a statement would
 * take back stays in memory, too: in a file it was half of what a seed wrote.
 */
export function writeInBulk(sqlite: Database) {
  sqlite.pragma('cache_size = -2097152');
  sqlite.pragma('wal_autocheckpoint = 50000');
  sqlite.pragma('synchronous = off');
  sqlite.pragma('secure_delete = off');
  sqlite.pragma('temp_store = memory');
}

/** Everything is on the disk from here on. */
export function endWritingInBulk(sqlite: Database) {
  sqlite.pragma('temp_store = default');
  sqlite.pragma('secure_delete = on');
  sqlite.pragma('synchronous = full');
  sqlite.pragma('wal_checkpoint(truncate)');
}

function inTransactions(
  sqlite: Database,
  count: number,
  what: string,
  report: Report,
  addOne: () => void,
  around = (work: () => void) => work(),
) {
  const some = sqlite.transaction((from: number, to: number) =>
    around(() => {
      for (let done = from + 1; done <= to; done += 1) {
        addOne();
        if (done % ROWS_A_REPORT === 0 || done === count) report(done, count, what);
      }
    }),
  );
  for (let done = 0; done < count; done += ROWS_A_TRANSACTION)
    some.immediate(done, Math.min(done + ROWS_A_TRANSACTION, count));
}

/** Where one more person works: mostly in the agencies that were there before, which the demo's sign-ins can see. */
function agencyFor(draw: Draw, agencies: Agency[]) {
  const former = agencies.filter((agency) => !agency.isNew);
  const added = agencies.filter((agency) => agency.isNew);
  if (former.length === 0 || added.length === 0) return pick(draw, agencies);
  return pick(draw, draw(100) < IN_FORMER_AGENCIES ? former : added);
}

function agenciesFor(sqlite: Database, wanted: Wanted, now: Date): Agency[] {
  const rows = sqlite
    .prepare(
      `select agency.id, min(domain) as domain, ministry, name, 0 as isNew
         from agency join mail_domain on agency_id = agency.id group by agency.id`,
    )
    .all() as Agency[];
  const former = rows.map((row) => ({ ...row, isNew: false }));
  const needed = wanted.mailboxes + wanted.groups > 0 && former.length === 0 ? 2 : 0;
  const count = Math.max(wanted.agencies, needed);
  const add = sqlite.transaction(() => Array.from({ length: count }, () => addAgency(sqlite, now)));
  return [...former, ...add.immediate()];
}

const FIELDS = [
  'Perhutanan',
  'Pengairan',
  'Kebajikan',
  'Pertanian',
  'Perikanan',
  'Pelajaran',
  'Kesihatan',
  'Kerja Raya',
];

function addAgency(sqlite: Database, now: Date): Agency {
  const number = 1 + (sqlite.prepare('select coalesce(max(id), 0) from agency').pluck().get() as number);
  const field = FIELDS[number % FIELDS.length];
  const state = STATES[Math.floor(number / FIELDS.length) % STATES.length];
  const code = `S${String(number).padStart(4, '0')}`;
  const domain = `${code.toLowerCase()}.test`;
  const [name, ministry] = [`Jabatan ${field} ${state} (${code})`, `Kementerian ${field}`];
  const postmaster = `postadmin@${domain}`;
  const id = sqlite
    .prepare(
      `insert into agency (name, code, ministry, postmaster_email, file_reference, created_at)
         values (?, ?, ?, ?, ?, ?) returning id`,
    )
    .pluck()
    .get(name, code, ministry, postmaster, `${code}.600-1/1/1`, now.toISOString()) as number;
  sqlite.prepare('insert into mail_domain (domain, agency_id) values (?, ?)').run(domain, id);
  sqlite
    .prepare("insert into address (address, kind, agency_id, item_id) values (?, 'postmaster', ?, ?)")
    .run(postmaster, id, id);
  return { id, domain, ministry, name, isNew: true };
}

/** What finds, for a wish, the first of `wish`, `wish2`, `wish3` … that nobody has. */
function numbering(isTaken: (candidate: string) => boolean) {
  const last = new Map<string, number>();
  return (key: string, candidate: (number: string) => string) => {
    for (let number = (last.get(key) ?? 0) + 1; ; number += 1) {
      const found = candidate(number === 1 ? '' : String(number));
      if (isTaken(found)) continue;
      last.set(key, number);
      return found;
    }
  };
}

const LONGEST_LOGIN = 20;

/** What finds an address that nobody has, beginning with the one wished for. */
export function addressNumbering(sqlite: Database) {
  const taken = sqlite.prepare('select 1 from address where address = ?').pluck();
  const free = numbering((address) => taken.get(address) !== undefined);
  return (local: string, domain: string) => free(`${local}@${domain}`, (number) => `${local}${number}@${domain}`);
}

type DaysOfUse = { used_on: string; last_mail_on: string; last_used_at: string };

function mailboxInserter(sqlite: Database) {
  const freeAddress = addressNumbering(sqlite);
  const takenLogin = sqlite.prepare('select 1 from login_name where login_id = ?').pluck();
  const freeLogin = numbering((login) => takenLogin.get(login) !== undefined);
  const addUser = sqlite.prepare(
    "insert into user (agency_id, role, login_id, email, full_name, created_at) values (?, 'user', ?, ?, ?, ?)",
  );
  const addLogin = sqlite.prepare('insert into login_name (login_id, user_id) values (?, ?)');
  const addAddress = sqlite.prepare(
    "insert into address (address, kind, agency_id, item_id) values (?, 'mailbox', ?, ?)",
  );
  const served = sqlite.prepare("select 1 from identity_claim where kind = 'ic_number' and value = ?").pluck();
  const freeIcNumber = (ic: string) => {
    let free = ic;
    for (let step = 1; served.get(free) !== undefined; step += 1) free = icNumberAfter(ic, step);
    return free;
  };
  let addRow: ReturnType<Database['prepare']> | undefined;
  return (agency: Agency, { local, ...person }: PersonRow & DaysOfUse, createdAt: string) => {
    const email = freeAddress(local, agency.domain);
    const login = freeLogin(local.slice(0, LONGEST_LOGIN - 6), (number) =>
      `${local.slice(0, LONGEST_LOGIN - number.length)}`.replace(/[._-]+$/, '').concat(number),
    );
    const userId = addUser.run(agency.id, login, email, person.full_name, createdAt).lastInsertRowid as number;
    const row = {
      ...person,
      ic_number: freeIcNumber(person.ic_number),
      agency_id: agency.id,
      user_id: userId,
      primary_email: email,
      login_id: login,
      created_at: createdAt,
    };
    const columns = Object.keys(row);
    addRow ??= sqlite.prepare(
      `insert into mailbox (${columns.join(', ')}) values (${columns.map((name) => `@${name}`).join(', ')})`,
    );
    addLogin.run(login, userId);
    addAddress.run(email, agency.id, addRow.run(row).lastInsertRowid);
  };
}

/** The same birth, place and sex, so many people further: two who were drawn are not one person. */
function icNumberAfter(ic: string, step: number) {
  return ic.slice(0, 8) + String((Number(ic.slice(8)) + 2 * step) % 10_000).padStart(4, '0');
}

const GROUP_WORDS = ['Warga', 'Jawatankuasa', 'Pasukan', 'Pegawai', 'Urus Setia', 'Penyelaras', 'Ketua'];
const ABOUT = [
  'Bahagian Kewangan',
  'Khidmat Pengurusan',
  'Teknologi Maklumat',
  'Sumber Manusia',
  'Audit Dalam',
  'Keselamatan ICT',
  'Latihan',
  'Perolehan',
  'Pembangunan',
  'Komunikasi Korporat',
];

function groupInserter(sqlite: Database, now: Date) {
  const freeAddress = addressNumbering(sqlite);
  const people = new Map<number, number[]>();
  const peopleOf = sqlite
    .prepare("select id from mailbox where agency_id = ? and status = 'active' order by id")
    .pluck();
  const addRow = sqlite
    .prepare(
      'insert into "group" (agency_id, display_name, primary_email, created_at) values (?, ?, ?, ?) returning id',
    )
    .pluck();
  const addAddress = sqlite.prepare(
    "insert into address (address, kind, agency_id, item_id) values (?, 'group', ?, ?)",
  );
  const addOwner = sqlite.prepare('insert or ignore into group_owner (group_id, mailbox_id) values (?, ?)');
  const addMember = sqlite.prepare(
    `insert or ignore into membership (group_id, member_type, member_id, member_name, member_address, since, added_by)
     select ?, 'mailbox', id, display_name, primary_email, ?, 'IPMS' from mailbox where id = ?`,
  );
  return (agency: Agency, draw: Draw, ordinal: number) => {
    const ids = people.get(agency.id) ?? (peopleOf.all(agency.id) as number[]);
    people.set(agency.id, ids);
    if (ids.length === 0) return;
    const name = ordinal === 0 ? 'Semua Warga' : `${pick(draw, GROUP_WORDS)} ${pick(draw, ABOUT)}`;
    const address = freeAddress(name.toLowerCase().replaceAll(' ', '.'), agency.domain);
    const number = /\d+(?=@)/.exec(address)?.[0];
    const id = addRow.get(agency.id, number ? `${name} ${number}` : name, address, now.toISOString()) as number;
    addAddress.run(address, agency.id, id);
    for (let owners = 1 + draw(2); owners > 0; owners -= 1) addOwner.run(id, pick(draw, ids));
    const size = ordinal === 0 ? Math.min(ids.length, LARGEST_GROUP) : drawSize(draw);
    for (let at = 0, from = draw(ids.length); at < size; at += 1)
      addMember.run(id, now.toISOString(), ids[(from + at) % ids.length] as number);
  };
}

/** Most lists are short, some are long. */
function drawSize(draw: Draw) {
  const among = draw(100);
  return among < 70 ? 5 + draw(25) : among < 95 ? 30 + draw(90) : 120 + draw(280);
}
