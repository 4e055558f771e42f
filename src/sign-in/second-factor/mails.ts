import { both } from '../../base/language.ts';
import type { Letter } from '../../base/letter.ts';
import { timeInWords } from '../../base/time.ts';
import type { Row } from '../../data/schema.ts';
import { userItem } from '../../trail/items.ts';
import type { Mail } from '../../trail/outbox.ts';

/** What is announced to the person, and written to the audit trail under the same name. */
export type Notice =
  | 'second-factor-set-up'
  | 'second-factor-replaced'
  | 'second-factor-turned-off'
  | 'second-factor-reset'
  | 'recovery-codes-made'
  | 'recovery-code-used'
  | 'code-tries-shut'
  | 'passkey-added'
  | 'passkey-removed'
  | 'passkey-copied';

type Details = { left?: number; officer?: string; reason?: string; passkey?: string };

/** What guards a sign-in was changed: the official address and the recovery address hear of it. */
export function noticeMails(user: Row<'user'>, notice: Notice, now: Date, details: Details = {}): Mail[] {
  const { left = 0, officer = '', reason, passkey } = details;
  const letter: Letter = {
    subject: both(`mail.${notice}.subject`),
    greeting: user.full_name,
    paragraphs: [both(`mail.${notice}.text`, { count: left, officer }), both(`mail.${notice}.next`)],
    facts: [
      { label: both('field.login_id'), value: user.login_id },
      { label: both('mail.when'), value: timeInWords(now) },
      ...(passkey === undefined ? [] : [{ label: both('field.passkey'), value: passkey }]),
      ...(reason === undefined ? [] : [{ label: both('field.reason'), value: reason }]),
    ],
    link:
      notice === 'code-tries-shut'
        ? { label: both('mail.n8.link'), path: '/password/forgot' }
        : { label: both('second-factor.title'), path: '/me/second-factor' },
  };
  const addresses = [user.email, ...(user.recovery_email === null ? [] : [user.recovery_email])];
  return addresses.map((address) => ({
    mail: notice,
    to: { name: user.full_name, address },
    item: userItem(user),
    letter,
  }));
}
