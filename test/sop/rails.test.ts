import { t } from 'tap';
import { DAY, later, MINUTE } from '../../src/base/time.ts';
import { PROCEDURES } from '../../src/sop/index.ts';
import { texts } from '../../src/texts.ts';
import { issueCode, PACKAGE, PEOPLE, registered, signInWithCode } from '../account-requests/joining.ts';
import { type Page, startIpms } from '../helper.ts';
import { makeGroup, makeOfficer } from '../make.ts';
import { mailsOf, newestId } from '../read.ts';
import { askAboutContact, OUTSIDER, sendTicketForm } from '../tickets/contact-tickets.ts';

// The rail of a page is the SOP's table of steps, of the case in hand

/** How many steps each procedure's table in the SOP has. */
const STEPS = {
  '4.1': 4,
  '4.2': 5,
  '4.3': 3,
  '4.4': 3,
  '4.5': 10,
  '4.6': 3,
  '4.7': 3,
  '4.8': 3,
  '4.9': 9,
  '4.10': 5,
  '4.11': 4,
  '4.12': 2,
  '4.13': 4,
  '4.14': 3,
  '4.15': 4,
  '4.16': 4,
  '4.17': 3,
  '4.18': 4,
  '4.19': 3,
  '4.20': 6,
  '4.21': 4,
  '4.22': 4,
  '4.23': 4,
};

/** The state of each step of a procedure's rail. */
function statesOf({ dom }: Page, sop: string) {
  const rail = dom.querySelector(`.rail[aria-label$=" ${sop}"]`);
  return rail?.querySelectorAll('li').map((step) => step.getAttribute('class'));
}

t.test('every procedure has all the steps of its table, none merged, each with its number', async (t) => {
  const steps = PROCEDURES.filter((each) => each.sop in STEPS).map(({ sop, steps }) => [sop, steps.length]);
  t.strictSame(Object.fromEntries(steps), STEPS);
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const waiting = await admin.get('/admin/account-requests?status=submitted');
  const request = waiting.dom.querySelector('td a[href^="/admin/account-requests/"]')?.getAttribute('href') ?? '';
  const shown = await admin.get(request);
  const numbers = shown.dom.querySelectorAll('.rail[aria-label$=" 4.5"] li p:first-child');
  t.strictSame(
    numbers.map((step) => Number.parseInt(step.textContent, 10)),
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
  );
});

t.test('a list: what was done another day, or by another one, is another case', async (t) => {
  const ipms = await startIpms(t);
  await makeOfficer(ipms, 'siti');
  await makeOfficer(ipms, 'rosli', { role: 'admin' });
  const list = await makeGroup(ipms, 'unit', { members: ['siti@jabatan.test', 'rosli@jabatan.test'] });
  const page = `/admin/groups/${list}/members`;
  const maker = await ipms.signIn('admin.jabatan');
  t.strictSame(statesOf(await maker.get(page), '4.15'), ['done', 'done', 'done', 'byHand'], 'they were just added');
  ipms.clock.now = later(ipms.clock.now, DAY);
  const [admin, other] = [await ipms.signIn('admin.jabatan'), await ipms.signIn('rosli')];
  const fresh = ['done', 'now', 'todo', 'byHand'];
  t.strictSame(statesOf(await admin.get(page), '4.16'), fresh, 'who is here has come here; the rest is to be done');
  const removed = await admin.submit(page, `${page}/remove`, { members: 'siti@jabatan.test' });
  t.equal(removed.status, 303);
  t.strictSame(statesOf(await admin.get(page), '4.16'), ['done', 'done', 'done', 'byHand'], 'just now');
  t.strictSame(statesOf(await other.get(page), '4.16'), fresh, 'not by this one');
  ipms.clock.now = later(ipms.clock.now, DAY);
  const tomorrow = await ipms.signIn('admin.jabatan');
  t.strictSame(statesOf(await tomorrow.get(page), '4.16'), fresh, 'yesterday was another case');
});

