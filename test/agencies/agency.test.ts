import { t } from 'tap';
import { SYSTEM } from '../../src/base/actor.ts';
import { UNSET } from '../../src/data/act.ts';
import { fileRecord } from '../../src/trail/records.ts';
import { firstCells, type Ipms, START, startIpms } from '../helper.ts';
import { trailOf } from '../read.ts';
import { onlyForHelpdesk } from './refused.ts';

// Agencies: registered and changed by the helpdesk.

const NEW = '/helpdesk/agencies/new';

const DETAILS = {
  name: 'Jabatan Taman Contoh',
  code: 'JTC',
  ministry: '',
  mail_domains: 'taman.test',
  postmaster_email: 'postadmin@taman.test',
  file_reference: '',
};

const agencyByCode = (ipms: Ipms, code: string) =>
  ipms.db.selectFrom('agency').selectAll().where('code', '=', code).executeTakeFirst();

async function state(ipms: Ipms) {
  return {
    agencies: await ipms.db.selectFrom('agency').selectAll().execute(),
    domains: await ipms.db.selectFrom('mail_domain').selectAll().execute(),
    addresses: await ipms.db.selectFrom('address').selectAll().execute(),
  };
}

/** A new agency without records, and the helpdesk on its page. */
async function registered(ipms: Ipms, more: Record<string, string> = {}) {
  const helpdesk = await ipms.signIn('meja.bantuan');
  const { location } = await helpdesk.submit(NEW, NEW, { ...DETAILS, ...more });
  return { helpdesk, page: location, id: Number(location.split('/').at(-1)) };
}

t.test('hostile and wrong values come back beside their field, and nothing is saved', async (t) => {
  const ipms = await startIpms(t);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const before = await state(ipms);
  const wrong: [Record<string, string>, string][] = [
    [{ name: '  ' }, 'name'],
    [{ name: 'x'.repeat(151) }, 'name'],
    [{ name: 'Jabatan\u202eterbalik' }, 'name'],
    [{ code: 'J' }, 'code'],
    [{ code: 'J C' }, 'code'],
    [{ code: 'JC-1' }, 'code'],
    [{ code: 'JABATANPANJANG' }, 'code'],
    [{ code: 'ＪＴＣ' }, 'code'],
    [{ code: 'JC' }, 'code'],
    [{ mail_domains: '' }, 'mail_domains'],
    [{ mail_domains: 'jabatan.test', postmaster_email: 'lain@jabatan.test' }, 'mail_domains'],
    ...[
      'localhost',
      'taman',
      '-taman.test',
      'taman-.test',
      'ta..man.test',
      'taman.test.',
      '.taman.test',
      '*.taman.test',
      '@taman.test',
      'taman.test, lain.test',
      'taman.test lain.test',
      'http://taman.test',
      '127.0.0.1',
      'tаman.test', // a Cyrillic letter
      'ｔaman.test',
      `${'a'.repeat(64)}.test`,
      `${'a.'.repeat(100)}test`,
      "taman.test' or '1'='1",
      '<b>taman.test</b>',
      'taman\u0000.test',
      Array.from({ length: 51 }, (_, index) => `d${index}.test`).join('\n'),
    ].map((domain): [Record<string, string>, string] => [{ mail_domains: `taman.test\n${domain}` }, 'mail_domains']),
    [{ postmaster_email: '' }, 'postmaster_email'],
    [{ postmaster_email: 'postadmin' }, 'postmaster_email'],
    [{ postmaster_email: 'postadmin@lain.test' }, 'postmaster_email'],
    [{ postmaster_email: 'postadmin@taman.test@jabatan.test' }, 'postmaster_email'],
    [{ postmaster_email: 'post+admin@taman.test' }, 'postmaster_email'],
    [{ postmaster_email: 'post..admin@taman.test' }, 'postmaster_email'],
    [{ postmaster_email: 'postadmin@taman.test\r\nBcc: x@x.test' }, 'postmaster_email'],
    [{ file_reference: 'x'.repeat(61) }, 'file_reference'],
  ];
  for (const [fields, name] of wrong) {
    const answer = await helpdesk.submit(NEW, NEW, { ...DETAILS, ...fields });
    t.equal(answer.status, 422, JSON.stringify(fields));
    t.strictSame(Object.keys(answer.problems), [name], JSON.stringify(fields));
    t.ok(answer.dom.querySelector(`.summary a[href="#agency-${name}"]`), 'the summary leads to the field');
    if (name !== 'name') t.equal(answer.dom.querySelector('#agency-name')?.getAttribute('value'), DETAILS.name);
  }
  t.strictSame(await state(ipms), before);
});

