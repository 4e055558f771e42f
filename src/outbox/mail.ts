import { agencyOptions } from '../agencies/administrators.ts';
import type { Letter } from '../base/letter.ts';
import { defineForm, type FormState, openForm } from '../forms/form.ts';
import { historyOf } from '../trail/audit.ts';
import { MOST_TRIES, renderLetter } from '../trail/outbox-worker.ts';
import { placeOf } from '../trail/places.ts';
import { type App, Id, type Reply, type WithId } from '../web/app-types.ts';
import { setFlash } from '../web/flash.ts';
import { page } from '../web/pages.ts';
import { kindOf, TONES } from './list.ts';
import { sendAgain } from './outbox-mail.ts';
import { findMail, nameOfItem, type OutboxMail } from './queries.ts';

const AgainForm = defineForm('again', {});

/** One mail as its reader has it, but for a code or link, which no page shows. */
export function mail(app: App) {
  const show = async (request: WithId, reply: Reply, form: FormState) => {
    const found = await findMail(app.db, request.actor, request.params.id);
    return page(request, reply, 'outbox/mail', {
      mail: found,
      mostTries: MOST_TRIES,
      letter: renderLetter(app.eta, found, app.baseUrl(), null),
      secret: (JSON.parse(found.letter) as Letter).secret ?? null,
      tone: TONES[found.state],
      kind: kindOf(found.mail),
      onItsWay: found.claimed_until !== null && found.claimed_until > app.clock().toISOString(),
      agency: await agencyOf(found),
      item: await itemOf(request, found),
      kept: app.settings.smtpUrl === null,
      history: await historyOf(app.db, { type: 'outbox', id: found.id }),
      form,
    });
  };

  const itemOf = async (request: WithId, { item_type, item_id }: OutboxMail) => {
    if (item_type === null || item_id === null) return null;
    const item = { type: item_type, id: item_id };
    return { ...item, name: await nameOfItem(app.db, item), place: placeOf(request.actor, item) };
  };

  const agencyOf = async ({ agency_id }: OutboxMail) => {
    const agencies = await agencyOptions(app.db);
    return agencies.find((each) => each.value === String(agency_id))?.label.text ?? null;
  };

  const route = { schema: { params: Id }, config: { access: ['helpdesk'], form: AgainForm, show } } as const;
  app.get('/helpdesk/outbox/:id', route, (request, reply) => show(request, reply, openForm(AgainForm)));
  app.get('/helpdesk/outbox/:id/send-again', route, (request, reply) => show(request, reply, openForm(AgainForm)));

  app.post('/helpdesk/outbox/:id/send-again', route, async (request, reply) => {
    const address = await app.act(request, (act) => sendAgain(act, request.params.id));
    setFlash(reply, { key: 'outbox.again', params: { address } });
    return reply.redirect(`/helpdesk/outbox/${request.params.id}`, 303);
  });
}
