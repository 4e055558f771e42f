import type { ListQuery } from '../data/paging.ts';
import type { Option } from '../forms/form.ts';
import { allRows, type Listing, readListQuery } from '../lists/listing.ts';
import { type PdfBlock, sendPdf } from '../paper/pdf.ts';
import type { Reply, Request } from '../web/app-types.ts';
import { markedSayers, type Sayers } from '../web/pages.ts';
import { type AnyReport, type Asked, figureInWords } from './report.ts';

/** A longer report is no paper any more: the rest is in the CSV. */
const MOST_PRINTED = 5000;

type Ask = (query: ListQuery) => Asked;

/** Answers a report as an A4 document: what was asked for, the figures, and the rows. */
export async function sendReport(
  request: Request,
  reply: Reply,
  report: AnyReport,
  listing: Listing<unknown>,
  ask: Ask,
) {
  const { server, actor, agencyName } = request;
  const now = server.clock();
  const say = markedSayers(request);
  const query = readListQuery(listing, request.query);
  return sendPdf(reply, `report-${report.name}`, {
    language: say.language,
    title: say.t(listing.title),
    subtitle: [agencyName, say.time(now)].filter(Boolean).join(' · '),
    at: now,
    foot: say.t('report.foot', { name: actor.name, time: say.time(now) }),
    landscape: listing.columns.length > 6,
    blocks: blocks(report, listing, query, ask, say),
  });
}

async function* blocks(
  report: AnyReport,
  listing: Listing<unknown>,
  query: ListQuery,
  ask: Ask,
  say: Sayers,
): AsyncIterable<PdfBlock> {
  if (listing.intro) yield { kind: 'paragraph', text: say.t(listing.intro) };
  const figures = await report.figures(ask(query));
  yield {
    kind: 'facts',
    facts: [
      ...narrowedBy(listing, query, say),
      ...figures.map((figure) => [say.t(figure.label), figureInWords(figure, say)] as const),
    ],
  };
  const { total } = await report.find(ask({ ...query, limit: 1, offset: 0 }));
  if (total === 0) return yield { kind: 'paragraph', text: say.t('report.empty') };
  yield {
    kind: 'table',
    columns: listing.columns.map(({ label, numeric }) => ({ heading: say.t(label), toRight: numeric ?? false })),
    rows: rows(report, listing, query, ask, say),
  };
  const { rows: rest } = await report.find(ask({ ...query, limit: 1, offset: MOST_PRINTED }));
  if (rest.length > 0) yield { kind: 'paragraph', text: say.t('report.cut', { most: say.number(MOST_PRINTED) }) };
}

async function* rows(report: AnyReport, listing: Listing<unknown>, query: ListQuery, ask: Ask, say: Sayers) {
  let printed = 0;
  for await (const row of allRows(query, (each) => report.find(ask(each)))) {
    yield listing.columns.map((column) => column.value(row, say));
    printed += 1;
    if (printed === MOST_PRINTED) return;
  }
}

/** The filters, days and words that a report was narrowed by, as they stand on its page. */
function narrowedBy({ filters = [], days = [] }: Listing<unknown>, query: ListQuery, say: Sayers) {
  const inWords = (option: Option | undefined) =>
    option === undefined ? '' : typeof option.label === 'string' ? say.t(option.label) : option.label.text;
  const facts: (readonly [string, string])[] = [];
  for (const { name, label, options } of filters)
    if (query.filters[name])
      facts.push([say.t(label), inWords(options.find(({ value }) => value === query.filters[name]))]);
  for (const { name, label } of days)
    if (query.filters[name]) facts.push([say.t(label), say.date(query.filters[name] ?? '')]);
  if (query.q !== '') facts.push([say.t('list.search'), query.q]);
  return facts;
}
