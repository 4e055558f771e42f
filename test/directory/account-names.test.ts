import { t } from 'tap';
import { accountName, contactName, freeName } from '../../src/directory/account-names.ts';
import { partedName } from '../../src/officers/name.ts';

t.test('a name is parted at "child of", as it is written', async (t) => {
  for (const [name, given, parent] of [
    ['Ali bin Abu', 'Ali', 'Abu'],
    ["Dato' Siti Nur BINTI Haji Omar", "Dato' Siti Nur", 'Haji Omar'],
    ['Muthu a/l Raman', 'Muthu', 'Raman'],
    ['Devi A / P  Kumar', 'Devi', 'Kumar'],
    ['Gurdeep s/o Singh', 'Gurdeep', 'Singh'],
    ['Ali bt. Abu', 'Ali', 'Abu'],
    ['Tan Ah Kow', '', 'Tan Ah Kow'],
    ['Bin', '', 'Bin'],
    ['', '', ''],
  ] as const)
    t.strictSame(partedName(name), { given, parent }, name);
});

t.test('an account is named by its agency and address, within what Windows takes', async (t) => {
  t.equal(accountName('JC', 'semua@jabatan.test'), 'JC-semua');
  t.equal(accountName('JC', 'a+b?@jabatan.test'), 'JC-a_b_');
  const long = [accountName('JC', `${'a'.repeat(64)}@x.test`), accountName('JC', `${'a'.repeat(63)}@x.test`)];
  t.strictSame(
    long.map((name) => name.length),
    [64, 64],
  );
  t.not(long[0], long[1]);
});

t.test('the second of a name has a number, whatever its letters', async (t) => {
  const taken = new Set(['semua']);
  t.strictSame(
    ['Semua', 'SEMUA', 'lain'].map((name) => freeName(name, taken)),
    ['Semua-2', 'SEMUA-3', 'lain'],
  );
  const long = 'a'.repeat(64);
  t.equal(freeName(long, new Set([long])), `${'a'.repeat(62)}-2`);
});

t.test('a contact is named by its address, cut with a digest', async (t) => {
  t.equal(contactName('ali@luar.test'), 'ali@luar.test');
  const [one, other] = ['a', 'b'].map((end) => contactName(`${'x'.repeat(64)}@luar.${end}`));
  t.match(one, /^x{55}-[0-9a-f]{8}$/);
  t.not(one, other);
});
