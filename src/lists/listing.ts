import { setImmediate as turn } from 'node:timers/promises';
import { paced } from '../base/pace.ts';
import { oneSpelling, plainSigns } from '../base/spelling.ts';
import { readDay } from '../base/time.ts';
import type { Db } from '../data/database.ts';
import { ALL_KEYS, type Found, type ListQuery, MOST_COUNTED, type Whole } from '../data/paging.ts';
import type { Option } from '../forms/form.ts';
import type { Label } from '../texts.ts';
import type { Reply, Request } from '../web/app-types.ts';
import { fileSayers, languageOf, page, type Sayers } from '../web/pages.ts';
import { parameters } from '../web/parameters.ts';
import { sendPieces } from './csv.ts';

export type Column<Row> = {
  label: Label;
  /** Its text, on the page and in the export. */
  value(row: Row, say: Sayers): string;
  /** The text leads there; null where there is nothing to lead to. */
  href?(row: Row): string | null;
  /** The text is a state: shown as a tag of this tone. */
  tone?(row: Row): Tone;
  /** What the export has in its place: numbers without their unit, and days by themselves, so that a spreadsheet can count them. */
  inFile?: readonly Pick<Column<Row>, 'label' | 'value'>[];
  /** The list can be sorted by it, under this name. */
  sort?: string;
  numeric?: boolean;
  /** Stands below the column before it, in small type; the export has a column of it all the same. */
  isBelow?: true;
  /** Only another way to the row's page: the export leaves the column out. */
  isWayOnly?: boolean;
  /** A button in place of the text, which posts to an address; the export leaves the column out. */
  post?(row: Row): { action: string; label: Label; fields?: Record<string, string> } | null;
  /** A box to tick in place of the text, which belongs to the form with that id on the page; the export leaves the column out. */
  tick?(row: Row): { form: string; name: string; value: string } | null;
};

export type Tone = 'good' | 'wait' | 'bad' | 'plain' | 'info';
/** What a list of things is: its columns, filters and words; the page and the export come from here. */
export type Listing<Row> = {
  title: Label;
  /** The page's address, where the same with `.pdf` is it on paper: that stands beside the CSV. */
  onPaper?: string;
  intro?: Label;
  /** Said instead of an empty table, with what to do next. */
  empty: Label;
  searchLabel?: Label;
  /** Fields that a search can be narrowed to, in `by`; without a choice, or with an unknown one, all are searched. */
  keys?: readonly Option[];
  columns: Column<Row>[];
  filters?: { name: string; label: Label; options: readonly Option[]; usual?: string }[];
  /** Filters by a day that is typed; its name holds the day as YYYY-MM-DD. */
  days?: { name: string; label: Label }[];
  sort: string;
  descending?: boolean;
  /** So few rows that nobody searches them. */
  isBrief?: boolean;
  /** However it is asked so, an index leads to its rows: the page reads it itself. */
  isIndexed?(query: ListQuery): boolean;
  /** Also as it opens, no index leads to its rows: the reader reads it. */
  isGathered?: boolean;
  action?: { href: string; label: Label };
  /** The file's name without its ending. */
  exportName: string;
};

export const PAGE_SIZE = 25;
/** Rows that an export reads at a time, so that other pages are answered meanwhile; of more, V8 takes most for old before they are written. */
const EXPORT_STEP = 200;
/** Rows that are written, packed and sent as one piece. */
const PIECE = 100;

const line = { type: 'string', maxLength: 200 } as const;
/** What a list's address may ask for. Its own filters are read by `readListQuery`. */
export const ListSchema = {
  ...parameters({
    q: line,
    by: line,
    sort: line,
    page: line,
    format: line,
  }),
  additionalProperties: line,
};

/** Reads q, page, sort (`name` or `-name`) and the list's own filters; what it does not know is left out. */
// biome-ignore lint/suspicious/noExplicitAny: a listing's rows do not matter here
export function readListQuery(listing: Listing<any>, query: unknown): ListQuery {
  const asked = query as Record<string, string | number | undefined>;
  const sorts = listing.columns.flatMap((column) => column.sort ?? []);
  const wanted = String(asked.sort ?? '');
  const sort = sorts.find((name) => name === wanted.replace(/^-/, ''));
  const filters: Record<string, string> = {};
  for (const filter of listing.filters ?? []) {
    const value = String(asked[filter.name] ?? filter.usual ?? '');
    if (filter.options.some((option) => option.value === value)) filters[filter.name] = value;
  }
  const refused: Record<string, string> = {};
  for (const { name } of listing.days ?? []) {
    const typed = plainSigns(String(asked[name] ?? '')).trim();
    const day = readDay(typed);
    if (day !== null) filters[name] = day;
    else if (typed !== '') refused[name] = typed;
  }
  const at = pageIn(String(asked.page ?? ''));
  return {
    q: oneSpelling(String(asked.q ?? '')).trim(),
    by: (listing.keys ?? []).find((key) => key.value === asked.by)?.value ?? ALL_KEYS,
    filters,
    refused,
    sort: sort ?? listing.sort,
    descending: sort === undefined ? (listing.descending ?? false) : wanted.startsWith('-'),
    page: at,
    limit: PAGE_SIZE,
    offset: (at - 1) * PAGE_SIZE,
  };
}

const LAST_PAGE = 1_000_000;

/** What is no page is the first. */
function pageIn(typed: string) {
  return /^\d+$/.test(typed) ? Math.min(Math.max(1, Number(typed)), LAST_PAGE) : 1;
}

