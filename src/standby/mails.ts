import { both } from '../base/language.ts';
import { timeInWords } from '../base/time.ts';
import type { Mail, Recipient } from '../trail/outbox.ts';

/** The helpdesk hears that the copy on the second machine does not follow. */
export function behindMail(to: Recipient, newest: string | null): Mail {
  return {
    mail: 'standby',
    to,
    letter: {
      subject: both('standby.mail.subject'),
      greeting: to.name,
      paragraphs: [both('standby.held'), both('standby.todo')],
      facts: [
        { label: both('standby.newest'), value: newest === null ? both('standby.unknown') : timeInWords(newest) },
      ],
      link: { label: both('helpdesk.title'), path: '/helpdesk' },
    },
  };
}
