import { sql } from 'kysely';
import { type Test, t } from 'tap';
import { DAY, later, MINUTE } from '../../src/base/time.ts';
import { UNSET } from '../../src/data/act.ts';
import { adoptNext } from '../../src/directory/adoption/worker.ts';
import type { Real } from '../../src/directory/objects.ts';
import { DirectoryAway } from '../../src/directory/refusals.ts';
import { claimWork } from '../../src/directory/work.ts';
import { runDue } from '../../src/due.ts';
import { type Ipms, startIpms, type Visitor } from '../helper.ts';
import { JC, KC } from '../make.ts';
import { trailOf } from '../read.ts';

const BASE = 'OU=IPMS,DC=agensi,DC=test';
const OU = `OU=Staf,${BASE}`;
const PLACE = '/helpdesk/directory/adopt';

const person = (name: string, more: Record<string, string[]> = {}): Real => ({
  guid: `g-${name}`,
  kind: 'user',
  container: ['Staf'],
  name,
  isOpen: true,
  mark: null,
  links: {},
  attributes: {
    mail: [`${name}@jabatan.test`],
    displayName: [`${name} bin Abu`],
    givenName: [name],
    sn: ['bin Abu'],
    sAMAccountName: [name],
    ...more,
  },
});
const staf: Real = {
  guid: 'g-staf',
  kind: 'container',
  container: [],
  name: 'Staf',
  isOpen: false,
  mark: null,
  links: {},
  attributes: {},
};

/** An IPMS with a directory that is only said to be there: what is read of it stands in `objects`. */
async function start(t: Test, objects: Real[]) {
  const directory = {
    urls: ['ldaps://127.0.0.1:9'],
    baseDn: BASE,
    bindDn: `CN=svc,${BASE}`,
    passwordFile: '/dev/null',
    ca: null,
    signInSuffix: null,
    brake: 5,
    passwordHours: 24,
  };
  const ipms = await startIpms(t, { directory });
  const there = { objects };
  const work = () =>
    adoptNext({
      db: ipms.db,
      baseDn: BASE,
      signInSuffix: null,
      told: UNSET,
      holder: 'test',
      clock: () => ipms.clock.now,
      open: () => ({
        readAll: async () => ({ objects: there.objects, usn: 1, controller: 'dc1' }) as never,
        close: async () => undefined,
      }),
    });
  return { ipms, there, work, helpdesk: await ipms.signIn('meja.bantuan') };
}

const ask = (visitor: Visitor, ou = OU, agency = JC) => visitor.submit(PLACE, PLACE, { agency_id: String(agency), ou });
const adoptionNow = ({ db }: Ipms) =>
  db.selectFrom('directory_adoption').selectAll().orderBy('id', 'desc').executeTakeFirstOrThrow();
const mailboxes = ({ db }: Ipms) =>
  db.selectFrom('mailbox').select('primary_email').where('to_complete', '=', 1).orderBy('primary_email').execute();