/** What a list's view is given. */
export type ListPage<Row> = Found<Row> & {
  listing: Listing<Row>;
  query: ListQuery;
  pages: number;
  capped: boolean;
  /** The page that was asked for comes after the last one. */
  isPast: boolean;
  link(changes: Record<string, string | number>): string;
  /** The view that shows the rows, where it is not a table. */
  rowsView?: string;
};

/**
 * Answers a list as a page, or with `?format=csv` as a file of all its rows.
 * @param find reads the rows for one page, within the actor's reach, from the given database: a file's from the reader
 */
export async function showList<Row>(
  request: Request,
  reply: Reply,
  listing: Listing<Row>,
  find: (query: ListQuery, db: Db) => Promise<Found<Row>>,
  more: Record<string, unknown> = {},
) {
  const query = readListQuery(listing, request.query);
  if (Object.keys(query.refused).length > 0) reply.code(422);
  else if ((request.query as { format?: string }).format === 'csv')
    return sendPieces(
      reply,
      listing.exportName,
      rowsOfFile(request, listing, query, (each) => find(each, request.server.reader)),
    );
  const { db, reader } = request.server;
  const way = isQuick(listing, query) ? db : reader;
  const asked = await find(query, way);
  // a page that is past the last one is not an empty list: rows were deleted since, or the address was kept or typed
  const first =
    asked.rows.length === 0 && query.page > 1
      ? await find({ ...query, page: 1, offset: 0 }, way)
      : { ...asked, rows: [] };
  const isPast = first.rows.length > 0;
  const found = isPast ? { ...first, rows: [] } : asked;
  const shown: ListPage<Row> = {
    listing,
    query,
    ...found,
    isPast,
    pages: Math.max(1, Math.ceil(found.total / PAGE_SIZE)),
    capped: found.capped ?? found.total >= MOST_COUNTED,
    link: (changes) => linkTo(request, listing, query, changes),
  };
  return page(request, reply, (more.view as string | undefined) ?? 'list', { ...shown, ...more });
}

/**
 * Is the list asked as it opens, on a page that its links lead to? Its index gives such rows at once. What is searched,
 * filtered or sorted may be looked for among all that there ever were, and nobody else waits for that.
 */
// biome-ignore lint/suspicious/noExplicitAny: a listing's rows do not matter here
function isQuick(listing: Listing<any>, query: ListQuery) {
  if (listing.isGathered || query.offset >= MOST_COUNTED) return false;
  if (listing.isIndexed?.(query)) return true;
  const usual = (listing.filters ?? []).filter(({ usual }) => usual !== undefined);
  return (
    query.q === '' &&
    query.sort === listing.sort &&
    query.descending === (listing.descending ?? false) &&
    Object.keys(query.filters).length === usual.length &&
    usual.every(({ name, usual }) => query.filters[name] === usual)
  );
}

// biome-ignore lint/suspicious/noExplicitAny: a listing's rows do not matter here
function linkTo(request: Request, listing: Listing<any>, query: ListQuery, changes: Record<string, string | number>) {
  const all: Record<string, string | number> = {
    q: query.q,
    by: query.by,
    ...query.filters,
    sort: (query.descending ? '-' : '') + query.sort,
    page: query.page,
    ...changes,
  };
  const usual: Record<string, string | number> = {
    q: '',
    by: ALL_KEYS,
    page: 1,
    sort: (listing.descending ? '-' : '') + listing.sort,
  };
  for (const filter of listing.filters ?? []) usual[filter.name] = filter.usual ?? '';
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(all))
    if (String(value) !== String(usual[name] ?? '')) search.set(name, String(value));
  const path = request.url.split('?')[0] ?? '';
  return search.size === 0 ? path : `${path}?${search}`;
}

async function* rowsOfFile<Row>(
  request: Request,
  listing: Listing<Row>,
  query: ListQuery,
  find: (query: ListQuery) => Promise<Found<Row>>,
) {
  const say = fileSayers(languageOf(request), request.server.clock());
  const columns = listing.columns
    .filter((column) => !column.isWayOnly && column.post === undefined && column.tick === undefined)
    .flatMap((column) => column.inFile ?? [column]);
  yield [columns.map((column) => say.t(column.label))];
  const breathe = paced();
  for await (const step of stepsOf(query, find))
    for (let from = 0; from < step.length; from += PIECE) {
      yield step.slice(from, from + PIECE).map((row) => columns.map((column) => column.value(row, say)));
      await breathe();
    }
}

/** All rows of a list in order, read by steps. What is written meanwhile moves no row: each that stays comes once. */
export async function* allRows<Row>(query: ListQuery, find: (query: ListQuery) => Promise<Found<Row>>) {
  for await (const step of stepsOf(query, find)) yield* step;
}

/**
 * The same, a step at a time: a row by itself costs more to hand on than to write. While one step is written, the reader's
 * thread reads the next.
 */
async function* stepsOf<Row>(query: ListQuery, find: (query: ListQuery) => Promise<Found<Row>>) {
  const whole: Whole = {};
  const read = (offset: number) => find({ ...query, whole, limit: EXPORT_STEP, offset });
  let reading = read(0);
  for (let offset = EXPORT_STEP; ; offset += EXPORT_STEP) {
    const { rows } = await reading;
    const isLast = whole.keys ? whole.keys.length <= offset : rows.length < EXPORT_STEP;
    if (!isLast) {
      reading = read(offset);
      reading.catch(() => undefined); // whoever leaves waits for it no more; else it is thrown above
    }
    yield rows;
    if (isLast) return;
    await turn();
  }
}
