import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { t } from 'tap';
import { PROCEDURES } from '../../src/sop/index.ts';
import { texts } from '../../src/texts.ts';
import { stateOfTables } from '../doors/tables.ts';
import { formValues, type Ipms, startIpms, type Visitor } from '../helper.ts';
import { download, unzip } from './download.ts';
import { textOf } from './pdf-text.ts';

// SOP 6.0: records drawn at random, in one file

const sha256 = (content: Buffer | string) => createHash('sha256').update(content).digest('hex');

async function pack(
  ipms: Ipms,
  browser: Visitor,
  fields: Record<string, string | string[]>,
  url = '/admin/records/pack',
) {
  const page = await browser.get(url);
  return download(ipms, browser, url, { ...formValues(page.dom, url, url), ...fields });
}

const YEAR = { from: '01/01/2026', to: '24/11/2026' };
/** Days in which both agencies filed some: a record takes a tenth of a second to write. */
const DAYS = { from: '14/11/2026', to: '24/11/2026' };
const IN_DAYS = ['2026-11-13T16:00', '2026-11-24T16:00'] as const;

async function filed(ipms: Ipms, agency: number | null, from: string, to: string) {
  let found = ipms.db
    .selectFrom('record')
    .select(['id', 'number', 'sop', 'hash'])
    .where('filed_at', '>=', from)
    .where('filed_at', '<', to)
    .orderBy('id');
  if (agency !== null) found = found.where('agency_id', '=', agency);
  return found.execute();
}

t.test('a pack has a PDF a record, the draw explained, and the checksum of each file', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const answer = await pack(ipms, admin, { ...YEAR, count: '7' });
  t.match(answer, { status: 200, type: 'application/zip', name: 'records-2026-01-01-2026-11-24.zip' });
  const files = unzip(answer.content);
  const records = [...files.keys()].filter((name) => name.startsWith('records/'));
  t.equal(records.length, 7);
  const sums = (files.get('SHA256SUMS') ?? '').toString().trim().split('\n');
  t.strictSame(sums.map((line) => line.split('  ')[1]).sort(), [...records, 'draw.pdf', 'hashes.csv'].sort());
  for (const line of sums) {
    const [sum, name = ''] = line.split('  ');
    t.equal(sum, sha256(files.get(name) ?? ''), name);
  }
  const list = (files.get('hashes.csv') ?? '').toString();
  const population = await filed(ipms, 1, '2025-12-31T16:00', '2026-11-24T16:00');
  const cover = textOf(files.get('draw.pdf') ?? Buffer.alloc(0))
    .join('\n')
    .replace(/\s+/g, ' ');
  t.match(cover, `${texts['records.pack.population'].ms} ${population.length} `);
  const made = await ipms.db.selectFrom('audit').select('after').orderBy('id', 'desc').executeTakeFirst();
  t.match(cover, JSON.parse(made?.after ?? '{}').seed, 'what the draw can be done again with');
  for (const name of records) {
    const number = name.slice('records/'.length, -'.pdf'.length).replaceAll('-', '/');
    const record = population.find((each) => each.number === number);
    const paper = textOf(files.get(name) ?? Buffer.alloc(0)).join('\n');
    t.match(paper, number);
    t.match(paper, record?.hash ?? 'no such record');
    t.match(list, sha256(files.get(name) ?? ''));
    t.match(cover, number);
  }
});

t.test('the draw can be done again with its seed, and making the pack is audited', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const answer = await pack(ipms, admin, { ...YEAR, count: '9', sops: ['4.6', '4.15'] });
  const row = await ipms.db.selectFrom('audit').selectAll().orderBy('id', 'desc').executeTakeFirstOrThrow();
  t.match(row, {
    action: 'record.pack-made',
    sop: '6.0',
    agency_id: 1,
    item_name: 'Jabatan Contoh',
    actor_name: 'Rosnah binti Ismail',
  });
  const facts = JSON.parse(row.after ?? '');
  const population = (await filed(ipms, 1, '2025-12-31T16:00', '2026-11-24T16:00')).filter(({ sop }) =>
    ['4.6', '4.15'].includes(sop),
  );
  const drawn = population
    .map(({ number }) => ({ number, value: sha256(`${facts.seed}:${number}`) }))
    .sort((one, other) => one.value.localeCompare(other.value))
    .slice(0, 9)
    .map(({ number }) => number)
    .sort();
  t.match(facts, {
    from: '2026-01-01',
    to: '2026-11-24',
    sops: ['4.6', '4.15'],
    population: population.length,
    count: 9,
  });
  t.strictSame([...facts.numbers].sort(), drawn);
  const names = [...unzip(answer.content).keys()].filter((name) => name.startsWith('records/')).sort();
  t.strictSame(
    names,
    drawn.map((number) => `records/${number.replaceAll('/', '-')}.pdf`),
  );
  const again = await pack(ipms, admin, { ...YEAR, count: '9', sops: ['4.6', '4.15'] });
  t.notSame([...unzip(again.content).keys()], [...unzip(answer.content).keys()], 'another time it is another draw');
});

