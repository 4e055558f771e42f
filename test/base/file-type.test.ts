import { t } from 'tap';
import { fileTypeOf } from '../../src/base/file-type.ts';
import { jpeg, pdf, png } from '../attached-files.ts';

// What a file is, by its bytes

t.test('each type is known, and that its end is there', async (t) => {
  t.strictSame(fileTypeOf(pdf().bytes), { type: 'application/pdf', isWhole: true });
  t.strictSame(fileTypeOf(png().bytes), { type: 'image/png', isWhole: true });
  t.strictSame(fileTypeOf(jpeg().bytes), { type: 'image/jpeg', isWhole: true });
});

t.test('a file that was cut, anywhere, is not whole or none of them', async (t) => {
  for (const { name, bytes } of [pdf(), png(), jpeg()])
    for (let length = 0; length < bytes.length - 2; length += 1) {
      const found = fileTypeOf(bytes.subarray(0, length));
      if (found?.isWhole && !bytes.subarray(0, length).includes('%%EOF') && !bytes.subarray(0, length).includes('IEND'))
        t.fail(`${name} cut to ${length} of ${bytes.length} bytes`);
    }
  const { bytes } = png();
  t.strictSame(fileTypeOf(bytes.subarray(0, bytes.length - 20)), { type: 'image/png', isWhole: false });
  const photo = jpeg().bytes;
  t.strictSame(fileTypeOf(photo.subarray(0, photo.length - 2)), { type: 'image/jpeg', isWhole: false });
});

t.test(
  'a PDF that was changed and cut within the change is not whole, however near its first end mark is',
  async (t) => {
    const { bytes } = pdf();
    const changed = Buffer.concat([bytes, Buffer.from('7 0 obj\n<< /Type /Annot >>\nendobj\nstartxref\n9\n%%EOF\n')]);
    t.strictSame(fileTypeOf(changed), { type: 'application/pdf', isWhole: true });
    for (let length = bytes.length + 1; length < changed.length - 1; length += 1)
      t.match(
        fileTypeOf(changed.subarray(0, length)),
        { isWhole: false },
        `cut to ${length} of ${changed.length} bytes`,
      );
    for (const after of ['', '\r', '\r\n\r\n', ' \n', '\0'.repeat(500), '\n\x1a'])
      t.match(fileTypeOf(Buffer.concat([bytes, Buffer.from(after)])), { isWhole: true }, JSON.stringify(after));
  },
);

t.test('what is none of them is nothing, whatever it looks like', async (t) => {
  const others = [
    '',
    'MZ',
    '<!doctype html><script>1</script>',
    'PK\x03\x04',
    'GIF89a',
    ' %PDF-1.7 %%EOF',
    '\x89PNG',
    '\xff\xd8',
  ];
  for (const each of others) t.equal(fileTypeOf(Buffer.from(each, 'latin1')), null, each);
});
