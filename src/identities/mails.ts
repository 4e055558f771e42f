import { both } from '../base/language.ts';
import type { Item } from '../trail/items.ts';
import type { Mail, Recipient } from '../trail/outbox.ts';

/** The helpdesk asks an agency's administrators to end what serves somebody a second time. */
export function endAskedMail(item: Item, place: string, reason: string, to: Recipient): Mail {
  return {
    mail: 'double',
    to,
    item,
    letter: {
      subject: both('mail.double.subject', { name: item.name }),
      greeting: to.name,
      paragraphs: [both('mail.double.text', { name: item.name })],
      facts: [
        { label: both('second-account.what'), value: both(`item.${item.type}`) },
        { label: both('field.reason'), value: reason },
      ],
      link: { label: both('mail.double.link'), path: place },
      closing: [both('mail.double.closing')],
    },
  };
}
