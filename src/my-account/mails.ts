import { both } from '../platform/language.ts';
import type { Letter } from '../platform/letter.ts';
import type { Mail } from '../platform/outbox.ts';
import type { Row } from '../platform/schema.ts';
import { userItem } from '../sign-in/password.ts';

/** The recovery address opens a sign-in: the official address and the one that it was before hear of a change. */
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
  const addresses = [user.email, ...(user.recovery_email === null ? [] : [user.recovery_email])];
  return addresses.map((address) => ({
    mail: 'recovery-changed',
    to: { name: user.full_name, address },
    item: userItem(user),
    letter,
  }));
}
