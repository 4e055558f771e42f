import type { Sqlite } from '../../data/database.ts';
import type { Row } from '../../data/schema.ts';
import type { Installation } from '../../installation.ts';
import type { Mailbox } from '../../mailboxes/queries.ts';
import { addressNumbering, type Report, seedSynthetic, type Wanted } from '../synthetic.ts';
import { drawFrom, pick } from '../synthetic-names.ts';
import { openBeside } from './beside.ts';
import { OFFICE_HOURS, openCalendar } from './calendar.ts';
import { askHelpdesk, changeList, changePassword, changeProfile, signIn } from './everyday.ts';
import { join, refuse, TO_JOIN } from './joining.ts';
import { disable, leave } from './life.ts';
import { move } from './moving.ts';
import { RATES, WORKING_DAYS_A_YEAR } from './rates.ts';
import { helpdeskOf, type Office, officesOf, openPeople, type World } from './world.ts';
import { openWriter } from './writer.ts';

/** A transaction writes each page that it has changed, and of a million mailboxes a month changes most. */
const DAYS_A_TRANSACTION = 250;
/** So that whoever waits is told how far it is. */
const DAYS_A_REPORT = 10;

const inYears = (rate: number, mailboxes: number, years: number) => Math.round((rate / 1000) * mailboxes * years);

/** With a past there are lists to come and go: one for so many mailboxes, where nobody says how many. */
const MAILBOXES_A_LIST = 50;

/**
 * Fills a database with people and lists, as `seedSynthetic` does, and with what they leave behind in some years.
 * @throws Error where no helpdesk is there to be told
 */
export async function seedWithPast(
  { sqlite, secrets }: Pick<Installation, 'sqlite' | 'secrets'>,
  wanted: Wanted,
  years: number,
  now: Date,
  report: Report,
) {
  const plan = arrivals(wanted.mailboxes, years, now);
  const first = 1 + (sqlite.prepare('select coalesce(max(id), 0) from mailbox').pluck().get() as number);
  const beside = await openBeside(sqlite, secrets, ['audit', 'record', 'outbox']);
  const past: Wanted = {
    ...wanted,
    mailboxes: plan.count,
    groups: wanted.groups || Math.ceil(wanted.mailboxes / MAILBOXES_A_LIST),
    createdAt: plan.createdAt,
    live(leaveOut) {
      seedHistory(sqlite, beside, plan, first, leaveOut, report);
      beside.takeOver();
    },
  };
  try {
    seedSynthetic(sqlite, past, now, report);
  } finally {
    beside.close();
  }
}

/**
 * How many mailboxes to make so that so many are left, and when each came: those that were there before, then one after
 * another through the years.
 */
function arrivals(mailboxes: number, years: number, now: Date) {
  const calendar = openCalendar(now, years);
  const joining = calendar.days > TO_JOIN ? inYears(RATES.joined, mailboxes, years) : 0;
  const count = mailboxes + inYears(RATES.left, mailboxes, years);
  const former = count - joining;
  const dayOfJoiner = (at: number) => TO_JOIN + Math.floor(((at - former) * (calendar.days - TO_JOIN)) / joining);
  return {
    calendar,
    count,
    former,
    dayOfJoiner,
    createdAt: (at: number) => (at < former ? calendar.moment(0, 0) : calendar.moment(dayOfJoiner(at), minutesOf(at))),
  };
}

const minutesOf = (at: number) => (at * 37) % (OFFICE_HOURS - 120);

/**
 * Writes what mailboxes leave behind in some years, at the rates of `RATES` and in the order of time:
 * sealed audit rows and records, mails sent, and the cases that they tell of. Rows are those that the verbs would have left.
 * @param first the number of the first of the mailboxes that `arrivals` asked for
 * @param leaveOut keeps what is done in a transaction out of the search of mailboxes
 * @param report called now and then, also before what it tells of is committed
 */
