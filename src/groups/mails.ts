import type { Actor } from '../platform/actor.ts';
import { both } from '../platform/language.ts';
import type { Letter } from '../platform/letter.ts';
import type { Mail, Recipient } from '../platform/outbox.ts';
import type { TextKey } from '../texts.ts';
import { namesOf } from './addressees.ts';
import type { Member, ownersOf } from './membership.ts';
import type { Group } from './queries.ts';

type Owners = Awaited<ReturnType<typeof ownersOf>>;
type Link = NonNullable<Letter['link']>;

/** A mail names so many members; the page names all of them. */
const NAMED = 20;

function itemOf(group: Group) {
  return { type: 'group' as const, id: group.id, name: group.display_name, agencyId: group.agency_id };
}

/** One letter that goes to many, each by name. */
function toEach(mail: string, group: Group, recipients: Recipient[], letter: Omit<Letter, 'greeting'>): Mail[] {
  return recipients.map((to) => ({ mail, to, item: itemOf(group), letter: { ...letter, greeting: to.name } }));
}

function listFacts(group: Group): NonNullable<Letter['facts']> {
  return [
    { label: both('field.display_name'), value: group.display_name },
    { label: both('field.primary_email'), value: group.primary_email },
  ];
}

const by = (actor: Actor) => ({ label: both('group.mail.by'), value: actor.name });
const link = (key: TextKey, path: string): Link => ({ label: both(key), path });
const active = (owners: Owners) => owners.filter((owner) => owner.status === 'active');
/** Lists have no mailbox of their own. */
const people = (members: Member[]) => members.filter((member) => member.type !== 'group');

/** N13: each mailbox and contact hears that it is in a list now. Only an officer finds the list in IPMS. */
export function memberAdded(group: Group, owners: Owners, actor: Actor, members: Member[]): Mail[] {
  const letter = {
    subject: both('mail.n13.subject', { list: group.display_name }),
    paragraphs: [both('mail.n13.text', { list: group.display_name })],
    facts: [
      ...listFacts(group),
      {
        label: both('field.owners'),
        value:
          active(owners)
            .map((owner) => owner.name)
            .join(', ') || both('none'),
      },
      by(actor),
    ],
    closing: [both('mail.n13.ask')],
  };
  const officers = people(members).filter((member) => member.type === 'mailbox');
  const contacts = people(members).filter((member) => member.type === 'contact');
  return [
    ...toEach('N13', group, officers, { ...letter, link: link('mail.n13.link', '/me/groups') }),
    ...toEach('N13', group, contacts, letter),
  ];
}

/** N14: the list's owners hear who left it, and each who left hears it. */
export function membersRemoved(group: Group, owners: Owners, actor: Actor, members: Member[]): Mail[] {
  const toOwners = {
    subject: both('mail.n14.ownerSubject', { list: group.display_name }),
    paragraphs: [both('mail.n14.owner', { count: members.length, list: group.display_name })],
    facts: [...listFacts(group), { label: both('field.members'), value: whoLeft(members) }, by(actor)],
    link: link('mail.n14.link', `/me/groups/${group.id}`),
  };
  const toMembers = {
    subject: both('mail.n14.subject', { list: group.display_name }),
    paragraphs: [both('mail.n14.text', { list: group.display_name })],
    facts: [...listFacts(group), by(actor)],
    closing: [both('mail.n14.ask')],
  };
  return [...toEach('N14', group, active(owners), toOwners), ...toEach('N14', group, people(members), toMembers)];
}

function whoLeft(members: Member[]) {
  return namesOf(
    members.map((member) => `${member.name} (${member.address})`),
    NAMED,
  );
}

/** N15: the owners hear that their list is no more. */
export function groupDeleted(group: Group, owners: Owners, actor: Actor, count: number): Mail[] {
  return toEach('N15', group, active(owners), {
    subject: both('mail.n15.subject', { list: group.display_name }),
    paragraphs: [both('mail.n15.text', { list: group.display_name, count })],
    facts: [...listFacts(group), by(actor)],
    closing: [both('mail.n15.reserved')],
  });
}

/** The administrators hear that an owner asks for a change of a list. */
export function changeRequested(group: Group, actor: Actor, id: number, text: string, administrators: Recipient[]) {
  return toEach('list-change-requested', group, administrators, {
    subject: both('mail.listChange.subject', { list: group.display_name }),
    paragraphs: [both('mail.listChange.text', { name: actor.name, list: group.display_name })],
    facts: [...listFacts(group), { label: both('group.request.text'), value: text }],
    link: link('mail.listChange.link', `/admin/list-change-requests/${id}`),
  });
}

/** The owner who asked hears what became of it. */
export function changeAnswered(
  group: Group,
  to: Recipient,
  request: { text: string; status: 'approved' | 'refused'; answer: string },
): Mail[] {
  const { text, status, answer } = request;
  return toEach('list-change-answered', group, [to], {
    subject: both(`mail.listChange.${status}.subject`, { list: group.display_name }),
    paragraphs: [both(`mail.listChange.${status}.text`, { list: group.display_name })],
    facts: [
      ...listFacts(group),
      { label: both('group.request.text'), value: text },
      { label: both('group.request.answer'), value: answer || both('none') },
    ],
    link: link('mail.n14.link', `/me/groups/${group.id}`),
  });
}
