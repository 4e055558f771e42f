import type { Actor } from '../base/actor.ts';
import { both } from '../base/language.ts';
import type { Letter } from '../base/letter.ts';
import type { Bilingual, Label } from '../texts.ts';
import { groupItem, type Item } from '../trail/items.ts';
import type { Circular, Recipient } from '../trail/outbox.ts';
import type { ChangeRequest } from './change-requests/queries.ts';
import type { Outcome, Wanted } from './change-requests/wanted.ts';
import { namesOf } from './members/addressees.ts';
import type { Member, ownersOf } from './members/membership.ts';
import type { Group } from './queries.ts';

type Owners = Awaited<ReturnType<typeof ownersOf>>;
type Link = NonNullable<Letter['link']>;

/** A mail names so many members; the page names all of them. */
const NAMED = 20;
/** A mail names so many lists; the rest is a number. */
const MOST_NAMED = 50;

/** The names of lists, one a line. */
export function groupNames(groups: Pick<Group, 'display_name' | 'primary_email'>[]): Bilingual {
  const names = groups.slice(0, MOST_NAMED).map((group) => `${group.display_name} (${group.primary_email})`);
  const rest = groups.length - names.length;
  const say = (language: 'ms' | 'en') =>
    [...names, ...(rest > 0 ? [both('life.andMore', { count: rest })[language]] : [])].join('\n');
  return { ms: say('ms'), en: say('en') };
}

/** Who has become an owner of a list, and who is one no longer. */
export type OwnersOfGroup = { group: Group; came: Owners; went: Owners };

/** Each who becomes or ceases to be an owner hears so, once for all of the lists (SOP 4.11, 4.13, 4.14). */
export function ownersChanged(changes: OwnersOfGroup[], actor: Actor): Circular[] {
  const people = new Map<string, { to: Recipient; came: Group[]; went: Group[] }>();
  for (const { group, ...change } of changes)
    for (const side of ['came', 'went'] as const)
      for (const { name, address } of active(change[side])) {
        const person = people.get(address) ?? { to: { name, address }, came: [], went: [] };
        person[side].push(group);
        people.set(address, person);
      }
  return [...people.values()].flatMap(({ to, came, went }) => {
    const [first] = [...came, ...went];
    if (first === undefined) return [];
    const side = came.length > 0 ? 'came' : 'went';
    const lists = namesOf([...came, ...went].map((group) => group.display_name));
    const letter = {
      subject: both(`mail.owner.${side}.subject`, { lists }),
      paragraphs: [
        ...(came.length > 0 ? [both('mail.owner.came.text')] : []),
        ...(went.length > 0 ? [both('mail.owner.went.text')] : []),
      ],
      facts: [
        ...(came.length > 0 ? [{ label: both('mail.owner.came'), value: groupNames(came) }] : []),
        ...(went.length > 0 ? [{ label: both('mail.owner.went'), value: groupNames(went) }] : []),
        by(actor),
      ],
      closing: [both('mail.n14.ask')],
      ...(came.length > 0 ? { link: link('mail.n13.link', '/me/groups?as=owner') } : {}),
    };
    return [toAll('list-owner', first, [to], letter)];
  });
}

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

