import { type FormState, openForm, readForm } from '../../forms/form.ts';
import { historyOf } from '../../trail/audit.ts';
import type { App, Reply, Request } from '../../web/app-types.ts';
import { setFlash } from '../../web/flash.ts';
import { page } from '../../web/pages.ts';
import { HoursForm } from './forms.ts';
import { HOURS_ITEM, readTicketHours, updateTicketHours } from './hours.ts';

const PLACE = '/helpdesk/settings/ticket-hours';

/** Within how many working hours each kind of ticket is due. */
export function ticketHours(app: App) {
  const show = async (request: Request, reply: Reply, form: FormState) =>
    page(request, reply, 'tickets/hours', { form, history: await historyOf(app.db, HOURS_ITEM) });
  const config = { access: ['helpdesk'], form: HoursForm, show } as const;

  app.get(PLACE, { config }, async (request, reply) =>
    show(request, reply, openForm(HoursForm, await readTicketHours(app.db))),
  );

  app.post(PLACE, { config }, async (request, reply) => {
    const changed = await app.act(request, (act) => updateTicketHours(act, readForm(HoursForm, request.body)));
    setFlash(reply, { key: changed ? 'settings.saved' : 'shown.same' });
    return reply.redirect(PLACE, 303);
  });
}
