import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Test, t } from 'tap';
import { SYSTEM } from '../../src/base/actor.ts';
import type { DirectorySettings } from '../../src/base/settings.ts';
import { dayOf } from '../../src/base/time.ts';
import { inAct, UNSET } from '../../src/data/act.ts';
import { findBelow, takeAll } from '../../src/directory/adoption/adopt.ts';
import { ADOPTION_FIELDS, KINDS, type Kind } from '../../src/directory/adoption/sorting.ts';
import { openDirectory } from '../../src/directory/connector.ts';
import { inWords } from '../../src/directory/open-changes.ts';
import { openPasses } from '../../src/directory/pass.ts';
import { restoreMailbox } from '../../src/mailbox-life/restoring.ts';
import { requestDeletion } from '../../src/mailbox-life/termination.ts';
import { ipms as command, demoFolder } from '../command-line/folder.ts';
import { type Ipms, secrets, startIpms } from '../helper.ts';
import { startLab } from '../lab/lab.ts';
import { actorOf, JC, makeOfficer } from '../make.ts';
import { mailboxNow, openedSecret, trailOf } from '../read.ts';
import { follow, goLive, trackedOf } from './follower.ts';
import { furnish, snapshotOf } from './furnished.ts';

async function find(ipms: Ipms, settings: DirectorySettings, ou: string, t: Test) {
  const directory = openDirectory(settings, ADOPTION_FIELDS);
  t.teardown(() => directory.close());
  const agency = await ipms.db.selectFrom('agency').selectAll().where('id', '=', JC).executeTakeFirstOrThrow();
  const findings = await findBelow(ipms.db, directory, agency, { ou, baseDn: settings.baseDn }, ipms.clock.now);
  const counts = Object.fromEntries(
    KINDS.map((kind) => [kind, findings.sorted.filter((each) => each.kind === kind).length]),
  );
  return { agency, findings, counts: counts as Record<Kind, number> };
}

async function adopt(ipms: Ipms, settings: DirectorySettings, ou: string, t: Test) {
  const { agency, findings, counts } = await find(ipms, settings, ou, t);
  const how = { agency, actor: SYSTEM, settings: UNSET, clock: () => ipms.clock.now, signInSuffix: null };
  return { ...(await takeAll(ipms.db, findings, how, async () => undefined)), counts };
}

async function planOf(ipms: Ipms, settings: DirectorySettings, t: Test) {
  const { directory } = follow(t, ipms, settings);
  const passes = openPasses({
    db: ipms.db,
    directory,
    passwordKey: secrets.passwords,
    signInSuffix: null,
    brake: 5,
    told: UNSET,
    clock: () => ipms.clock.now,
    holder: 'test',
  });
  const agencies = await ipms.db.selectFrom('agency').selectAll().where('id', '=', JC).execute();
  const { changes, names, refusals } = await passes.plan({ agencies, isShared: true });
  return { lines: changes.map((change) => inWords(change, names)), refusals };
}

const lab = await startLab(t);

