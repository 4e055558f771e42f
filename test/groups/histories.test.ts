import fc from 'fast-check';
import { t } from 'tap';
import type { Actor } from '../../src/base/actor.ts';
import { DAY, dayOf, HOUR, later, MINUTE, startOfDay } from '../../src/base/time.ts';
import { inAct, UNSET } from '../../src/data/act.ts';
import type { Db } from '../../src/data/database.ts';
import { deleteGroup } from '../../src/groups/deletion.ts';
import { createGroup } from '../../src/groups/group.ts';
import { updateGroup } from '../../src/groups/group-details.ts';
import { listMembers } from '../../src/groups/list-queries.ts';
import { addMembers, removeMembers } from '../../src/groups/members/members.ts';
import { giveBack, leaveAll, type Member, remembered } from '../../src/groups/members/membership.ts';
import { type Ipms, startIpms } from '../helper.ts';
import { actorOf } from '../make.ts';
import { ADMIN } from '../people.ts';

// Random histories of lists (SOP 4.13 to 4.19), beside a plain model: who is in, who was in on a day, what comes back.

type Stay = { group: number; member: string; since: Date; until: Date | null; order: number | null };
type Group = { id: number; address: string; alive: boolean };

const at = fc.nat({ max: 7 });
const who = fc.uniqueArray(fc.nat({ max: 5 }), { minLength: 1 });
const often = <Value>(weight: number, arbitrary: fc.Arbitrary<Value>) => ({ weight, arbitrary });
const operation = fc.oneof(
  often(1, fc.record({ do: fc.constant('create' as const) })),
  often(4, fc.record({ do: fc.constant('join' as const), group: at, who })),
  often(2, fc.record({ do: fc.constant('leave' as const), group: at, who })),
  often(2, fc.record({ do: fc.constant('nest' as const), group: at, inner: at })),
  often(1, fc.record({ do: fc.constant('rename' as const), group: at })),
  often(2, fc.record({ do: fc.constant('delete' as const), group: at })),
  often(3, fc.record({ do: fc.constant('disable' as const), who: fc.nat({ max: 5 }) })),
  often(4, fc.record({ do: fc.constant('enable' as const), order: at })),
);
type Operation = typeof operation extends fc.Arbitrary<infer O> ? O : never;
const history = fc.array(fc.record({ operation, hours: fc.nat({ max: 40 }) }), { minLength: 5, maxLength: 60 });

/** One history: what the database holds, and what it should hold. */
class World {
  readonly db: Db;
  readonly admin: Actor;
  readonly people: Member[];
  readonly groups: Group[] = [];
  readonly stays: Stay[] = [];
  readonly orders: { id: number; person: Member }[] = [];
  now: Date;

  constructor(db: Db, admin: Actor, people: Member[], now: Date) {
    this.db = db;
    this.admin = admin;
    this.people = people;
    this.now = now;
  }

  group(wanted: number) {
    return this.groups[wanted % Math.max(1, this.groups.length)];
  }
  present(group: number) {
    return this.stays.filter((stay) => stay.group === group && stay.until === null);
  }
  enter(group: number, member: string) {
    if (!this.present(group).some((stay) => stay.member === member))
      this.stays.push({ group, member, since: this.now, until: null, order: null });
  }
  end(stays: Stay[], order: number | null = null) {
    for (const stay of stays) Object.assign(stay, { until: this.now, order });
  }
  /** Is there a way from a list down to another? */
  reaches(from: number, to: number): boolean {
    if (from === to) return true;
    return this.present(from)
      .filter((stay) => stay.member.startsWith('group:'))
      .some((stay) => this.reaches(Number(stay.member.slice(6)), to));
  }
}

let numbered = 0;

