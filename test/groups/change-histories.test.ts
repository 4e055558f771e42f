import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { t } from 'tap';
import { Conflict, NotFound, RuleBroken } from '../../src/base/errors.ts';
import { type Act, inAct, UNSET } from '../../src/data/act.ts';
import { approveNewList, approveRequest, refuseRequest } from '../../src/groups/change-requests/answering.ts';
import { askForChange } from '../../src/groups/change-requests/group-change-request.ts';
import { askForList } from '../../src/groups/change-requests/own-membership.ts';
import type { Outcome, Wanted } from '../../src/groups/change-requests/wanted.ts';
import { deleteGroup } from '../../src/groups/deletion.ts';
import { updateGroup } from '../../src/groups/group-details.ts';
import { addMembers, removeMembers } from '../../src/groups/members/members.ts';
import { type Ipms, startIpms } from '../helper.ts';
import { actorOf, JC, makeGroup, makeOfficer } from '../make.ts';

// Random histories of what owners ask of their lists, and of new lists (SOP 5.0, 4.13): whatever happens between the asking and
// the answer, each row of an approved request is carried out or refused by name, nothing else changes, and nothing is forgotten.

const PEOPLE = ['s0', 's1', 's2', 's3', 's4'];
const address = (who: number) => `${PEOPLE[who]}@jabatan.test`;
const [who, list, open] = [fc.nat({ max: 4 }), fc.nat({ max: 2 }), fc.nat({ max: 9 })];
const some = fc.uniqueArray(who, { maxLength: 3 });
const often = <Value>(weight: number, arbitrary: fc.Arbitrary<Value>) => ({ weight, arbitrary });
const operation = fc.oneof(
  often(
    10,
    fc.record({
      do: fc.constant('ask' as const),
      list,
      asks: fc.nat({ max: 2 }),
      name: fc.boolean(),
      owners: fc.option(fc.uniqueArray(who, { minLength: 1, maxLength: 3 })),
      add: some,
      remove: some,
    }),
  ),
  often(
    5,
    fc.record({
      do: fc.constant('ask for a list' as const),
      asks: who,
      place: fc.nat({ max: 1 }),
      owners: some,
      add: some,
    }),
  ),
  often(5, fc.record({ do: fc.constant('approve' as const), open })),
  often(1, fc.record({ do: fc.constant('refuse' as const), open })),
  often(2, fc.record({ do: fc.constantFrom('put in' as const, 'take out' as const), who, list })),
  often(
    1,
    fc.record({
      do: fc.constant('other owners' as const),
      list,
      owners: fc.uniqueArray(who, { minLength: 1, maxLength: 2 }),
    }),
  ),
  often(2, fc.record({ do: fc.constantFrom('leave' as const, 'return' as const), who })),
  often(2, fc.record({ do: fc.constant('delete' as const), list })),
);
type Operation = typeof operation extends fc.Arbitrary<infer O> ? O : never;

type Counted = { approved: number; partly: number; closed: number; impossible: number };

/** Carries something out, and says who was mailed by it, or what was refused. */
async function attempt({ db, clock }: Ipms, login: string, work: (act: Act) => Promise<unknown>) {
  const act = randomUUID();
  const actor = { ...(await actorOf({ db }, login)), act };
  try {
    await inAct(db, { actor, now: clock.now, settings: UNSET }, work);
  } catch (error) {
    const isRefusal = [NotFound, Conflict, RuleBroken].some((kind) => error instanceof kind);
    if (!isRefusal) throw error;
    return { refused: error as Error, mailed: [] };
  }
  const rows = await db.selectFrom('outbox').select('to_address').where('act', '=', act).execute();
  return { refused: null, mailed: rows.map((row) => row.to_address) };
}

/** A list as it is: its name, owners and members. */
async function seen({ db }: Ipms, id: number) {
  const group = await db.selectFrom('group').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  const owners = await db
    .selectFrom('group_owner')
    .innerJoin('mailbox', 'mailbox.id', 'mailbox_id')
    .select('primary_email')
    .where('group_id', '=', id)
    .execute();
  const members = await db
    .selectFrom('membership')
    .select('member_address')
    .where('group_id', '=', id)
    .where('until', 'is', null)
    .execute();
  return {
    name: group.display_name,
    status: group.status,
    owners: new Set(owners.map((owner) => owner.primary_email)),
    members: new Set(members.map((member) => member.member_address)),
  };
}
type Seen = Awaited<ReturnType<typeof seen>>;

const requestAt = ({ db }: Ipms, id: number) =>
  db.selectFrom('list_change_request').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

async function waiting({ db }: Ipms, number: number) {
  const rows = await db
    .selectFrom('list_change_request')
    .selectAll()
    .where('status', '=', 'requested')
    .orderBy('id')
    .execute();
  return rows[number % Math.max(1, rows.length)];
}

async function away({ db }: Ipms) {
  const rows = await db.selectFrom('mailbox').select('primary_email').where('status', '!=', 'active').execute();
  return new Set(rows.map((row) => row.primary_email));
}