/** N14: the list's owners hear who left it, by name; each other mailbox or contact that left it hears so. In this order. */
export function membersRemoved(
  group: Group,
  owners: Owners,
  actor: Actor,
  members: Member[],
): [toOwners: Circular, toMembers: Circular] {
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

/** N15: the owners hear that their list is no more, and so does each mailbox or contact that was in it. */
export function groupDeleted(
  group: Group,
  owners: Owners,
  actor: Actor,
  members: Member[],
): [toOwners: Circular, toMembers: Circular] {
  const told = active(owners);
  const others = members.filter(
    (member) => member.type !== 'group' && !told.some((owner) => owner.address === member.address),
  );
  const letter = (side: 'owner' | 'member') => ({
    subject: both('mail.n15.subject', { list: group.display_name }),
    paragraphs: [both(`mail.n15.${side}`, { list: group.display_name, count: members.length })],
    facts: [...groupFacts(group), by(actor)],
    closing: [both('mail.n15.reserved', { address: group.primary_email })],
  });
  return [toAll('N15', group, told, letter('owner')), toAll('N15', group, others, letter('member'))];
}

type Asked = Pick<ChangeRequest, 'id' | 'kind' | 'text'> & { wanted: Wanted };

/** What a request asks for, as rows of a letter; what was refused of it comes with why. */
function requestFacts({ kind, text }: Pick<Asked, 'kind' | 'text'>, wanted: Wanted, outcome: Outcome = {}) {
  const row = (label: Label, value: string | Bilingual | undefined) =>
    value === undefined || value === '' ? [] : [{ label: both(label), value }];
  const people = (addresses: string[] | undefined) => addresses && namesOf(addresses, MOST_NAMED);
  const whys = (outcome.refused ?? []).map(({ email, why }) => ({ email, why: both(`group.why.${why}`) }));
  const refused = (language: 'ms' | 'en') =>
    namesOf(
      whys.map(({ email, why }) => `${email}: ${why[language]}`),
      MOST_NAMED,
    );
  return [
    ...row('field.kind', both(`list-request.kind.${kind}`)),
    ...row('field.display_name', wanted.display_name),
    ...row('field.primary_email', wanted.primary_email),
    ...row('field.owners_to_add', people(wanted.owners_to_add)),
    ...row('field.owners_to_remove', people(wanted.owners_to_remove)),
    ...row('field.members_to_add', people(wanted.members_to_add)),
    ...row('field.members_to_remove', people(wanted.members_to_remove)),
    ...row(kind === 'free-text' ? 'group.request.text' : 'field.note', text),
    ...row('field.refused', whys.length === 0 ? undefined : { ms: refused('ms'), en: refused('en') }),
    ...row('field.already', people(outcome.already)),
  ];
}

/** The administrators, or a list's owners, hear what somebody asks of a list, and where it is answered. */
export function requestMade(
  item: Item,
  actor: Actor,
  request: Asked,
  to: Recipient[],
  as: 'admin' | 'owner' = 'admin',
) {
  const { id, kind, wanted } = request;
  const letter = {
    subject: both(`mail.list-request.${kind}.subject`, { list: item.name }),
    paragraphs: [both(`mail.list-request.${kind}.text`, { name: actor.name, list: item.name })],
    facts: [{ label: both('group.one'), value: item.name }, ...requestFacts(request, wanted)],
    link: link(
      'mail.listChange.link',
      as === 'admin' ? `/admin/list-change-requests/${id}` : `/me/list-requests/${id}`,
    ),
  };
  return [{ mail: 'list-change-requested', to, item, letter }];
}

/** Whoever would have answered a request hears that it is taken back. */
export function requestWithdrawn(item: Item, request: Omit<Asked, 'id'>, actor: Actor, to: Recipient[]): Circular {
  const letter = {
    subject: both('mail.list-request.withdrawn.subject', { list: item.name }),
    paragraphs: [both('mail.list-request.withdrawn.text', { name: actor.name, list: item.name })],
    facts: [{ label: both('group.one'), value: item.name }, ...requestFacts(request, request.wanted)],
  };
  return { mail: 'list-change-withdrawn', to, item, letter };
}

/** Who asked hears what became of it, and what of it could not be done. */
export function requestAnswered(
  item: Item,
  request: ChangeRequest,
  answered: { status: 'approved' | 'refused'; answer: string; wanted: Wanted; outcome: Outcome },
): Circular[] {
  const { status, answer, wanted, outcome } = answered;
  const list = item.name;
  const isPart = (outcome.refused?.length ?? 0) > 0;
  const what =
    request.closed_by_deletion === 1 ? 'gone' : status === 'refused' ? 'refused' : isPart ? 'part' : 'approved';
  const letter = {
    subject: both(`mail.listChange.${status}.subject`, { list }),
    paragraphs: [both(`mail.listChange.${what}.text`, { list })],
    facts: [
      { label: both('group.one'), value: list },
      ...requestFacts(request, wanted, outcome),
      ...(answer === '' ? [] : [{ label: both('group.request.answer'), value: answer }]),
    ],
    link: link('mail.listChange.own', `/me/list-requests/${request.id}`),
  };
  const to = { name: request.requester, address: request.requester_email };
  return [{ mail: 'list-change-answered', to: [to], item, letter }];
}