t.test('a list that is deleted: the notice is done, and counts who had one', async (t) => {
  const ipms = await startIpms(t);
  const owner = await makeOfficer(ipms, 'tuan');
  const siti = await makeOfficer(ipms, 'siti');
  const admin = await ipms.signIn('admin.jabatan');
  const [told, untold] = ['4.17, owner active', '4.17, owner disabled'];
  const lists = {
    [told]: await makeGroup(ipms, 'unit', { owners: [owner], members: [siti] }),
    [untold]: await makeGroup(ipms, 'kosong', { owners: [owner] }),
  };
  const end = async (name: string) => {
    const page = `/admin/groups/${lists[name]}`;
    const before = await admin.get(`${page}/delete`);
    t.strictSame(statesOf(before, '4.17'), ['done', 'done', 'now'], name);
    t.equal((await admin.submit(`${page}/delete`, `${page}/delete`)).status, 303);
    const after = await admin.get(page);
    t.strictSame(statesOf(after, '4.17'), ['done', 'done', 'done'], name);
    const mailed = (await mailsOf(ipms, 'group', lists[name] ?? 0, 'N15')).map((row) => row.to_address).sort();
    const step = after.dom.querySelectorAll('.rail[aria-label$=" 4.17"] li')[2]?.textContent ?? '';
    return { mailed, step };
  };
  const first = await end(told);
  t.match(first.step, 'notifikasi: 1 pengendali, 1 ahli');
  t.strictSame(first.mailed, [siti.primary_email, owner.primary_email]);
  await ipms.db.updateTable('mailbox').set({ status: 'disabled' }).where('id', '=', owner.id).execute();
  const second = await end(untold);
  t.match(second.step, 'notifikasi: 0 pengendali, 0 ahli');
  t.strictSame(second.mailed, []);
});

t.test('a list: who is told is counted as mailed: a list among the members is not', async (t) => {
  const ipms = await startIpms(t);
  const owner = await makeOfficer(ipms, 'tuan');
  const siti = await makeOfficer(ipms, 'siti');
  await makeGroup(ipms, 'dalam');
  const list = await makeGroup(ipms, 'unit', { owners: [owner] });
  const page = `/admin/groups/${list}/members`;
  const admin = await ipms.signIn('admin.jabatan');
  const rail = async (sop: string) => {
    const { dom } = await admin.get(sop === '4.15' ? page : `${page}/remove`);
    return dom.querySelectorAll(`.rail[aria-label$=" ${sop}"] li`)[2]?.textContent ?? '';
  };
  const mailed = async (mail: string) => (await mailsOf(ipms, 'group', list, mail)).map((row) => row.to_address).sort();
  const inner = 'dalam@jabatan.test';
  await admin.submit(`${page}/add`, `${page}/add`, { members: inner });
  t.match(await rail('4.15'), 'menerima notifikasi: 0 ahli');
  t.strictSame(await mailed('N13'), []);
  await admin.submit(page, `${page}/remove`, { members: inner });
  t.match(await rail('4.16'), 'menerima notifikasi: 1 pengendali, 0 ahli');
  t.strictSame(await mailed('N14'), [owner.primary_email]);
  await admin.submit(`${page}/add`, `${page}/add`, { members: [inner, siti.primary_email] });
  t.match(await rail('4.15'), 'menerima notifikasi: 1 ahli');
  t.strictSame(await mailed('N13'), [siti.primary_email]);
  await ipms.db.updateTable('mailbox').set({ status: 'disabled' }).where('id', '=', owner.id).execute();
  await ipms.db.deleteFrom('outbox').execute();
  await admin.submit(page, `${page}/remove`, { members: [inner, siti.primary_email] });
  t.match(await rail('4.16'), 'menerima notifikasi: 0 pengendali, 1 ahli', 'an owner who is disabled gets none');
  t.strictSame(await mailed('N14'), [siti.primary_email]);
});

t.test('general details and passwords of a mailbox are cases of their own each time', async (t) => {
  const ipms = await startIpms(t);
  const { id } = await makeOfficer(ipms, 'siti');
  const admin = await ipms.signIn('admin.jabatan');
  const place = `/admin/mailboxes/${id}`;
  await admin.submit(place, place, { division: 'Bahagian Kewangan' });
  const chosen = { new_password: 'Teratai@Ungu77', confirm_password: 'Teratai@Ungu77' };
  await admin.submit(`${place}/password`, `${place}/password`, chosen);
  const all = ['done', 'done', 'done'];
  t.strictSame(statesOf(await admin.get(place), '4.7'), all);
  t.strictSame(statesOf(await admin.get(`${place}/password`), '4.8'), all);
  ipms.clock.now = later(ipms.clock.now, DAY);
  const tomorrow = await ipms.signIn('admin.jabatan');
  t.strictSame(statesOf(await tomorrow.get(place), '4.7'), ['done', 'now', 'todo']);
  t.strictSame(statesOf(await tomorrow.get(`${place}/password`), '4.8'), ['done', 'now', 'todo']);
});

