import { agencyOptions } from '../agencies/administrators.ts';
import type { ListQuery } from '../data/paging.ts';
import { ListSchema, readListQuery, showList } from '../lists/listing.ts';
import type { App, Reply, Request } from '../web/app-types.ts';
import { markedSayers } from '../web/pages.ts';
import { chartOf } from './chart.ts';
import { type AnyReport, type Area, figureInWords } from './report.ts';
import { listingOf, readerOf } from './report-listing.ts';
import { sendReport } from './report-pdf.ts';

/** A report's pages: the list or table with its figures, the CSV of it, and the PDF. */
export function reportPages(app: App, area: Area, report: AnyReport) {
  const route = { schema: { querystring: ListSchema }, config: { access: [area] } } as const;
  const place = `/${area}/reports/${report.name}`;

  app.get(place, route, async (request, reply) => {
    const { listing, ask } = await prepare(request, area, report);
    const query = readListQuery(listing, request.query);
    const say = markedSayers(request);
    // groups are counted together: once for the chart, the table and the file
    const whole = report.chart === undefined ? null : await report.find(ask({ ...query, limit: Infinity, offset: 0 }));
    const find = async (each: ListQuery) =>
      whole === null
        ? report.find(ask(each))
        : { ...whole, rows: whole.rows.slice(each.offset, each.offset + each.limit) };
    // of a single group the table says it all
    const figures = whole?.total === 1 ? [] : await report.figures(ask(query));
    return showList(request, reply, listing, find, {
      view: 'reports/report',
      rowsView: '/reports/rows',
      place,
      chart: whole && chartOf(report, listing, query, whole, say),
      figures: figures.map((figure) => [figure.label, figureInWords(figure, say)] as const),
    });
  });

  app.get(`${place}.pdf`, route, async (request, reply) => {
    const { listing, ask } = await prepare(request, area, report);
    return sendReport(request, reply as Reply, report, listing, ask);
  });
}

/** The report as a listing of the area, and how it is asked for on behalf of who is signed in. */
async function prepare(request: Request, area: Area, report: AnyReport) {
  const { db, reader, clock } = request.server;
  const agencies = area === 'helpdesk' ? await agencyOptions(db) : null;
  return {
    listing: listingOf(area, report, agencies),
    ask: (query: ListQuery) => ({
      db: reader,
      actor: readerOf(request.actor, query.filters.agency),
      query,
      now: clock(),
    }),
  };
}
