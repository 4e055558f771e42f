import { agencyOptions } from '../agencies/administrators.ts';
import { Conflict } from '../base/errors.ts';
import { maskIcNumber } from '../base/ic-number.ts';
import { choice, email, icNumber, longText, rowId, text } from '../forms/fields.ts';
import { defineForm, type FormState, type Option, openForm, readForm } from '../forms/form.ts';
import { type Listing, ListSchema, showList, type Tone } from '../lists/listing.ts';
import { identityOf } from '../officers/identity.ts';
import { historyOf } from '../trail/audit.ts';
import { placeOf } from '../trail/places.ts';
import { type App, Id, type Reply, type Request, type WithId } from '../web/app-types.ts';
import { setFlash } from '../web/flash.ts';
import { page } from '../web/pages.ts';
import { parameters } from '../web/parameters.ts';
import { identityFrom } from './claim.ts';
import {
  countSurplus,
  type ListedDouble,
  type ListedSecondAccount,
  listDoubles,
  listSecondAccounts,
  type SecondAccountState,
  type Served,
  secondAccountById,
  servedBy,
  surplusById,
  usedBy,
} from './queries.ts';
import { askToEnd, doubleNamed, permitDouble, permitSecondAccount, withdrawSecondAccount } from './second-account.ts';

const PLACE = '/helpdesk/second-accounts';
const reason = longText({ label: 'field.reason', hint: 'second-account.reasonHint' });

const PermitForm = defineForm(
  'permit',
  {
    category: choice({
      label: 'field.category',
      as: 'radio',
      options: [
        { value: 'civil_servant', label: 'category.civil_servant' },
        { value: 'other', label: 'category.other' },
      ],
    }),
    full_name: text({ label: 'field.name', max: 150, autocomplete: 'off', reading: 'name' }),
    ic_number: icNumber({ label: 'field.ic_number', hint: 'request.icHint', optional: true }),
    email: email({ label: 'field.email', hint: 'request.emailHint', optional: true }),
    agency_id: rowId({ label: 'second-account.agency' }),
    reason,
  },
  identityOf,
);
const ReasonForm = defineForm('permit', { reason });
const EndForm = defineForm('end', { reason: longText({ label: 'field.reason', hint: 'second-account.endHint' }) });

/** How each state of a permission is coloured. */
export const SECOND_ACCOUNT_TONES: Record<SecondAccountState, Tone> = {
  used: 'good',
  unused: 'wait',
  withdrawn: 'plain',
};
/** The states as a filter offers them. */
export const SECOND_ACCOUNT_STATES = (Object.keys(SECOND_ACCOUNT_TONES) as SecondAccountState[]).map((value) => ({
  value,
  label: `second-account.state.${value}` as const,
}));
const identity = ({ kind, value }: { kind: string; value: string }) => (kind === 'email' ? value : maskIcNumber(value));

const named = (agencies: readonly Option[]) => {
  const names = new Map(agencies.map(({ value, label }) => [value, typeof label === 'string' ? '' : label.text]));
  return ({ agency_id }: { agency_id: number }) => names.get(String(agency_id)) ?? '';
};

const listing = (agencies: readonly Option[]): Listing<ListedSecondAccount> => ({
  title: 'second-account.title',
  intro: 'second-account.intro',
  empty: 'second-account.empty',
  searchLabel: 'second-account.search',
  exportName: 'second-accounts',
  sort: 'granted_at',
  descending: true,
  action: { href: `${PLACE}/new`, label: 'second-account.new' },
  filters: [
    { name: 'state', label: 'field.status', options: SECOND_ACCOUNT_STATES },
    { name: 'agency', label: 'field.agency', options: agencies },
  ],
  columns: [
    { label: 'field.name', value: (row) => row.full_name, href: (row) => `${PLACE}/${row.id}`, sort: 'full_name' },
    { label: 'second-account.identity', value: identity, isBelow: true },
    { label: 'field.agency', value: named(agencies) },
    { label: 'field.reason', value: (row) => row.reason },
    { label: 'second-account.permittedAt', value: (row, say) => say.date(row.granted_at), sort: 'granted_at' },
    {
      label: 'field.status',
      value: (row, say) => say.t(`second-account.state.${row.state}`),
      tone: (row) => SECOND_ACCOUNT_TONES[row.state],
    },
  ],
});

const doublesListing = (agencies: readonly Option[]): Listing<ListedDouble> => ({
  title: 'second-account.doubles',
  intro: 'second-account.doublesIntro',
  empty: 'second-account.noDoubles',
  searchLabel: 'second-account.searchDoubles',
  exportName: 'doubles',
  sort: 'name',
  filters: [{ name: 'agency', label: 'field.agency', options: agencies }],
  columns: [
    { label: 'field.name', value: (row) => row.name, href: (row) => `${PLACE}/doubles/${row.row}`, sort: 'name' },
    { label: 'second-account.identity', value: identity },
    { label: 'second-account.what', value: (row, say) => say.t(`item.${row.holder}`) },
    { label: 'field.agency', value: named(agencies) },
  ],
});