const same = (one: Set<string>, other: Set<string>) => [...one].sort().join() === [...other].sort().join();

function must(isSo: boolean, what: string, ...shown: unknown[]): asserts isSo {
  if (!isSo) throw new Error(`${what} ${shown.map((each) => JSON.stringify(each)).join(' ')}`);
}

/** After an approval: row by row, what was wanted is so, or stands by name among what was refused; and nothing else is different. */
function compare(wanted: Wanted, outcome: Outcome, before: Seen, after: Seen, gone: Set<string>) {
  const refused = new Map((outcome.refused ?? []).map(({ email, why }) => [email, why]));
  const { owners_to_add = [], owners_to_remove = [], members_to_add = [], members_to_remove = [] } = wanted;
  for (const each of members_to_add) {
    const isLeft = gone.has(each) && !before.members.has(each);
    must(
      after.members.has(each) || refused.has(each) || members_to_remove.includes(each),
      `${each} was forgotten`,
      wanted,
      outcome,
    );
    if (isLeft) must(refused.get(each) === 'disabled' && !after.members.has(each), `${each} came in`, outcome);
  }
  for (const each of members_to_remove) must(!after.members.has(each), `${each} is in still`, wanted, outcome);
  for (const each of owners_to_add)
    must(after.owners.has(each) || refused.has(each), `${each} is no owner`, wanted, outcome);
  for (const each of owners_to_remove)
    must(!after.owners.has(each) || refused.get(each) === 'last-owner', `${each} is owner still`, wanted, outcome);
  if (wanted.display_name !== undefined) must(after.name === wanted.display_name, 'the name', wanted, after.name);
  else must(after.name === before.name, 'the name changed', before.name, after.name);
  const others = (all: Set<string>, named: string[]) => new Set([...all].filter((each) => !named.includes(each)));
  const moved = [...members_to_add, ...members_to_remove];
  must(same(others(before.members, moved), others(after.members, moved)), 'other members changed');
  const owning = [...owners_to_add, ...owners_to_remove];
  must(same(others(before.owners, owning), others(after.owners, owning)), 'other owners changed');
  must(after.owners.size > 0, 'nobody owns it');
  const named = new Set([...moved, ...owning]);
  for (const each of refused.keys()) must(named.has(each), `${each} was refused unasked`);
}

async function approve(ipms: Ipms, id: number, counted: Counted) {
  const request = await requestAt(ipms, id);
  const wanted = JSON.parse(request.wanted) as Wanted;
  const before = request.group_id === null ? null : await seen(ipms, request.group_id);
  const gone = await away(ipms);
  const naming = { display_name: wanted.display_name ?? '', primary_email: wanted.primary_email ?? '' };
  const { refused, mailed } = await attempt(ipms, 'admin.jabatan', (act) =>
    request.kind === 'new'
      ? approveNewList(act, id, { answer: '', ...naming })
      : approveRequest(act, id, { answer: '' }),
  );
  const row = await requestAt(ipms, id);
  if (refused !== null) {
    counted.impossible += 1;
    must(refused instanceof RuleBroken, 'it said no otherwise', refused.message);
    must(row.status === 'requested' && row.outcome === request.outcome, 'what was refused whole waits still', row);
    if (before !== null) {
      const after = await seen(ipms, request.group_id ?? 0);
      must(same(before.members, after.members) && same(before.owners, after.owners), 'half of it was done');
    }
    return;
  }
  counted.approved += 1;
  const outcome = JSON.parse(row.outcome) as Outcome;
  if ((outcome.refused ?? []).length > 0) counted.partly += 1;
  must(row.status === 'approved' && row.group_id !== null, 'it was not kept as approved', row);
  const empty = {
    name: wanted.display_name ?? '',
    status: 'active' as const,
    owners: new Set<string>(),
    members: new Set<string>(),
  };
  compare(wanted, outcome, before ?? empty, await seen(ipms, row.group_id), gone);
  await told(ipms, row.requested_by, mailed);
}

/** Who asked hears once of the answer. */
async function told({ db }: Ipms, userId: number, mailed: string[]) {
  const user = await db
    .selectFrom('user')
    .select(['email', 'status'])
    .where('id', '=', userId)
    .executeTakeFirstOrThrow();
  const times = mailed.filter((each) => each === user.email).length;
  must(times === (user.status === 'active' ? 1 : 0), `${user.email} was told ${times} times`);
}

