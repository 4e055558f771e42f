import { t } from 'tap';
import { later, MINUTE } from '../../src/base/time.ts';
import { startIpms } from '../helper.ts';
import { startLab } from '../lab/lab.ts';
import { changeMailbox, JC, KC, makeGroup, makeOfficer } from '../make.ts';
import { mailboxNow, mailsNumbered, trailOf } from '../read.ts';
import { follow, force, goLive, listSteps, trackedOf } from './follower.ts';

t.test(
  'without a directory the changes are steps, ticked by name and time, and compared with from then on',
  async (t) => {
    const ipms = await startIpms(t);
    const ali = await makeOfficer(ipms, 'ali.langkah');
    await listSteps(ipms);
    const admin = await ipms.signIn('admin.jabatan');
    const before = await admin.get('/admin/directory/steps?q=ali.langkah');
    t.match(before.text, /Cipta/);
    t.notMatch((await admin.get('/admin/directory/steps')).text, 'kementerian.test', 'of another agency nothing');
    const begin = { agency_id: String(JC) };
    t.equal((await admin.submit('/admin/directory/steps', '/admin/directory/steps/all-there', begin)).status, 303);
    await listSteps(ipms);
    t.equal((await trackedOf(ipms, { type: 'mailbox', id: ali.id })).state, 'step');
    t.match((await admin.get('/admin/directory/steps')).text, 'Tiada langkah yang perlu dibuat');

    await changeMailbox(ipms, 'ali.langkah', { status: 'disabled' });
    await listSteps(ipms);
    t.equal((await trackedOf(ipms, { type: 'mailbox', id: ali.id })).state, 'listed');
    const steps = await ipms.db
      .selectFrom('directory_change')
      .selectAll()
      .where('item_id', '=', ali.id)
      .where('item_type', '=', 'mailbox')
      .execute();
    t.strictSame(steps.map(({ action }) => action).sort(), ['close', 'update']);
    const ids = steps.map(({ id, since }) => `${id}@${since}`);
    const stranger = await ipms.signIn('admin.kementerian');
    const [first = ''] = ids;
    t.equal(
      (await stranger.submit('/admin/directory/steps', '/admin/directory/steps', { step_id: first })).status,
      404,
    );
    t.equal((await admin.submit('/admin/directory/steps', '/admin/directory/steps', { step_id: ids })).status, 303);
    await listSteps(ipms);
    t.equal((await trackedOf(ipms, { type: 'mailbox', id: ali.id })).state, 'step');
    t.match((await admin.get('/admin/directory/steps?state=done')).text, /Tutup akaun/);
    const [row] = await trailOf(ipms, 'mailbox', ali.id, 'directory.ticked');
    t.match(row, { actor_name: /./, after: /step/ });

    // a contact, which is nobody's own, is linked with from where it is
    const contact = await ipms.db
      .selectFrom('contact')
      .selectAll()
      .where('status', '=', 'active')
      .executeTakeFirstOrThrow();
    await ipms.db
      .updateTable('directory_object')
      .set({ guid: 'is-there', state: 'step' })
      .where('item_type', '=', 'contact')
      .where('item_id', '=', contact.id)
      .execute();
    const list = await makeGroup(ipms, 'senarai.langkah', { agency: KC, members: [contact.email] });
    await listSteps(ipms);
    const members = await ipms.db
      .selectFrom('directory_change')
      .selectAll()
      .where('item_id', '=', list)
      .where('item_type', '=', 'group')
      .where('action', '=', 'members')
      .execute();
    t.ok(members.some(({ change }) => change.includes(`"type":"contact","id":${contact.id}`)));
  },
);

t.test('to try again and to compare everything are acts of the helpdesk, and audited', async (t) => {
  const ipms = await startIpms(t);
  const ali = await makeOfficer(ipms, 'ali.ditolak');
  const of = { type: 'mailbox', id: ali.id } as const;
  const refuse = (id: number) =>
    ipms.db
      .updateTable('directory_object')
      .set({ state: 'refused', last_error: '{"key":"directory.refused.value","words":""}' })
      .where('id', '=', id)
      .execute();
  const object = await trackedOf(ipms, of);
  await refuse(object.id);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const page = '/helpdesk/directory?state=refused';
  const retry = '/helpdesk/directory/retry';
  t.equal((await helpdesk.submit(page, retry, { object_id: String(object.id) })).status, 303);
  t.equal((await trackedOf(ipms, of)).state, 'due');
  t.match(await trailOf(ipms, 'mailbox', ali.id, 'directory.retried'), [{ actor_role: 'helpdesk', agency_id: JC }]);
  await force(helpdesk, retry, { object_id: String(object.id) });
  t.equal((await trailOf(ipms, 'mailbox', ali.id, 'directory.retried')).length, 1, 'nothing was refused any more');
  await refuse(object.id);
  await force(helpdesk, retry, {});
  t.match(await trailOf(ipms, 'agency', JC, 'directory.retried'), [{ after: '{"objects":1}' }]);
  await force(helpdesk, '/helpdesk/directory/look', {});
  t.equal((await trailOf(ipms, 'setting', 1, 'directory.look-asked')).length, 1);
});

