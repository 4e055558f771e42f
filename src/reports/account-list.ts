import { sql } from 'kysely';
import { fold } from '../base/folding.ts';
import { NOT_KNOWN, USED_BANDS } from '../dashboard/figures.ts';
import { anyContains, countUpTo, foldedColumn, onePage } from '../data/paging.ts';
import { withinReach } from '../data/reach.ts';
import type { Row as TableRow } from '../data/schema.ts';
import type { Tone } from '../lists/listing.ts';
import { PACKAGES, SERVICES, STORAGES_MB } from '../officers/package.ts';
import { within } from './period.ts';
import type { Area, Asked, Report } from './report.ts';

type State = 'active' | 'disabled' | 'deleted' | 'ending';
type Row = Pick<
  TableRow<'mailbox'>,
  | 'id'
  | 'agency_id'
  | 'display_name'
  | 'primary_email'
  | 'unit'
  | 'grade'
  | 'package'
  | 'storage_mb'
  | 'used_mb'
  | 'used_on'
  | 'created_at'
> & { state: State };

const TONES: Record<State, Tone> = { active: 'good', disabled: 'wait', ending: 'bad', deleted: 'plain' };
const STATES = ['existing', 'active', 'disabled', 'ending', 'deleted'] as const;
const KEYS = [
  { value: 'display_name', label: 'field.display_name' },
  { value: 'primary_email', label: 'field.primary_email' },
  { value: 'unit', label: 'field.unit' },
  { value: 'grade', label: 'field.grade' },
] as const;

const bandOption = (least: number) => {
  const next = USED_BANDS.find((bound) => bound > least);
  return { value: String(least), label: { text: next === undefined ? `${least} MB +` : `${least}–${next} MB` } };
};

const isEnding = sql<boolean>`mailbox.id in (select mailbox_id from termination where status = 'requested')`;
/** Whose deletion is asked for is listed as that alone. */
const listedAs = sql<State>`iif(${isEnding}, 'ending', mailbox.status)`;

function accounts({ db, actor, query: { filters, q, by } }: Asked) {
  const { state, service, storage, used } = filters;
  let found = withinReach(db.selectFrom('mailbox'), actor, 'mailbox.agency_id').where(
    within('mailbox.created_at', filters.created_from, filters.created_to),
  );
  if (state === 'existing') found = found.where('mailbox.status', '!=', 'deleted');
  else if (state === 'ending') found = found.where(isEnding);
  else if (state) found = found.where('mailbox.status', '=', state as 'active').where(sql<boolean>`not ${isEnding}`);
  if (filters.package) found = found.where('mailbox.package', '=', filters.package as 'A');
  if (storage) found = found.where('mailbox.storage_mb', '=', Number(storage));
  if (used === NOT_KNOWN) found = found.where('mailbox.used_on', 'is', null);
  else if (used) {
    const next = USED_BANDS.find((bound) => bound > Number(used));
    found = found.where('mailbox.used_on', 'is not', null).where('mailbox.used_mb', '>=', Number(used));
    if (next !== undefined) found = found.where('mailbox.used_mb', '<', next);
  }
  if (service) found = found.where(sql<boolean>`${service} in (select value from json_each(mailbox.services))`);
  if (q !== '') found = found.where(matches(q, by));
  return found;
}

/** A unit or grade that is asked for by name is that one: grade 4 is not 41. */
function matches(q: string, by: string) {
  if (by === 'unit' || by === 'grade') return sql<boolean>`${foldedColumn(`mailbox.${by}`)} = ${fold(q)}`;
  const all = ['display_name', 'primary_email', 'unit', 'grade'];
  return anyContains(
    q,
    all.filter((name) => by === name || by === 'all').map((name) => `mailbox.${name}`),
  );
}

const place = (area: Area, { id, state }: Row) =>
  `/${area}/mailboxes/${id}${area === 'admin' && state === 'deleted' ? '/account' : ''}`;

/** The accounts one by one: where every number about accounts leads to. */
export const accountListReport: Report<Row> = {
  name: 'account-list',
  listing: (area) => ({
    keys: KEYS,
    sort: 'mailbox.display_name',
    filters: [
      {
        name: 'state',
        label: 'field.status',
        options: STATES.map((value) => ({
          value,
          label: value === 'existing' ? ('report.existing' as const) : (`mailbox.state.${value}` as const),
        })),
      },
      {
        name: 'package',
        label: 'field.package',
        options: PACKAGES.map((value) => ({ value, label: { text: value } })),
      },
      {
        name: 'service',
        label: 'field.services',
        options: SERVICES.map((value) => ({ value, label: { text: value } })),
      },
      {
        name: 'storage',
        label: 'field.storage',
        options: STORAGES_MB.map((value) => ({ value: String(value), label: { text: `${value} MB` } })),
      },
      {
        name: 'used',
        label: 'report.used',
        options: [...USED_BANDS.map(bandOption), { value: NOT_KNOWN, label: 'usage.notKnown' }],
      },
    ],
    days: [
      { name: 'created_from', label: 'report.createdFrom' },
      { name: 'created_to', label: 'report.createdTo' },
    ],
    columns: [
      {
        label: 'field.display_name',
        value: (row) => row.display_name,
        href: (row) => place(area, row),
        sort: 'mailbox.display_name',
      },
      { label: 'field.primary_email', value: (row) => row.primary_email, sort: 'mailbox.primary_email', isBelow: true },
      { label: 'field.unit', value: (row) => row.unit, sort: 'mailbox.unit' },
      { label: 'field.grade', value: (row) => row.grade, sort: 'mailbox.grade', isBelow: true },
      { label: 'field.package', value: (row) => row.package, sort: 'mailbox.package' },
      {
        label: 'field.storage',
        value: (row, say) => say.size(row.storage_mb),
        inFile: [{ label: 'report.storageMb', value: (row) => String(row.storage_mb) }],
        sort: 'mailbox.storage_mb',
        isBelow: true,
      },
      {
        label: 'report.used',
        value: ({ used_mb, used_on }, say) =>
          used_on === null
            ? say.t('usage.notKnown')
            : say.t('usage.onDay', { used: say.size(used_mb), date: say.date(used_on) }),
        inFile: [
          { label: 'usage.used', value: (row) => (row.used_on === null ? '' : String(row.used_mb)) },
          { label: 'usage.on', value: (row, say) => (row.used_on === null ? '' : say.date(row.used_on)) },
        ],
        sort: 'mailbox.used_mb',
      },
      { label: 'mailbox.created', value: (row, say) => say.date(row.created_at), sort: 'mailbox.created_at' },
      {
        label: 'field.status',
        value: (row, say) => say.t(`mailbox.state.${row.state}`),
        tone: (row) => TONES[row.state],
      },
    ],
  }),
  agencyOf: (row) => row.agency_id,
  find: (asked) =>
    onePage(
      asked.db,
      accounts(asked)
        .select(
          (['id', 'agency_id', 'display_name', 'primary_email', 'unit', 'grade'] as const).map(
            (name) => `mailbox.${name}` as const,
          ),
        )
        .select(
          (['package', 'storage_mb', 'used_mb', 'used_on', 'created_at'] as const).map(
            (name) => `mailbox.${name}` as const,
          ),
        )
        .select(listedAs.as('state')),
      asked.query,
      'mailbox.id',
    ),
  async figures(asked) {
    return [{ label: 'report.total', value: await countUpTo(asked.db, accounts(asked).select('mailbox.id')) }];
  },
};
