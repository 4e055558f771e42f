import { t } from 'tap';
import { type TextKey, texts } from '../../src/texts.ts';
import { startIpms, type Visitor } from '../helper.ts';
import { keepMails, keptMails } from './kept-mails.ts';
import { FILES } from './telling/files.ts';
import { GROUPS } from './telling/groups.ts';
import { JOINING } from './telling/joining.ts';
import { MAILBOX_LIFE } from './telling/mailbox-life.ts';
import { SIGN_IN } from './telling/sign-in.ts';
import type { Stage } from './telling/story.ts';
import { TICKETS } from './telling/tickets.ts';
import { TRANSFERS } from './telling/transfers.ts';
import { NO_TELLING, TELLING } from './telling/words.ts';

// Each text that says of somebody that they are told is brought to the screen, or into a mail, and then the outbox is read:
// whoever it speaks of has a mail. A new text with such words must be given its story (`telling/`), or be named among those
// that say no such thing (`telling/words.ts`).

const STORIES = [...SIGN_IN, ...JOINING, ...MAILBOX_LIFE, ...GROUPS, ...TICKETS, ...FILES, ...TRANSFERS];

/** A text with whatever it leaves open. */
function pattern(sentence: string) {
  const parts = sentence.split(/\{[^{}]*\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(parts.join('[^]*?'));
}

for (const { says, tell } of STORIES)
  t.test(`whoever is spoken of has a mail: ${says.join(', ')}`, async (t) => {
    const ipms = await startIpms(t, { watch: keepMails });
    let since = 0;
    const visitors = new Map<string, Promise<Visitor>>();
    const stage: Stage = {
      t,
      ipms,
      as(login) {
        const visitor = visitors.get(login) ?? ipms.signIn(login);
        visitors.set(login, visitor);
        return visitor;
      },
      async begin() {
        since = (await keptMails(ipms.db)).at(-1)?.id ?? 0;
      },
      async tells(address, work) {
        const last = (await keptMails(ipms.db)).at(-1)?.id ?? 0;
        const done = await work();
        if (!(await keptMails(ipms.db, last)).some((mail) => mail.to_address === address))
          throw new Error(`${address} was not told`);
        return done;
      },
      async send(who, page, action = page, fields = {}) {
        const answer = await who.submit(page, action, fields);
        if (answer.status !== 303)
          throw new Error(`${action}: ${answer.status} ${JSON.stringify(answer.problems)} ${answer.text}`);
        return { ...(await who.get(answer.location)), at: answer.location };
      },
    };
    const { read, told, untold = [] } = await tell(stage);
    const all = await keptMails(ipms.db);
    const letters = all.map((mail) => mail.letter);
    const said = [...read.map((page) => (typeof page === 'string' ? page : page.text)), ...letters].join('\n');
    for (const key of says) t.match(said, pattern(texts[key].ms), `${key} is said`);
    const mailed = new Set(all.filter((mail) => mail.id > since).map((mail) => mail.to_address));
    for (const address of told) t.ok(mailed.has(address), `${address} is told`);
    for (const address of untold) t.notOk(mailed.has(address), `${address} is not told`);
    if (told.length === 0) t.strictSame([...mailed], [], 'nobody is told');
  });

t.test('each text that says of somebody that they are told has its story', (t) => {
  const keys = Object.keys(texts) as TextKey[];
  const telling = keys.filter((key) => TELLING.ms.test(texts[key].ms) || TELLING.en.test(texts[key].en));
  const storied = new Set(STORIES.flatMap((story) => story.says));
  t.strictSame(
    telling.filter((key) => !storied.has(key) && !NO_TELLING.has(key)),
    [],
    'these need a story',
  );
  t.strictSame(
    [...NO_TELLING].filter((key) => !telling.includes(key) || storied.has(key)),
    [],
    'these need no mention',
  );
  t.end();
});
