import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { t } from 'tap';
import type { Actor } from '../../src/base/actor.ts';
import { later, MINUTE } from '../../src/base/time.ts';
import { inAct, UNSET } from '../../src/data/act.ts';
import { setMailFlows, updateGroup } from '../../src/groups/group-details.ts';
import { addMembers, joinGroup, leaveGroup, removeMembers } from '../../src/groups/members/members.ts';
import { changeAcceptFrom } from '../../src/mailbox-life/senders.ts';
import { generalOf, updateGeneral } from '../../src/mailboxes/details.ts';
import { acceptedSenders, aliasesOf } from '../../src/mailboxes/queries.ts';
import { undoNewest } from '../../src/undo/undo.ts';
import { membersOf } from '../groups/members.ts';
import { type Ipms, START, startIpms } from '../helper.ts';
import { actorOf, makeGroup, makeOfficer } from '../make.ts';

// SOP 4.7, 4.14 to 4.19: after any change, undoing it gives exactly the state before, and undoing that the state after

const few = fc.subarray([0, 1, 2]);
const change = fc.oneof(
  fc.record({
    do: fc.constant('general' as const),
    unit: fc.constantFrom('A', 'B'),
    alias: fc.boolean(),
    primary: fc.boolean(),
    storage_mb: fc.constantFrom(500, 1024),
  }),
  fc.record({ do: fc.constant('flows' as const), who: few }),
  fc.record({
    do: fc.constant('details' as const),
    name: fc.constantFrom('Satu', 'Dua'),
    owners: few,
    alias: fc.boolean(),
  }),
  fc.record({
    do: fc.constant('group-flows' as const),
    how: fc.constantFrom('all' as const, 'agency' as const, 'listed' as const),
    who: few,
  }),
  fc.record({ do: fc.constant('add' as const), who: few }),
  fc.record({ do: fc.constant('remove' as const), who: few }),
  fc.record({ do: fc.constantFrom('join' as const, 'leave' as const) }),
);
type Change = typeof change extends fc.Arbitrary<infer C> ? C : never;

async function prepare(ipms: Ipms, round: number) {
  const people = [];
  for (const at of [0, 1, 2]) people.push((await makeOfficer(ipms, `r${round}.${at}`)).primary_email);
  const mailbox = await makeOfficer(ipms, `r${round}`);
  return {
    mailbox: mailbox.id,
    people,
    round,
    group: await makeGroup(ipms, `r${round}.dl`, { members: people.slice(0, 1) }),
  };
}
type Scene = Awaited<ReturnType<typeof prepare>>;

async function stateOf(ipms: Ipms, { mailbox, group }: Scene) {
  const { db } = ipms;
  const row = await db.selectFrom('mailbox').selectAll().where('id', '=', mailbox).executeTakeFirstOrThrow();
  const { version: _v, ...list } = await db
    .selectFrom('group')
    .selectAll()
    .where('id', '=', group)
    .executeTakeFirstOrThrow();
  const addresses = await db
    .selectFrom('address')
    .select(['address', 'kind'])
    .where('item_id', 'in', [mailbox, group])
    .where('kind', 'in', ['mailbox', 'alias', 'group'])
    .orderBy('address')
    .execute();
  const email = await db.selectFrom('user').select('email').where('id', '=', row.user_id).execute();
  return JSON.stringify({
    mailbox: { ...row, version: 0 },
    list: { ...list, changed_at: null },
    addresses,
    email,
    accepted: await acceptedSenders(db, { id: mailbox }),
    owners: await db
      .selectFrom('group_owner')
      .selectAll()
      .where('group_id', '=', group)
      .orderBy('mailbox_id')
      .execute(),
    senders: await db.selectFrom('group_sender').selectAll().where('group_id', '=', group).orderBy('address').execute(),
    members: await membersOf(ipms, group),
  });
}

