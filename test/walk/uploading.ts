import type { HTMLElement } from 'node-html-parser';
import { dayOf } from '../../src/base/time.ts';
import { jpeg, multipart, pdf, png } from '../attached-files.ts';
import { formWithFile } from '../bulk/runs.ts';
import type { Page, Visitor } from '../helper.ts';
import { HEAD } from '../usage/files.ts';
import type { Chance } from './chance.ts';
import type { Fields } from './filling-in.ts';

type Sending = { action: string; form: HTMLElement; fields: Fields; now: Date };

/** Sends a form as a browser does: one for files with some that somebody chose, now and then with none, or with what is no such file. */
export async function send(browser: Visitor, { action, form, fields, now }: Sending, chance: Chance): Promise<Page> {
  const file = form.querySelector('input[type=file]')?.getAttribute('name');
  if (file === undefined) return browser.post(action, fields);
  if (file === 'attachments') {
    const { body, headers } = multipart(fields, attached(chance));
    return browser.send('POST', action, body, headers);
  }
  const bytes = action.startsWith('/admin/bulk') ? await bulkFile(browser, fields, chance) : usageFile(chance, now);
  const single = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, [value].flat()[0] ?? '']));
  const chosen = chance.is(0.05) ? undefined : { name: 'fail.csv', bytes: chance.is(0.05) ? odd(chance) : bytes };
  const { body, headers } = formWithFile(single, chosen);
  return browser.send('POST', action, body, headers);
}

const odd = (chance: Chance) => chance.one(['', '\0\0', '"', ',,,\n'.repeat(50), 'a;b\n1;2', '\ufeff', '<html>']);

function attached(chance: Chance) {
  if (chance.is(0.5)) return [];
  const within = `Surat ${chance.upTo(1000)}`;
  const files = [pdf('surat.pdf', within), png(), jpeg(), { name: 'aku.exe', bytes: Buffer.from(odd(chance)) }];
  return Array.from({ length: chance.upTo(3) }, () => chance.one(files));
}

/** A kind's own template or the present values, with a cell changed here and there; never what would end a walker. */
async function bulkFile(browser: Visitor, fields: Fields, chance: Chance) {
  const filled = chance.is(0.6) ? '&filled=1' : '';
  const { html: csv } = await browser.get(`/admin/bulk/template?kind=${fields.kind}${filled}`);
  const [head = '', ...lines] = csv.split('\r\n').filter((line) => line !== '');
  const few = lines.filter((line) => !/admin\.|pegawai\.jabatan/.test(line)).filter(() => chance.is(0.3));
  const number = chance.upTo(100_000);
  const changed = (line: string) =>
    line
      .split(',')
      .map((cell) => (chance.is(0.08) ? chance.one(['', 'x', '0', '2048', `jalan.${number}@jabatan.test`, '-']) : cell))
      .join(',');
  return [head, ...few.map(changed)].join('\r\n');
}

function usageFile(chance: Chance, now: Date) {
  const people = ['admin.jabatan@jabatan.test', 'pegawai.jabatan@jabatan.test', 'tiada@jabatan.test', 'x', ''];
  const line = () => `${chance.one(people)},${chance.one(['1', '900', '-4', 'x'])},${dayOf(now)},`;
  return [HEAD, ...Array.from({ length: chance.upTo(6) }, line)].join('\n');
}
