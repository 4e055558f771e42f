import fc from 'fast-check';
import { t } from 'tap';
import { distinguishedName, partsBelow, partsOf, UnfitName } from '../../src/directory/names.ts';

const BASE = 'OU=IPMS\\, Ujian,DC=agensi,DC=test';
const name = fc
  .string({
    unit: fc.oneof(fc.constantFrom(...',"#\\<>+;= *()2C'), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 })),
  })
  .filter((each) => each !== '' && !/[\x00-\x1f\x7f]/.test(each));

t.test('any name comes out of a distinguished name as it went in', async (t) => {
  fc.assert(
    fc.property(name, fc.array(name, { maxLength: 3 }), (own, container) => {
      const parts = partsBelow(distinguishedName('contact', own, container, BASE), BASE);
      t.strictSame(
        parts?.map(([, each]) => each),
        [own, ...container],
      );
      // the client cuts a new name at its first comma
      t.equal(
        /[^\\],/.exec(distinguishedName('contact', own, container, BASE))?.index,
        distinguishedName('contact', own, [], 'X').length - 3,
      );
    }),
  );
});

t.test('what a directory writes is read', async (t) => {
  const parts = partsOf('CN=a\\,b\\5Cc\\C3\\A9\\ ,OU=x\\=y,DC=test');
  t.strictSame(parts, [
    ['CN', 'a,b\\cé '],
    ['OU', 'x=y'],
    ['DC', 'test'],
  ]);
  t.equal(partsBelow('OU=ipms\\2C UJIAN,dc=AGENSI,DC=test', BASE), null, 'the base is not below itself');
  t.equal(partsBelow('CN=a,OU=Lain,DC=agensi,DC=test', BASE), null);
});

t.test('what a name cannot be', async (t) => {
  for (const wrong of ['', 'a\0b', 'a\nb', '\x7f', '\udc00'])
    for (const [own, container] of [
      [wrong, []],
      ['a', [wrong]],
    ] as const)
      t.throws(() => distinguishedName('user', own, [...container], BASE), new UnfitName(wrong), JSON.stringify(wrong));
});
