import { createHmac } from 'node:crypto';
import { t } from 'tap';
import { sealing, sealingAgain } from '../../src/data/seals.ts';

t.test(
  'a seal is the HMAC of its text, however long it is and in whatever letters, also when it is looked at',
  async (t) => {
    for (const key of [Buffer.alloc(32, 7), Buffer.from('short'), Buffer.alloc(64, 255)]) {
      const [seal, again] = [sealing(key), sealingAgain(key)];
      for (const text of [
        '',
        'a',
        '["Norai\u0301ni","é","😀","\ud800"]',
        'x'.repeat(8192),
        '€'.repeat(8192),
        'x'.repeat(8193),
        'a',
      ]) {
        const right = createHmac('sha256', key).update(text).digest('base64url');
        t.strictSame([seal(text), again(text)], [right, right], `${text.length}`);
      }
    }
    t.throws(() => sealingAgain(Buffer.alloc(65)), /longer than a block/);
  },
);
