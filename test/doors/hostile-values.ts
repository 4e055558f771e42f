import type { Field } from '../../src/forms/form.ts';

/** Values that forms meet in the wild. `own` ones depend on the field. */
const HOSTILE: Record<string, string | string[] | ((field: Field) => string | string[])> = {
  empty: '',
  spaces: '   ',
  'the longest': (field) => 'x'.repeat(field.max),
  'one more than the longest': (field) => 'x'.repeat(field.max + 1),
  'twenty thousand': 'x'.repeat(20_000),
  emoji: 'Ali 👩🏽‍💻🇲🇾',
  Chinese: '陈志强',
  'combining marks': 'Ame\u0301lie',
  NUL: 'a\0b',
  'control characters': 'a\u0001\u0007\u001b[31mb',
  'C1 control characters': 'a\u0085\u009fb',
  'CR LF': 'a\r\nBcc: b@jahat.test',
  tab: 'a\tb',
  'line separator': 'a\u2028b',
  bidi: 'a\u202egnp.exe',
  'bidi isolates': 'a\u2066b\u2069',
  'zero width': 'a\u200bb\ufeffc',
  markup: '<script>alert(1)</script><b>tebal</b>',
  'an attribute': '" onmouseover="alert(1)" x="',
  'single quotes': "O'Brien' OR '1'='1",
  'template tags': "<%= 7 * 7 %><%~ include('/layout') %>",
  placeholders: '{name} {count:one|many} #{7*7} {{7*7}}',
  'a back-tick': '`a` #{1}',
  'a formula': '=1+1',
  'other formulas': '@SUM(A1)',
  backslash: 'a\\b\\',
  percent: '%_%00%zz',
  SQL: "'; drop table user; --",
  'a prototype': '__proto__',
  'a name of everybody': 'constructor',
  'a negative number': '-1',
  'a huge number': '99999999999999999999',
  'a number in words of science': '1e9',
  'a number of programmers': '0x1f',
  'an array': ['satu', 'dua'],
  'an array of one thing twice': (field) => {
    const value = field.options?.[0]?.value ?? 'satu';
    return [value, value];
  },
};

/** Of those, what is worth trying where one chooses and does not write. */
const FOR_CHOICES = new Set([
  'empty',
  'spaces',
  'twenty thousand',
  'NUL',
  'markup',
  'an attribute',
  'a prototype',
  'a negative number',
  'a huge number',
  'an array',
  'an array of one thing twice',
]);

/** Of those, what is worth trying in a field that is read like one before it on the same form, or of the same name on another. */
const FOR_ALIKE = new Set([
  'empty',
  'one more than the longest',
  'emoji',
  'NUL',
  'CR LF',
  'bidi',
  'markup',
  'an attribute',
  'template tags',
  'an array',
]);

/** What decides how a field is read. */
function nature({ kind, max, optional, attributes }: Field) {
  return JSON.stringify([kind, max, optional, attributes.type, attributes.inputmode]);
}

/**
 * Every field of a form with every value to try in it.
 * @param known the fields of the forms before it; its own are added
 */
export function tries(fields: Record<string, Field>, known: Set<string>) {
  const seen = new Set<string>();
  return Object.entries(fields).flatMap(([name, field]) => {
    const writes = field.kind === 'text' || field.kind === 'textarea' || field.kind === 'password';
    const named = `${name} ${nature(field)}`;
    const alike = seen.has(nature(field)) || known.has(named);
    seen.add(nature(field));
    known.add(named);
    return Object.entries(HOSTILE)
      .filter(([what]) => (writes || FOR_CHOICES.has(what)) && (!alike || FOR_ALIKE.has(what)))
      .map(([what, value]) => ({ name, field, what, value: typeof value === 'function' ? value(field) : value }));
  });
}

/** What an ordinary person would fill in: the first of these that the field takes. */
const ORDINARY = [
  'Contoh Biasa',
  'contoh@jabatan.test',
  '900101-14-5679',
  '2026-12-24',
  'https://www.jabatan.test',
  '1',
  '62000',
  '03-8888 1234',
  '1024',
  'contoh.biasa',
  'contoh.test',
  'JXX',
  'Zirafah#2030merah',
];

/** Is this what the field takes, looked at by itself? */
export function takes(field: Field, value: string) {
  try {
    field.read([value]);
    return true;
  } catch {
    return false;
  }
}

/** A value for every field, as if somebody had filled in the form with care. */
export function ordinary(fields: Record<string, Field>) {
  const values: Record<string, string> = {};
  for (const [name, field] of Object.entries(fields)) {
    if (field.kind === 'checkbox') continue;
    const wanted = [...(field.options ?? []).map((option) => option.value), ...ORDINARY].filter(
      (value) => value !== '',
    );
    values[name] = wanted.find((value) => takes(field, value)) ?? '';
  }
  return values;
}