async function carryOut(ipms: Ipms, lists: number[], step: Operation, counted: Counted, mark: string) {
  const admin = (work: (act: Act) => Promise<unknown>) => attempt(ipms, 'admin.jabatan', work);
  const id = 'list' in step ? (lists[step.list] ?? 0) : 0;
  switch (step.do) {
    case 'ask': {
      const { members } = await seen(ipms, id);
      const remove = step.remove.map(address).filter((each) => members.has(each));
      const asked = { add: step.add.map(address), remove, owners: step.owners?.map(address) ?? null, text: '' };
      const display_name = step.name ? `Nama ${mark}` : '';
      await attempt(ipms, PEOPLE[step.list + step.asks] ?? '', (act) =>
        askForChange(act, id, { ...asked, display_name }),
      );
      return;
    }
    case 'ask for a list': {
      const asked = {
        display_name: `Baharu ${mark}`,
        primary_email: `baharu${Number.parseInt(mark, 10)}.${step.place}@jabatan.test`,
        text: 'Projek',
      };
      const [owners, add] = [step.owners.map(address), step.add.map(address)];
      await attempt(ipms, PEOPLE[step.asks] ?? '', (act) => askForList(act, { ...asked, owners, add }));
      return;
    }
    case 'approve':
    case 'refuse': {
      const request = await waiting(ipms, step.open);
      if (request === undefined) return;
      if (step.do === 'approve') return approve(ipms, request.id, counted);
      const { refused, mailed } = await admin((act) => refuseRequest(act, request.id, 'Tidak'));
      must(refused === null, 'a refusal is always possible', refused?.message);
      return told(ipms, request.requested_by, mailed);
    }
    case 'put in':
    case 'take out': {
      const verb = step.do === 'put in' ? addMembers : removeMembers;
      await admin((act) => verb(act, id, [address(step.who)]));
      return;
    }
    case 'other owners': {
      const details = { display_name: `Senarai ${id}`, aliases: null, joining: null, leaving: null };
      await admin((act) => updateGroup(act, id, { ...details, owners: step.owners.map(address) }, null));
      return;
    }
    case 'leave':
    case 'return': {
      const status = step.do === 'leave' ? 'disabled' : 'active';
      const login = PEOPLE[step.who] ?? '';
      await ipms.db.updateTable('mailbox').set({ status }).where('login_id', '=', login).execute();
      await ipms.db.updateTable('user').set({ status }).where('login_id', '=', login).execute();
      return;
    }
    case 'delete': {
      const left = await ipms.db
        .selectFrom('list_change_request')
        .selectAll()
        .where('group_id', '=', id)
        .where('status', '=', 'requested')
        .execute();
      const { refused, mailed } = await admin((act) => deleteGroup(act, id));
      if (refused !== null) return;
      counted.closed += left.length;
      for (const request of left) {
        const row = await requestAt(ipms, request.id);
        must(row.status === 'refused' && row.closed_by_deletion === 1, 'a request outlived its list', row);
        await told(ipms, request.requested_by, mailed);
      }
    }
  }
}

/** Each answer is on record once, and says everything that was wanted. */
async function lookAtRecords({ db }: Ipms) {
  const requests = await db.selectFrom('list_change_request').selectAll().execute();
  const closed = requests.filter(({ status, decided_at }) => status !== 'withdrawn' && decided_at !== null);
  for (const { id, kind, status, group_id, wanted, outcome } of closed) {
    const records = await db
      .selectFrom('record')
      .select('content')
      .where('sop', '=', '5.0')
      .where('item_type', '=', kind === 'new' ? 'list_change_request' : 'group')
      .where('item_id', '=', kind === 'new' ? id : (group_id ?? 0))
      .execute();
    const facts = {
      ...(JSON.parse(wanted) as object),
      ...(status === 'approved' ? (JSON.parse(outcome) as object) : {}),
    };
    const isFiled = records.some(({ content }) => {
      const filed = JSON.parse(content) as Record<string, unknown>;
      return Object.entries(facts).every(([name, value]) => JSON.stringify(filed[name]) === JSON.stringify(value));
    });
    must(isFiled, `request ${id} has no record of its own`, facts, records);
  }
  return closed.length;
}

t.test('whatever happens between asking and answering, each row is carried out or refused by name', async (t) => {
  const ipms = await startIpms(t);
  for (const login of PEOPLE) await makeOfficer(ipms, login);
  await ipms.db.deleteFrom('list_change_request').execute();
  let made = 0;
  const counted: Counted = { approved: 0, partly: 0, closed: 0, impossible: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(operation, { minLength: 15, maxLength: 40, size: 'max' }), async (steps) => {
      const begin = { status: 'active' as const };
      await ipms.db.updateTable('mailbox').set(begin).where('login_id', 'in', PEOPLE).execute();
      await ipms.db.updateTable('user').set(begin).where('login_id', 'in', PEOPLE).execute();
      const lists: number[] = [];
      for (const owner of [0, 1, 2]) {
        made += 1;
        const owners = [address(owner), address(owner + 1)];
        lists.push(await makeGroup(ipms, `sejarah${made}`, { agency: JC, owners, members: [address(owner + 2)] }));
      }
      for (const [index, step] of steps.entries()) await carryOut(ipms, lists, step, counted, `${made}-${index}`);
      await ipms.db
        .updateTable('list_change_request')
        .set({ status: 'withdrawn' })
        .where('status', '=', 'requested')
        .execute();
    }),
    { numRuns: 50, seed: 20261129 },
  );
  const closed = await lookAtRecords(ipms);
  t.comment(JSON.stringify({ ...counted, closed }));
  for (const [what, count] of Object.entries(counted)) t.ok(count > 2, `${what}: ${count}`);
  t.ok(closed > 100, `${closed} requests were answered`);
});
