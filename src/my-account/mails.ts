import { both } from '../base/language.ts';
import type { Letter } from '../base/letter.ts';
import type { Row } from '../data/schema.ts';
import { userItem } from '../trail/items.ts';
import type { Mail } from '../trail/outbox.ts';

/** The recovery address opens a sign-in: the official address, the one that it was before, and the new one hear of a change. */
export function recoveryChanged(user: Row<'user'>, recovery: string | null): Mail[] {
  const letter: Letter = {
    subject: both('mail.recovery.subject'),
    greeting: user.full_name,
    paragraphs: [both('mail.recovery.text'), both('mail.recovery.notYou')],
    facts: [
      { label: both('field.login_id'), value: user.login_id },
      { label: both('field.recovery_email'), value: recovery ?? both('none') },
    ],
    link: { label: both('mail.recovery.link'), path: '/me/password' },
  };
  // the new one may be somebody else's by a slip of the fingers: it is told no more than it must
  const welcome: Letter = {
    subject: both('mail.recovery.subject'),
    greeting: user.full_name,
    paragraphs: [both('mail.recovery.new', { name: user.full_name }), both('mail.recovery.notKnown')],
  };
  const told: [address: string | null, letter: Letter][] = [
    [user.email, letter],
    [user.recovery_email, letter],
    [recovery, welcome],
  ];
  return told.flatMap(([address, each]) =>
    address === null
      ? []
      : [
          {
            mail: 'recovery-changed' as const,
            to: { name: user.full_name, address },
            item: userItem(user),
            letter: each,
          },
        ],
  );
}
