import { t } from 'tap';
import { startIpms } from '../helper.ts';
import { download, unzip } from './download.ts';
import { complaintsOf, textOf } from './pdf-text.ts';

// SOP 6.0, 4.13: whatever a list is called, its record, the report and the pack are whole.

const NAMES = ['ไทย', '場', '陈美玲 🧿 龘', 'முருகன் سليمان', 'अनुष्का', 'DL \ue000 \u{f0000} \u0378'];
const NEW = '/admin/groups/new';

const inOne = (pdf: Buffer) => textOf(pdf).join('').replace(/\s/g, '');
/** What no font has is its number on paper. */
const onPaper = (name: string) =>
  name.replace(/\s/g, '').replace(/[\ue000\u{f0000}\u0378\u0900-\u097f\u0e00-\u0e7f🧿]/gu, (letter) => {
    const number = (letter.codePointAt(0) ?? 0).toString(16).toUpperCase();
    return `U+${number.padStart(4, '0')}`;
  });

t.test('lists named in letters of any kind: record, report and pack as PDF', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  for (const [index, display_name] of NAMES.entries()) {
    const primary_email = `dl.huruf${index}@jabatan.test`;
    const group = { display_name, primary_email, owners: ['pegawai.jabatan@jabatan.test'] };
    t.equal((await admin.submit(NEW, NEW, group)).status, 303, display_name);
  }
  const whole = async (pdf: Buffer, what: string) => {
    t.match(pdf.subarray(-6).toString(), '%%EOF', what);
    t.equal(await complaintsOf(pdf), '', what);
  };
  const records = await ipms.db
    .selectFrom('record')
    .selectAll()
    .where('item_type', '=', 'group')
    .where('item_name', 'in', NAMES)
    .execute();
  t.equal(records.length, NAMES.length);
  for (const record of records) {
    const { status, content } = await download(ipms, admin, `/admin/records/${record.id}.pdf`);
    t.equal(status, 200);
    await whole(content, `record of ${record.item_name}`);
    t.match(inOne(content), onPaper(record.item_name ?? ''));
  }
  const report = await download(ipms, admin, '/admin/reports/lists.pdf');
  await whole(report.content, 'report');
  for (const name of NAMES) t.match(inOne(report.content), onPaper(name));
  const pack = '/admin/records/pack';
  const _csrf = await admin.token(pack);
  const asked = { _csrf, from: '01/01/2026', to: '31/12/2026', count: '50', sops: ['4.13'] };
  const answer = await download(ipms, admin, pack, asked);
  const files = unzip(answer.content);
  for (const { number } of records) {
    const file = files.get(`records/${number.replaceAll('/', '-')}.pdf`);
    await whole(file ?? Buffer.alloc(0), `${number} in the pack`);
  }
  await whole(files.get('draw.pdf') ?? Buffer.alloc(0), 'the draw');
});
