import { agencyAddress } from '../addresses/addresses.ts';
import { agencyOf } from '../base/actor.ts';
import { addresses, named, text } from '../forms/fields.ts';
import { defineForm, type FormState, openForm, readForm, refusedForm } from '../forms/form.ts';
import { railOf } from '../sop/index.ts';
import type { App, Reply, Request } from '../web/app-types.ts';
import { setFlash } from '../web/flash.ts';
import { page } from '../web/pages.ts';
import { firstOf } from './flashes.ts';
import { createGroup } from './group.ts';
import { fillPicker, isSearch, searched } from './members/picker.ts';

const CreateForm = defineForm(
  'create',
  {
    display_name: named({ label: 'field.display_name', hint: 'group.nameHint', max: 120, autocomplete: 'off' }),
    primary_email: text({ label: 'field.primary_email', hint: 'group.emailHint', max: 254, autocomplete: 'off' }),
    owners: addresses({ label: 'group.typed.owners', hint: 'group.typedHint' }),
  },
  ({ owners }) => (owners === null ? { owners: { key: 'form.tickOrType' } } : {}),
);

/** SOP 4.13: Create New Group. The search for owners is a button inside the form, so that what was filled in stays. */
export function create(app: App) {
  const show = async (request: Request, reply: Reply, form: FormState) =>
    page(request, reply, 'groups/create', {
      form,
      picker: await fillPicker(app.db, { agency_id: agencyOf(request.actor) }, form, 'owners', {
        q: searched(request),
        types: ['mailbox'],
        offer: true,
      }),
      rail: railOf('4.13', []),
    });
  const config = { sop: '4.13', access: ['admin'], form: CreateForm, show } as const;

  app.get('/admin/groups/new', { config }, (request, reply) => show(request, reply, openForm(CreateForm)));

  app.post('/admin/groups/new', { config }, async (request, reply) => {
    if (isSearch(request)) return show(request, reply, refusedForm(CreateForm, request.body, {}, null));
    const { display_name, primary_email, owners } = readForm(CreateForm, request.body);
    const address = await agencyAddress(app.db, agencyOf(request.actor), primary_email);
    const input = { display_name, primary_email: address, owners: owners ?? [] };
    const { id, mailed } = await app.act(request, (act) => createGroup(act, input));
    setFlash(reply, {
      key: 'group.created',
      params: { list: display_name },
      mailed: firstOf(mailed),
      next: 'group.next.members',
    });
    return reply.redirect(`/admin/groups/${id}`, 303);
  });
}