t.test('who may not', async (t) => {
  const ipms = await startIpms(t);
  const officer = await ipms.signIn('pegawai.jabatan');
  const admin = await ipms.signIn('admin.jabatan');
  const pages = ['', '/plan', '/drift', '/held', '/steps', '/mapping'];
  for (const each of pages) {
    t.equal((await officer.get(`/helpdesk/directory${each}`)).status, 403, each);
    t.equal((await admin.get(`/helpdesk/directory${each}`)).status, 403, each);
  }
  const begin = { agency_id: String(KC) };
  t.equal((await force(admin, '/admin/directory/steps/all-there', begin)).status, 404);
});

t.test('live is chosen only where there is a directory', async (t) => {
  const ipms = await startIpms(t);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const answer = await helpdesk.submit(`/helpdesk/agencies/${JC}`, `/helpdesk/agencies/${JC}`, {
    directory_mode: 'live',
  });
  t.equal(answer.status, 422);
  t.match(answer.problems.directory_mode, 'IPMS_LDAP_URL');
});

const lab = await startLab(t);
if (lab !== null) {
  t.test('a plan is seen and agreed to before anything is sent; an older one is not', async (t) => {
    const directory = await lab.part();
    const ipms = await startIpms(t, { directory });
    const helpdesk = await ipms.signIn('meja.bantuan');
    const agency = `/helpdesk/agencies/${JC}`;
    t.equal((await helpdesk.submit(agency, agency, { directory_mode: 'live' })).status, 303);
    const { settle, directory: connector } = follow(t, ipms, directory);
    await settle();
    t.strictSame((await connector.readAll()).objects, [], 'nothing was sent');
    const plan = await helpdesk.get('/helpdesk/directory/plan');
    t.match(plan.text, /Cipta/);
    const form = { agency_id: String(JC), seen: '2026-01-01T00:00:00.000Z', apply: '1' };
    t.equal((await helpdesk.submit('/helpdesk/directory/plan', '/helpdesk/directory/plan', form)).status, 409);
    const { directory_planned_at: seen } = await ipms.db
      .selectFrom('agency')
      .select('directory_planned_at')
      .where('id', '=', JC)
      .executeTakeFirstOrThrow();
    const agreed = { ...form, seen: seen ?? '' };
    t.equal((await helpdesk.submit('/helpdesk/directory/plan', '/helpdesk/directory/plan', agreed)).status, 303);
    await settle();
    t.ok((await connector.readAll()).objects.length > 10);
    t.match((await helpdesk.get('/helpdesk/directory')).text, /Selaras/);
    t.match((await helpdesk.get('/helpdesk/directory/mapping')).text, /proxyAddresses/);
  });

  t.test('what somebody changes there is shown field by field, put back or accepted', async (t) => {
    const directory = await lab.part();
    const ipms = await startIpms(t, { directory });
    const ali = await makeOfficer(ipms, 'ali.drift');
    await goLive(ipms);
    const { settle, directory: connector } = follow(t, ipms, directory);
    await settle();
    const of = { type: 'mailbox', id: ali.id } as const;
    const { guid, id } = await trackedOf(ipms, of);
    const change = (field: string, to: string[]) =>
      connector.carryOut({ action: 'update', guid, of, field, from: [], to }, () => null);
    await change('telephoneNumber', ['0123']);
    await change('title', ['Raja']);
    ipms.clock.now = later(ipms.clock.now, MINUTE);
    await settle();
    t.equal((await trackedOf(ipms, of)).state, 'differs');
    const helpdesk = await ipms.signIn('meja.bantuan');
    const officer = await ipms.signIn('ali.drift');
    for (const shown of [await helpdesk.get(`/helpdesk/mailboxes/${ali.id}`), await officer.get('/me')])
      t.equal(shown.dom.querySelector('[data-directory]')?.getAttribute('data-directory'), 'differs');
    const admin = await ipms.signIn('admin.jabatan');
    const drift = '/admin/directory/drift';
    t.match((await admin.get(drift)).text, /ali\.drift@jabatan\.test.*title.*Raja/s);
    const stranger = await ipms.signIn('admin.kementerian');
    const seen = async (field: string) => {
      const row = ipms.db.selectFrom('directory_change').select('since').where('item_id', '=', ali.id);
      return (await row.where('field', '=', field).executeTakeFirstOrThrow()).since;
    };
    const title = { object_id: String(id), field: 'title', seen: await seen('title'), accept: '1' };
    t.equal((await force(stranger, drift, title)).status, 404);
    t.equal((await admin.submit(drift, drift, title)).status, 303);
    const phone = {
      object_id: String(id),
      field: 'telephoneNumber',
      put_back: '1',
      seen: await seen('telephoneNumber'),
    };
    t.equal((await admin.submit(drift, drift, phone)).status, 303);
    await settle();
    const real = await connector.readObject(guid ?? '');
    t.strictSame([real?.attributes.title, real?.attributes.telephoneNumber], [['Raja'], []]);
    t.equal((await trackedOf(ipms, of)).state, 'step', 'what is accepted is silent');
    t.equal((await mailboxNow(ipms, ali)).position, 'Raja', 'IPMS has taken what people may change here');
    t.match(await trailOf(ipms, 'mailbox', ali.id, 'mailbox.updated'), [{ after: /"position":"Raja"/ }]);
    t.match(await trailOf(ipms, 'mailbox', ali.id, 'directory.accepted'), [{ after: /"taken_into_ipms":true/ }]);
    await change('postalCode', ['Peti 5']);
    await change('mailNickname', ['aliraja']);
    ipms.clock.now = later(ipms.clock.now, MINUTE);
    await settle();
    for (const field of ['postalCode', 'mailNickname']) {
      const kept = { object_id: String(id), field, seen: await seen(field), accept: '1' };
      t.equal((await admin.submit(drift, drift, kept)).status, 303);
      t.match((await admin.get(drift)).text, 'Nilai dalam IPMS tidak berubah');
    }
    ipms.clock.now = later(ipms.clock.now, MINUTE);
    await settle();
    t.equal((await trackedOf(ipms, of)).state, 'step', 'what no form takes is left in silence');
    t.equal((await mailboxNow(ipms, ali)).postcode, '', 'no value that a person could not type');
    await change('title', ['Sultan']);
    ipms.clock.now = later(ipms.clock.now, MINUTE);
    await settle();
    t.equal((await trackedOf(ipms, of)).state, 'differs', 'until it changes again');
  });

  t.test('what would close too many is held, everything else goes on, and the helpdesk lets it go', async (t) => {
    const directory = await lab.part();
    const ipms = await startIpms(t, { directory });
    const disabled = [];
    for (let index = 0; index < 8; index += 1)
      disabled.push(await makeOfficer(ipms, `tutup.${index}`, { status: 'disabled' }));
    await goLive(ipms);
    await ipms.db.updateTable('agency').set({ directory_drift: 'repair' }).execute();
    const { settle, directory: connector } = follow(t, ipms, directory);
    await settle();
    const guids: string[] = [];
    for (const { id } of disabled) guids.push((await trackedOf(ipms, { type: 'mailbox', id })).guid ?? '');
    for (const [index, guid] of guids.entries()) {
      const of = { type: 'mailbox', id: disabled[index]?.id ?? 0 } as const;
      await connector.setPassword(guid, 'Kuning#Langit77');
      await connector.carryOut({ action: 'open', guid, of }, () => null);
      if (index === 0)
        await connector.carryOut({ action: 'update', guid, of, field: 'title', from: [], to: ['x'] }, () => null);
    }
    ipms.clock.now = later(ipms.clock.now, MINUTE);
    await settle();
    const isOpen = async () => {
      let open = 0;
      for (const guid of guids) if ((await connector.readObject(guid))?.isOpen) open += 1;
      return open;
    };
    t.equal(await isOpen(), 8, 'none is closed');
    t.strictSame((await connector.readObject(guids[0] ?? ''))?.attributes.title, [], 'the harmless one is put back');
    const helpdesk = await ipms.signIn('meja.bantuan');
    const told = await mailsNumbered(ipms, 'directory-held');
    t.ok(told.length > 0);
    t.match(told[0]?.letter, /Jabatan Contoh: 8/);
    ipms.clock.now = later(ipms.clock.now, MINUTE);
    await settle();
    t.equal((await mailsNumbered(ipms, 'directory-held')).length, told.length, 'once');
    const held = '/helpdesk/directory/held';
    const offered = (await helpdesk.get(held)).dom.querySelectorAll('[name=agency_id] option, input[name=agency_id]');
    t.strictSame(
      offered.map((each) => each.getAttribute('value')).filter((value) => value !== ''),
      [String(JC)],
      'only of whom something is held',
    );
    t.match((await helpdesk.get('/helpdesk/directory')).text, '8 perubahan ditahan oleh brek');
    t.equal((await helpdesk.submit(held, held, { agency_id: String(JC), reason: '' })).status, 422);
    const reason = 'Disemak dengan Sumber Manusia';
    t.equal((await helpdesk.submit(held, held, { agency_id: String(JC), reason })).status, 303);
    await settle();
    t.equal(await isOpen(), 0);
    t.equal((await trailOf(ipms, 'agency', JC, 'directory.released')).length, 1);
  });
}