/** Does it; what a rule refuses is no change. Returns the thing whose newest change it would be. */
async function make({ db }: Ipms, admin: Actor, scene: Scene, each: Change, now: Date) {
  const { mailbox, group, people, round } = scene;
  const chosen = (who: number[]) => who.map((at) => people[at] ?? '');
  if (each.do === 'general') {
    const row = await db.selectFrom('mailbox').selectAll().where('id', '=', mailbox).executeTakeFirstOrThrow();
    const primary_email = `r${round}${each.primary ? '' : 'b'}@jabatan.test`;
    const aliases = each.alias ? [`r${round}alias@jabatan.test`] : [];
    const input = {
      ...generalOf(row, await aliasesOf(db, { id: mailbox })),
      unit: each.unit,
      storage_mb: each.storage_mb,
      primary_email,
      aliases,
    };
    await inAct(db, { actor: admin, now, settings: UNSET }, (act) =>
      updateGeneral(act, mailbox, input, { keepAddress: each.alias, shown: null }),
    );
  }
  if (each.do === 'flows')
    await inAct(db, { actor: admin, now, settings: UNSET }, (act) =>
      changeAcceptFrom(
        act,
        mailbox,
        { accept_from: each.who.length > 0 ? 'listed' : 'all', senders: chosen(each.who) },
        null,
      ),
    );
  if (each.do === 'details') {
    const owners = each.owners.length > 0 ? chosen(each.owners) : null;
    await inAct(db, { actor: admin, now, settings: UNSET }, (act) =>
      updateGroup(
        act,
        group,
        {
          display_name: each.name,
          owners,
          aliases: each.alias ? [`r${round}dl2@jabatan.test`] : [],
          joining: each.alias ? 'oneself' : null,
          leaving: null,
        },
        null,
      ),
    );
  }
  if (each.do === 'group-flows') {
    const accept_from = each.how === 'listed' && each.who.length === 0 ? 'members' : each.how;
    await inAct(db, { actor: admin, now, settings: UNSET }, (act) =>
      setMailFlows(act, group, { accept_from, senders: accept_from === 'listed' ? chosen(each.who) : [] }, null),
    );
  }
  if (each.do === 'add' && each.who.length > 0)
    await inAct(db, { actor: admin, now, settings: UNSET }, (act) => addMembers(act, group, chosen(each.who)));
  if (each.do === 'remove' && each.who.length > 0)
    await inAct(db, { actor: admin, now, settings: UNSET }, (act) => removeMembers(act, group, chosen(each.who))).catch(
      () => undefined,
    );
  if (each.do === 'join')
    await inAct(db, { actor: admin, now, settings: UNSET }, (act) => joinGroup(act, mailbox, group));
  if (each.do === 'leave')
    await inAct(db, { actor: admin, now, settings: UNSET }, (act) => leaveGroup(act, mailbox, group));
  const type = ['general', 'flows', 'join', 'leave'].includes(each.do) ? ('mailbox' as const) : ('group' as const);
  return { type, id: type === 'mailbox' ? mailbox : group };
}

t.test('random changes, each undone, and the undoing undone', async (t) => {
  const ipms = await startIpms(t);
  const person = await actorOf(ipms, 'admin.jabatan');
  const admin = () => ({ ...person, act: randomUUID() }); // each submission has a name
  let round = 0;
  let undone = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 3, maxLength: 10 }), async (changes) => {
      round += 1;
      const scene = await prepare(ipms, round);
      let now = later(START, round * MINUTE);
      for (const each of changes) {
        now = later(now, MINUTE);
        const before = await stateOf(ipms, scene);
        const thing = await make(ipms, admin(), scene, each, now);
        const after = await stateOf(ipms, scene);
        if (after === before) continue;
        for (const wanted of [before, after]) {
          now = later(now, MINUTE);
          await inAct(ipms.db, { actor: admin(), now, settings: UNSET }, (act) =>
            undoNewest(act, thing, 'Tersilap', null),
          );
          const found = await stateOf(ipms, scene);
          if (found !== wanted) throw new Error(`after ${JSON.stringify(each)}:\n${found}\nand should be\n${wanted}`);
        }
        undone += 1;
      }
    }),
    { numRuns: 40, seed: 20261124 },
  );
  t.ok(undone > 60, `${undone} were undone`);
});
