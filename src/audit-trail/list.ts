import { agencyOptions } from '../agencies/administrators.ts';
import type { Actor } from '../base/actor.ts';
import type { Option } from '../forms/form.ts';
import { type Column, type Listing, ListSchema, readListQuery, showList } from '../lists/listing.ts';
import { PROCEDURES } from '../sop/index.ts';
import { type Label, texts } from '../texts.ts';
import type { Change } from '../trail/audit-words.ts';
import type { App, Request } from '../web/app-types.ts';
import { languageOf, type Sayers, sayers } from '../web/pages.ts';
import { type AuditRow, type ListedRow, listAudit, newestAuditRow } from './queries.ts';
import { noteExport, noteReading } from './reading.ts';

const ROLES = (['visitor', 'applicant', 'user', 'admin', 'helpdesk', 'system'] as const).map(
  (value) => ({ value, label: `role.${value}` }) as const,
);

/** The item's kind and name, in words. */
export function itemInWords(row: Pick<AuditRow, 'item_type' | 'item_name'>, say: Pick<Sayers, 't'>) {
  return `${say.t(`item.${row.item_type}`)}: ${row.item_name}`;
}

function columns(role: Actor['role'], agencies: Map<number, string>): Column<ListedRow>[] {
  const agency: Column<ListedRow> = {
    label: 'field.agency',
    value: (row) => agencies.get(row.agency_id ?? 0) ?? '',
    isBelow: true,
  };
  return [
    {
      label: 'audit-trail.at',
      value: (row, say) => say.time(row.at),
      href: (row) => `/${role}/audit/${row.id}`,
      sort: 'id',
    },
    { label: 'audit-trail.action', value: (row, say) => say.t(`audit.${row.action}`) },
    { label: 'audit-trail.item', value: itemInWords },
    { label: 'audit-trail.actor', value: (row) => row.actor_name },
    { label: 'audit-trail.role', value: (row, say) => say.t(`role.${row.actor_role}`), isBelow: true },
    { label: 'audit-trail.sop', value: (row, say) => (row.sop === null ? '' : say.sopNumber(row.sop)) },
    ...(role === 'helpdesk' ? [agency] : []),
  ];
}

/** What an auditor wants in the file beside what the page shows. */
function exported(): Column<ListedRow>[] {
  let said: { row: ListedRow; changes: Change[] } | undefined; // of the row that is under way: two cells are made of it
  const inOneCell = (row: ListedRow, say: Sayers, side: 'before' | 'after') => {
    if (row[side] === null) return '';
    if (said?.row !== row) said = { row, changes: say.changes(row) };
    return said.changes.map((change) => `${change.label}: ${change[side]}`).join('; ');
  };
  return [
    { label: 'audit-trail.number', value: (row) => String(row.id) },
    { label: 'audit-trail.address', value: (row) => row.address },
    { label: 'audit-trail.before', value: (row, say) => inOneCell(row, say, 'before') },
    { label: 'audit-trail.after', value: (row, say) => inOneCell(row, say, 'after') },
    { label: 'audit-trail.act', value: (row) => `act:${row.act}` },
  ];
}

/** The actions by their words, as the reader's language sorts them. */
const actionOptions = (say: Sayers) => optionsOf('audit.', say);
/** The kinds of item. */
const kindOptions = (say: Sayers) => optionsOf('item.', say);

function optionsOf(beginning: string, { t, language }: Sayers): Option[] {
  return Object.keys(texts)
    .filter((key) => key.startsWith(beginning))
    .map((key) => ({ value: key.slice(beginning.length), label: { text: t(key as Label) } }))
    .sort((one, other) => one.label.text.localeCompare(other.label.text, language));
}

function procedureOptions({ say }: Sayers): Option[] {
  return PROCEDURES.map(({ sop, title }) => ({ value: sop, label: { text: `${sop} ${say(title)}` } }));
}

function isExport(request: Request) {
  return (request.query as { format?: string }).format === 'csv';
}

async function auditListing(app: App, request: Request): Promise<Listing<ListedRow>> {
  const { role } = request.actor;
  const say = sayers(languageOf(request), app.clock());
  const agencies = await agencyOptions(app.db);
  const names = new Map(agencies.map((each) => [Number(each.value), each.label.text]));
  return {
    title: 'audit-trail.title',
    intro: role === 'helpdesk' ? 'audit-trail.intro' : 'audit-trail.introAgency',
    empty: 'audit-trail.empty',
    searchLabel: 'audit-trail.search',
    keys: [
      { value: 'actor', label: 'audit-trail.actor' },
      { value: 'item', label: 'audit-trail.item' },
    ],
    exportName: 'audit-trail',
    sort: 'id',
    descending: true,
    filters: [
      ...(role === 'helpdesk' ? [{ name: 'agency', label: 'field.agency' as const, options: agencies }] : []),
      { name: 'sop', label: 'audit-trail.sop', options: procedureOptions(say) },
      { name: 'action', label: 'audit-trail.action', options: actionOptions(say) },
      { name: 'kind', label: 'audit-trail.kind', options: kindOptions(say) },
      { name: 'role', label: 'audit-trail.role', options: ROLES },
    ],
    days: [
      { name: 'from', label: 'audit-trail.from' },
      { name: 'to', label: 'audit-trail.to' },
    ],
    columns: [...columns(role, names), ...(isExport(request) ? exported() : [])],
  };
}

/** Who changed what, newest first: all of it for the helpdesk, the own agency's for its administrators. */
export function list(app: App) {
  for (const role of ['admin', 'helpdesk'] as const)
    app.get(
      `/${role}/audit`,
      { schema: { querystring: ListSchema }, config: { access: [role] } },
      async (request, reply) => {
        const newest = await newestAuditRow(app.db);
        const listing = await auditListing(app, request);
        if (isExport(request))
          await app.act({ actor: { ...request.actor, act: null } }, (act) =>
            noteExport(act, readListQuery(listing, request.query)),
          );
        else await app.act({ actor: { ...request.actor, act: null } }, noteReading);
        return showList(request, reply, listing, (query, db) => listAudit(db, request.actor, query, newest));
      },
    );
}
