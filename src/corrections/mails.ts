import { administratorsOf } from '../agencies/administrators.ts';
import type { Actor } from '../base/actor.ts';
import { maskIcNumber } from '../base/ic-number.ts';
import { both } from '../base/language.ts';
import type { Letter } from '../base/letter.ts';
import type { Act } from '../data/act.ts';
import type { Mailbox } from '../mailboxes/queries.ts';
import { helpdeskRecipients } from '../tickets/recipients.ts';
import { correctionItem, mailboxItem } from '../trail/items.ts';
import type { Mail, Recipient } from '../trail/outbox.ts';
import { correctedBy, isNumber } from './person-key.ts';
import type { Area, Correction } from './queries.ts';

type Deciders = { area: Area; to: Recipient[] };

/** Who hears that a correction waits: the agency's other administrators, or, where there is none, the helpdesk. */
export async function whoCanDecide(act: Act, correction: Correction): Promise<Deciders> {
  const others = await administratorsOf(act.trx, correction.agency_id, [correction.requested_by, correction.user_id]);
  if (others.length > 0) return { area: 'admin', to: others };
  return { area: 'helpdesk', to: await helpdeskRecipients(act.trx, act.settings) };
}

/** What is, or was, to be corrected; an identity number is not written out in a mail. */
function factsOf(row: Correction): NonNullable<Letter['facts']> {
  return [
    { label: both('field.name'), value: row.person_name },
    { label: both('field.primary_email'), value: row.primary_email },
    ...correctedBy(row).map(({ name, from, to }) => ({
      label: both(`field.${name}`),
      value: [from, to].flatMap((key) => (key === null ? [] : isNumber(name) ? maskIcNumber(key) : key)).join(' → '),
    })),
  ];
}

type Notice = 'requested' | 'refused' | 'withdrawn';

/** Somebody of the agency's administration, or of the helpdesk, hears how a correction stands. */
export function noticeMail(notice: Notice, row: Correction, area: Area, to: Recipient): Mail {
  const names = { name: row.person_name, requester: row.requester, decider: row.decider ?? '' };
  return {
    mail: 'correction',
    to,
    item: correctionItem(row),
    letter: {
      subject: both(`mail.correction.${notice}.subject`, names),
      greeting: to.name,
      paragraphs: [both(`mail.correction.${notice}.text`, names)],
      facts: [
        ...factsOf(row),
        { label: both('field.reason'), value: row.reason },
        ...(notice === 'refused' ? [{ label: both('field.refusal'), value: row.refusal }] : []),
      ],
      link: { label: both('mail.correction.link'), path: `/${area}/corrections/${row.id}` },
    },
  };
}

/** The person, who asked and who confirmed hear that it was corrected. */
export function doneMails(row: Correction, mailbox: Mailbox, decider: Actor): Mail[] {
  const names = { name: row.person_name, requester: row.requester, decider: decider.name };
  const subject = both('mail.correction.done.subject', names);
  const person = { name: mailbox.full_name, address: mailbox.primary_email };
  const office = [
    { name: row.requester, address: row.requester_email },
    { name: decider.name, address: decider.email ?? '' },
  ].filter(({ address }) => address !== person.address);
  return [
    {
      mail: 'correction-done',
      to: person,
      item: mailboxItem(mailbox),
      letter: {
        subject,
        greeting: person.name,
        paragraphs: [
          both('mail.correction.done.person'),
          ...(row.login_id === row.former_login_id
            ? []
            : [both('mail.correction.done.signIn', { login: row.login_id })]),
          both('mail.correction.done.notYou'),
        ],
        facts: factsOf(row),
        link: { label: both('mail.n8.signIn'), path: '/login' },
      },
    },
    ...office.map((to) => ({
      mail: 'correction-done',
      to,
      item: correctionItem(row),
      letter: {
        subject,
        greeting: to.name,
        paragraphs: [both('mail.correction.done.office', names)],
        facts: [...factsOf(row), { label: both('field.reason'), value: row.reason }],
      },
    })),
  ];
}
