import type { Db } from '../../data/database.ts';
import type { Column, Tone } from '../../lists/listing.ts';
import type { Label } from '../../texts.ts';
import type { Words } from '../../web/pages.ts';
import { namesOf } from '../members/addressees.ts';
import { groupById } from '../queries.ts';
import type { ChangeRequest } from './queries.ts';
import { fitToAdd, membersToGo, type Outcome, ownersToGo, type Wanted } from './wanted.ts';

export const REQUEST_TONES: Record<ChangeRequest['status'], Tone> = {
  requested: 'wait',
  approved: 'good',
  refused: 'bad',
  withdrawn: 'plain',
};

const PEOPLE = ['owners_to_add', 'owners_to_remove', 'members_to_add', 'members_to_remove'] as const;

/** What a request asks for, as rows of facts; several people as names, one after the other. */
export function askedFor({ wanted, text }: Pick<ChangeRequest, 'wanted' | 'text'>) {
  const asked = JSON.parse(wanted) as Wanted;
  return {
    facts: [
      ['field.display_name', asked.display_name],
      ['field.primary_email', asked.primary_email],
      ...PEOPLE.map((name) => [`field.${name}`, asked[name] && namesOf(asked[name])] as const),
    ].filter((row): row is ['field.display_name', string] => row[1] !== undefined),
    text,
  };
}

/** The same in one cell of a table: of a new list, whose name stands in the cell before, people are counted. */
export function askedInOneLine(row: ChangeRequest, { t }: Words) {
  if (row.kind !== 'new') return inOneLine(askedFor(row), t);
  const asked = JSON.parse(row.wanted) as Wanted;
  const people = PEOPLE.map((name) => [`field.${name}`, asked[name]?.length] as const);
  const facts = [['field.primary_email', asked.primary_email] as const, ...people].filter(([, value]) => value);
  return inOneLine({ facts, text: row.text }, t);
}

function inOneLine(
  { facts, text }: { facts: (readonly [Label, string | number | undefined])[]; text: string },
  t: Words['t'],
) {
  return [...facts.map(([label, value]) => `${t(label)}: ${value}`), ...(text === '' ? [] : [text])].join('; ');
}

/** What every list of requests shows of each but its asker. */
export function requestColumns(place: (row: ChangeRequest) => string): Column<ChangeRequest>[] {
  return [
    { label: 'group.one', value: (row) => row.list, href: place, sort: 'list' },
    { label: 'field.kind', value: (row, say) => say.t(`list-request.kind.${row.kind}`), isBelow: true },
    { label: 'group.request.asker', value: (row) => row.requester },
    { label: 'group.request.text', value: (row, say) => askedInOneLine(row, say) },
    { label: 'field.created_at', value: (row, say) => say.date(row.created_at), sort: 'created_at' },
    {
      label: 'field.waited',
      value: (row, say) =>
        row.status === 'requested' ? say.t('field.days', { days: say.daysAgo(row.created_at) }) : '',
      isBelow: true,
    },
    {
      label: 'field.status',
      value: (row, say) => say.t(`group.request.${row.status}`),
      tone: (row) => REQUEST_TONES[row.status],
    },
  ];
}

/** What of a request cannot be done, and what is so already: as it was carried out, or, while it waits, as things are. */
export async function outcomeNow(db: Db, request: ChangeRequest): Promise<Required<Outcome>> {
  if (request.status !== 'requested') return { refused: [], already: [], ...(JSON.parse(request.outcome) as Outcome) };
  const wanted = JSON.parse(request.wanted) as Wanted;
  const list = request.group_id === null ? null : await groupById(db, request.group_id);
  const group = list ?? { agency_id: request.agency_id };
  const owners = await fitToAdd(db, group, wanted.owners_to_add ?? [], ['mailbox']);
  const members = await fitToAdd(db, group, wanted.members_to_add ?? []);
  const going =
    list === null
      ? []
      : [
          await ownersToGo(db, list, wanted.owners_to_remove ?? []),
          await membersToGo(db, list, wanted.members_to_remove ?? []),
        ];
  return {
    refused: [owners, members, ...going].flatMap(({ refused }) => refused),
    already: [members, ...going].flatMap(({ already }) => already),
  };
}
