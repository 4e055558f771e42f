import { t } from 'tap';
import { texts } from '../../src/texts.ts';
import { firstCells, startIpms } from '../helper.ts';
import { KC, makeContact, makeGroup, makeOfficer, type OfficerValues } from '../make.ts';
import { mailboxOf } from '../read.ts';

// SOP 4.7 step 3: Sejarah, Address List, and what the helpdesk reads

t.test(
  'history: the mailbox and its sign-in, newest first, before and after in words, searched and exported',
  async (t) => {
    const ipms = await startIpms(t);
    const mailbox = await mailboxOf(ipms, 'pegawai.jabatan');
    const admin = await ipms.signIn('admin.jabatan');
    const place = `/admin/mailboxes/${mailbox.id}`;
    await admin.submit(place, place, { unit: 'Unit Baharu', service_type: 'vip', storage_mb: '5120' });
    await admin.submit(`${place}/password`, `${place}/password`, {
      new_password: 'Kerbau#Hitam88',
      confirm_password: 'Kerbau#Hitam88',
    });
    await ipms.signIn('pegawai.jabatan', 'Kerbau#Hitam88');
    const page = await admin.get(`${place}/history`);
    const acts = page.dom.querySelectorAll('.timeline strong').map((each) => each.textContent);
    t.strictSame(acts.slice(0, 2), [texts['audit.user.password-changed'].ms, texts['audit.mailbox.updated'].ms]);
    t.notOk(acts.includes(texts['audit.user.signed-in'].ms), 'daily sign-ins are left out');
    t.match(page.text, /Unit Rangkaian.*Unit Baharu/);
    t.match(page.text, /Pengguna biasa.*Pengguna VIP/);
    t.match(page.text, /2 GB.*5 GB/);
    const found = await admin.get(`${place}/history?q=baharu`);
    t.equal(found.dom.querySelectorAll('.timeline li').length, 1);
    const within = async (days: string) => (await admin.get(`${place}/history?q=baharu&${days}`)).text;
    t.match(await within('from=24/11/2026&to=24/11/2026'), 'Unit Baharu', 'both days are within');
    t.notMatch(await within('from=25/11/2026'), 'Unit Baharu');
    t.notMatch(await within('to=23/11/2026'), 'Unit Baharu');
    t.equal((await admin.get(`${place}/history?from=31/02/2026`)).status, 422);
    const csv = await admin.get(`${place}/history?format=csv`);
    t.match(csv.html, 'Unit Rangkaian → Unit Baharu');

    const many = Array.from({ length: 30 }, (_, at) => ({ at }));
    for (const { at } of many) await admin.submit(place, place, { unit: `Unit ${at}` });
    const long = await admin.get(`${place}/history`);
    t.equal(long.dom.querySelectorAll('.timeline > li').length, 25);
    t.ok((await admin.get(`${place}/history?page=2`)).dom.querySelectorAll('.timeline > li').length >= 7);
  },
);

t.test(
  'address list: active mailboxes, lists and contacts together by name; disabled and other agencies’ are not there',
  async (t) => {
    const ipms = await startIpms(t);
    const add = async (login: string, name: string, values: OfficerValues = {}) =>
      makeOfficer(ipms, login, { display_name: name, position: 'Juruteknik', division: 'Bahagian Dasar', ...values });
    await add('zz.dua', 'Zz Dua');
    await add('zz.empat', 'Zz Empat', { status: 'disabled' });
    await add('zz.lima', 'Zz Lima', { status: 'deleted' });
    await add('zz.enam', 'Zz Enam', { agency: KC });
    const groupId = await makeGroup(ipms, 'zz14', { name: 'zz Empat Belas' });
    await makeGroup(ipms, 'zz', { agency: KC, name: 'Zz Lain' });
    await makeContact(ipms, { full_name: 'Zz Satu', email: 'zz@syarikat.test', company: 'Syarikat Zz' });
    const gone = await makeContact(ipms, { full_name: 'Zz Tujuh', email: 'zz7@syarikat.test' });
    await ipms.db.updateTable('contact').set({ status: 'deleted' }).where('id', '=', gone).execute();
    const admin = await ipms.signIn('admin.jabatan');
    const page = await admin.get('/admin/address-list?q=ZZ');
    t.strictSame(firstCells(page), ['Zz Dua', 'zz Empat Belas', 'Zz Satu']);
    t.match(page.text, '3 rekod');
    t.match(page.text, 'Juruteknik, Bahagian Dasar');
    t.match(page.text, 'Syarikat Zz');
    t.ok(page.dom.querySelector(`a[href="/admin/groups/${groupId}"]`));
    t.ok(page.dom.querySelector(`a[href="/admin/mailboxes/${(await mailboxOf(ipms, 'zz.dua')).id}"]`));
    t.strictSame(firstCells(await admin.get('/admin/address-list?q=zz&sort=-name')), [
      'Zz Satu',
      'zz Empat Belas',
      'Zz Dua',
    ]);
    t.strictSame(firstCells(await admin.get('/admin/address-list?q=zz&kind=group')), ['zz Empat Belas']);
    t.strictSame(firstCells(await admin.get('/admin/address-list?q=zz14@jab')), ['zz Empat Belas'], 'by address, too');
    t.strictSame(firstCells(await admin.get('/admin/address-list?q=751231')), [], 'identity numbers are not in it');

    const all: string[] = [];
    for (let number = 1; number < 5; number += 1)
      all.push(...firstCells(await admin.get(`/admin/address-list?page=${number}`)));
    t.strictSame(
      all,
      all.toSorted((one, other) => (one.toLowerCase() < other.toLowerCase() ? -1 : 1)),
      'one order over all pages',
    );
    t.equal(new Set(all).size, all.length);
    const csv = await admin.get('/admin/address-list?format=csv');
    t.equal(csv.html.trim().split('\r\n').length - 1, all.length);
    const disabled = await ipms.db
      .selectFrom('mailbox')
      .select('display_name')
      .where('agency_id', '=', 1)
      .where('status', '=', 'disabled')
      .execute();
    t.ok(disabled.length > 0);
    for (const { display_name } of disabled) t.notOk(all.includes(display_name), display_name);
  },
);

