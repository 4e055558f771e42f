import { t } from 'tap';
import { PROCEDURES } from '../../src/sop/index.ts';
import { startIpms } from '../helper.ts';
import { keepMails } from '../outbox/kept-mails.ts';
import { contacts } from './sop/contacts.ts';
import { lists, memberOf } from './sop/groups.ts';
import { asking, civilServant, other } from './sop/joining.ts';
import { away, keeping, leaving } from './sop/mailboxes.ts';
import { ownAccount } from './sop/own-account.ts';
import { walkOver } from './sop/walk.ts';

// The SOP as its people carry it out, every step of every table: what they press, who is mailed, what the rail says then,
// what is audited and filed, and nothing besides. One installation, as it would be: each chapter begins where the last ended.

/** In the SOP's order, but for the end of an account (4.11, 4.12), for which a week goes by. */
const CHAPTERS = [asking, civilServant, other, keeping, away, lists, memberOf, ownAccount, contacts, leaving];

t.test('every step of SOP 4.1 to 4.23 is walked, once', async (t) => {
  const ipms = await startIpms(t, { watch: keepMails });
  const walk = walkOver(t, ipms);
  for (const chapter of CHAPTERS) await chapter(walk);
  const all = PROCEDURES.filter(({ sop }) => sop.startsWith('4.')).flatMap(({ sop, steps }) =>
    steps.map((_, index) => `${sop} step ${index + 1}`),
  );
  t.equal(all.length, 97, 'as many as the SOP has');
  t.strictSame([...walk.walked].sort(), [...all].sort());
});
