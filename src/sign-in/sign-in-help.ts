import { longText } from '../forms/fields.ts';
import { defineForm, type FormState, openForm, readForm } from '../forms/form.ts';
import { type Column, type Listing, ListSchema, showList, type Tone } from '../lists/listing.ts';
import { type App, Id, type Reply, type WithId } from '../web/app-types.ts';
import { setFlash } from '../web/flash.ts';
import { page, type sayers } from '../web/pages.ts';
import { makeHelpLink, wayOfLink } from './help.ts';
import { findToHelp, helpHistory, listStuck, type Stuck } from './queries.ts';
import { resetSecondFactor } from './second-factor/reset.ts';
import { unlockSignIn } from './sign-in.ts';

type Area = 'admin' | 'helpdesk';

function standing(row: Stuck, say: ReturnType<typeof sayers>) {
  if (row.locked_until === null) return say.t(row.requested_at === null ? 'sign-in-help.fine' : 'sign-in-help.asked');
  return say.t(row.requested_at === null ? 'sign-in-help.locked' : 'sign-in-help.both');
}

function toneOf(row: Stuck): Tone {
  if (row.locked_until !== null) return 'bad';
  return row.requested_at === null ? 'good' : 'wait';
}

const agencyColumn: Column<Stuck> = {
  label: 'field.agency',
  value: (row) => row.agency ?? '',
  sort: 'agency',
  isBelow: true,
};

const stuckListing = (area: Area): Listing<Stuck> => ({
  title: 'sign-in-help.title',
  intro: 'sign-in-help.intro',
  empty: 'sign-in-help.empty',
  searchLabel: 'sign-in-help.search',
  exportName: 'sign-in-help',
  isGathered: true,
  sort: 'requested_at',
  filters: [
    {
      name: 'kind',
      label: 'field.status',
      options: [
        { value: 'asked', label: 'sign-in-help.asked' },
        { value: 'locked', label: 'sign-in-help.locked' },
        { value: 'second-factor', label: 'second-factor.has' },
      ],
    },
  ],
  columns: [
    {
      label: 'field.name',
      value: (row) => row.full_name,
      href: (row) => `/${area}/sign-in-help/${row.id}`,
      sort: 'full_name',
    },
    { label: 'field.login_id', value: (row) => row.login_id, sort: 'login_id' },
    { label: 'field.role', value: (row, say) => say.t(`role.${row.role}`) },
    ...(area === 'helpdesk' ? [agencyColumn] : []),
    {
      label: 'sign-in-help.askedAt',
      value: (row, say) => (row.requested_at === null ? '' : say.time(row.requested_at)),
      sort: 'requested_at',
    },
    {
      label: 'sign-in-help.lockedUntil',
      value: (row, say) => (row.locked_until === null ? '' : say.time(row.locked_until)),
      sort: 'locked_until',
    },
    { label: 'field.status', value: standing, tone: toneOf },
  ],
});

const UnlockForm = defineForm('unlock', {});
const LinkForm = defineForm('send-link', {});
const ResetForm = defineForm('reset-second-factor', {
  reason: longText({ label: 'second-factor.resetReason', max: 500 }),
});

/** SOP 4.20 step 6: people who cannot sign in, for the agency's administrators and for the helpdesk. */
export function signInHelp(app: App) {
  helpPages(app, 'admin');
  helpPages(app, 'helpdesk');
}

function helpPages(app: App, area: Area) {
  const config = { sop: '4.20', access: [area] } as const;
  const root = `/${area}/sign-in-help` as const;
  const listing = stuckListing(area);

  app.get(root, { schema: { querystring: ListSchema }, config }, (request, reply) =>
    showList(request, reply, listing, (query, db) => listStuck(db, request.actor, query, app.clock())),
  );

  const show = async (request: WithId, reply: Reply, refused?: FormState) => {
    const person = await findToHelp(app.db, request.actor, request.params.id, app.clock());
    const history = await helpHistory(app.db, person);
    const link = await wayOfLink(app.db, request.actor, person);
    const reset = refused?.form === ResetForm ? refused : openForm(ResetForm);
    return page(request, reply, 'sign-in/sign-in-help', { person, history, root, refused, link, forms: { reset } });
  };
  const route = { schema: { params: Id }, config } as const;
  const unlock = { ...route, config: { ...config, form: UnlockForm, show } };
  const link = { ...route, config: { ...config, form: LinkForm, show, asksPassword: true } };
  const reset = { ...route, config: { ...config, form: ResetForm, show, asksPassword: true } };

  app.get(`${root}/:id`, route, (request, reply) => show(request, reply));
  app.get(`${root}/:id/unlock`, route, (request, reply) => show(request, reply));
  app.get(`${root}/:id/send-link`, route, (request, reply) => show(request, reply));
  app.get(`${root}/:id/reset-second-factor`, route, (request, reply) => show(request, reply));

  app.post(`${root}/:id/unlock`, unlock, async (request, reply) => {
    const { id } = request.params;
    const person = await findToHelp(app.db, request.actor, id, app.clock());
    await app.act(request, (act) => unlockSignIn(act, person));
    setFlash(reply, { key: 'sign-in-help.unlocked', next: 'sign-in-help.unlockedNext' });
    return reply.redirect(`${root}/${id}`, 303);
  });

  app.post(`${root}/:id/send-link`, link, async (request, reply) => {
    const { id } = request.params;
    const { mailed, path } = await app.act(request, (act) => makeHelpLink(act, id));
    if (path === null) setFlash(reply, { key: 'sign-in-help.sent', mailed });
    else setFlash(reply, { key: 'sign-in-help.made', mailed, secret: app.baseUrl() + path });
    return reply.redirect(`${root}/${id}`, 303);
  });

  app.post(`${root}/:id/reset-second-factor`, reset, async (request, reply) => {
    const { id } = request.params;
    const person = await findToHelp(app.db, request.actor, id, app.clock());
    const { reason } = readForm(ResetForm, request.body);
    const mailed = await app.act(request, (act) => resetSecondFactor(act, person.id, reason));
    setFlash(reply, { key: 'second-factor.resetDone', mailed, next: 'second-factor.resetNext' });
    return reply.redirect(`${root}/${id}`, 303);
  });
}