t.test('a step in the directory is not done because a list was renamed in IPMS', async (t) => {
  const ipms = await startIpms(t);
  const place = `/admin/groups/${await makeGroup(ipms, 'unit')}`;
  const admin = await ipms.signIn('admin.jabatan');
  t.equal((await admin.submit(place, place, { display_name: 'Unit Baharu' })).status, 303);
  t.strictSame(statesOf(await admin.get(place), '4.14'), ['done', 'done', 'byHand']);
});

t.test('Manage Account shows the procedure of the command that is open, and a deleted one its own', async (t) => {
  const ipms = await startIpms(t);
  const { id } = await makeOfficer(ipms, 'siti');
  const ended = await makeOfficer(ipms, 'tamat', { status: 'deleted' });
  const admin = await ipms.signIn('admin.jabatan');
  const opened = await admin.get(`/admin/mailboxes/${id}/disable`);
  t.strictSame(statesOf(opened, '4.9')?.slice(0, 3), ['done', 'done', 'now']);
  t.strictSame(statesOf(await admin.get(`/admin/mailboxes/${id}/delete`), '4.11')?.slice(0, 2), ['done', 'now']);
  const gone = await admin.get(`/admin/mailboxes/${ended.id}/account`);
  t.match(gone.text, 'SOP 4.12');
  t.equal(statesOf(gone, '4.9'), undefined);
});

t.test(
  'SOP 4.9: each step by its act of this case, and the owners’ notice only where an owner was mailed',
  async (t) => {
    const ipms = await startIpms(t);
    const [listed, alone] = [await makeOfficer(ipms, 'siti'), await makeOfficer(ipms, 'rosli')];
    await makeGroup(ipms, 'unit', { members: [listed] });
    const admin = await ipms.signIn('admin.jabatan');
    const noticeOf = ({ dom }: Page) => dom.querySelectorAll('.rail[aria-label$=" 4.9"] li')[8]?.textContent ?? '';
    for (const { id } of [listed, alone]) {
      const place = `/admin/mailboxes/${id}`;
      const before = await admin.get(`${place}/disable`);
      t.strictSame(statesOf(before, '4.9'), ['done', 'done', 'now', ...Array(6).fill('todo')]);
      const order = { reason: 'other', disabled_from: '24/11/2026' };
      await admin.submit(`${place}/account`, `${place}/disable`, order);
      const after = await admin.get(`${place}/account`);
      const restricted = (
        await ipms.db.selectFrom('mailbox').select('accept_from').where('id', '=', id).executeTakeFirst()
      )?.accept_from;
      const sender = restricted === 'all' ? ['now', 'todo'] : ['done', 'done'];
      t.strictSame(statesOf(after, '4.9'), [...Array(6).fill('done'), ...sender, 'done']);
      t.strictSame(statesOf(after, '4.10')?.slice(0, 3), ['done', 'done', 'now'], 'what ends it has not begun');
      const mails = await mailsOf(ipms, 'mailbox', id, 'N9');
      t.equal(mails.length, id === listed.id ? 1 : 0);
      t.equal(/Tiada pengendali senarai yang aktif untuk dimaklumkan/.test(noticeOf(after)), mails.length === 0);
      t.equal(/Menerima notifikasi/.test(noticeOf(after)), mails.length > 0);
      await admin.submit(`${place}/account`, `${place}/enable`);
      const again = await admin.get(`${place}/disable`);
      t.strictSame(statesOf(again, '4.9'), ['done', 'done', 'now', ...Array(6).fill('todo')], 'another case');
    }
  },
);

t.test('SOP 4.11: asked for, withdrawn and asked for again are cases of their own', async (t) => {
  const ipms = await startIpms(t);
  const { id } = await makeOfficer(ipms, 'siti');
  const admin = await ipms.signIn('admin.jabatan');
  const place = `/admin/mailboxes/${id}`;
  const fresh = ['done', 'now', 'todo', 'todo'];
  for (const _time of [1, 2]) {
    t.strictSame(statesOf(await admin.get(`${place}/delete`), '4.11'), fresh);
    const seen = (await mailsOf(ipms, 'mailbox', id, 'N12')).length;
    const order = { effective_on: '1/12/2026', reason: 'Bersara', leave_without: '1' };
    await admin.submit(`${place}/account`, `${place}/delete`, order);
    t.strictSame(statesOf(await admin.get(`${place}/account`), '4.11'), ['done', 'done', 'done', 'done']);
    t.equal((await mailsOf(ipms, 'mailbox', id, 'N12')).length, seen + 1, 'the helpdesk has its notice');
    await admin.submit(`${place}/account`, `${place}/withdraw-delete`);
    ipms.clock.now = later(ipms.clock.now, MINUTE);
  }
});