async function carryOut(world: World, operation: Operation) {
  const { db, admin, now } = world;
  const group = 'group' in operation ? world.group(operation.group) : undefined;
  const addresses =
    'who' in operation && Array.isArray(operation.who) ? operation.who.map((who) => world.people[who] as Member) : [];
  switch (operation.do) {
    case 'create': {
      numbered += 1;
      const address = `sejarah${numbered}@jabatan.test`;
      const { id } = await inAct(db, { actor: admin, now, settings: UNSET }, (act) =>
        createGroup(act, { display_name: `Sejarah ${numbered}`, primary_email: address, owners: [ADMIN] }),
      );
      world.groups.push({ id, address, alive: true });
      return;
    }
    case 'join': {
      if (!group) return;
      const told = await outcomeOf(
        inAct(db, { actor: admin, now, settings: UNSET }, (act) =>
          addMembers(
            act,
            group.id,
            addresses.map((each) => each.address),
          ),
        ),
      );
      if (told !== 'done') return told === (group.alive ? '' : 'group.isDeleted') ? undefined : fail('join', told);
      if (!group.alive) fail('join', 'a deleted list took members');
      for (const each of addresses) world.enter(group.id, `mailbox:${each.id}`);
      return;
    }
    case 'leave': {
      if (!group) return;
      const leaving = world
        .present(group.id)
        .filter((stay) => addresses.some((each) => stay.member === `mailbox:${each.id}`));
      const expected = !group.alive ? 'group.isDeleted' : leaving.length === 0 ? 'group.notMembers' : 'done';
      const told = await outcomeOf(
        inAct(db, { actor: admin, now, settings: UNSET }, (act) =>
          removeMembers(
            act,
            group.id,
            addresses.map((each) => each.address),
          ),
        ),
      );
      if (told !== expected) fail('leave', told);
      world.end(leaving.filter(() => told === 'done'));
      return;
    }
    case 'nest': {
      const inner = world.group(operation.inner);
      if (!group?.alive || !inner?.alive) return;
      const expected = world.reaches(inner.id, group.id) ? 'group.loop' : 'done';
      const told = await outcomeOf(
        inAct(db, { actor: admin, now, settings: UNSET }, (act) => addMembers(act, group.id, [inner.address])),
      );
      if (told !== expected) fail('nest', told);
      if (told === 'done') world.enter(group.id, `group:${inner.id}`);
      return;
    }
    case 'rename': {
      if (!group) return;
      const display_name = `Bernama ${now.getTime()}`;
      const told = await outcomeOf(
        inAct(db, { actor: admin, now, settings: UNSET }, (act) =>
          updateGroup(act, group.id, { display_name, owners: null, aliases: null, joining: null, leaving: null }, null),
        ),
      );
      if (told !== (group.alive ? 'done' : 'group.isDeleted')) fail('rename', told);
      return;
    }
    case 'delete': {
      if (!group) return;
      const told = await outcomeOf(
        inAct(db, { actor: admin, now, settings: UNSET }, (act) => deleteGroup(act, group.id)),
      );
      if (told !== (group.alive ? 'done' : 'group.isDeleted')) fail('delete', told);
      group.alive = false;
      world.end(world.present(group.id));
      world.end(world.stays.filter((stay) => stay.until === null && stay.member === `group:${group.id}`));
      return;
    }
    case 'disable': {
      const person = world.people[operation.who] as Member;
      numbered += 1;
      const id = 100_000 + numbered;
      await db
        .transaction()
        .execute((trx) =>
          leaveAll({ trx, actor: admin, now, settings: UNSET }, person.id, { ending: 'disabled', disabling_id: id }),
        );
      world.end(
        world.stays.filter((stay) => stay.until === null && stay.member === `mailbox:${person.id}`),
        id,
      );
      world.orders.push({ id, person });
      return;
    }
    case 'enable': {
      const order = world.orders[operation.order % Math.max(1, world.orders.length)];
      if (!order) return;
      const taken = world.stays.filter((stay) => stay.order === order.id);
      const member = `mailbox:${order.person.id}`;
      const fate = (stay: Stay) =>
        !world.groups.find((each) => each.id === stay.group)?.alive
          ? 'list-gone'
          : world.present(stay.group).some((each) => each.member === member)
            ? 'joined-again'
            : 'comes-back';
      const own = (rows: { group_id: number }[]) =>
        rows.filter((row) => world.groups.some((each) => each.id === row.group_id));
      const foretold = (await remembered(db, { disabling_id: order.id })).filter((row) => own([row]).length > 0);
      same(
        foretold.map((row) => `${row.group_id} ${row.fate}`),
        taken.map((stay) => `${stay.group} ${fate(stay)}`),
        'what is foretold',
      );
      const back = taken.filter((stay) => fate(stay) === 'comes-back').map((stay) => stay.group);
      const given = await db
        .transaction()
        .execute((trx) =>
          giveBack({ trx, actor: admin, now, settings: UNSET }, { disabling_id: order.id }, order.person),
        );
      same(
        own(given).map((row) => String(row.group_id)),
        back.map(String),
        'what comes back',
      );
      for (const id of back) world.enter(id, member);
      return;
    }
  }
}