if (lab !== null) {
  t.test('what is there is sorted, and neither side is changed', async (t) => {
    const ipms = await startIpms(t);
    const settings = await lab.part();
    const { ou } = await furnish(lab, settings.baseDn);
    const before = await snapshotOf(lab, settings.baseDn);
    const count = await ipms.db
      .selectFrom('mailbox')
      .select((eb) => eb.fn.countAll().as('count'))
      .executeTakeFirst();
    const { counts } = await find(ipms, settings, ou, t);
    t.strictSame(counts, {
      new: 5,
      same: 0,
      ours: 0,
      double: 2,
      'no-address': 1,
      foreign: 1,
      protected: 2,
      closed: 1,
      unfit: 1,
    });
    t.equal(await snapshotOf(lab, settings.baseDn), before);
    t.strictSame(
      await ipms.db
        .selectFrom('mailbox')
        .select((eb) => eb.fn.countAll().as('count'))
        .executeTakeFirst(),
      count,
    );
    for (const wrong of [`OU=Tiada,${settings.baseDn}`, 'OU=IPMS,DC=agensi,DC=test', `CN=Siti,${ou}`])
      await t.rejects(find(ipms, settings, wrong, t), /directory\.adopt\.(noOu|outside)/, wrong);
  });

  t.test(
    'what is clean is IPMS’s, the directory stays as it was, and only honest differences are planned',
    async (t) => {
      const ipms = await startIpms(t);
      const settings = await lab.part();
      const { ou, account } = await furnish(lab, settings.baseDn);
      const before = await snapshotOf(lab, settings.baseDn);
      await goLive(ipms, [JC]);
      const mails = await ipms.db.selectFrom('outbox').selectAll().execute();
      const { taken, refused } = await adopt(ipms, settings, ou, t);
      t.strictSame(refused, []);
      t.equal(taken, 5);
      t.equal(await snapshotOf(lab, settings.baseDn), before, 'nothing is written there');
      t.strictSame(await ipms.db.selectFrom('outbox').selectAll().execute(), mails, 'nobody is mailed');

      const ali = await ipms.db
        .selectFrom('mailbox')
        .selectAll()
        .where('primary_email', '=', 'ali@jabatan.test')
        .executeTakeFirstOrThrow();
      t.match(ali, {
        display_name: 'Ali bin Abu',
        login_id: account.toLowerCase(),
        ic_number: '820315145566',
        to_complete: 1,
        position: 'Pegawai Tadbir',
        division: 'Bahagian Aset',
        postcode: '',
        city: 'Putrajaya',
        storage_mb: 3072,
      });
      const tracked = await trackedOf(ipms, { type: 'mailbox', id: ali.id });
      t.match(tracked, { state: 'step', dn: 'Staf/Aset/Ali bin Abu (Aset)', guid: /^[0-9a-f-]{36}$/ });
      t.equal((await trailOf(ipms, 'mailbox', ali.id, 'directory.adopted')).length, 1);
      const list = await ipms.db
        .selectFrom('group')
        .selectAll()
        .where('primary_email', '=', 'aset@jabatan.test')
        .executeTakeFirstOrThrow();
      t.equal(list.accept_from, 'listed', 'who may send stays limited');
      const members = await ipms.db
        .selectFrom('membership')
        .select('member_address')
        .where('group_id', '=', list.id)
        .orderBy('member_address')
        .execute();
      t.strictSame(
        members.map((row) => row.member_address),
        ['ali@jabatan.test', 'encik@luar.test'],
      );

      const { lines, refusals } = await planOf(ipms, settings, t);
      t.strictSame([...refusals], []);
      const adopted = new Set([
        'ali@jabatan.test',
        'siti@jabatan.test',
        'aset@jabatan.test',
        'semua.lama@jabatan.test',
        'encik@luar.test',
      ]);
      t.strictSame(
        lines
          .filter(({ item_name }) => adopted.has(item_name.toLowerCase()))
          .map(({ item_name, action, field, from_text, to_text }) => [item_name, action, field, from_text, to_text]),
        [
          ['aset@jabatan.test', 'members', 'msExchCoManagedByLink', '', 'siti@jabatan.test'],
          ['aset@jabatan.test', 'members', 'dLMemSubmitPerms', '', 'Sistem/ipms-tiada-sesiapa'],
        ],
        'all owners are named, and a limited list names the empty group; nothing else',
      );
      const again = await adopt(ipms, settings, ou, t);
      t.match(again, { taken: 0, refused: [], counts: { ours: 5, new: 0, same: 0 } });
    },
  );

  t.test('decisions about an adopted account reach its object, where it lies, by its name', async (t) => {
    const ipms = await startIpms(t);
    const settings = await lab.part();
    const { ou, ali, service, luar, aset, account } = await furnish(lab, settings.baseDn);
    await goLive(ipms, [JC]);
    await adopt(ipms, settings, ou, t);
    const { settle } = follow(t, ipms, settings);
    const serviceBefore = await snapshotOf(lab, service);
    await settle();
    t.ok(await lab.accepts(account, 'Kuning#Langit77'), 'the password stays');
    const mailbox = await ipms.db
      .selectFrom('mailbox')
      .selectAll()
      .where('primary_email', '=', 'ali@jabatan.test')
      .executeTakeFirstOrThrow();
    const admin = await ipms.signIn('admin.jabatan');
    const page = `/admin/mailboxes/${mailbox.id}`;
    t.match((await admin.get('/admin/mailboxes?state=to-complete')).text, 'ali@jabatan.test');
    const form = await admin.get(page);
    t.match(form.text, 'diambil alih daripada direktori');
    const saved = await admin.submit(page, page, {
      package: 'B',
      grade: '41',
      storage_mb: '4096',
      position: 'Penolong Pengarah',
    });
    t.equal(saved.status, 303, JSON.stringify(saved.problems));
    t.equal((await mailboxNow(ipms, mailbox)).to_complete, 0);
    await settle();
    const {
      searchEntries: [entry],
    } = await lab.admin.search(ali, { scope: 'base', attributes: ['*'] });
    t.match(entry, {
      title: 'Penolong Pengarah',
      mDBOverHardQuotaLimit: '4194304',
      sAMAccountName: account,
      employeeNumber: '77001',
      userPrincipalName: `${account}@agensi.test`,
      mailNickname: 'aliabu',
      postalCode: 'Peti 5',
      sn: 'bin Abu',
    });
    const {
      searchEntries: [list],
    } = await lab.admin.search(aset, { scope: 'base', attributes: ['member'] });
    t.ok([list?.member].flat().map(String).includes(service), 'a member that is not IPMS’s stays');
    const group = await ipms.db
      .selectFrom('group')
      .select('id')
      .where('primary_email', '=', 'aset@jabatan.test')
      .executeTakeFirstOrThrow();
    const remove = `/admin/groups/${group.id}/members/remove`;
    const removed = await admin.submit(`/admin/groups/${group.id}/members`, remove, { members: 'ali@jabatan.test' });
    t.equal(removed.status, 303);
    await settle();
    const after = (await lab.admin.search(aset, { scope: 'base', attributes: ['member'] })).searchEntries[0];
    t.strictSame([after?.member].flat().map(String).sort(), [luar, service].sort(), 'who leaves the list is no member');
    t.equal(await snapshotOf(lab, service), serviceBefore, 'a foreign object is as it was, byte for byte');
  });

  t.test('the officer comes in by a forgotten password, which the mailbox gets, too', async (t) => {
    const settings = await lab.part();
    const ipms = await startIpms(t, { directory: settings });
    const { ou, account } = await furnish(lab, settings.baseDn);
    await goLive(ipms, [JC]);
    await adopt(ipms, settings, ou, t);
    const visitor = ipms.visitor();
    t.equal((await visitor.submit('/password/forgot', '/password/forgot', { login: 'ali@jabatan.test' })).status, 303);
    const [mail] = await ipms.db
      .selectFrom('outbox')
      .select(openedSecret)
      .where('to_address', '=', 'ali@jabatan.test')
      .execute();
    t.ok(mail, 'into the mailbox, which opens with the password of the directory');
    t.ok(await lab.accepts(account, 'Kuning#Langit77'));
    const link = mail?.secret ?? '';
    const chosen = { new_password: 'Hijau#Gunung88', confirm_password: 'Hijau#Gunung88' };
    const set = await visitor.submit(link, link, chosen);
    t.equal(set.status, 303, set.text.slice(0, 500));
    t.ok(await lab.accepts(account, 'Hijau#Gunung88'));
    t.notOk(await lab.accepts(account, 'Kuning#Langit77'));
  });

  t.test('a deleted one is put away, and comes back to where it was, the same object', async (t) => {
    const ipms = await startIpms(t);
    const settings = await lab.part();
    const { ou } = await furnish(lab, settings.baseDn);
    await goLive(ipms, [JC]);
    await adopt(ipms, settings, ou, t);
    const { settle, directory } = follow(t, ipms, settings);
    await settle();
    const { id } = await ipms.db
      .selectFrom('mailbox')
      .select('id')
      .where('primary_email', '=', 'ali@jabatan.test')
      .executeTakeFirstOrThrow();
    const { guid } = await trackedOf(ipms, { type: 'mailbox', id });
    const acting = { actor: await actorOf(ipms, 'admin.jabatan'), now: ipms.clock.now, settings: UNSET };
    const heirs = { all: null, byGroup: new Map() };
    const order = { effective_on: dayOf(ipms.clock.now), reason: 'Bersara', heirs, leave_without: true };
    await inAct(ipms.db, acting, (act) => requestDeletion(act, id, order));
    await settle();
    t.match(await directory.readObject(guid ?? ''), {
      container: ['Dihapus', 'JC'],
      isOpen: false,
      attributes: { mail: [], mailNickname: [] },
    });
    await inAct(ipms.db, { ...acting, actor: { ...acting.actor, act: null } }, (act) => restoreMailbox(act, id));
    await settle();
    t.match(await directory.readObject(guid ?? ''), {
      container: ['Aset', 'Staf'],
      name: 'Ali bin Abu (Aset)',
      isOpen: true,
      attributes: { mailNickname: ['aliabu'] },
    });
  });

  t.test('where a person does the work in the directory, nothing that was taken over is a step', async (t) => {
    const ipms = await startIpms(t);
    const settings = await lab.part();
    const { ou } = await furnish(lab, settings.baseDn);
    await adopt(ipms, settings, ou, t);
    const { settle } = follow(t, ipms, settings);
    await settle();
    const steps = await ipms.db
      .selectFrom('directory_change as change')
      .innerJoin('directory_object as object', (join) =>
        join.onRef('object.item_type', '=', 'change.item_type').onRef('object.item_id', '=', 'change.item_id'),
      )
      .select(['change.item_name', 'change.action', 'change.field'])
      .where('object.adopted', 'is not', null)
      .where('change.action', '<>', 'members')
      .execute();
    t.strictSame(steps, []);
  });

  t.test('the command: what it says, and its exit codes', async (t) => {
    const folder = await demoFolder(t);
    const settings = await lab.part();
    const { ou, account } = await furnish(lab, settings.baseDn);
    writeFileSync(join(folder, 'ca'), String(settings.ca));
    const environment = {
      IPMS_LDAP_URL: settings.urls.join(' '),
      IPMS_LDAP_BASE_DN: settings.baseDn,
      IPMS_LDAP_CA_FILE: join(folder, 'ca'),
      IPMS_LDAP_BIND_DN: settings.bindDn,
      IPMS_LDAP_PASSWORD_FILE: settings.passwordFile,
    };
    const run = (...args: string[]) => command(folder, ['directory', 'adopt', ...args], '', environment);
    const order = ['--ou', ou, '--agency', 'JC'];
    t.match(await run('--ou', ou), { code: 2, err: /needs --ou DN and --agency CODE/ });
    t.match(await run('--ou', ou, '--agency', 'TIADA'), { code: 1, err: /There is no agency TIADA/ });
    t.match(await run('--ou', `OU=Tiada,${settings.baseDn}`, '--agency', 'JC'), {
      code: 1,
      err: /There is no organizational unit/,
    });
    const dry = await run(...order);
    t.match(dry, { code: 1, err: /Nothing was changed: --apply takes over 5\./ });
    t.match(dry.out, /^new {2}mailbox {2}ali@jabatan\.test {2}"Staf\/Aset\/Ali bin Abu \(Aset\)"$/m);
    t.match(dry.out, /^service or protected account {2}mailbox {2}svc-backup@jabatan\.test/m);
    t.match(
      dry.out,
      /^new 5, same person 0, is already IPMS's 0, double address 2, no address 1, foreign domain 1, service or protected account 2, closed account 1, name does not fit 1$/m,
    );
    t.notMatch(dry.out, '820315', 'no IC number');
    t.match(await run(...order, '--apply'), { code: 0, out: /taken over 5, refused 0$/m });
    t.match(await run(...order, '--apply'), { code: 0, out: /is already IPMS's 5/ });
    t.equal((await command(folder, ['check'])).code, 0, 'nothing is wrong in the database');
    t.ok(await lab.accepts(account, 'Kuning#Langit77'));
  });

  t.test('a reading that breaks off takes nothing over', async (t) => {
    const ipms = await startIpms(t);
    const settings = await lab.part();
    const { ou } = await furnish(lab, settings.baseDn);
    let entries = 0;
    lab.keepsBack = () => {
      entries += 1;
      return entries > 2; // the first two are what the controller says of itself
    };
    await t.rejects(adopt(ipms, settings, ou, t), { key: 'directory.away.brokenOff' } as unknown as Error);
    lab.keepsBack = null;
    t.strictSame(await ipms.db.selectFrom('directory_object').selectAll().where('guid', 'is not', null).execute(), []);
  });

  t.test('a person who is in IPMS already becomes one with the object; another’s is left', async (t) => {
    const ipms = await startIpms(t);
    const settings = await lab.part();
    const siti = await makeOfficer(ipms, 'siti.ipms', { primary_email: 'siti@jabatan.test' });
    await makeOfficer(ipms, 'lain', { ic_number: '820315145566' });
    const { ou } = await furnish(lab, settings.baseDn);
    await goLive(ipms, [JC]);
    const { taken, counts } = await adopt(ipms, settings, ou, t);
    t.match(counts, { same: 2, new: 3 });
    t.equal(taken, 4, 'Ali is known by his number as somebody else');
    t.match(await trackedOf(ipms, { type: 'mailbox', id: siti.id }), { state: 'step', dn: 'Staf/Siti' });
    const { lines } = await planOf(ipms, settings, t);
    const fields = lines
      .filter(({ item_name }) => item_name === 'siti@jabatan.test')
      .map(({ action, field }) => `${action} ${field}`);
    t.notOk(
      fields.some((each) => /sAMAccountName|userPrincipalName|rename|move|close/.test(each)),
      fields.join(),
    );
    t.ok(fields.includes('update displayName'), 'what IPMS says otherwise is a difference');
  });
}
