import fc from 'fast-check';
import { t } from 'tap';
import type { Actor } from '../../src/base/actor.ts';
import { dayOf, later, MINUTE } from '../../src/base/time.ts';
import { inAct, UNSET } from '../../src/data/act.ts';
import { join as joinGroup, leave } from '../../src/groups/members/membership.ts';
import { disableMailbox } from '../../src/mailbox-life/disabling.ts';
import { enableMailbox } from '../../src/mailbox-life/enabling.ts';
import { restoreMailbox } from '../../src/mailbox-life/restoring.ts';
import { requestDeletion } from '../../src/mailbox-life/termination.ts';
import { type Ipms, START, startIpms } from '../helper.ts';
import { type Mailbox, makeGroup, makeOfficer } from '../make.ts';
import { mailboxNow } from '../read.ts';
import { groupsOf } from './manage-account.ts';

// SOP 4.9 to 4.12: whatever happens to lists and accounts in between, giving back is exact

const GROUPS = 4;
const nth = fc.nat({ max: GROUPS - 1 });
const step = fc.oneof(
  { weight: 3, arbitrary: nth.map((at) => ({ do: 'join' as const, at })) },
  { weight: 2, arbitrary: nth.map((at) => ({ do: 'leave' as const, at })) },
  { weight: 1, arbitrary: nth.map((at) => ({ do: 'end-list' as const, at })) },
  { weight: 1, arbitrary: nth.map((at) => ({ do: 'rename' as const, at })) },
  {
    weight: 4,
    arbitrary: fc
      .constantFrom('disable', 'enable', 'delete', 'restore')
      .map((name) => ({ do: name as 'disable' | 'enable' | 'delete' | 'restore', at: 0 })),
  },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** What should be so: the lists that live, those that somebody is in, and what each order took away. */
class Model {
  status: 'active' | 'disabled' | 'deleted' = 'active';
  before: 'active' | 'disabled' = 'active';
  readonly living = new Set(Array.from({ length: GROUPS }, (_, at) => at));
  readonly inside = new Set<number>();
  taken = { disabled: [] as number[], deleted: [] as number[] };

  take(order: 'disabled' | 'deleted') {
    this.taken[order] = [...this.inside];
    this.inside.clear();
    if (order === 'deleted') this.before = this.status as 'active' | 'disabled';
    this.status = order;
  }

  giveBack(order: 'disabled' | 'deleted') {
    for (const at of this.taken[order]) if (this.living.has(at)) this.inside.add(at);
    this.status = order === 'deleted' ? this.before : 'active';
  }
}

async function play(ipms: Ipms, admin: Actor, mailbox: Mailbox, groups: number[], { do: what, at }: Step, now: Date) {
  const { db } = ipms;
  const id = groups[at] ?? 0;
  const member = {
    type: 'mailbox' as const,
    id: mailbox.id,
    name: mailbox.display_name,
    address: mailbox.primary_email,
  };
  if (what === 'join' || what === 'leave')
    return db.transaction().execute(async (trx) => {
      const group = await trx.selectFrom('group').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
      if (what === 'join') await joinGroup({ trx, actor: admin, now, settings: UNSET }, group, [member]);
      else await leave({ trx, actor: admin, now, settings: UNSET }, id, [member], { ending: 'removed' });
    });
  if (what === 'end-list')
    return db.transaction().execute(async (trx) => {
      await leave({ trx, actor: admin, now, settings: UNSET }, id, [member], { ending: 'list-deleted' });
      await trx.updateTable('group').set({ status: 'deleted' }).where('id', '=', id).execute();
    });
  if (what === 'rename')
    return db
      .updateTable('group')
      .set({ display_name: `Senarai ${now.getTime()}` })
      .where('id', '=', id)
      .execute();
  const order = {
    reason: 'other' as const,
    disabled_from: null,
    disabled_until: null,
    description: '',
    restrict_senders: true,
    enable_by_itself: false,
    leave_without: false,
  };
  const ending = {
    effective_on: dayOf(now),
    reason: 'x',
    heirs: { all: null, byGroup: new Map() },
    leave_without: false,
  };
  if (what === 'disable')
    return inAct(db, { actor: admin, now, settings: UNSET }, (act) => disableMailbox(act, mailbox.id, order));
  if (what === 'enable')
    return inAct(db, { actor: admin, now, settings: UNSET }, (act) => enableMailbox(act, mailbox.id, 'all'));
  if (what === 'delete')
    return inAct(db, { actor: admin, now, settings: UNSET }, (act) => requestDeletion(act, mailbox.id, ending));
  return inAct(db, { actor: admin, now, settings: UNSET }, (act) => restoreMailbox(act, mailbox.id));
}

/** May this be done now? Those who are not active can be put into lists by hand all the same. */
function allowed(model: Model, { do: what, at }: Step) {
  if (what === 'disable') return model.status === 'active';
  if (what === 'enable') return model.status === 'disabled';
  if (what === 'delete') return model.status !== 'deleted';
  if (what === 'restore') return model.status === 'deleted';
  return model.living.has(at);
}

function foresee(model: Model, { do: what, at }: Step) {
  if (what === 'join') model.inside.add(at);
  if (what === 'leave') {
    model.inside.delete(at);
    // taken out by hand while disabled: for good
    const disabled = model.status === 'disabled' || (model.status === 'deleted' && model.before === 'disabled');
    if (disabled) model.taken.disabled = model.taken.disabled.filter((each) => each !== at);
  }
  if (what === 'end-list') {
    model.inside.delete(at);
    model.living.delete(at);
  }
  if (what === 'disable') model.take('disabled');
  if (what === 'enable') model.giveBack('disabled');
  if (what === 'delete') model.take('deleted');
  if (what === 'restore') model.giveBack('deleted');
}

t.test('random histories end as the model says', async (t) => {
  const ipms = await startIpms(t);
  const user = await ipms.db
    .selectFrom('user')
    .selectAll()
    .where('login_id', '=', 'admin.jabatan')
    .executeTakeFirstOrThrow();
  const admin: Actor = {
    role: 'admin',
    userId: user.id,
    accessCodeId: null,
    agencyId: 1,
    name: user.full_name,
    email: user.email,
    address: '',
    act: null,
  };
  const owner = await makeOfficer(ipms, 'pemilik');
  let round = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
      round += 1;
      const mailbox = await makeOfficer(ipms, `h${round}`);
      const groups: number[] = [];
      for (let at = 0; at < GROUPS; at += 1) groups.push(await makeGroup(ipms, `h${round}.${at}`, { owners: [owner] }));
      const model = new Model();
      let now = START;
      for (const each of steps) {
        now = later(now, MINUTE);
        if (!allowed(model, each)) continue;
        await play(ipms, admin, mailbox, groups, each, now);
        foresee(model, each);
        const wanted = [...model.inside].map((at) => groups[at] ?? 0).sort((one, other) => one - other);
        const found = await groupsOf(ipms, mailbox);
        if (JSON.stringify(found) !== JSON.stringify(wanted))
          throw new Error(`after ${each.do}: in ${found}, and should be in ${wanted}`);
        const { status } = await mailboxNow(ipms, mailbox);
        if (status !== model.status) throw new Error(`after ${each.do}: ${status}, and should be ${model.status}`);
      }
    }),
    { numRuns: 60, seed: 20261124 },
  );
  t.ok(round >= 60);
});
