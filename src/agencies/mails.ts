import { both } from '../base/language.ts';
import type { Letter } from '../base/letter.ts';
import { userItem } from '../trail/items.ts';
import type { Circular, Mail, Recipient } from '../trail/outbox.ts';
import type { Person } from './people/queries.ts';

/** The link by which somebody new sets a password. */
export function invitationMail(person: Person, agency: string | null, path: string): Mail {
  const letter: Letter = {
    subject: both('mail.invitation.subject'),
    greeting: person.full_name,
    paragraphs: [both('mail.invitation.text')],
    facts: [
      { label: both('field.login_id'), value: person.login_id },
      { label: both('field.role'), value: both(`role.${person.role}`) },
      ...(agency === null ? [] : [{ label: both('field.agency'), value: agency }]),
    ],
    secret: { label: both('mail.reset.link'), kind: 'path' },
    closing: [both('mail.invitation.keep')],
  };
  return {
    mail: 'invitation',
    to: { name: person.full_name, address: person.email },
    item: userItem(person),
    letter,
    secret: path,
  };
}

/** Everybody in office hears that somebody was let in from the computer itself. */
export function recoveredCircular(person: Person, reason: string, to: Recipient[]): Circular {
  const letter = {
    subject: both('mail.recovered.subject', { name: person.full_name }),
    paragraphs: [both('mail.recovered.text', { name: person.full_name }), both('mail.recovered.unexpected')],
    facts: [
      { label: both('field.name'), value: person.full_name },
      { label: both('field.login_id'), value: person.login_id },
      { label: both('field.email'), value: person.email },
      { label: both('field.reason'), value: reason },
    ],
  };
  return { mail: 'recovered', to, item: userItem(person), letter };
}

type RoleChange = 'administrator.granted' | 'administrator.withdrawn';

/** The person and the agency's other administrators hear that the role was granted or withdrawn. */
export function roleMails(change: RoleChange, person: Person, agency: string, others: Recipient[]): Mail[] {
  const own = { name: person.full_name, address: person.email };
  return [roleMail(change, person, agency, own, 'you'), ...othersTold(change, person, agency, others)];
}

/** The agency's other administrators hear of it. */
export function othersTold(change: RoleChange, person: Person, agency: string, others: Recipient[]): Mail[] {
  return others.map((to) => roleMail(change, person, agency, to, 'other'));
}

function roleMail(change: RoleChange, person: Person, agency: string, to: Recipient, whom: 'you' | 'other'): Mail {
  const kind = change === 'administrator.granted' ? 'granted' : 'withdrawn';
  return {
    mail: 'role',
    to,
    item: userItem(person),
    letter: {
      subject: both(`mail.role.${kind}.subject`, { name: person.full_name }),
      greeting: to.name,
      paragraphs: [both(`mail.role.${kind}.${whom}`, { name: person.full_name })],
      facts: [
        { label: both('field.name'), value: person.full_name },
        { label: both('field.login_id'), value: person.login_id },
        { label: both('field.agency'), value: agency },
      ],
      link: { label: both('app.signIn'), path: '/login' },
    },
  };
}
