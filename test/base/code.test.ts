import fc from 'fast-check';
import { t } from 'tap';
import {
  ACCESS_CODE_LENGTH,
  codeMatches,
  hashCode,
  newCode,
  newReference,
  readCode,
  showCode,
} from '../../src/base/code.ts';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTHS = [15, 25];
const code = fc.oneof(
  ...LENGTHS.map((length) => fc.string({ unit: fc.constantFrom(...ALPHABET), minLength: length, maxLength: length })),
);

t.test('new codes: 15 characters of Crockford’s alphabet, each about as often, none twice', async (t) => {
  const codes = Array.from({ length: 4000 }, () => newCode(ACCESS_CODE_LENGTH));
  t.equal(new Set(codes).size, codes.length);
  const counts = new Map([...ALPHABET].map((character) => [character, 0]));
  for (const each of codes) {
    t.equal(each.length, 15) || t.bailout('wrong length');
    for (const character of each) counts.set(character, (counts.get(character) ?? Number.NaN) + 1);
  }
  const usual = (codes.length * 15) / 32;
  for (const [character, count] of counts) t.ok(Math.abs(count - usual) < usual * 0.2, `${character}: ${count}`);
});

t.test('what is shown is read back, in any case, with or without dashes and spaces', async (t) => {
  t.equal(showCode('ABCDE01234FGHJK'), 'ABCDE-01234-FGHJK');
  t.equal(showCode('ABCDE01234FGHJKMNPQRSTVWX'), 'ABCDE-01234-FGHJK-MNPQR-STVWX');
  fc.assert(
    fc.property(code, fc.constantFrom('-', ' ', '', ' - ', '–', '\u00a0'), fc.boolean(), (each, dash, small) => {
      const shown = showCode(each).replaceAll('-', dash);
      return readCode(small ? ` ${shown.toLowerCase()}` : `${shown} `, LENGTHS) === each;
    }),
  );
});

t.test('O is 0, I and L are 1', async (t) => {
  t.equal(readCode('oOoOo-iIlLi-00011', [15]), '000001111100011');
  t.equal(readCode('ＡＢＣＤＥ-01234-FGHJK', [15]), 'ABCDE01234FGHJK', 'full-width letters, too');
});

t.test('what cannot be a code is none', async (t) => {
  for (const typed of [
    '',
    '-',
    'ABCDE-01234-FGHJ',
    'ABCDE-01234-FGHJKM',
    'ABCDE-01234-FGHJK-MNPQR',
    'ABCDE-01234-FGHJK-MNPQR-STVWX-YZ012',
    'ABCDE-01234-FGHJU',
    'ABCDE_01234_FGHJK',
    'ABCDE-01234-FGHJ!',
    'ABCDE-01234-FGHJ\0',
  ])
    t.equal(readCode(typed, LENGTHS), null, JSON.stringify(typed));
});

t.test('only the right code matches its salted hash', async (t) => {
  const [first, second] = [hashCode('ABCDE01234FGHJK'), hashCode('ABCDE01234FGHJK')];
  t.not(first.code_hash, second.code_hash, 'two hashes of one code differ');
  t.ok(codeMatches('ABCDE01234FGHJK', first));
  t.notOk(codeMatches('ABCDE01234FGHJM', first));
  t.notOk(codeMatches('ABCDE01234FGHJK', { ...first, salt: second.salt }));
  t.notMatch(JSON.stringify(first), 'ABCDE');
});

t.test('a reference is short, and not to be counted on', async (t) => {
  const references = Array.from({ length: 500 }, newReference);
  for (const reference of references.slice(0, 20))
    t.match(reference, /^KA-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
  t.equal(new Set(references).size, references.length);
});