t.test('when there are fewer than asked for, all are drawn; the helpdesk draws from all agencies', async (t) => {
  const ipms = await startIpms(t);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const wanted = await filed(ipms, null, ...IN_DAYS);
  const answer = await pack(ipms, helpdesk, { ...DAYS, count: '200' }, '/helpdesk/records/pack');
  const names = [...unzip(answer.content).keys()].filter((name) => name.startsWith('records/'));
  t.ok(wanted.length > 0 && wanted.length < 200);
  t.strictSame(names.sort(), wanted.map(({ number }) => `records/${number.replaceAll('/', '-')}.pdf`).sort());
  t.ok(names.some((name) => name.includes('KC')) && names.some((name) => name.includes('JC')));
});

t.test('a record that is not as it was filed says so in the list of a pack', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const [bad] = await filed(ipms, 1, '2026-10-31T16:00', '2026-11-24T16:00');
  await sql`drop trigger record_no_update`.execute(ipms.db);
  await sql`update record set filed_by_name = 'Orang Lain' where id = ${bad?.id}`.execute(ipms.db);
  const answer = await pack(ipms, admin, { ...YEAR, from: '01/11/2026', count: '200', sops: bad?.sop ?? '' });
  const rows = (unzip(answer.content).get('hashes.csv') ?? '').toString().trim().split('\r\n').slice(1);
  t.ok(rows.length > 1);
  for (const row of rows)
    t.equal(row.includes(`,${texts.no.ms},`), row.startsWith(`${bad?.number},`), row.slice(0, 20));
});

t.test('other pages are answered while a pack is made, and what is filed meanwhile is not in it', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const other = await ipms.signIn('admin.kementerian');
  const order: string[] = [];
  const packing = pack(ipms, admin, { ...YEAR, count: '30' }).then((answer) => {
    order.push('pack');
    return answer;
  });
  for (let page = 0; page < 3; page++) t.equal((await other.get('/admin/records')).status, 200);
  order.push('pages');
  t.equal(unzip((await packing).content).size, 33);
  t.strictSame(order, ['pages', 'pack']);
});

t.test('what cannot be drawn comes back beside its field, and nothing is audited', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const before = await stateOfTables(ipms.db);
  const wrong: [Record<string, string>, string][] = [
    [{ from: '' }, 'from'],
    [{ to: '31/02/2026' }, 'to'],
    [{ from: '01/11/2026', to: '31/10/2026' }, 'to'],
    [{ count: '0' }, 'count'],
    [{ count: '201' }, 'count'],
    [{ count: '' }, 'count'],
    [{ sops: '9.9' }, 'sops'],
    [{ from: '01/01/2001', to: '31/12/2001' }, 'from'],
  ];
  for (const [fields, name] of wrong) {
    const answer = await admin.submit('/admin/records/pack', '/admin/records/pack', { ...YEAR, ...fields });
    t.equal(answer.status, 422, JSON.stringify(fields));
    t.strictSame(Object.keys(answer.problems), [name]);
    t.equal(answer.dom.querySelectorAll('[name=sops]').length, PROCEDURES.length, 'the procedures are still there');
  }
  t.strictSame(await stateOfTables(ipms.db), before);
});

t.test('who may not', async (t) => {
  const ipms = await startIpms(t);
  const user = await ipms.signIn('pegawai.jabatan');
  const admin = await ipms.signIn('admin.jabatan');
  const before = await stateOfTables(ipms.db);
  const fields = { ...YEAR, count: '5', _csrf: await user.token('/me/profile') };
  t.equal((await user.post('/admin/records/pack', fields)).status, 403);
  t.equal(
    (await admin.post('/helpdesk/records/pack', { ...fields, _csrf: await admin.token('/admin/records/pack') })).status,
    403,
  );
  t.equal((await ipms.visitor().post('/admin/records/pack', { ...YEAR, count: '5' })).status, 403, 'without a token');
  t.strictSame(await stateOfTables(ipms.db), before);
  t.ok((await filed(ipms, 2, ...IN_DAYS)).length > 0);
  const files = unzip((await pack(ipms, admin, { ...DAYS, count: '200', agency: '2' })).content);
  t.ok(files.size > 3);
  t.notOk(
    [...files.keys()].some((name) => name.includes('KC-')),
    "no other agency's record is drawn",
  );
});
