import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { t } from 'tap';
import { Conflict, NotFound, RuleBroken } from '../../src/base/errors.ts';
import { type Act, inAct, UNSET } from '../../src/data/act.ts';
import {
  approveAsOwner,
  approveRequest,
  refuseAsOwner,
  refuseRequest,
} from '../../src/groups/change-requests/answering.ts';
import { moveOneself } from '../../src/groups/change-requests/own-membership.ts';
import { withdrawRequest } from '../../src/groups/change-requests/withdrawing.ts';
import { deleteGroup } from '../../src/groups/deletion.ts';
import { updateGroup } from '../../src/groups/group-details.ts';
import { addMembers, removeMembers } from '../../src/groups/members/members.ts';
import { type Ipms, startIpms } from '../helper.ts';
import { actorOf, JC, makeGroup, makeOfficer } from '../make.ts';
import { ADMIN } from '../people.ts';
import { membersOf } from './members.ts';

// Random histories of requests to join and to leave (SOP 4.18, 4.19, 5.0), beside a plain model: who is in, who is told.

const PEOPLE = ['s0', 's1', 's2', 's3'];
const address = (who: number) => `${PEOPLE[who]}@jabatan.test`;
const [who, list, open] = [fc.nat({ max: 3 }), fc.nat({ max: 2 }), fc.nat({ max: 9 })];
const by = fc.constantFrom('owner' as const, 'admin' as const);
const often = <Value>(weight: number, arbitrary: fc.Arbitrary<Value>) => ({ weight, arbitrary });
const operation = fc.oneof(
  often(6, fc.record({ do: fc.constantFrom('join' as const, 'leave' as const), who, list })),
  often(5, fc.record({ do: fc.constantFrom('approve' as const, 'refuse' as const), open, by })),
  often(2, fc.record({ do: fc.constant('withdraw' as const), open, who })),
  often(1, fc.record({ do: fc.constantFrom('put in' as const, 'take out' as const), who, list })),
  often(1, fc.record({ do: fc.constant('other owner' as const), who, list })),
  often(1, fc.record({ do: fc.constant('delete' as const), list })),
);
type Operation = typeof operation extends fc.Arbitrary<infer O> ? O : never;

type List = { id: number; alive: boolean; owner: string; inside: Set<string> };
type Wish = { id: number; list: List; way: 'join' | 'leave'; asker: string; state: string };

/** What the model says comes of one operation: the addresses told, or the name of the rule that says no. */
type Expected = string[] | 'no';

class World {
  readonly ipms: Ipms;
  readonly lists: List[];
  readonly wishes: Wish[] = [];

  constructor(ipms: Ipms, lists: List[]) {
    this.ipms = ipms;
    this.lists = lists;
  }
  waiting(number: number) {
    const waiting = this.wishes.filter((wish) => wish.state === 'requested');
    return waiting[number % Math.max(1, waiting.length)];
  }
  /** Who answers a wish now: the owner, but not the own one. */
  answers = ({ list, asker }: Pick<Wish, 'list' | 'asker'>) => (list.owner === asker ? ADMIN : list.owner);
}

/** Carries it out, and says who was mailed by that one act, each as often as mailed. */
async function done({ ipms }: World, login: string, work: (act: Act) => Promise<unknown>) {
  const act = randomUUID();
  const actor = { ...(await actorOf(ipms, login)), act };
  try {
    await inAct(ipms.db, { actor, now: ipms.clock.now, settings: UNSET }, work);
  } catch (error) {
    if (!(error instanceof NotFound || error instanceof Conflict || error instanceof RuleBroken)) throw error;
    return 'no';
  }
  const rows = await ipms.db.selectFrom('outbox').select('to_address').where('act', '=', act).execute();
  return rows.map((row) => row.to_address);
}

async function carryOut(world: World, operation: Operation): Promise<[unknown, Expected] | null> {
  if ('open' in operation) return answer(world, operation);
  const group = world.lists[operation.list] as List;
  const person = 'who' in operation ? address(operation.who) : '';
  switch (operation.do) {
    case 'join':
    case 'leave': {
      const way = operation.do;
      const isInside = group.inside.has(person);
      const waits = world.wishes.some(
        (wish) => wish.list === group && wish.asker === person && wish.way === way && wish.state === 'requested',
      );
      const isSo = isInside === (way === 'join');
      const told = await done(world, PEOPLE[operation.who] ?? '', (act) => moveOneself(act, group.id, way));
      if (!group.alive) return [told, 'no'];
      if (isSo) return [told, []];
      if (waits) return [told, 'no'];
      const newest = world.ipms.db.selectFrom('list_change_request').select('id').orderBy('id', 'desc').limit(1);
      const wish = { ...(await newest.executeTakeFirstOrThrow()), list: group, way, asker: person, state: 'requested' };
      world.wishes.push(wish);
      return [told, [world.answers(wish)]];
    }
    case 'put in':
    case 'take out': {
      const verb = operation.do === 'put in' ? addMembers : removeMembers;
      const told = await done(world, 'admin.jabatan', (act) => verb(act, group.id, [person]));
      if (told !== 'no' && operation.do === 'put in') group.inside.add(person);
      if (told !== 'no' && operation.do === 'take out') group.inside.delete(person);
      return null;
    }
    case 'other owner': {
      const details = { display_name: `Senarai ${group.id}`, aliases: null, joining: null, leaving: null };
      const told = await done(world, 'admin.jabatan', (act) =>
        updateGroup(act, group.id, { ...details, owners: [person] }, null),
      );
      if (told !== 'no') group.owner = person;
      return null;
    }
    case 'delete': {
      const told = await done(world, 'admin.jabatan', (act) => deleteGroup(act, group.id));
      if (!group.alive) return [told, 'no'];
      const left = world.wishes.filter((wish) => wish.list === group && wish.state === 'requested');
      for (const wish of left) wish.state = 'refused';
      const concerned = new Set([group.owner, ...group.inside, ...left.map((wish) => wish.asker)]);
      group.alive = false;
      group.inside.clear();
      return [told, [...concerned]];
    }
  }
}

