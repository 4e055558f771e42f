import type { Actor } from '../base/actor.ts';
import { both } from '../base/language.ts';
import type { Letter } from '../base/letter.ts';
import type { Label } from '../texts.ts';
import { groupItem } from '../trail/items.ts';
import type { Circular, Recipient } from '../trail/outbox.ts';
import { namesOf } from './members/addressees.ts';
import type { Member, ownersOf } from './members/membership.ts';
import type { Group } from './queries.ts';

type Owners = Awaited<ReturnType<typeof ownersOf>>;
type Link = NonNullable<Letter['link']>;

/** A mail names so many members; the page names all of them. */
const NAMED = 20;

function toAll(mail: string, group: Group, to: Recipient[], letter: Circular['letter']): Circular {
  return { mail, to, item: groupItem(group), letter };
}

function groupFacts(group: Group): NonNullable<Letter['facts']> {
  return [
    { label: both('field.display_name'), value: group.display_name },
    { label: both('field.primary_email'), value: group.primary_email },
  ];
}

const by = (actor: Actor) => ({ label: both('group.mail.by'), value: actor.name });
const link = (key: Label, path: string): Link => ({ label: both(key), path });
const active = (owners: Owners) => owners.filter((owner) => owner.status === 'active');

/** N13: each mailbox and contact hears that it is in a list now; only an officer finds the list in IPMS. */
export function memberAdded(group: Group, owners: Owners, actor: Actor, members: Member[]): Circular[] {
  const names = active(owners).map((owner) => owner.name);
  const letter = {
    subject: both('mail.n13.subject', { list: group.display_name }),
    paragraphs: [both('mail.n13.text', { list: group.display_name })],
    facts: [...groupFacts(group), { label: both('field.owners'), value: names.join(', ') || both('none') }, by(actor)],
    closing: [both('mail.n13.ask')],
  };
  const officers = members.filter((member) => member.type === 'mailbox');
  const contacts = members.filter((member) => member.type === 'contact');
  return [
    toAll('N13', group, officers, { ...letter, link: link('mail.n13.link', '/me/groups') }),
    toAll('N13', group, contacts, letter),
  ];
}

/** N14: the list's owners hear who left it, by name; each other mailbox or contact that left it hears so. */
export function membersRemoved(group: Group, owners: Owners, actor: Actor, members: Member[]): Circular[] {
  const told = active(owners);
  const rest = members.filter(
    (member) => member.type !== 'group' && !told.some((owner) => owner.address === member.address),
  );
  return [
    toAll('N14', group, told, {
      subject: both('mail.n14.ownerSubject', { list: group.display_name }),
      paragraphs: [both('mail.n14.owner', { count: members.length, list: group.display_name })],
      facts: [...groupFacts(group), { label: both('field.members'), value: whoLeft(members) }, by(actor)],
      link: link('mail.n14.link', `/me/groups/${group.id}`),
    }),
    toAll('N14', group, rest, {
      subject: both('mail.n14.subject', { list: group.display_name }),
      paragraphs: [both('mail.n14.text', { list: group.display_name })],
      facts: [...groupFacts(group), by(actor)],
      closing: [both('mail.n14.ask')],
    }),
  ];
}

function whoLeft(members: Member[]) {
  return namesOf(
    members.map((member) => `${member.name} (${member.address})`),
    NAMED,
  );
}

/** N15: the owners hear that their list is no more. */
export function groupDeleted(group: Group, owners: Owners, actor: Actor, count: number): Circular[] {
  const letter = {
    subject: both('mail.n15.subject', { list: group.display_name }),
    paragraphs: [both('mail.n15.text', { list: group.display_name, count })],
    facts: [...groupFacts(group), by(actor)],
    closing: [both('mail.n15.reserved')],
  };
  return [toAll('N15', group, active(owners), letter)];
}

/** The administrators hear that an owner asks for a change of a list. */
export function changeRequested(group: Group, actor: Actor, id: number, text: string, administrators: Recipient[]) {
  const letter = {
    subject: both('mail.listChange.subject', { list: group.display_name }),
    paragraphs: [both('mail.listChange.text', { name: actor.name, list: group.display_name })],
    facts: [...groupFacts(group), { label: both('group.request.text'), value: text }],
    link: link('mail.listChange.link', `/admin/list-change-requests/${id}`),
  };
  return [toAll('list-change-requested', group, administrators, letter)];
}

/** The owner who asked hears what became of it. */
export function changeAnswered(
  group: Group,
  to: Recipient,
  request: { text: string; status: 'approved' | 'refused'; answer: string },
): Circular[] {
  const { text, status, answer } = request;
  const letter = {
    subject: both(`mail.listChange.${status}.subject`, { list: group.display_name }),
    paragraphs: [both(`mail.listChange.${status}.text`, { list: group.display_name })],
    facts: [
      ...groupFacts(group),
      { label: both('group.request.text'), value: text },
      { label: both('group.request.answer'), value: answer || both('none') },
    ],
    link: link('mail.n14.link', `/me/groups/${group.id}`),
  };
  return [toAll('list-change-answered', group, [to], letter)];
}