t.test('where the directory is written to, the Address List says how each stands there, and as of when', async (t) => {
  const ipms = await startIpms(t);
  const { id } = await mailboxOf(ipms, 'pegawai.jabatan');
  const admin = await ipms.signIn('admin.jabatan');
  const page = '/admin/address-list?q=pegawai.jabatan';
  t.notMatch((await admin.get(page)).text, 'Dalam direktori', 'nothing of an agency without one');
  const { db, clock } = ipms;
  const at = clock.now.toISOString();
  await db.updateTable('agency').set({ directory_mode: 'live', directory_agreed_at: at }).where('id', '=', 1).execute();
  t.match((await admin.get(page)).text, 'belum pernah dibaca');
  await db.updateTable('directory_work').set({ last_seen_at: at }).execute();
  const stands = async (state: 'differs' | 'step' | 'under-way', password_at: string | null) => {
    const object = db.updateTable('directory_object').set({ state, password_at, guid: 'g-1' });
    await object.where('item_type', '=', 'mailbox').where('item_id', '=', id).execute();
    return (await admin.get(page)).text;
  };
  t.match(await stands('differs', null), /seperti dilihat pada.*Berbeza/s);
  t.match(await stands('step', null), 'Menunggu katalaluan');
  t.match(await stands('step', at), 'Selaras');
  t.match(await stands('under-way', at), 'Menunggu');
  await db.updateTable('directory_work').set({ next_at: at }).execute();
  t.match((await admin.get(page)).text, 'tidak dapat dibaca sekarang');
  const other = await ipms.signIn('admin.kementerian');
  t.notMatch((await other.get('/admin/address-list')).text, 'Dalam direktori', 'of another agency nothing');
});

t.test('the helpdesk: all agencies, or one, to read only', async (t) => {
  const ipms = await startIpms(t);
  await makeOfficer(ipms, 'baca.jc', { display_name: 'Baca Satu', ic_number: '751231145533' });
  const other = await makeOfficer(ipms, 'baca.kc', {
    display_name: 'Baca Dua',
    agency: KC,
    aliases: ['baca2@kementerian.test'],
    unit: 'Unit Bacaan',
  });
  const helpdesk = await ipms.signIn('meja.bantuan');
  const names = async (query: string) => firstCells(await helpdesk.get(`/helpdesk/mailboxes?${query}`));
  t.strictSame(await names('q=baca'), ['Baca Satu', 'Baca Dua'], 'each agency’s are together');
  t.strictSame(await names('q=baca&agency=2'), ['Baca Dua']);
  t.strictSame(await names('q=751231-14&by=ic_or_passport'), ['Baca Satu']);
  t.strictSame(await names('q=baca&agency=99'), ['Baca Satu', 'Baca Dua'], 'what is no choice narrows nothing');
  const page = await helpdesk.get(`/helpdesk/mailboxes/${other.id}`);
  for (const fact of ['Baca Dua', 'Kementerian Contoh', 'baca2@kementerian.test', 'Unit Bacaan', 'All senders'])
    t.match(page.text, fact);
  t.notOk(page.dom.querySelector('main form'));
  t.equal((await helpdesk.get('/helpdesk/mailboxes/999999')).status, 404);
});

t.test('who may not', async (t) => {
  const ipms = await startIpms(t);
  const { id } = await mailboxOf(ipms, 'pegawai.jabatan');
  const [mine, theirs] = [
    ['/admin/address-list', `/admin/mailboxes/${id}/history`],
    ['/helpdesk/mailboxes', `/helpdesk/mailboxes/${id}`],
  ] as const;
  const [user, admin, helpdesk, other] = [
    await ipms.signIn('pegawai.jabatan'),
    await ipms.signIn('admin.jabatan'),
    await ipms.signIn('meja.bantuan'),
    await ipms.signIn('admin.kementerian'),
  ];
  for (const url of [...mine, ...theirs]) {
    t.equal((await ipms.visitor().get(url)).location, `/login?next=${encodeURIComponent(url)}`);
    t.equal((await user.get(url)).status, 403, url);
  }
  for (const url of theirs) t.equal((await admin.get(url)).status, 403, url);
  for (const url of mine) t.equal((await helpdesk.get(url)).status, 403, url);
  t.equal((await other.get(mine[1])).status, 404);
  t.notMatch((await other.get('/admin/address-list?agency=1&agency_id=1')).text, 'jabatan.test');
});