t.test('what was refused or revoked is over: nothing of it is next, and no step is done that nobody did', async (t) => {
  const ipms = await startIpms(t);
  const [admin, helpdesk] = [await ipms.signIn('admin.jabatan'), await ipms.signIn('meja.bantuan')];
  const form = '/access-code-requests/new';
  const person = { category: 'civil_servant', ...PEOPLE.iban, contact_email: 'jugah@rumah.test', agency_id: '1' };
  await ipms.visitor().submit(form, form, { ...person, reporting_division: 'Kewangan' });
  const asked = `/admin/access-code-requests/${await newestId(ipms, 'access_code_request')}`;
  await admin.submit(asked, `${asked}/refuse`, { reason: 'Tidak melapor diri' });
  t.strictSame(
    statesOf(await admin.get(asked), '4.1'),
    ['done', 'unneeded', 'done', 'unneeded'],
    'no code was notified',
  );

  const issued = await issueCode(admin, PEOPLE.chinese);
  const code = `/admin/access-codes/${issued.id}`;
  const { applicant } = await signInWithCode(ipms, PEOPLE.chinese, issued.code);
  await applicant.submit('/register/confirm', '/register/confirm', { decision: 'confirm' });
  t.equal(statesOf(await admin.get(code), '4.2')?.at(-1), 'done');
  await admin.submit(code, `${code}/correct`, { full_name: 'Lim Wei Meng' });
  t.equal(statesOf(await admin.get(code), '4.2')?.at(-1), 'now', 'what was corrected since is not confirmed');
  await admin.submit(code, `${code}/revoke`, { reason: 'Tersilap orang' });
  t.strictSame(statesOf(await admin.get(code), '4.2')?.slice(-2), ['unneeded', 'unneeded']);

  const { page } = await registered(ipms, admin, PEOPLE.indian);
  t.equal(statesOf(await admin.get(page), '4.6'), undefined, 'there is nothing to approve yet');
  await admin.submit(page, `${page}/refuse`, { reason: 'Bukan pegawai agensi' });
  const refused = await admin.get(page);
  t.strictSame(statesOf(refused, '4.5'), ['done', 'done', 'done', ...Array(7).fill('unneeded')]);
  t.strictSame(statesOf(refused, '4.6'), ['unneeded', 'done', 'unneeded']);

  const { id } = await askAboutContact(admin, 'register', OUTSIDER);
  await sendTicketForm(helpdesk, 'helpdesk', id, 'refuse', { reason: 'Bukan rakan kerja' });
  const ticket = await admin.get(`/admin/tickets/${id}`);
  t.strictSame(statesOf(ticket, '4.21'), ['done', 'done', 'done', 'unneeded'], 'nobody checked anything');
});

t.test('SOP 4.10: enabled just now, it is the case in hand until the postmaster is off', async (t) => {
  const ipms = await startIpms(t);
  const { id } = await makeOfficer(ipms, 'siti');
  const admin = await ipms.signIn('admin.jabatan');
  const place = `/admin/mailboxes/${id}`;
  const order = { reason: 'other', disabled_from: '24/11/2026' };
  await admin.submit(`${place}/account`, `${place}/disable`, { ...order, restrict_senders: '1' });
  await admin.submit(`${place}/account`, `${place}/enable`, { all_senders: '1' });
  const after = await admin.get(`${place}/account`);
  t.strictSame(statesOf(after, '4.10'), Array(5).fill('done'));
  t.match(after.dom.querySelectorAll('.rail li')[4]?.textContent, texts['life.untold'].ms, 'no list, no owner');
  t.equal(statesOf(after, '4.9'), undefined);
  await admin.submit(`${place}/account`, `${place}/disable`, { ...order, restrict_senders: '' });
  await admin.submit(`${place}/account`, `${place}/enable`);
  const open = await admin.get(`${place}/account`);
  t.equal(statesOf(open, '4.10')?.[3], 'unneeded', 'nobody was kept out');
  ipms.clock.now = later(ipms.clock.now, DAY);
  const tomorrow = await ipms.signIn('admin.jabatan');
  t.equal(statesOf(await tomorrow.get(`${place}/account`), '4.10'), undefined, 'another case');
});