async function answer(
  world: World,
  operation: Extract<Operation, { open: number }>,
): Promise<[unknown, Expected] | null> {
  const wish = world.waiting(operation.open);
  if (wish === undefined) return null;
  if (operation.do === 'withdraw') {
    const person = address(operation.who);
    const told = await done(world, PEOPLE[operation.who] ?? '', (act) => withdrawRequest(act, wish.id));
    if (person !== wish.asker) return [told, 'no'];
    wish.state = 'withdrawn';
    return [told, [world.answers(wish)]];
  }
  const { owner, inside } = wish.list;
  const asOwner = operation.by === 'owner';
  const isApproved = operation.do === 'approve';
  const told = await done(world, asOwner ? (owner.split('@')[0] ?? '') : 'admin.jabatan', (act) => {
    if (isApproved) return asOwner ? approveAsOwner(act, wish.id, '') : approveRequest(act, wish.id, { answer: '' });
    return asOwner ? refuseAsOwner(act, wish.id, 'Tidak') : refuseRequest(act, wish.id, 'Tidak');
  });
  if (asOwner && owner === wish.asker) return [told, 'no'];
  wish.state = isApproved ? 'approved' : 'refused';
  if (!isApproved) return [told, [wish.asker]];
  const moves = inside.has(wish.asker) === (wish.way === 'leave');
  if (wish.way === 'join') inside.add(wish.asker);
  else inside.delete(wish.asker);
  return [told, moves && wish.way === 'leave' ? [...new Set([wish.asker, owner])] : [wish.asker]];
}

const sorted = (told: unknown) => (Array.isArray(told) ? told.toSorted().join(' ') : String(told));

async function compare(world: World) {
  for (const { id, inside } of world.lists) {
    const members = await membersOf(world.ipms, id);
    if (members.join() !== [...inside].sort().join()) throw new Error(`list ${id}: ${members} is not ${[...inside]}`);
  }
  for (const { id, state } of world.wishes) {
    const row = world.ipms.db.selectFrom('list_change_request').select(['status', 'decided_at']).where('id', '=', id);
    const kept = await row.executeTakeFirstOrThrow();
    if (kept.status !== state || (kept.decided_at === null) !== (state === 'requested'))
      throw new Error(`request ${id}: ${kept.status} is not ${state}`);
  }
}

t.test('whatever happens, who is in is who was let in, and each concerned has one mail of each act', async (t) => {
  const ipms = await startIpms(t);
  for (const login of PEOPLE) await makeOfficer(ipms, login);
  let made = 0;
  let carried = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(operation, { minLength: 10, maxLength: 40 }), async (steps) => {
      const lists: List[] = [];
      for (const [index, owner] of [0, 1, 2].entries()) {
        made += 1;
        const id = await makeGroup(ipms, `kisah${made}`, { agency: JC, owners: [address(owner)] });
        const ways = { joining: 'approval', leaving: 'approval' } as const;
        await ipms.db.updateTable('group').set(ways).where('id', '=', id).execute();
        lists[index] = { id, alive: true, owner: address(owner), inside: new Set() };
      }
      const world = new World(ipms, lists);
      for (const step of steps) {
        const outcome = await carryOut(world, step);
        if (outcome !== null && sorted(outcome[0]) !== sorted(outcome[1]))
          throw new Error(`${JSON.stringify(step)}: ${sorted(outcome[0])} were told, and not ${sorted(outcome[1])}`);
        await compare(world);
      }
      carried += world.wishes.filter((wish) => wish.state !== 'requested').length;
      await ipms.db
        .updateTable('list_change_request')
        .set({ status: 'withdrawn' })
        .where('status', '=', 'requested')
        .execute();
      // each history is of a day of its own: a person may ask so often in one
      await ipms.db.updateTable('list_change_request').set({ created_at: '2026-01-02T00:00:00.000Z' }).execute();
    }),
    { numRuns: 60, seed: 20261124 },
  );
  t.ok(carried > 100, `${carried} requests came to an end`);
});
