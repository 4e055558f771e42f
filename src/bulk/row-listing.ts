import { sentence } from '../base/language.ts';
import type { Listing, Tone } from '../lists/listing.ts';
import { placeOf } from '../trail/places.ts';
import type { Sayers } from '../web/pages.ts';
import type { Kind, Message } from './kind.ts';
import type { BulkRow, Run } from './queries.ts';
import { type Fault, shownState } from './row-queries.ts';

const ROW_STATES = ['waiting', 'done', 'failed', 'left', 'undone'] as const;
const ROW_TONES: Record<BulkRow['state'], Tone> = {
  unchecked: 'info',
  bad: 'bad',
  waiting: 'wait',
  done: 'good',
  failed: 'bad',
  left: 'plain',
  undone: 'plain',
};

function sentences(json: string, kind: Kind, say: Sayers) {
  return (JSON.parse(json) as Message[]).map((message) => inWords(message, kind, say)).join(' ');
}

function inWords(message: Message, kind: Kind, say: Sayers) {
  const label = message.column === undefined ? undefined : kind.form.fields[message.column]?.label;
  return (label === undefined ? '' : `${say.t(label)}: `) + sentence(say.language, message);
}

/** Where to go for what is in the way, or null. */
function placeIn({ params }: Message) {
  return typeof params?.place === 'string' ? params.place : null;
}

/** What each row came to. */
export function rowListing(run: Run, kind: Kind): Listing<BulkRow> {
  return {
    title: kind.title,
    empty: 'bulk.noRows',
    searchLabel: 'bulk.searchRows',
    exportName: `bulk-${run.id}`,
    sort: 'line',
    filters: [
      {
        name: 'state',
        label: 'field.status',
        options: [
          ...ROW_STATES.map((value) => ({ value, label: `bulk.row.${value}` as const })),
          { value: 'noted', label: 'bulk.row.noted' },
          { value: 'same', label: 'bulk.row.same' },
        ],
      },
    ],
    columns: [
      { label: 'bulk.column.line', value: (row) => String(row.line), sort: 'line' },
      {
        label: 'bulk.row',
        value: (row) => row.label,
        href: (row) =>
          row.item_type === null || row.item_id === null
            ? null
            : placeOf({ role: 'admin', userId: null }, { type: row.item_type, id: row.item_id }),
        sort: 'label',
      },
      {
        label: 'field.status',
        value: (row, say) => say.t(`bulk.row.${shownState(run, row)}`),
        tone: (row) => ROW_TONES[shownState(run, row)],
      },
      {
        label: 'bulk.column.problem',
        value: (row, say) =>
          [
            sentences(row.said, kind, say),
            row.same === 1 && row.said === '[]' ? say.t('bulk.said.same') : '',
            sentences(row.notes, kind, say),
          ]
            .filter((each) => each !== '')
            .join(' '),
        href: ({ said }) => (JSON.parse(said) as Message[]).map(placeIn).find((place) => place !== null) ?? null,
      },
    ],
  };
}

/** What has to be put right, problem by problem. */
export function faultListing(run: Run, kind: Kind): Listing<Fault> {
  return {
    title: kind.title,
    empty: 'bulk.noRows',
    searchLabel: 'bulk.searchRows',
    exportName: `bulk-${run.id}-problems`,
    sort: 'line',
    columns: [
      { label: 'bulk.column.line', value: (fault) => String(fault.line), sort: 'line' },
      { label: 'bulk.row', value: (fault) => fault.label, sort: 'label' },
      {
        label: 'bulk.column',
        value: ({ message }, say) => {
          const field = message.column === undefined ? undefined : kind.form.fields[message.column];
          return field === undefined ? say.t('bulk.wholeRow') : say.t(field.label);
        },
      },
      {
        label: 'bulk.column.problem',
        value: ({ message }, say) => sentence(say.language, message),
        href: ({ message }) => placeIn(message),
      },
    ],
  };
}