/** The procedure that the badge at the head names, and those whose steps stand on the page. */
function numbersOn({ dom }: Page) {
  const badge = dom.querySelector('.title .sop')?.textContent ?? '';
  return [badge, ...dom.querySelectorAll('.rail h2 small').map((each) => each.textContent)];
}

t.test('an account that was deleted and is restored: the badge and the steps are those of SOP 4.12', async (t) => {
  const ipms = await startIpms(t);
  const officer = await makeOfficer(ipms, 'kembali');
  const page = `/admin/mailboxes/${officer.id}/account`;
  const admin = await ipms.signIn('admin.jabatan');
  const number = (sop: string) => `SOP ${sop}`;
  t.strictSame(numbersOn(await admin.get(page)), [number('4.9'), number('4.9')], 'nothing is in hand yet');
  await admin.submit(page, `/admin/mailboxes/${officer.id}/delete`, { effective_on: '24/11/2026', reason: 'Tersilap' });
  const deleted = await admin.get(page);
  t.strictSame(numbersOn(deleted), [number('4.12'), number('4.12'), number('4.11')]);
  t.strictSame(statesOf(deleted, '4.12'), ['done', 'done'], 'who reads it has come that way');
  const open = await admin.get(`/admin/mailboxes/${officer.id}/restore`);
  t.strictSame(numbersOn(open), [number('4.12'), number('4.12'), number('4.11')]);
  await admin.submit(page, `/admin/mailboxes/${officer.id}/restore`);
  const back = await admin.get(page);
  t.strictSame(numbersOn(back), [number('4.12'), number('4.12')], 'and not how it would be disabled');
  t.match(back.dom.querySelector('.rail li .by')?.textContent, 'Rosnah', 'who has done it, and when');
  t.strictSame(numbersOn(await admin.get(`/admin/mailboxes/${officer.id}/disable`)), [number('4.9'), number('4.9')]);
  ipms.clock.now = later(ipms.clock.now, DAY);
  const again = await ipms.signIn('admin.jabatan');
  t.strictSame(numbersOn(await again.get(page)), [number('4.9'), number('4.9')], 'it is past');
});

t.test('the badge names the procedure whose steps stand beside it, also after a refusal', async (t) => {
  const ipms = await startIpms(t);
  const owner = await makeOfficer(ipms, 'tuan');
  const admin = await ipms.signIn('admin.jabatan');
  const made = await admin.submit('/admin/groups/new', '/admin/groups/new', {
    display_name: 'DL Uji',
    primary_email: 'dl.uji',
    owners: owner.primary_email,
  });
  const place = made.location;
  t.strictSame(numbersOn(await admin.get(place)), ['SOP 4.13', 'SOP 4.13'], 'just made');
  const unsaved = await admin.submit(place, place, { display_name: '' });
  t.strictSame(numbersOn(unsaved), ['SOP 4.14', 'SOP 4.14']);
  const members = `${place}/members`;
  await admin.submit(`${members}/add`, `${members}/add`, { members: owner.primary_email });
  t.strictSame(numbersOn(await admin.get(members)), ['SOP 4.15', 'SOP 4.15'], 'somebody was just added');
  const refused = await admin.submit(members, `${members}/remove`, { members: 'tiada@jabatan.test' });
  t.equal(refused.status, 422);
  t.strictSame(numbersOn(refused), ['SOP 4.16', 'SOP 4.16']);
});

t.test('an account request is about its package, and once that is whole about its approval', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const helpdesk = await ipms.signIn('meja.bantuan');
  const { page, request } = await registered(ipms, admin);
  const badges = async () => {
    const [own] = numbersOn(await admin.get(page));
    return [own, numbersOn(await helpdesk.get(`/helpdesk/account-requests/${request.id}`))[0]];
  };
  t.strictSame(await badges(), ['SOP 4.5', 'SOP 4.5']);
  await admin.submit(page, `${page}/allocation`, { primary_email: 'izzah', login_id: 'izzah' });
  t.strictSame(await badges(), ['SOP 4.5', 'SOP 4.5'], 'in part');
  await admin.submit(page, `${page}/allocation`, PACKAGE);
  t.strictSame(await badges(), ['SOP 4.6', 'SOP 4.6']);
  const change = await admin.submit(`${page}/allocation`, `${page}/allocation`, { primary_email: 'postadmin' });
  t.equal(numbersOn(change)[0], 'SOP 4.5', 'the package is changed');
  await admin.submit(page, `${page}/approve`);
  t.strictSame(await badges(), ['SOP 4.6', 'SOP 4.6'], 'approved');
});
