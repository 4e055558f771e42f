import { t } from 'tap';
import { stepOf } from '../../src/sign-in/second-factor/totp.ts';

// RFC 6238, appendix B: what any authenticator app shows. The RFC has eight digits; six are the last of them.

/** "12345678901234567890" in base 32. */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const SHA_1: [seconds: number, code: string][] = [
  [59, '94287082'],
  [1111111109, '07081804'],
  [1111111111, '14050471'],
  [1234567890, '89005924'],
  [2000000000, '69279037'],
  [20000000000, '65353130'],
];

t.test('the vectors for SHA-1 are right at their time, and no longer after two steps', (t) => {
  for (const [seconds, code] of SHA_1) {
    const at = (later: number) => stepOf(SECRET, code.slice(-6), new Date((seconds + later) * 1000));
    const step = Math.floor(seconds / 30);
    t.strictSame([at(0), at(30), at(60)], [step, step, null], `${seconds} s`);
  }
  t.end();
});