t.test('a report is made and changes nothing; then what is clean in it is taken over', async (t) => {
  const { ipms, there, work, helpdesk } = await start(t, [
    ...[staf, person('ali'), person('siti'), person('abu'), person('raja')],
    person('asing', { mail: ['asing@kementerian.test'] }),
  ]);
  t.match((await helpdesk.get(PLACE)).text, /Belum ada laporan/);
  const asked = await ask(helpdesk);
  t.equal(asked.status, 303);
  const report = asked.location ?? '';
  t.match((await helpdesk.get(report)).text, /Sedang dibaca/);
  t.equal((await ask(helpdesk)).status, 409, 'one at a time for an agency');
  const before = (await mailboxes(ipms)).length;
  t.ok(await work());
  t.match(await adoptionNow(ipms), { state: 'reported', found: 5, clean: 4, taken: 0 });
  t.equal((await mailboxes(ipms)).length, before, 'a report changes nothing');
  const page = await helpdesk.get(report);
  t.match(page.text, /Ambil alih 4 objek/);
  t.match(page.text, /kementerian\.test bukan domain agensi ini/);
  const foreign = await helpdesk.get(`${report}?kind=foreign`);
  t.match(foreign.text, 'asing@kementerian.test');
  t.notMatch(foreign.text, 'siti@jabatan.test', 'filtered');
  const file = await helpdesk.get(`${report}?format=csv`);
  t.match(file.html, /siti@jabatan\.test/);

  // meanwhile one is gone, one is closed, one is new
  there.objects = [...[staf, person('ali'), person('siti'), person('baharu')], { ...person('raja'), isOpen: false }];
  t.equal((await helpdesk.submit(report, `${report}/take`, {})).status, 303);
  t.match((await helpdesk.get(report)).text, /Sedang diambil alih/);
  t.ok(await work());
  t.match(await adoptionNow(ipms), { state: 'done', taken: 2 });
  t.strictSame(
    (await mailboxes(ipms)).map((row) => row.primary_email).filter((each) => !each.startsWith('baharu')),
    ['ali@jabatan.test', 'siti@jabatan.test'],
    'nobody has seen the new one',
  );
  t.equal((await mailboxes(ipms)).length, 2);
  const [trail] = await trailOf(ipms, 'agency', JC, 'directory.adoption-ordered');
  t.match(trail, { actor_role: 'helpdesk', after: /"objects":4/ });
  const done = await helpdesk.get(`${report}?outcome=changed`);
  t.match(done.text, /abu@jabatan\.test.*tidak dijumpai lagi/s);
  t.match(done.text, /raja@jabatan\.test.*ditutup/s);
  t.notOk(await work(), 'nothing is left to do');
  const page2 = await helpdesk.get(report);
  t.notMatch(page2.text, /Ambil alih \d+ objek/);
  const again = await helpdesk.post(`${report}/take`, { _csrf: await helpdesk.token(PLACE) });
  t.equal(again.status, 409, 'a report is used once');
});

t.test('what a report found is forgotten after a time; who asked and how much it was stays', async (t) => {
  const { ipms, there, work, helpdesk } = await start(t, [staf, person('ali')]);
  const rows = () => ipms.db.selectFrom('directory_adoption_row').select('adoption_id').execute();
  const done = (await ask(helpdesk)).location ?? '';
  await work();
  await helpdesk.submit(done, `${done}/take`, {});
  await work();
  there.objects = [staf, person('siti')];
  const report = (await ask(helpdesk)).location ?? '';
  await work();
  t.match((await helpdesk.get(report)).text, /disenaraikan hingga/);
  const begun = ipms.clock.now;
  await runDue(ipms.db, later(begun, 30 * DAY - MINUTE));
  t.equal((await rows()).length, 2);
  await runDue(ipms.db, later(begun, 30 * DAY));
  t.strictSame(
    (await rows()).map(({ adoption_id }) => `${PLACE}/${adoption_id}`),
    [done],
    'nobody took it over',
  );
  // after so long everybody has signed in anew
  const anew = await ipms.signIn('meja.bantuan');
  const page = await anew.get(report);
  t.match(page.text, /tidak disimpan lagi/);
  t.notMatch(page.text, /Ambil alih \d+ objek/);
  t.equal((await anew.post(`${report}/take`, { _csrf: await anew.token(PLACE) })).status, 409);
  await runDue(ipms.db, later(begun, 365 * DAY));
  t.strictSame(await rows(), []);
  t.match(await adoptionNow(ipms), { state: 'reported', rows_kept: 0, found: 1, asked_by_name: /./ });
  t.match((await (await ipms.signIn('meja.bantuan')).get(done)).text, /tidak disimpan lagi/);
});

t.test('what was cut off is begun anew, and counts what was taken over by then', async (t) => {
  const { ipms, work, helpdesk } = await start(t, [staf, person('ali'), person('siti')]);
  const report = (await ask(helpdesk)).location ?? '';
  await work();
  await helpdesk.submit(report, `${report}/take`, {});
  await work();
  await ipms.db.updateTable('directory_adoption').set({ state: 'ordered', taken: 0 }).execute();
  await work();
  t.match(await adoptionNow(ipms), { state: 'done', taken: 2 });
  t.equal((await mailboxes(ipms)).length, 2, 'nobody is taken over twice');
});

