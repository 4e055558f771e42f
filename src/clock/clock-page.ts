import { defineForm, type FormState, openForm, readForm } from '../forms/form.ts';
import { historyOf } from '../trail/audit.ts';
import type { App, Reply, Request } from '../web/app-types.ts';
import { setFlash } from '../web/flash.ts';
import { page } from '../web/pages.ts';
import { CLOCK_ITEM, clockDoubt, confirmClock, lastSeen } from './clock.ts';

const ClockForm = defineForm('clock', {});
const PLACE = '/helpdesk/clock';

/** Whether the clock of the server is believed; the helpdesk says that it is right. */
export function clockPage(app: App) {
  const show = async (request: Request, reply: Reply, form: FormState) => {
    const now = app.clock();
    return page(request, reply, 'clock/clock', {
      form,
      now,
      seenAt: await lastSeen(app.db),
      doubt: await clockDoubt(app.db, now),
      history: await historyOf(app.db, CLOCK_ITEM),
    });
  };
  const config = { access: ['helpdesk'], form: ClockForm, show, asksPassword: true } as const;

  app.get(PLACE, { config }, (request, reply) => show(request, reply, openForm(ClockForm)));

  app.post(PLACE, { config }, async (request, reply) => {
    readForm(ClockForm, request.body);
    await app.act(request, confirmClock);
    setFlash(reply, { key: 'clock.isConfirmed' });
    return reply.redirect(PLACE, 303);
  });
}
