import type { Actor } from '../base/actor.ts';
import { maskIcNumber } from '../base/ic-number.ts';
import { both } from '../base/language.ts';
import type { Letter } from '../base/letter.ts';
import type { Act } from '../data/act.ts';
import type { Mailbox } from '../mailboxes/queries.ts';
import { helpdeskRecipients } from '../tickets/recipients.ts';
import { correctionItem, mailboxItem } from '../trail/items.ts';
import type { Mail, Recipient } from '../trail/outbox.ts';
import type { Correction } from './queries.ts';

export type Deciders = { area: 'admin' | 'helpdesk'; to: Recipient[] };

/** Who hears that a correction waits: the agency's other administrators, or, where there is none, the helpdesk. */
export async function whoCanDecide(act: Act, correction: Correction): Promise<Deciders> {
  const others = await act.trx
    .selectFrom('user')
    .select(['full_name as name', 'email as address'])
    .where('agency_id', '=', correction.agency_id)
    .where('role', '=', 'admin')
    .where('status', '=', 'active')
    .where('id', 'not in', [correction.requested_by, correction.user_id])
    .orderBy('full_name')
    .execute();
  if (others.length > 0) return { area: 'admin', to: others };
  return { area: 'helpdesk', to: await helpdeskRecipients(act.trx, act.settings) };
}

/** What is, or was, to be corrected; an identity is not written out in a mail. */
function factsOf(row: Correction): NonNullable<Letter['facts']> {
  const fields = [
    {
      name: 'ic_number',
      from: mask(row.former_ic_number),
      to: mask(row.ic_number),
      isOther: row.ic_number !== row.former_ic_number,
    },
    {
      name: 'passport',
      from: mask(row.former_passport),
      to: mask(row.passport),
      isOther: row.passport !== row.former_passport,
    },
    { name: 'login_id', from: row.former_login_id, to: row.login_id, isOther: row.login_id !== row.former_login_id },
  ] as const;
  return [
    { label: both('field.name'), value: row.person_name },
    { label: both('field.primary_email'), value: row.primary_email },
    ...fields
      .filter(({ isOther }) => isOther)
      .map(({ name, from, to }) => ({ label: both(`field.${name}`), value: from === '' ? to : `${from} → ${to}` })),
  ];
}

const mask = (number: string | null) => (number === null ? '' : maskIcNumber(number));

type Notice = 'requested' | 'refused' | 'withdrawn';

/** Somebody of the agency's administration, or of the helpdesk, hears how a correction stands. */
export function noticeMail(notice: Notice, row: Correction, area: Deciders['area'], to: Recipient): Mail {
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
