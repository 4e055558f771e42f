import type { Actor } from '../base/actor.ts';
import { NotFound } from '../base/errors.ts';
import type { ContactDetails } from '../contacts/contact.ts';
import { contactFields } from '../contacts/contact-form.ts';
import { type Contact, contactAt, contactById, holderOf } from '../contacts/queries.ts';
import type { Db } from '../data/database.ts';
import { choice, longText, rowId } from '../forms/fields.ts';
import { defineForm, type Field, type FormState, openForm, readForm } from '../forms/form.ts';
import type { Sop } from '../sop/index.ts';
import { isItemType } from '../trail/items.ts';
import { placeOf } from '../trail/places.ts';
import type { App, Reply, Request } from '../web/app-types.ts';
import { setFlash } from '../web/flash.ts';
import { parameters } from '../web/parameters.ts';
import { ASKED, type Asked, askForContact, type ContactRequest, kindOf, wishOf } from './contact-request.ts';
import { CONTACT_SOP } from './kinds.ts';
import { waitingFor } from './queries.ts';

/** One of the procedures about contacts: what its page begins with, and how what is typed becomes a request. */
export type ContactProcedure = {
  /** Shows its view. */
  show(request: Request, reply: Reply, shown: ShownRequest): unknown;
  /** What is filled in. @param contact null as long as there is none @param q what was searched for in vain */
  known(contact: Contact | null, q: string): Partial<ContactDetails>;
  /** @throws InvalidForm */
  read(body: unknown, contactId: number): ContactRequest;
};

/** What each of their views is given. */
type ShownRequest = {
  sop: Sop;
  contact: Contact | null;
  form: FormState;
  existing: Awaited<ReturnType<typeof existing>>;
};

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

/** Everything that some procedure asks for: what comes back when one is refused. */
const RequestForm = defineForm('request', { kind, contact_id, ...contactFields, note });
const WhatForm = defineForm('request', { kind, contact_id });
export const DetailsForm = defineForm('request', { ...contactFields, note });
export const NoteForm = defineForm('request', { note });

const line = { type: 'string', maxLength: 254 } as const;
const querystring = parameters({ kind: line, contact_id: line, q: line });
type Said = { kind?: string; contact_id?: string };

/** SOP 4.21 to 4.23 step 2: asking the helpdesk. One page; its address says which procedure it is. */
export function contactRequests(app: App, procedures: Record<Asked, ContactProcedure>) {
  const show = async (request: Request, reply: Reply, asked: Asked, contact: Contact | null, form: FormState) =>
    procedures[asked].show(request, reply, {
      sop: CONTACT_SOP[kindOf(asked)],
      contact,
      form,
      existing: await existing(app.db, request.actor, asked, form),
    });

  /** The refused form is put together from the body: what only the address says must be in it. */
  const again = async (request: Request, reply: Reply, form: FormState) => {
    const { kind, contact_id: id } = inBody(request);
    const asked = askedIn(String(kind)) ?? 'register';
    const contact = asked === 'register' ? null : await contactById(app.db, Number(id ?? 0));
    const said = { kind: [String(kind)], contact_id: id === undefined ? [] : [String(id)] };
    return show(request, reply, asked, contact, { ...form, typed: { ...form.typed, ...said } });
  };
  const config = { sop: Object.values(CONTACT_SOP), access: ['admin'], form: RequestForm, show: again } as const;
  const route = { schema: { querystring }, config };

  app.get('/admin/contact-requests/new', route, async (request, reply) => {
    const { kind = 'register', contact_id: id, q = '' } = request.query;
    const asked = askedIn(kind);
    if (asked === undefined) throw new NotFound();
    const contact = asked === 'register' ? null : await contactById(app.db, readId(id));
    const known = { kind, contact_id: contact?.id, ...procedures[asked].known(contact, q) };
    return show(request, reply, asked, contact, openForm(RequestForm, known));
  });

  app.post('/admin/contact-requests/new', route, async (request, reply) => {
    const body = inBody(request);
    const { kind: asked, contact_id: contactId } = readForm(WhatForm, body);
    if (asked !== 'register' && contactId === null) throw new NotFound();
    const input = procedures[asked].read(body, contactId ?? 0);
    const { id, mailed } = await app.act(request, (act) => askForContact(act, input));
    setFlash(reply, { key: 'contact.askedNow', params: { number: id }, mailed, next: 'contact.nextHelpdesk' });
    return reply.redirect(`/admin/tickets/${id}`, 303);
  });
}

const askedIn = (kind: string) => ASKED.find((each) => each === kind);

/** The address of the page says what is asked for; a form that says it again, or alone, does as well. */
function inBody(request: Request): Said {
  const { kind, contact_id } = request.query as Said;
  const said = { ...(kind === undefined ? {} : { kind }), ...(contact_id === undefined ? {} : { contact_id }) };
  return { kind: 'register', ...said, ...(request.body as Said) };
}

function readId(text: string | undefined) {
  if (!/^[1-9]\d{0,14}$/.test(text ?? '')) throw new NotFound();
  return Number(text);
}

/** Where what was refused is already: a contact, something else of the own agency, or the request that waits. */
async function existing(db: Db, actor: Actor, asked: Asked, { typed, problems, problem }: FormState) {
  const address = (typed.email?.[0] ?? '').trim().toLowerCase();
  const contact = problems.email ? await contactAt(db, address) : undefined;
  if (contact !== undefined) return { place: `/admin/contacts/${contact.id}`, label: 'contact.toExisting' };
  const holder = problems.email ? await holderOf(db, address) : undefined;
  if (holder !== undefined && holder.agency_id === actor.agencyId) {
    const type = holder.kind === 'alias' ? 'mailbox' : holder.kind;
    const place = isItemType(type) ? placeOf({ ...actor, userId: null }, { type, id: holder.item_id }) : null;
    return place === null ? null : { place, label: 'contact.toHolder' };
  }
  const wish = wishOf(actor, { asked, details: { email: address }, contactId: Number(typed.contact_id?.[0] ?? 0) });
  const ticket = problem ? await waitingFor(db, wish) : undefined;
  if (ticket === undefined || ticket.agency_id !== actor.agencyId) return null;
  return { place: `/admin/tickets/${ticket.id}`, label: 'contact.toWaiting' };
}
