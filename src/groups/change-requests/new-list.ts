import { agencyAddress } from '../../addresses/addresses.ts';
import { agencyOf } from '../../base/actor.ts';
import { addresses, longText, named, text } from '../../forms/fields.ts';
import { defineForm, type FormState, openForm, readForm, refusedForm } from '../../forms/form.ts';
import type { App, Reply, Request } from '../../web/app-types.ts';
import { page } from '../../web/pages.ts';
import { tellAsked } from '../flashes.ts';
import { MEMBER_TYPES } from '../members/members.ts';
import { fillPicker, isSearch, searched } from '../members/picker.ts';
import { askForList } from './own-membership.ts';
import { findOwnMailbox } from './queries.ts';

const NewForm = defineForm('new', {
  display_name: named({ label: 'field.display_name', hint: 'group.nameHint', max: 120, autocomplete: 'off' }),
  primary_email: text({ label: 'field.primary_email', hint: 'group.emailHint', max: 254, autocomplete: 'off' }),
  text: longText({ label: 'group.new.why', max: 1000 }),
  owners: addresses({ label: 'group.typed.owners', hint: 'group.typedHint', optional: true }),
  add: addresses({ label: 'group.typed.add', hint: 'group.typedHint', optional: true, max: 15_000 }),
});

/** Any officer asks for a new list, and is its owner when it is made (SOP 4.13, *Pengendali DL*). */
export function newList(app: App) {
  const show = async (request: Request, reply: Reply, refused?: FormState) => {
    const agency = { agency_id: agencyOf(request.actor) };
    const mailbox = await findOwnMailbox(app.db, request.actor);
    const form = refused ?? openForm(NewForm, { owners: mailbox === undefined ? [] : [mailbox.primary_email] });
    const search = (name: string) => ({ q: searched(request, `q_${name}`), box: `q_${name}` });
    return page(request, reply, 'groups/new-list', {
      form,
      hasMailbox: mailbox !== undefined,
      pickers: {
        owners: await fillPicker(app.db, agency, form, 'owners', { ...search('owners'), types: ['mailbox'] }),
        add: await fillPicker(app.db, agency, form, 'add', { ...search('add'), types: MEMBER_TYPES }),
      },
    });
  };
  const config = { access: ['user'], sop: '4.13', form: NewForm, show } as const;

  app.get('/me/groups/new', { config }, (request, reply) => show(request, reply));

  app.post('/me/groups/new', { config }, async (request, reply) => {
    if (isSearch(request)) return show(request, reply, refusedForm(NewForm, request.body, {}, null));
    const { primary_email, owners, add, ...input } = readForm(NewForm, request.body);
    const address = await agencyAddress(app.db, agencyOf(request.actor), primary_email);
    const asked = { ...input, primary_email: address, owners: owners ?? [], add: add ?? [] };
    const { id, mailed } = await app.act(request, (act) => askForList(act, asked));
    tellAsked(reply, mailed);
    return reply.redirect(`/me/list-requests/${id}`, 303);
  });
}
