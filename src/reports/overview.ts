import { agencyOf } from '../base/actor.ts';
import { many } from '../forms/fields.ts';
import { defineForm, type FormState, openForm, readForm } from '../forms/form.ts';
import { meetChanges, shownField } from '../forms/stale.ts';
import { monthlyReportItem } from '../trail/items.ts';
import type { App, Reply, Request } from '../web/app-types.ts';
import { setFlash } from '../web/flash.ts';
import { markedSayers, page } from '../web/pages.ts';
import { newestChoice, setMonthlyReports } from './monthly/monthly.ts';
import { monthlyReports } from './queries.ts';
import type { ReportName } from './report.ts';
import { REPORTS } from './reports.ts';

const MonthlyForm = defineForm('monthly', {
  shown: shownField(),
  reports: many({
    label: 'field.reports',
    hint: 'report.monthly.hint',
    options: REPORTS.map(({ name }) => ({ value: name, label: `report.${name}` as const })),
  }),
});

const NAMES = REPORTS.map(({ name }) => name);

/** The reports, a line each; an agency's administrators choose which of them come by mail every month. */
export function reportOverview(app: App) {
  const show = async (request: Request, reply: Reply, refused?: FormState) => {
    const agencyId = agencyOf(request.actor);
    const chosen = await monthlyReports(app.db, request.actor);
    const open = openForm(MonthlyForm, { shown: await newestChoice(app.db, request.actor), reports: chosen });
    const isLate = refused?.problem?.key === 'shown.changed';
    const met = isLate
      ? await meetChanges(app.db, monthlyReportItem(agencyId, ''), refused)
      : { form: refused, changes: [] };
    const { t } = markedSayers(request);
    const named = (name: string) => t(`report.${name as ReportName}`);
    return page(request, reply, 'reports/overview', {
      names: NAMES,
      chosen,
      late: met.changes.map((each) => ({ ...each, before: each.before.map(named), after: each.after.map(named) })),
      monthly: met.form ?? open,
    });
  };

  app.get('/helpdesk/reports', { config: { access: ['helpdesk'] } }, (request, reply) =>
    page(request, reply, 'reports/overview', { names: NAMES, chosen: [], late: [], monthly: null }),
  );

  app.get('/admin/reports', { config: { access: ['admin'] } }, (request, reply) => show(request, reply));

  const config = { access: ['admin'] as const, form: MonthlyForm, show };
  app.get('/admin/reports/monthly', { config }, (_request, reply) => reply.redirect('/admin/reports#monthly', 303));

  app.post('/admin/reports/monthly', { config }, async (request, reply) => {
    const { reports, shown } = readForm(MonthlyForm, request.body);
    const changed = await app.act(request, (act) => setMonthlyReports(act, reports, shown));
    const saved = reports.length === 0 ? 'report.monthly.off' : 'report.monthly.on';
    setFlash(reply, { key: changed ? saved : 'shown.same' });
    return reply.redirect('/admin/reports', 303);
  });
}