function seedHistory(
  sqlite: Sqlite.Database,
  beside: Awaited<ReturnType<typeof openBeside>>,
  plan: ReturnType<typeof arrivals>,
  first: number,
  leaveOut: (work: () => void) => void,
  report: Report,
) {
  const { calendar, count, former } = plan;
  const helpdesk = helpdeskOf(sqlite);
  if (helpdesk === undefined) throw new Error('there is no helpdesk');
  const draw = drawFrom(first);
  const numbering = addressNumbering(sqlite);
  const world: World = {
    write: openWriter(sqlite, beside),
    draw,
    calendar,
    offices: officesOf(sqlite),
    helpdesk,
    people: openPeople(draw, first, count),
    groups: new Map(),
    freeAddress: (local, domain) => numbering(local.replace(/\d+$/, ''), domain),
  };
  for (const group of sqlite.prepare('select * from "group" where status = \'active\'').all() as Row<'group'>[])
    world.groups.set(group.agency_id, [...(world.groups.get(group.agency_id) ?? []), group]);
  for (let at = 0; at < former; at += 1) world.people.arrive(first + at);
  keepOfficeHolders(sqlite, world);
  let joiner = former;
  const live = (day: number) => {
    for (; joiner < count && plan.dayOfJoiner(joiner) <= day + TO_JOIN; joiner += 1) {
      const mailbox = world.write.one<Mailbox>('select * from mailbox where id = ?', first + joiner) as Mailbox;
      join(world, mailbox, world.offices.get(mailbox.agency_id) as Office, day, minutesOf(joiner));
    }
    for (const happening of HAPPENINGS) {
      const expected = ((happening.rate / 1000) * count) / WORKING_DAYS_A_YEAR;
      let times = Math.floor(expected) + (draw(1_000_000) < (expected % 1) * 1_000_000 ? 1 : 0);
      for (; times > 0; times -= 1) happening.plan(world, day, draw(OFFICE_HOURS - 120));
    }
    calendar.live(day);
  };
  const liveSome = sqlite.transaction((from: number, to: number) =>
    leaveOut(() => {
      for (let day = from; day < to; day += 1) {
        live(day);
        const done = day + 1;
        if (done % DAYS_A_REPORT === 0 || done === calendar.days) report(done, calendar.days, 'working days');
      }
    }),
  );
  for (let day = 0; day < calendar.days; day += DAYS_A_TRANSACTION)
    liveSome.immediate(day, Math.min(day + DAYS_A_TRANSACTION, calendar.days));
}

/** Whoever administers, or looks after a list, stays: nobody would take over. */
function keepOfficeHolders(sqlite: Sqlite.Database, { people, offices }: World) {
  const owners = sqlite.prepare('select distinct mailbox_id from group_owner').pluck().all() as number[];
  const byUser = sqlite.prepare('select id from mailbox where user_id = ?').pluck();
  const administrators = [...offices.values()].map(({ admin }) => byUser.get(admin.userId) as number);
  for (const id of [...owners, ...administrators]) if (id >= people.first) people.keepForGood(id);
}

type Happening = { rate: number; plan(world: World, day: number, minutes: number): void };

/** A mailbox that is there, with its agency; nothing happens where there is none. */
function withSomebody(plan: (world: World, mailbox: Mailbox, office: Office, day: number, minutes: number) => void) {
  return (world: World, day: number, minutes: number) => {
    const id = world.people.pick();
    if (id === undefined) return;
    const mailbox = world.write.one<Mailbox>('select * from mailbox where id = ?', id) as Mailbox;
    plan(world, mailbox, world.offices.get(mailbox.agency_id) as Office, day, minutes);
  };
}

/** What somebody does at a minute, who need not be looked at before. */
const atOnce = (does: (world: World, mailbox: Mailbox, now: Date) => void) =>
  withSomebody((world, mailbox, _office, day, minutes) =>
    world.calendar.add(day, minutes, (now) => does(world, mailbox, now)),
  );

const HAPPENINGS: Happening[] = [
  { rate: RATES.disabled, plan: withSomebody(disable) },
  { rate: RATES.left, plan: withSomebody(leave) },
  {
    rate: RATES.moved,
    plan: withSomebody((world, mailbox, from, day, minutes) => {
      const to = pick(world.draw, [...world.offices.values()]);
      if (to.id !== from.id) move(world, mailbox, from, to, day, minutes);
    }),
  },
  {
    rate: RATES.listsChanged,
    plan: withSomebody((world, mailbox, office, day, minutes) => {
      const groups = world.groups.get(office.id) ?? [];
      if (groups.length === 0) return;
      const group = pick(world.draw, groups);
      world.calendar.add(day, minutes, (now) => changeList(world, group, mailbox, office, now));
    }),
  },
  {
    rate: RATES.refused,
    plan: (world, day, minutes) => refuse(world, pick(world.draw, [...world.offices.values()]), day, minutes),
  },
  {
    rate: RATES.asked,
    plan: withSomebody((world, _mailbox, office, day, minutes) =>
      world.calendar.add(day, minutes, (now) => askHelpdesk(world, office, now, day, minutes)),
    ),
  },
  { rate: RATES.signedIn, plan: atOnce(signIn) },
  { rate: RATES.passwordsChanged, plan: atOnce(changePassword) },
  { rate: RATES.profilesChanged, plan: atOnce(changeProfile) },
];
