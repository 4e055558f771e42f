import { type Test, t } from 'tap';
import { workOff } from '../../src/bulk/worker.ts';
import { inAct, UNSET } from '../../src/data/act.ts';
import { removeMembers } from '../../src/groups/members/members.ts';
import { membersOf } from '../groups/members.ts';
import { actorOf, makeGroup, makeManyOfficers } from '../make.ts';
import { ADMIN } from '../people.ts';
import { carriedOutRun, NOWHERE, preparedRun, rowsAt, runAt, startBulk, workOffRuns } from './runs.ts';

// Rows that name one list are one act: its owner gets one mail, and a row that is refused costs the others nothing.

const COUNT = 120;

async function openGroups(t: Test) {
  const { ipms, admin } = await startBulk(t);
  const officers = await makeManyOfficers(ipms, COUNT, 1, 'bersama');
  const full = await makeGroup(ipms, 'penuh', { members: officers });
  const empty = await makeGroup(ipms, 'kosong');
  return { ipms, admin, officers, full, empty };
}
type Opened = Awaited<ReturnType<typeof openGroups>>;

const file = (group: string, members: string[]) =>
  ['list,member', ...members.map((member) => `${group}@jabatan.test,${member}`)].join('\n');

/** How many mails the owner of both lists got in a run, and everybody together. */
async function mailsIn({ ipms }: Opened, place: string) {
  const { act } = await runAt(ipms, place);
  const mails = await ipms.db.selectFrom('outbox').select('to_address').where('act', '=', act).execute();
  return { owner: mails.filter((mail) => mail.to_address === ADMIN).length, all: mails.length };
}

async function actsIn({ ipms }: Opened, place: string) {
  const { act } = await runAt(ipms, place);
  const audits = await ipms.db
    .selectFrom('audit')
    .select(['after'])
    .where('act', '=', act)
    .where('item_type', '=', 'group')
    .orderBy('id')
    .execute();
  const records = await ipms.db.selectFrom('record').select('id').where('act', '=', act).execute();
  t.equal(records.length, audits.length, 'a record for each act');
  return audits.map((audit) => Number(JSON.parse(audit.after ?? '{}').count));
}

t.test('out of a list: one act, one mail to its owner, as the preview says; and back', async (t) => {
  const opened = await openGroups(t);
  const { ipms, admin, officers, full } = opened;
  const place = await preparedRun(t, ipms, admin, 'members-removed', file('penuh', officers));
  t.match((await admin.get(place)).text, /121 e-mel N14 kepada 121 orang/, 'each who leaves, and the owner once');
  await admin.submit(place, `${place}/confirm`);
  await workOffRuns(ipms);
  t.match(await runAt(ipms, place), { state: 'done', done: COUNT, failed: 0 });
  t.strictSame(await mailsIn(opened, place), { owner: 1, all: COUNT + 1 });
  t.strictSame(await actsIn(opened, place), [COUNT]);
  t.strictSame(await membersOf(ipms, full), []);
  t.match((await admin.get(place)).text, /Dikeluarkan daripada Senarai penuh/);
  const undoing = (await admin.submit(place, `${place}/undo`, { reason: 'Tersilap' })).location;
  await workOffRuns(ipms);
  t.match(await runAt(ipms, undoing), { done: COUNT, failed: 0 });
  t.strictSame(await actsIn(opened, undoing), [COUNT], 'one act again');
  t.strictSame(await membersOf(ipms, full), officers.toSorted());
  t.ok((await rowsAt(ipms, place)).every((row) => row.state === 'undone'));
});