/** Whom the helpdesk permits to be served twice, and who is from before that was refused. */
export function secondAccounts(app: App) {
  const access = ['helpdesk'] as const;
  const list = { schema: { querystring: ListSchema }, config: { access } };

  app.get(PLACE, list, async (request, reply) => {
    const agencies = await agencyOptions(app.db);
    return showList(request, reply, listing(agencies), (query, db) => listSecondAccounts(db, query), {
      view: 'identities/second-accounts',
      doubles: await countSurplus(app.db),
    });
  });

  app.get(`${PLACE}/doubles`, list, async (request, reply) => {
    const agencies = await agencyOptions(app.db);
    return showList(request, reply, doublesListing(agencies), (query, db) => listDoubles(db, query));
  });

  permitting(app);
  permittingDoubles(app);

  const showOne = async (request: WithId, reply: Reply) => {
    const found = await secondAccountById(app.db, request.params.id);
    const used = await usedBy(app.db, found);
    const state: SecondAccountState = found.withdrawn_at !== null ? 'withdrawn' : used ? 'used' : 'unused';
    return page(request, reply, 'identities/second-account', {
      found,
      state,
      tone: SECOND_ACCOUNT_TONES[state],
      identity: identity(found),
      agency: named(await agencyOptions(app.db))(found),
      used: used && { ...used, place: placeOf(request.actor, { type: used.holder, id: used.holder_id }) },
      history: await historyOf(app.db, { type: 'second_account', id: found.id }),
    });
  };
  const one = { schema: { params: Id }, config: { access } };
  app.get(`${PLACE}/:id`, one, showOne);
  app.get(`${PLACE}/:id/withdraw`, one, showOne);
  app.post(`${PLACE}/:id/withdraw`, one, async (request, reply) => {
    await app.act(request, (act) => withdrawSecondAccount(act, request.params.id));
    setFlash(reply, { key: 'second-account.withdrawnDone' });
    return reply.redirect(`${PLACE}/${request.params.id}`, 303);
  });
}

function permitting(app: App) {
  const show = async (request: Request, reply: Reply, form: FormState) =>
    page(request, reply, 'identities/permit', {
      form: { ...form, options: { agency_id: await agencyOptions(app.db) } },
      place: `${PLACE}/new`,
      double: null,
      ending: null,
      open: '',
      others: [],
    });
  const config = { access: ['helpdesk'] as const, form: PermitForm, show };
  app.get(`${PLACE}/new`, { config }, (request, reply) =>
    show(request, reply, openForm(PermitForm, { category: 'civil_servant' })),
  );
  app.post(`${PLACE}/new`, { config }, async (request, reply) => {
    const { full_name, agency_id, reason, ...person } = readForm(PermitForm, request.body);
    const permission = { identity: identityFrom(person), full_name, agency_id, reason };
    const id = await app.act(request, (act) => permitSecondAccount(act, permission));
    setFlash(reply, { key: 'second-account.done', next: 'second-account.next' });
    return reply.redirect(`${PLACE}/${id}`, 303);
  });
}

function permittingDoubles(app: App) {
  type Named = Request & { params: { row: string } };
  type Forms = { form?: FormState; ending?: FormState };
  const show = async (request: Named, reply: Reply, forms: Forms = {}, open = '') => {
    const { holder, id } = doubleNamed(request.params.row);
    const double = await surplusById(app.db, holder, id);
    if (double === undefined) throw new Conflict('second-account.noDouble');
    const agencyOf = named(await agencyOptions(app.db));
    const shown = (served: Served) => ({
      ...served,
      agency: agencyOf(served),
      item: placeOf(request.actor, { type: served.holder, id: served.holder_id }),
    });
    const all = await servedBy(app.db, double, app.clock());
    return page(request, reply, 'identities/permit', {
      form: openForm(ReasonForm),
      ending: openForm(EndForm),
      ...forms,
      open,
      place: `${PLACE}/doubles/${request.params.row}`,
      double: { ...shown(double), identity: identity(double) },
      others: all.filter((each) => each.holder !== holder || each.holder_id !== id).map(shown),
    });
  };
  const schema = { params: parameters({ row: { type: 'string', maxLength: 40 } }, 'row') };
  const again = (request: Named, reply: Reply, form: FormState) => show(request, reply, { form });
  const config = { access: ['helpdesk'] as const, form: ReasonForm, show: again };
  app.get(`${PLACE}/doubles/:row`, { schema, config }, (request, reply) => show(request, reply));
  app.post(`${PLACE}/doubles/:row`, { schema, config }, async (request, reply) => {
    const { reason } = readForm(ReasonForm, request.body);
    const double = doubleNamed(request.params.row);
    const id = await app.act(request, (act) => permitDouble(act, double, reason));
    setFlash(reply, { key: 'second-account.done' });
    return reply.redirect(`${PLACE}/${id}`, 303);
  });

  const endAgain = (request: Named, reply: Reply, ending: FormState) => show(request, reply, { ending }, 'end');
  const ending = { schema, config: { access: ['helpdesk'] as const, form: EndForm, show: endAgain } };
  app.get(`${PLACE}/doubles/:row/end`, ending, (request, reply) => show(request, reply, {}, 'end'));
  app.post(`${PLACE}/doubles/:row/end`, ending, async (request, reply) => {
    const { reason } = readForm(EndForm, request.body);
    const double = doubleNamed(request.params.row);
    const mailed = await app.act(request, (act) => askToEnd(act, double, reason));
    setFlash(reply, { key: 'second-account.endAsked', mailed, next: 'second-account.endNext' });
    return reply.redirect(`${PLACE}/doubles/${request.params.row}`, 303);
  });
}
