import { agencyOptions } from '../agencies/administrators.ts';
import { type Column, type Listing, ListSchema, showList } from '../lists/listing.ts';
import { PROCEDURES } from '../sop/index.ts';
import type { App, Request } from '../web/app-types.ts';
import { languageOf, type Sayers, sayers } from '../web/pages.ts';
import { attachmentInWords, attachmentsIn, contentInWords } from './content.ts';
import { type FiledRecord, listRecords, nameInRecords, namesOf, readItem } from './queries.ts';

type Shown = FiledRecord & { people: Map<number, string> };

function columns(role: 'admin' | 'helpdesk', agencies: Map<number, string>): Column<Shown>[] {
  const agency: Column<Shown> = { label: 'field.agency', value: (row) => agencies.get(row.agency_id) ?? '' };
  return [
    { label: 'records.number', value: (row) => row.number, href: (row) => `/${role}/records/${row.id}`, sort: 'id' },
    { label: 'records.title', value: (row, say) => say.t(row.title), isBelow: true },
    { label: 'records.about', value: (row) => row.item_name },
    { label: 'records.sop', value: (row, say) => say.sopNumber(row.sop) },
    { label: 'records.fileReference', value: (row) => row.file_reference, isBelow: true },
    { label: 'records.filedAt', value: (row, say) => say.time(row.filed_at) },
    { label: 'records.filedBy', value: (row) => row.filed_by_name, isBelow: true },
    ...(role === 'helpdesk' ? [agency] : []),
  ];
}

/** What a file of records holds beside what the page shows. */
const EXPORTED: Column<Shown>[] = [
  { label: 'records.content', value: (row, say) => inOneCell(row, say) },
  { label: 'records.seal', value: (row, say) => say.seal(row.hash) },
];

function inOneCell(row: Shown, say: Sayers) {
  const attached = attachmentsIn(row).map((file) => [file.file_name, attachmentInWords(file, say)] as const);
  const sections = contentInWords(row, say, row.people);
  if (attached.length > 0) sections.push({ heading: say.t('attachment.heading'), facts: attached });
  const parts: string[] = [];
  for (const { heading, facts } of sections) {
    parts.push(parts.length === 0 ? '' : '\n', heading, ' — ');
    for (const [at, [label, value]] of facts.entries()) parts.push(at === 0 ? '' : '; ', label, ': ', value);
  }
  return parts.join('');
}

/** The procedures that file records. */
export function procedureOptions({ say }: Pick<Sayers, 'say'>) {
  return PROCEDURES.map(({ sop, title }) => ({ value: sop, label: { text: `${sop} ${say(title)}` } }));
}

/** A link to one item's records names it; the filter then has that one choice. */
async function itemOption(app: App, request: Request) {
  const text = String((request.query as { item?: string }).item ?? '');
  const item = readItem(text);
  if (item === null) return [];
  const name = await nameInRecords(app.db, request.actor, item);
  const label = { text: name ?? text };
  return [{ name: 'item', label: 'records.about' as const, options: [{ value: text, label }] }];
}

async function recordListing(app: App, request: Request, role: 'admin' | 'helpdesk'): Promise<Listing<Shown>> {
  const say = sayers(languageOf(request), app.clock());
  const agencies = await agencyOptions(app.db);
  const names = new Map(agencies.map((each) => [Number(each.value), each.label.text]));
  const exported = (request.query as { format?: string }).format === 'csv';
  return {
    title: 'records.heading',
    intro: 'records.intro',
    empty: 'records.empty',
    searchLabel: 'records.search',
    exportName: 'records',
    sort: 'id',
    descending: true,
    action: { href: `/${role}/records/pack`, label: 'records.pack.open' },
    filters: [
      ...(await itemOption(app, request)),
      ...(role === 'helpdesk' ? [{ name: 'agency', label: 'field.agency' as const, options: agencies }] : []),
      { name: 'sop', label: 'records.sop', options: procedureOptions(say) },
    ],
    days: [
      { name: 'from', label: 'audit-trail.from' },
      { name: 'to', label: 'audit-trail.to' },
    ],
    columns: [...columns(role, names), ...(exported ? EXPORTED : [])],
  };
}

/** SOP 6.0: the records, newest first: an agency's for its administrators, all for the helpdesk. */
export function list(app: App) {
  for (const role of ['admin', 'helpdesk'] as const)
    app.get(
      `/${role}/records`,
      { schema: { querystring: ListSchema }, config: { sop: '6.0', access: [role] } },
      async (request, reply) => {
        const people = new Map<number, string>();
        return showList(request, reply, await recordListing(app, request, role), async (query, db) => {
          const { rows, total } = await listRecords(db, request.actor, query);
          await namesOf(db, rows, people);
          return { rows: rows.map((row) => Object.assign(row, { people })), total };
        });
      },
    );
}