/** `done`, or the rule that said no. */
async function outcomeOf(work: Promise<unknown>) {
  try {
    await work;
    return 'done';
  } catch (error) {
    return (error as { key?: string }).key ?? fail('work', String(error));
  }
}

function fail(what: string, told: string): never {
  throw new Error(`${what}: ${told}`);
}

function same(one: string[], other: string[], what: string) {
  if (JSON.stringify(one.toSorted()) !== JSON.stringify(other.toSorted()))
    throw new Error(`${what}: ${one.toSorted().join(', ')} is not ${other.toSorted().join(', ')}`);
}

const QUERY = {
  q: '',
  by: 'all',
  refused: {},
  sort: 'member_name',
  descending: false,
  page: 1,
  limit: 1000,
  offset: 0,
};

async function comparePresent({ db, groups, stays }: World) {
  for (const group of groups) {
    const { rows } = await listMembers(db, group, { ...QUERY, filters: {} });
    const expected = stays.filter((stay) => stay.group === group.id && stay.until === null);
    same(
      rows.map((row) => `${row.member_type}:${row.member_id}`),
      expected.map((stay) => stay.member),
      'members',
    );
  }
}

async function compareDays({ db, groups, stays }: World, from: Date, to: Date) {
  for (let day = startOfDay(dayOf(from)); day <= to; day = later(day, DAY))
    for (const group of groups) {
      const { rows } = await listMembers(db, group, { ...QUERY, filters: { on: dayOf(day) } });
      const that = stays.filter(
        (stay) => stay.group === group.id && stay.since < later(day, DAY) && (stay.until === null || stay.until > day),
      );
      const expected = [...new Set(that.map((stay) => stay.member))];
      same(
        rows.map((row) => `${row.member_type}:${row.member_id}`),
        expected,
        `members on ${dayOf(day)}`,
      );
    }
}

async function peopleOf({ db }: Ipms): Promise<Member[]> {
  const rows = await db
    .selectFrom('mailbox')
    .selectAll()
    .where('agency_id', '=', 1)
    .where('status', '=', 'active')
    .orderBy('id')
    .limit(6)
    .execute();
  return rows.map((row) => ({ type: 'mailbox', id: row.id, name: row.display_name, address: row.primary_email }));
}

t.test('whatever happens, the lists hold what the model holds, today and on every day before', async (t) => {
  const ipms = await startIpms(t);
  const admin = await actorOf(ipms, 'admin.jabatan');
  const people = await peopleOf(ipms);
  let now = ipms.clock.now;
  await fc.assert(
    fc.asyncProperty(history, async (steps) => {
      const began = now;
      const world = new World(ipms.db, admin, people, now);
      await carryOut(world, { do: 'create' });
      for (const { operation, hours } of steps) {
        world.now = later(world.now, hours * HOUR + MINUTE);
        await carryOut(world, operation);
        await comparePresent(world);
      }
      await compareDays(world, began, world.now);
      now = later(world.now, DAY);
    }),
    { numRuns: 40, seed: 20261124 },
  );
  t.pass('all histories agree');
});
