import fc from 'fast-check';
import { t } from 'tap';
import { HOUR, later } from '../../src/base/time.ts';
import { confirmCorrection, requestCorrection } from '../../src/corrections/correction.ts';
import { wantedOfAgency } from '../../src/directory/wanted.ts';
import { NOT_ASKED, storePassword } from '../../src/sign-in/password.ts';
import { START, startIpms } from '../helper.ts';
import { JC, makeGroup, makeOfficer } from '../make.ts';
import { dueInDirectory } from '../read.ts';
import { dueMarks, settle, snapshot } from './marked.ts';
import { isDone, openWorld, type Step, step, VERBS, type Verb, World } from './world.ts';

// Whatever the program's own verbs do: where the directory is to be another one afterwards, the object is marked.

t.test('after every verb, what is wanted otherwise is marked', async (t) => {
  const names = Object.keys(VERBS);
  const counts = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 30, maxLength: 50 }), async (steps) => {
      const ipms = await startIpms(t);
      const world = await openWorld(ipms, steps[0] as Step);
      let before = await snapshot(ipms);
      for (const each of steps) {
        const name = names[each.verb % names.length] ?? '';
        world.now = later(world.now, each.hours * HOUR);
        await settle(ipms);
        const done = await isDone(VERBS[name] as Verb, world, each);
        const [after, marked] = [await snapshot(ipms), await dueMarks(ipms)];
        for (const mark of new Set([...before.keys(), ...after.keys()]))
          if (before.get(mark) !== after.get(mark) && !marked.has(mark))
            throw new Error(`${name}: ${mark} is not marked\n${before.get(mark)}\n${after.get(mark)}`);
        before = after;
        if (done) counts.set(name, (counts.get(name) ?? 0) + 1);
      }
    }),
    // a history is not worth shrinking: each has a database of its own
    { numRuns: 40, seed: 20261124, endOnFailure: true },
  );
  for (const name of names) t.ok((counts.get(name) ?? 0) > 1, `${name} was carried out ${counts.get(name) ?? 0} times`);
});

t.test('ten changes are one mark, which keeps the moment of the first', async (t) => {
  const ipms = await startIpms(t);
  const mailbox = await makeOfficer(ipms, 'tanda');
  const row = () =>
    ipms.db
      .selectFrom('directory_object')
      .selectAll()
      .where('item_type', '=', 'mailbox')
      .where('item_id', '=', mailbox.id)
      .execute();
  const since = '2026-01-01T00:00:00.000Z';
  await ipms.db.updateTable('directory_object').set({ wanted_at: since }).execute();
  const change = (title: string) =>
    ipms.db.updateTable('mailbox').set({ position: title }).where('id', '=', mailbox.id);
  for (let number = 0; number < 10; number += 1) await change(`${number}`).execute();
  t.match(await row(), [{ state: 'due', wanted_at: since }]);
  await ipms.db.updateTable('directory_object').set({ state: 'refused', tries: 3, next_try_at: since }).execute();
  await change('9').execute();
  t.match(await row(), [{ state: 'refused' }], 'what is the same is no change');
  await change('10').execute();
  const [marked] = await row();
  t.match(marked, { state: 'due', tries: 0, next_try_at: null }, 'a change is a reason to try again');
  t.not(marked?.wanted_at, since);
  await settle(ipms);
  await ipms.db
    .updateTable('mailbox')
    .set({ version: 99, used_mb: 5, note: 'x' })
    .where('id', '=', mailbox.id)
    .execute();
  t.strictSame(await dueInDirectory(ipms, 'mailbox'), [], 'what no directory holds marks nothing');
});

t.test('an account opens with its first password; another one marks nothing yet', async (t) => {
  const ipms = await startIpms(t);
  const { id, user_id } = await makeOfficer(ipms, 'laluan');
  const isOpen = async () => {
    const agency = await ipms.db.selectFrom('agency').selectAll().where('id', '=', JC).executeTakeFirstOrThrow();
    const { objects } = await wantedOfAgency(ipms.db, agency, { now: START, signInSuffix: null });
    return objects.find(({ of }) => of.type === 'mailbox' && of.id === id)?.isOpen;
  };
  await ipms.db.updateTable('user').set({ password_hash: null }).where('id', '=', user_id).execute();
  t.equal(await isOpen(), false);
  const store = async (hash: string) => {
    await settle(ipms);
    await ipms.db
      .transaction()
      .execute((trx) => storePassword(trx, user_id, { hash, directory: NOT_ASKED }, ipms.clock.now));
    return dueInDirectory(ipms, 'mailbox');
  };
  t.strictSame(await store('one'), [id]);
  t.equal(await isOpen(), true);
  t.strictSame(await store('two'), []);
});

t.test(
  'after a corrected login ID, what is wanted otherwise is marked: the account, and lists called like it',
  async (t) => {
    const ipms = await startIpms(t);
    const world = new World(ipms);
    world.people.push((await makeOfficer(ipms, 'seorang')).id);
    await makeGroup(ipms, 'unit');
    const { id, agency_id, ic_number, passport } = await world.person(0);
    for (const login_id of ['jc-unit', 'betul']) {
      await settle(ipms);
      const before = await snapshot(ipms);
      const wish = { ic_number, passport, email: null, login_id, reason: 'x' };
      const asked = await world.admin(agency_id, (act) => requestCorrection(act, id, wish));
      await world.helpdesk((act) => confirmCorrection(act, asked.id));
      const [after, marked] = [await snapshot(ipms), await dueMarks(ipms)];
      const changed = [...after.keys()].filter((mark) => before.get(mark) !== after.get(mark));
      t.ok(changed.length > 1, `${login_id}: the account and a list are another one`);
      for (const mark of changed) t.ok(marked.has(mark), `${login_id}: ${mark} is marked`);
    }
  },
);
