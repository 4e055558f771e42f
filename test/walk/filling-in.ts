import type { HTMLElement } from 'node-html-parser';
import { DAY, dayOf, later } from '../../src/base/time.ts';
import { PASSWORD } from '../helper.ts';
import type { Chance } from './chance.ts';

export type Fields = Record<string, string | string[]>;

const ADDRESSES = ['admin.jabatan@jabatan.test', 'pegawai.jabatan@jabatan.test', 'admin.kementerian@kementerian.test'];
const NAMES = ['Nurul Huda binti Ismail', 'Tan Wei Ming', 'Kumar a/l Raju', 'Dayang Siti anak Jawi', "Mary O'Brien"];
const ODD = [
  '',
  ' ',
  '<b>x</b>',
  "'; drop table user; --",
  'x'.repeat(300),
  '-1',
  '999999999',
  'a\r\nb',
  '{name}',
  '🇲🇾',
  '\u202e',
];

/** A form of a page as somebody fills it in who mostly knows what belongs there; now and then not. */
export function filledIn(form: HTMLElement, chance: Chance, now: Date): Fields {
  const fields: Fields = {};
  const add = (name: string | undefined, value: string) => {
    if (name === undefined) return;
    const before = fields[name];
    fields[name] = before === undefined ? value : [before, value].flat();
  };
  const radios = new Map<string, string[]>();
  for (const input of form.querySelectorAll('input')) {
    const name = input.getAttribute('name');
    const value = input.getAttribute('value') ?? '';
    const type = input.getAttribute('type') ?? 'text';
    if (name === undefined || type === 'submit' || type === 'file') continue;
    if (type === 'hidden') add(name, value);
    else if (type === 'radio') radios.set(name, [...(radios.get(name) ?? []), value]);
    else if (type === 'checkbox') {
      if (chance.is(input.hasAttribute('checked') ? 0.8 : 0.5)) add(name, value);
    } else add(name, written(name, type, value, chance, now));
  }
  for (const [name, values] of radios) add(name, chance.one(values));
  for (const area of form.querySelectorAll('textarea'))
    add(
      area.getAttribute('name'),
      written(area.getAttribute('name') ?? '', 'text', area.textContent.trim(), chance, now),
    );
  for (const select of form.querySelectorAll('select')) {
    const options = select.querySelectorAll('option').map((option) => option.getAttribute('value') ?? '');
    if (options.length > 0) add(select.getAttribute('name'), chance.one(options));
  }
  const buttons = form.querySelectorAll('button[name]');
  if (buttons.length > 0 && chance.is(0.7)) {
    const button = chance.one(buttons);
    add(button.getAttribute('name'), button.getAttribute('value') ?? '');
  }
  return fields;
}

function written(name: string, type: string, value: string, chance: Chance, now: Date): string {
  if (/password/.test(name)) return /new|confirm/.test(name) ? 'Rimba#Teduh7788' : PASSWORD;
  if (chance.is(0.05)) return chance.one(ODD);
  if (value !== '' && chance.is(0.6)) return value;
  const number = chance.upTo(100_000);
  if (type === 'date' || /(_on|_from|_until|date|day)$/.test(name))
    return dayOf(later(now, (chance.upTo(25) - 3) * DAY));
  if (/ic_number|sought_ic|identity/.test(name))
    return `${80 + chance.upTo(19)}01${String(10 + chance.upTo(15))}14${String(1000 + chance.upTo(8999))}`;
  if (/postmaster/.test(name)) return `postadmin${number}@jabatan.test`;
  if (/primary_email/.test(name)) return `jalan.${number}@${chance.one(['jabatan.test', 'kementerian.test'])}`;
  if (/members|owners|senders|mailbox_email/.test(name)) return chance.one([...ADDRESSES, value]);
  if (type === 'email' || /email|contact$/.test(name)) return chance.one([`orang${number}@luar.test`, ...ADDRESSES]);
  if (/login/.test(name)) return `jalan.${number}`;
  if (/name/.test(name)) return chance.one(NAMES);
  if (type === 'tel' || /phone/.test(name)) return '03-88881234';
  if (/postcode/.test(name)) return '62000';
  if (type === 'number' || /_mb|days|hours|limit/.test(name)) return String(chance.upTo(60));
  if (/domains?$/.test(name)) return `jalan${number}.test`;
  return chance.one(['Atas permintaan ketua unit', 'Bertukar ke bahagian lain', 'Untuk semakan', `Nota ${number}`]);
}