t.test('one row that is refused in the end is named; the others are done in few acts', async (t) => {
  const opened = await openGroups(t);
  const { ipms, admin, officers, full } = opened;
  const [gone = ''] = officers.slice(50);
  const place = await preparedRun(t, ipms, admin, 'members-removed', file('penuh', officers));
  await inAct(ipms.db, { actor: await actorOf(ipms, 'admin.jabatan'), now: ipms.clock.now, settings: UNSET }, (act) =>
    removeMembers(act, full, [gone]),
  );
  await admin.submit(place, `${place}/confirm`);
  await workOffRuns(ipms);
  t.match(await runAt(ipms, place), { state: 'done', done: COUNT - 1, failed: 1 });
  const failed = (await rowsAt(ipms, place)).filter((row) => row.state === 'failed');
  t.strictSame(
    failed.map((row) => row.label),
    [`${gone} · penuh@jabatan.test`],
  );
  t.match(
    (await admin.get(`${place}?state=failed`)).text,
    /Bukan ahli senarai Senarai penuh/,
    'with the reason of the single page',
  );
  t.strictSame(await membersOf(ipms, full), []);
  const { owner, all } = await mailsIn(opened, place);
  // seven batches when the machine is quick; the next transaction batches what is left anew
  t.ok(owner < COUNT / 4, `the owner got ${owner} mails`);
  t.equal(all, COUNT - 1 + owner);
  const counts = await actsIn(opened, place);
  t.equal(
    counts.reduce((sum, count) => sum + count, 0),
    COUNT - 1,
  );
});

t.test(
  'into two lists in turn: each its own act; who is in already, and a further address, change nothing',
  async (t) => {
    const opened = await openGroups(t);
    const { ipms, admin, officers, full, empty } = opened;
    const [first = '', second = ''] = officers;
    await inAct(ipms.db, { actor: await actorOf(ipms, 'admin.jabatan'), now: ipms.clock.now, settings: UNSET }, (act) =>
      removeMembers(act, full, [first]),
    );
    const { id } = await ipms.db
      .selectFrom('mailbox')
      .select('id')
      .where('primary_email', '=', second)
      .executeTakeFirstOrThrow();
    await ipms.db
      .insertInto('address')
      .values({ address: 'kedua@jabatan.test', kind: 'alias', agency_id: 1, item_id: id })
      .execute();
    const rows = [...officers, 'kedua@jabatan.test'].flatMap((member) => [
      `penuh@jabatan.test,${member}`,
      `Kosong@Jabatan.test,${member}`,
    ]);
    const place = await carriedOutRun(t, ipms, admin, 'members-added', `list,member\n${rows.join('\n')}\n`);
    t.match(await runAt(ipms, place), { state: 'done', done: rows.length, failed: 0 });
    t.strictSame(await actsIn(opened, place), [1, COUNT]);
    t.equal((await membersOf(ipms, full)).length, COUNT);
    t.equal((await membersOf(ipms, empty)).length, COUNT);
    const changed = (await rowsAt(ipms, place)).filter((row) => row.same === 0);
    t.equal(changed.length, COUNT + 1, 'what was so already is told');
    t.ok(changed.every((row) => row.before !== null));
    t.notOk(
      changed.some((row) => row.label.startsWith('kedua@')),
      'the second of two addresses',
    );
    await admin.submit(place, `${place}/undo`, { reason: 'Tersilap' });
    await workOffRuns(ipms);
    t.equal((await membersOf(ipms, full)).length, COUNT - 1);
    t.strictSame(await membersOf(ipms, empty), []);
  },
);

t.test('cut off between two acts, it goes on where it was', async (t) => {
  const opened = await openGroups(t);
  const { ipms, admin, officers, full } = opened;
  const more = Array.from({ length: 500 }, () => '\n').join('');
  const [early, late] = [officers.slice(0, 40), officers.slice(40)];
  const place = await preparedRun(
    t,
    ipms,
    admin,
    'members-removed',
    file('penuh', early) + more + late.map((each) => `penuh@jabatan.test,${each}`).join('\n'),
  );
  await admin.submit(place, `${place}/confirm`);
  const ending = new AbortController();
  const clock = () => {
    ending.abort();
    return ipms.clock.now;
  };
  let state = '';
  for (let turns = 0; state !== 'done' && turns < 5; turns += 1) {
    await workOff(
      ipms.db,
      NOWHERE,
      turns === 0 ? clock : () => ipms.clock.now,
      turns === 0 ? ending.signal : undefined,
    );
    const run = await runAt(ipms, place);
    state = run.state;
    t.equal((await membersOf(ipms, full)).length + run.done, COUNT, 'what is done is done, and no more');
  }
  t.match(await runAt(ipms, place), { state: 'done', done: COUNT, failed: 0 });
  t.strictSame(await actsIn(opened, place), [40, 80], 'lines that lie far apart are two acts');
  t.strictSame(await mailsIn(opened, place), { owner: 2, all: COUNT + 2 });
});
