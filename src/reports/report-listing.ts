import type { Actor } from '../base/actor.ts';
import type { Option } from '../forms/form.ts';
import type { Column, Listing } from '../lists/listing.ts';
import type { AnyReport, Area } from './report.ts';

/** One agency, as its administrator sees it: for the helpdesk that has chosen it, and for what IPMS does by itself. */
export function readerOf(actor: Actor, agency: string | undefined): Actor {
  return agency === undefined || agency === '' || actor.role === 'admin'
    ? actor
    : { ...actor, role: 'admin', agencyId: Number(agency) };
}

/** With the words that every report has, and for the helpdesk the choice of an agency and its name in each row. */
export function listingOf(area: Area, report: AnyReport, agencies: readonly Option[] | null): Listing<unknown> {
  const { filters = [], columns, ...shown } = report.listing(area);
  const { agencyOf } = report;
  const named = new Map(
    (agencies ?? []).map(({ value, label }) => [value, typeof label === 'string' ? '' : label.text]),
  );
  const agencyColumn: Column<unknown>[] =
    agencies === null || agencyOf === undefined
      ? []
      : [{ label: 'field.agency', value: (row) => named.get(String(agencyOf(row))) ?? '', isBelow: true }];
  const belowFirst = columns.findIndex((column, at) => at > 0 && !column.isBelow);
  return {
    ...shown,
    title: `report.${report.name}`,
    onPaper: `/${area}/reports/${report.name}`,
    intro: `report.${report.name}.intro`,
    empty: 'report.empty',
    exportName: `report-${report.name}`,
    filters: agencies === null ? filters : [{ name: 'agency', label: 'field.agency', options: agencies }, ...filters],
    columns: [...columns.slice(0, belowFirst), ...agencyColumn, ...columns.slice(belowFirst)],
  };
}