t.test('an address that somebody has cannot be a postmaster', async (t) => {
  const ipms = await startIpms(t);
  const { helpdesk, page } = await registered(ipms);
  const jabatan = await agencyByCode(ipms, 'JC');
  const jc = `/helpdesk/agencies/${jabatan?.id}`;
  const taken = await helpdesk.submit(jc, jc, { postmaster_email: 'admin.jabatan@jabatan.test' });
  t.equal(taken.status, 422);
  t.ok(taken.problems.postmaster_email);
  const mailbox_id = 1;
  await ipms.db.insertInto('accepted_sender').values({ mailbox_id, address: 'postadmin@taman.test' }).execute();
  const free = await helpdesk.submit(page, page, { postmaster_email: 'pos@taman.test' });
  t.equal(free.status, 303);
  const senders = ipms.db.selectFrom('accepted_sender').select('address').where('mailbox_id', '=', mailbox_id);
  t.strictSame(await senders.execute(), [{ address: 'pos@taman.test' }], 'and mail comes from the new one');
  const postmasters = await ipms.db
    .selectFrom('address')
    .select('address')
    .where('address', 'like', '%@taman.test')
    .execute();
  t.strictSame(postmasters, [{ address: 'pos@taman.test' }], 'the old address is free again');
});

t.test('one code, one domain: of two at once the second is told, and nothing of it is there', async (t) => {
  const ipms = await startIpms(t);
  const [one, other] = [await ipms.signIn('meja.bantuan'), await ipms.signIn('meja.bantuan')];
  const send = async (browser: typeof one, fields: Record<string, string>) =>
    browser.post(NEW, { ...DETAILS, ...fields, _csrf: await browser.token(NEW) });

  const sameCode = await Promise.all([
    send(one, { name: 'Satu' }),
    send(other, { name: 'Dua', mail_domains: 'dua.test', postmaster_email: 'p@dua.test' }),
  ]);
  t.strictSame(sameCode.map((answer) => answer.status).sort(), [303, 422]);
  t.ok(sameCode.find((answer) => answer.status === 422)?.problems.code);
  t.equal((await ipms.db.selectFrom('agency').select('id').where('code', '=', 'JTC').execute()).length, 1);

  const domain = { mail_domains: 'sama.test', postmaster_email: 'p@sama.test' };
  const sameDomain = await Promise.all([
    send(one, { code: 'SATU', ...domain }),
    send(other, { code: 'DUA', ...domain }),
  ]);
  t.strictSame(sameDomain.map((answer) => answer.status).sort(), [303, 422]);
  t.ok(sameDomain.find((answer) => answer.status === 422)?.problems.mail_domains);
  t.equal((await ipms.db.selectFrom('agency').select('id').where('code', 'in', ['SATU', 'DUA']).execute()).length, 1);
  const orphans = await ipms.db
    .selectFrom('mail_domain')
    .select('domain')
    .where('agency_id', 'not in', ipms.db.selectFrom('agency').select('id'))
    .execute();
  t.strictSame(orphans, []);
});

t.test('a double click registers one agency', async (t) => {
  const ipms = await startIpms(t);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const fields = { ...DETAILS, _csrf: await helpdesk.token(NEW) };
  const answers = await Promise.all([1, 2, 3].map(() => helpdesk.post(NEW, fields)));
  const agency = await agencyByCode(ipms, 'JTC');
  for (const answer of answers) t.equal(answer.location, `/helpdesk/agencies/${agency?.id}`);
  const rows = await ipms.db.selectFrom('audit').select('id').where('action', '=', 'agency.created').execute();
  t.equal(rows.length, 1);
});

t.test('a change is audited with before and after; saving the same writes nothing', async (t) => {
  const ipms = await startIpms(t);
  const { helpdesk, page, id } = await registered(ipms);
  const same = await helpdesk.submit(page, page);
  t.equal(same.status, 303);
  const changes = () => trailOf(ipms, 'agency', id, 'agency.updated');
  t.strictSame(await changes(), []);

  const saved = await helpdesk.submit(page, page, { code: 'jtk', mail_domains: 'taman.test\nkebun.test' });
  t.equal(saved.status, 303);
  const [row] = await changes();
  t.strictSame(JSON.parse(row?.before ?? ''), { agency_code: 'JTC', mail_domains: ['taman.test'] });
  t.strictSame(JSON.parse(row?.after ?? ''), { agency_code: 'JTK', mail_domains: ['kebun.test', 'taman.test'] });
  t.equal(row?.agency_id, id, "it is in the agency's own audit trail");
  t.match((await helpdesk.get(page)).text, 'kebun.test');
});

t.test('the code stays once a record bears it', async (t) => {
  const ipms = await startIpms(t);
  const { helpdesk, page, id } = await registered(ipms);
  const item = { type: 'agency' as const, id, name: DETAILS.name, agencyId: id };
  const entry = { agencyId: id, sop: '4.1', title: 'record.access-code-refused', item, content: {} } as const;
  await ipms.db.transaction().execute((trx) => fileRecord({ trx, actor: SYSTEM, now: START, settings: UNSET }, entry));
  const refused = await helpdesk.submit(page, page, { code: 'LAIN', name: 'Nama Baru' });
  t.equal(refused.status, 422);
  t.ok(refused.problems.code);
  t.match(await agencyByCode(ipms, 'JTC'), { name: DETAILS.name }, 'nothing is saved by halves');
  t.equal((await helpdesk.submit(page, page, { name: 'Nama Baru' })).status, 303, 'the rest can change');
});

