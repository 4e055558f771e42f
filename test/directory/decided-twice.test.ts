import { sql } from 'kysely';
import { t } from 'tap';
import { later, MINUTE } from '../../src/base/time.ts';
import { type Ipms, startIpms } from '../helper.ts';
import { changeMailbox, JC, KC, makeOfficer } from '../make.ts';
import { trailOf } from '../read.ts';
import { force, goLive, listSteps, trackedOf } from './follower.ts';

const STEPS = '/admin/directory/steps';
const DRIFT = '/admin/directory/drift';
const HELD = '/helpdesk/directory/held';

/** The open steps of one mailbox, as the page has them in its boxes, the latest first. */
async function ticksOf({ db }: Ipms, mailboxId: number) {
  const rows = await db
    .selectFrom('directory_change')
    .selectAll()
    .where('item_type', '=', 'mailbox')
    .where('item_id', '=', mailboxId)
    .where('done_at', 'is', null)
    .orderBy('id', 'desc')
    .execute();
  return rows.map(({ id, since }) => `${id}@${since}`);
}

/** A number that is bound is a fraction to a column of any type. */
const integer = (id: number) => sql<number>`cast(${id} as integer)`;

/** A field that somebody changed in the directory itself. */
async function plantChange(
  { db, clock }: Ipms,
  of: { type: 'mailbox' | 'contact'; id: number; agency: number | null },
  reason: 'drift' | 'held',
) {
  const { id } = of;
  const change = { action: 'update', guid: 'g', of: { type: of.type, id }, field: 'title', from: ['Raja'], to: [] };
  return db
    .insertInto('directory_change')
    .values({
      agency_id: of.agency,
      item_type: of.type,
      item_id: integer(id),
      item_name: 'ali',
      action: 'update',
      field: 'title',
      from_text: 'Raja',
      to_text: '',
      reason,
      controller: null,
      since: clock.now.toISOString(),
      change: JSON.stringify(change),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

t.test('steps are ticked once, whatever their order, and as they were seen', async (t) => {
  const ipms = await startIpms(t);
  const ali = await makeOfficer(ipms, 'ali.langkah');
  await listSteps(ipms);
  const admin = await ipms.signIn('admin.jabatan');
  const ticks = await ticksOf(ipms, ali.id);
  t.ok(ticks.length > 1, 'to be created, and more');
  const twice = await force(admin, STEPS, { step_id: [...ticks, ...ticks] });
  t.equal(twice.status, 303, 'the one that creates it may come last');
  t.equal((await trailOf(ipms, 'mailbox', ali.id, 'directory.ticked')).length, ticks.length);
  const again = await force(admin, STEPS, { step_id: ticks });
  t.equal(again.status, 409);
  t.match(again.text, /telah ditandakan oleh/);
  t.equal((await trailOf(ipms, 'mailbox', ali.id, 'directory.ticked')).length, ticks.length, 'one effect');

  await listSteps(ipms);
  await changeMailbox(ipms, 'ali.langkah', { city: 'Ipoh' });
  await listSteps(ipms);
  const old = await ticksOf(ipms, ali.id);
  ipms.clock.now = later(ipms.clock.now, MINUTE);
  await changeMailbox(ipms, 'ali.langkah', { city: 'Melaka' });
  await listSteps(ipms);
  const stale = await force(admin, STEPS, { step_id: old });
  t.equal(stale.status, 409, 'somebody who set it as an older page said has not done this');
  t.match(stale.text, /berubah sejak halaman itu dibuka/);
  const part = await force(admin, STEPS, { step_id: [...(await ticksOf(ipms, ali.id)), ...ticks.slice(0, 1)] });
  t.equal(part.status, 303, 'one that was ticked already holds up no other');
  t.match((await admin.get(STEPS)).text, /1 langkah disimpan sebagai telah dibuat\. 1 lagi/);

  const many = Array.from({ length: 26 }, (_, index) => `${index + 1}@2026`);
  t.equal((await force(admin, STEPS, { step_id: many })).status, 422, 'more than a page shows');
  for (const step_id of ['NaN', '-1', '1e20', '1', '0@x', '99999999999999@x', `9@${'x'.repeat(2000)}`])
    t.ok([303, 404].includes((await force(admin, STEPS, { step_id })).status), step_id.slice(0, 20));
});

t.test('that all is there is said once, before anything was ticked', async (t) => {
  const ipms = await startIpms(t);
  await listSteps(ipms);
  const admin = await ipms.signIn('admin.jabatan');
  const begin = { agency_id: String(JC) };
  const ticked = await makeOfficer(ipms, 'siti.awal');
  t.equal((await force(admin, `${STEPS}/all-there`, begin)).status, 303);
  const [row, ...others] = await trailOf(ipms, 'agency', JC, 'directory.begun');
  t.strictSame(others, []);
  const { count } = await ipms.db
    .selectFrom('directory_object')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('real', 'is not', null)
    .where('agency_id', '=', JC)
    .executeTakeFirstOrThrow();
  t.equal((JSON.parse(row?.after ?? '{}') as { objects: number }).objects, count);
  t.not((await trackedOf(ipms, { type: 'mailbox', id: ticked.id })).real, null);
  const later = await makeOfficer(ipms, 'siti.akhir');
  const again = await force(admin, `${STEPS}/all-there`, begin);
  t.equal(again.status, 409, 'another administrator, or an old page');
  t.equal((await trackedOf(ipms, { type: 'mailbox', id: later.id })).real, null, 'who came since is not there');
  t.equal((await trailOf(ipms, 'agency', JC, 'directory.begun')).length, 1);
  t.equal((await force(admin, `${STEPS}/all-there`, { agency_id: String(KC) })).status, 404);
  t.equal((await force(admin, `${STEPS}/all-there`, { agency_id: 'NaN' })).status, 404);
});

t.test('drift is put back once, as it was seen, where IPMS writes', async (t) => {
  const ipms = await startIpms(t);
  const ali = await makeOfficer(ipms, 'ali.drift');
  const { since: seen } = await plantChange(ipms, { type: 'mailbox', id: ali.id, agency: JC }, 'drift');
  const { id } = await trackedOf(ipms, { type: 'mailbox', id: ali.id });
  const admin = await ipms.signIn('admin.jabatan');
  const title = { object_id: String(id), field: 'title', seen };
  const byHand = await force(admin, DRIFT, title);
  t.equal(byHand.status, 409, 'nobody would put it back');
  t.equal((await force(admin, DRIFT, { ...title, accept: '1' })).status, 409);
  await goLive(ipms, [JC]);
  for (const wrong of [{ field: '__proto__' }, { field: '' }, { object_id: 'NaN' }, { object_id: ['1', '2'] }])
    t.equal((await force(admin, DRIFT, { ...title, ...wrong, accept: '1' })).status, 404);
  t.equal((await force(admin, DRIFT, { ...title, seen: '2026-01-01T00:00:00.000Z', accept: '1' })).status, 409);
  t.equal((await trackedOf(ipms, { type: 'mailbox', id: ali.id })).accepted, '{}', 'a value that nobody saw');
  t.equal((await force(await ipms.signIn('admin.kementerian'), DRIFT, title)).status, 404);
  t.equal((await force(admin, DRIFT, title)).status, 303);
  t.equal((await force(admin, DRIFT, title)).status, 409);
  t.equal((await trailOf(ipms, 'mailbox', ali.id, 'directory.put-back')).length, 1);
});

t.test('what is held of no agency is let go, too', async (t) => {
  const ipms = await startIpms(t);
  const contact = await ipms.db.selectFrom('contact').select('id').executeTakeFirstOrThrow();
  const { id } = await plantChange(ipms, { type: 'contact', id: contact.id, agency: null }, 'held');
  const helpdesk = await ipms.signIn('meja.bantuan');
  t.match((await helpdesk.get(HELD)).text, 'Milik semua agensi');
  const reason = 'Disemak';
  t.equal((await helpdesk.submit(HELD, HELD, { agency_id: String(JC), reason })).status, 422, 'nothing of that agency');
  t.equal((await helpdesk.submit(HELD, HELD, { agency_id: 'semua', reason })).status, 422);
  t.equal((await helpdesk.submit(HELD, HELD, { agency_id: 'shared', reason })).status, 303);
  const row = await ipms.db.selectFrom('directory_change').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  t.not(row.released_at, null);
  t.match(await trailOf(ipms, 'setting', 1, 'directory.released'), [{ agency_id: null, after: /Disemak/ }]);
});
