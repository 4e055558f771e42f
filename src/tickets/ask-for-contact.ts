import type { Actor } from '../base/actor.ts';
import { NotFound } from '../base/errors.ts';
import { contactFields, detailsFrom } from '../contacts/contact-form.ts';
import { type Contact, contactAt, findContact, holderOf, listsWith } from '../contacts/queries.ts';
import { choice, longText, rowId } from '../forms/fields.ts';
import { defineForm, type Field, type FormState, openForm, readForm } from '../forms/form.ts';
import { placeOf } from '../trail/places.ts';
import type { App, Reply, Request } from '../web/app-types.ts';
import { setFlash } from '../web/flash.ts';
import { page } from '../web/pages.ts';
import { parameters } from '../web/parameters.ts';
import { ASKED, type Asked, askForContact, type ContactRequest, kindOf, wishOf } from './contact-request.ts';
import { CONTACT_SOP } from './kinds.ts';
import { waitingFor } from './ticket.ts';

const note = longText({ label: 'field.note', hint: 'contact.noteHint', optional: true });
const kind = {
  ...choice({
    label: 'contact.asked',
    options: ASKED.map((value) => ({ value, label: `contact.asked.${value}` as const })),
  }),
  kind: 'hidden' as const,
};
const id = rowId({ label: 'contact.one', as: 'hidden' });
/** Only a registration is about nobody yet. */
const contact_id: Field<number | null> = {
  ...id,
  optional: true,
  read: (typed) => (typed.length <= 1 && (typed[0] ?? '') === '' ? null : id.read(typed)),
};

/** Everything that some kind asks for: what comes back when one is refused. */
const RequestForm = defineForm('request', { kind, contact_id, ...contactFields, note });
const WhatForm = defineForm('request', { kind, contact_id });
const DetailsForm = defineForm('request', { ...contactFields, note });
const NoteForm = defineForm('request', { note });

const line = { type: 'string', maxLength: 254 } as const;
const querystring = parameters({ kind: line, contact_id: line, q: line });
type Query = { kind?: string; contact_id?: string; q?: string };

/** SOP 4.21 to 4.23 step 2: asking the helpdesk. One page; the address says what for. */
export function contactRequests(app: App) {
  const show = async (request: Request, reply: Reply, form: FormState) => {
    const asked = readAsked(form);
    const contact = asked === 'register' ? null : await findContact(app.db, Number(form.typed.contact_id?.[0] ?? 0));
    return page(request, reply, 'contacts/request', {
      sop: CONTACT_SOP[kindOf(asked)],
      asked,
      contact,
      fields: asked === 'delete' ? [] : Object.keys(contactFields),
      form,
      existing: Object.keys(form.problems).length > 0 || form.problem ? await existing(request.actor, form) : null,
      ...(asked === 'delete' && contact !== null ? await losing(request.actor, contact) : {}),
    });
  };

  /** Where what is asked for is already: a contact, something else of the own agency, or the request that waits. */
  const existing = async (actor: Actor, form: FormState) => {
    const address = (form.typed.email?.[0] ?? '').trim().toLowerCase();
    const contact = form.problems.email ? await contactAt(app.db, address) : undefined;
    if (contact !== undefined) return { place: `/admin/contacts/${contact.id}`, label: 'contact.toExisting' };
    const holder = form.problems.email ? await holderOf(app.db, address) : undefined;
    if (holder !== undefined && holder.agency_id === actor.agencyId) {
      const type = holder.kind === 'alias' ? 'mailbox' : holder.kind;
      const place = placeOf({ ...actor, userId: null }, { type, id: holder.item_id });
      return place === null ? null : { place, label: 'contact.toHolder' };
    }
    const wish = wishOf(actor, {
      asked: readAsked(form),
      details: { email: address },
      contactId: Number(form.typed.contact_id?.[0] ?? 0),
    });
    const ticket = form.problem ? await waitingFor(app.db, wish) : undefined;
    if (ticket === undefined || ticket.agency_id !== actor.agencyId) return null;
    return { place: `/admin/tickets/${ticket.id}`, label: 'contact.toWaiting' };
  };

  const losing = async (actor: Actor, contact: Contact) => {
    const all = await listsWith(app.db, contact.id);
    const own = all.filter((list) => list.agency_id === actor.agencyId);
    return { own, others: all.length - own.length };
  };

  const route = {
    schema: { querystring },
    config: { sop: '4.21', access: ['admin'] as const, form: RequestForm, show: showAgain(show) },
  };

  app.get('/admin/contact-requests/new', route, async (request, reply) => {
    const { kind: asked = 'register', contact_id: id, q = '' } = request.query;
    if (!ASKED.some((each) => each === asked)) throw new NotFound();
    if (asked === 'register') return show(request, reply, openForm(RequestForm, { kind: asked, ...guess(q) }));
    const contact = await findContact(app.db, readId(id));
    const { full_name, email, position, company, phone, address } = contact;
    const known = asked === 'update' ? { full_name, email, position, company, phone, address } : {};
    return show(request, reply, openForm(RequestForm, { kind: asked, contact_id: contact.id, ...known }));
  });

  app.post('/admin/contact-requests/new', route, async (request, reply) => {
    const body = inBody(request);
    const input = readRequest(body);
    const { id, mailed } = await app.act(request, (act) => askForContact(act, input));
    setFlash(reply, { key: 'contact.askedNow', params: { number: id }, mailed, next: 'contact.nextHelpdesk' });
    return reply.redirect(`/admin/tickets/${id}`, 303);
  });
}

/** The address of the page says what is asked for; a form that says it again, or alone, does as well. */
function inBody(request: Request) {
  const { kind: asked, contact_id: id } = request.query as Query;
  const said = { ...(asked === undefined ? {} : { kind: asked }), ...(id === undefined ? {} : { contact_id: id }) };
  return { kind: 'register', ...said, ...(request.body as Record<string, unknown>) };
}

/** The refused form is put together from the body: what only the address says must be in it. */
function showAgain(show: (request: Request, reply: Reply, form: FormState) => unknown) {
  return (request: Request, reply: Reply, form: FormState) => {
    const { kind: asked, contact_id: id } = inBody(request) as Query;
    return show(request, reply, {
      ...form,
      typed: { ...form.typed, kind: [String(asked)], contact_id: id === undefined ? [] : [String(id)] },
    });
  };
}

function readAsked(form: FormState): Asked {
  return ASKED.find((each) => each === form.typed.kind?.[0]) ?? 'register';
}

function readId(text: string | undefined) {
  const id = Number(text);
  if (!/^[1-9]\d{0,14}$/.test(text ?? '')) throw new NotFound();
  return id;
}

/** What was searched for in vain is what is asked for: an address or a name. */
function guess(q: string) {
  return q.includes('@') ? { email: q } : { full_name: q };
}

function readRequest(body: unknown): ContactRequest {
  const { kind: asked, contact_id: contactId } = readForm(WhatForm, body);
  if (asked !== 'register' && contactId === null) throw new NotFound();
  if (asked === 'delete') return { asked, contactId: contactId ?? 0, ...readForm(NoteForm, body) };
  const values = readForm(DetailsForm, body);
  const wanted = { details: detailsFrom(values), note: values.note };
  return asked === 'register' ? { asked, ...wanted } : { asked, contactId: contactId ?? 0, ...wanted };
}