t.test('what cannot be read ends the report with its reason, and nothing is concluded', async (t) => {
  const { ipms, there, work, helpdesk } = await start(t, [staf]);
  const outside = await ask(helpdesk, 'OU=Staf,DC=lain,DC=test');
  t.equal(outside.status, 422);
  t.match(outside.problems.ou, /bukan unit organisasi di bawah/);
  t.equal((await ask(helpdesk, OU, 999_999)).status, 404);
  const report = (await ask(helpdesk, `OU=Tiada,${BASE}`)).location ?? '';
  await work();
  const failed = await helpdesk.get(report);
  t.match(failed.text, /Tiada unit organisasi OU=Tiada/);
  t.match(failed.text, /Laporan tidak dapat dibuat; tiada apa-apa berubah/);
  t.notMatch(failed.text, /kekal milik IPMS/, 'nothing was taken over');
  Object.defineProperty(there, 'objects', {
    get: () => {
      throw new DirectoryAway('directory.away.unreachable', 'timeout');
    },
  });
  await ask(helpdesk);
  await work();
  t.match(await adoptionNow(ipms), { state: 'failed', found: 0, failure: /timeout/ });
  await ask(helpdesk);
  await claimWork(ipms.db, 'somebody else', ipms.clock.now);
  t.notOk(await work(), 'one does the work at a time');
  t.match(await adoptionNow(ipms), { state: 'asked' });
});

t.test('whoever ordered it must still be the helpdesk when it is done', async (t) => {
  const { ipms, work, helpdesk } = await start(t, [staf, person('ali')]);
  const report = (await ask(helpdesk)).location ?? '';
  await work();
  await helpdesk.submit(report, `${report}/take`, {});
  await ipms.db.updateTable('user').set({ status: 'disabled' }).where('login_id', '=', 'meja.bantuan').execute();
  await work();
  t.match(await adoptionNow(ipms), { state: 'failed', failure: /noRight/ });
  t.strictSame(await mailboxes(ipms), []);
});

t.test('whose right ends while it is done takes over nothing more', async (t) => {
  const { ipms, work, helpdesk } = await start(t, [staf, person('ali'), person('siti'), person('abu')]);
  const report = (await ask(helpdesk)).location ?? '';
  await work();
  await helpdesk.submit(report, `${report}/take`, {});
  await sql`create trigger disable after insert on mailbox begin
    update user set status = 'disabled' where login_id = 'meja.bantuan'; end`.execute(ipms.db);
  await work();
  t.match(await adoptionNow(ipms), { state: 'failed', failure: /noRight/ });
  t.equal((await mailboxes(ipms)).length, 1, 'what was taken over by then stays');
});

t.test('two people press at once: it is ordered once', async (t) => {
  const { ipms, work, helpdesk } = await start(t, [staf, person('ali')]);
  const report = (await ask(helpdesk)).location ?? '';
  await work();
  const other = await ipms.signIn('meja.bantuan');
  const press = (visitor: Visitor) => visitor.submit(report, `${report}/take`, {});
  const answers = await Promise.all([press(helpdesk), press(other)]);
  t.strictSame(answers.map(({ status }) => status).sort(), [303, 409]);
  t.equal((await trailOf(ipms, 'agency', JC, 'directory.adoption-ordered')).length, 1);
  await work();
  t.match(await adoptionNow(ipms), { state: 'done', taken: 1 });
});

t.test('who may not', async (t) => {
  const { ipms, work, helpdesk } = await start(t, [staf, person('ali')]);
  const report = (await ask(helpdesk)).location ?? '';
  await work();
  for (const login of ['admin.jabatan', 'admin.kementerian', 'pegawai.jabatan']) {
    const visitor = await ipms.signIn(login);
    const _csrf = await visitor.token('/me/password');
    for (const each of [PLACE, report]) t.equal((await visitor.get(each)).status, 403, `${login} ${each}`);
    t.equal((await visitor.post(PLACE, { agency_id: String(KC), ou: OU, _csrf })).status, 403);
    t.equal((await visitor.post(`${report}/take`, { _csrf })).status, 403);
  }
  t.match((await ipms.visitor().get(report)).location, /sign-in|login/);
  t.match(await adoptionNow(ipms), { state: 'reported' });
  t.equal((await ipms.db.selectFrom('directory_adoption').selectAll().execute()).length, 1);
});