t.test('a domain stays while addresses are in it, and the page says how many', async (t) => {
  const ipms = await startIpms(t);
  const { helpdesk, page, id } = await registered(ipms, { mail_domains: 'taman.test\nkebun.test' });
  await ipms.db
    .insertInto('address')
    .values(
      ['a', 'b'].map((local) => ({
        address: `${local}@kebun.test`,
        kind: 'group' as const,
        agency_id: id,
        item_id: 999,
        reserved_until: null,
      })),
    )
    .execute();
  const refused = await helpdesk.submit(page, page, { mail_domains: 'taman.test' });
  t.equal(refused.status, 422);
  t.match(refused.problems.mail_domains, /kebun\.test.* 2 alamat/);
  await ipms.db.deleteFrom('address').where('address', 'like', '%@kebun.test').execute();
  t.equal((await helpdesk.submit(page, page, { mail_domains: 'taman.test' })).status, 303);

  const moved = { mail_domains: 'baru.test', postmaster_email: 'postadmin@baru.test' };
  t.equal((await helpdesk.submit(page, page, moved)).status, 303, 'domain and postmaster move in one step');
  const left = await ipms.db.selectFrom('mail_domain').select('domain').where('agency_id', '=', id).execute();
  t.strictSame(left, [{ domain: 'baru.test' }]);
});

t.test('a second editor sees what changed, and applies again without undoing it', async (t) => {
  const ipms = await startIpms(t);
  const { helpdesk, page, id } = await registered(ipms);
  const second = await ipms.signIn('meja.bantuan');
  const opened = await second.get(page);
  const shown = opened.dom.querySelector('input[name=shown]')?.getAttribute('value') ?? '';
  await helpdesk.submit(page, page, { name: 'Nama Pertama', ministry: 'Kementerian Satu' });

  const late = await second.submit(page, page, {
    shown,
    ...DETAILS,
    ministry: 'Kementerian Dua',
    file_reference: 'F.1',
  });
  t.equal(late.status, 409);
  t.match(await ipms.db.selectFrom('agency').selectAll().where('id', '=', id).executeTakeFirst(), {
    name: 'Nama Pertama',
    ministry: 'Kementerian Satu',
    file_reference: '',
  });
  t.match(late.text, /Nama Pertama.*Noraini binti Salleh/, 'what changed, and by whom');
  const value = (name: string) => late.dom.querySelector(`#agency-${name}`)?.getAttribute('value');
  t.equal(value('name'), 'Nama Pertama', 'what the second left alone takes the new value');
  t.equal(value('ministry'), 'Kementerian Dua', 'what both changed keeps what was typed');

  const fields = Object.fromEntries(
    ['name', 'code', 'ministry', 'postmaster_email', 'file_reference'].map((name) => [name, value(name) ?? '']),
  );
  const again = await second.post(page, {
    ...fields,
    mail_domains: DETAILS.mail_domains,
    shown: late.dom.querySelector('input[name=shown]')?.getAttribute('value') ?? '',
    _csrf: await second.token(page),
  });
  t.equal(again.status, 303);
  t.match(await ipms.db.selectFrom('agency').selectAll().where('id', '=', id).executeTakeFirst(), {
    name: 'Nama Pertama',
    ministry: 'Kementerian Dua',
    file_reference: 'F.1',
  });
});

t.test('the list is searched, filtered, sorted and exported', async (t) => {
  const ipms = await startIpms(t);
  const { helpdesk } = await registered(ipms);
  const names = async (query: string) => firstCells(await helpdesk.get(`/helpdesk/agencies${query}`));
  t.strictSame(await names('?q=TAMAN.test'), [DETAILS.name]);
  t.strictSame(await names('?q=%25'), [], 'a wildcard is a character');
  t.strictSame(await names('?administrators=none'), [DETAILS.name]);
  t.ok((await names('?administrators=risk')).includes('Jabatan Contoh'));
  t.strictSame((await names('?sort=-name')).toReversed(), await names('?sort=name'));
  t.equal((await names('?sort=administrators'))[0], DETAILS.name);
  const csv = await helpdesk.get('/helpdesk/agencies?q=taman&format=csv');
  t.match(csv.headers['content-type'], /text\/csv/);
  t.match(csv.html, `${DETAILS.name},JTC,taman.test,0,0,0,`);
});

t.test('who may not', async (t) => {
  const ipms = await startIpms(t);
  const jabatan = await agencyByCode(ipms, 'JC');
  const before = await state(ipms);
  const page = `/helpdesk/agencies/${jabatan?.id}`;
  await onlyForHelpdesk(t, ipms, ['/helpdesk', '/helpdesk/agencies', NEW, page], [NEW, page]);
  const helpdesk = await ipms.signIn('meja.bantuan');
  t.equal((await helpdesk.get('/helpdesk/agencies/999999')).status, 404);
  const unknown = await helpdesk.post('/helpdesk/agencies/999999', { ...DETAILS, _csrf: await helpdesk.token(NEW) });
  t.equal(unknown.status, 404);
  t.strictSame(await state(ipms), before);
});
