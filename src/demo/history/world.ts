import { randomUUID } from 'node:crypto';
import { type Actor, SYSTEM } from '../../base/actor.ts';
import type { Sqlite } from '../../data/database.ts';
import type { Row } from '../../data/schema.ts';
import type { Draw } from '../synthetic-names.ts';
import type { Calendar } from './calendar.ts';
import type { Doing, Writer } from './writer.ts';

export type Office = Pick<Row<'agency'>, 'id' | 'name' | 'code' | 'ministry'> & { domain: string; admin: Actor };

/** What everything that happens is written with, and among whom it happens. */
export type World = {
  write: Writer;
  draw: Draw;
  calendar: Calendar;
  offices: Map<number, Office>;
  helpdesk: Actor;
  people: People;
  /** The lists by agency. */
  groups: Map<number, Row<'group'>[]>;
  freeAddress(local: string, domain: string): string;
};

export type People = ReturnType<typeof openPeople>;

const ABSENT = 0;
const HERE = 1;
const BUSY = 2;
const OFFICE_HOLDER = 3;

/** Mailboxes that follow one another by number: who is there at a time, and in no case that another would disturb. */
export function openPeople(draw: Draw, first: number, count: number) {
  const states = new Uint8Array(count);
  const set = (id: number, state: number) => {
    if (states[id - first] !== OFFICE_HOLDER) states[id - first] = state;
  };
  return {
    first,
    arrive: (id: number) => set(id, HERE),
    /** Not to be picked until `arrive`: something goes on with the mailbox, or it is gone. */
    keep: (id: number) => set(id, states[id - first] === ABSENT ? ABSENT : BUSY),
    /** Never to be picked, also where the mailbox is yet to come: whoever administers, or looks after a list. */
    keepForGood: (id: number) => set(id, OFFICE_HOLDER),
    /** Anybody who is there, or undefined where so few are that none was found. */
    pick() {
      for (let tries = 0; tries < 50; tries += 1) {
        const at = draw(count);
        if (states[at] === HERE) return first + at;
      }
      return undefined;
    },
  };
}

/** One act of somebody: all that it writes shares a name. */
export function doing(actor: Actor, now: Date): Doing {
  return { actor: { ...actor, act: randomUUID() }, now };
}

/** Somebody who has signed in, from one of the addresses of an office. */
export function officerOf(
  user: { id: number; role: Row<'user'>['role']; agency_id: number | null; full_name: string; email: string },
  address: string,
): Actor {
  const { id, role, agency_id, full_name, email } = user;
  return { ...SYSTEM, userId: id, role, agencyId: agency_id, name: full_name, email, address };
}

/** The agencies, each with the administrator who acts for it; one that has none gets its first officer. */
export function officesOf(sqlite: Sqlite.Database): Map<number, Office> {
  const agencies = sqlite
    .prepare(
      `select agency.id, name, code, ministry, min(domain) as domain
         from agency join mail_domain on agency_id = agency.id group by agency.id`,
    )
    .all() as Omit<Office, 'admin'>[];
  const administrator = sqlite.prepare(
    "select * from user where agency_id = ? and role = 'admin' and status = 'active' order by id limit 1",
  );
  const appoint = sqlite.prepare(
    `update user set role = 'admin' where id = (select user_id from mailbox where agency_id = ? and status = 'active'
       order by id limit 1)`,
  );
  const offices = new Map<number, Office>();
  for (const agency of agencies) {
    if (administrator.get(agency.id) === undefined) appoint.run(agency.id);
    const user = administrator.get(agency.id) as Row<'user'> | undefined;
    if (user !== undefined) offices.set(agency.id, { ...agency, admin: officerOf(user, `10.1.${agency.id % 250}.7`) });
  }
  return offices;
}

/** The first sign-in of the helpdesk, or undefined. */
export function helpdeskOf(sqlite: Sqlite.Database): Actor | undefined {
  const user = sqlite.prepare("select * from user where role = 'helpdesk' and status = 'active' order by id limit 1");
  const found = user.get() as Row<'user'> | undefined;
  return found && officerOf(found, '10.0.0.5');
}

export const recipient = (actor: Actor) => ({ name: actor.name, address: actor.email ?? '' });
