import { both } from '../base/language.ts';
import { showTime } from '../base/time.ts';
import type { Mail, Recipient } from '../trail/outbox.ts';
import { CLOCK_ITEM, type Doubt } from './clock.ts';

/** The helpdesk hears that nothing falls due until somebody has looked at the clock. */
export function doubtMail(to: Recipient, doubt: Doubt, now: Date): Mail {
  const at = (moment: Date | string) => ({ ms: showTime('ms', moment), en: showTime('en', moment) });
  return {
    mail: 'clock',
    to,
    item: CLOCK_ITEM,
    letter: {
      subject: both('clock.mail.subject'),
      greeting: to.name,
      paragraphs: [
        both(`clock.${doubt.is}`, { now: at(now), seen: at(doubt.seenAt) }),
        both('clock.held'),
        both('clock.todo'),
      ],
      link: { label: both('clock.title'), path: '/helpdesk/clock' },
    },
  };
}
