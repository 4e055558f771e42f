import { addresses } from '../forms/fields.ts';
import { defineForm, type FormState, openForm, readForm, refusedForm } from '../forms/form.ts';
import { ListSchema } from '../lists/listing.ts';
import { type App, Id, type Reply, type WithId } from '../web/app-types.ts';
import { page } from '../web/pages.ts';
import { formBody } from '../web/requests.ts';
import { tellOutcome } from './flashes.ts';
import { groupFrame } from './frame.ts';
import { addMembers, MEMBER_TYPES } from './members/members.ts';
import { fillPicker, isSearch, searched } from './members/picker.ts';
import { findGroup } from './queries.ts';
import { railInHand } from './rail.ts';

/** Room for 5,000 addresses, ticked one by one or typed into the free field. */
const LONGEST_TEXT = 400_000;
const LARGEST_FORM = 512 * 1024;

const AddForm = defineForm(
  'add',
  { members: addresses({ label: 'group.typed.members', hint: 'group.typedHint', max: LONGEST_TEXT }) },
  ({ members }) => (members === null ? { members: { key: 'form.tickOrType' } } : {}),
);

/** SOP 4.15: Add Member. Search the accounts, lists and contacts, tick several, or type their addresses. */
export function addMembersPage(app: App) {
  const show = async (request: WithId, reply: Reply, form: FormState = openForm(AddForm)) => {
    const group = await findGroup(app.db, request.actor, request.params.id);
    return page(request, reply, 'groups/add-members', {
      ...groupFrame(group, 'members'),
      form,
      picker: await fillPicker(app.db, group, form, 'members', {
        q: searched(request),
        types: MEMBER_TYPES,
        inside: group.id,
        offer: true,
      }),
      rail: await railInHand(app, request.actor, group, '4.15'),
    });
  };
  const config = { sop: '4.15', access: ['admin'], form: AddForm, show } as const;

  app.get(
    '/admin/groups/:id/members/add',
    { schema: { params: Id, querystring: ListSchema }, config },
    (request, reply) => show(request, reply),
  );

  app.post(
    '/admin/groups/:id/members/add',
    { schema: { params: Id, body: formBody(LONGEST_TEXT) }, config, bodyLimit: LARGEST_FORM },
    async (request, reply) => {
      if (isSearch(request)) return show(request, reply, refusedForm(AddForm, request.body, {}, null));
      const { id } = request.params;
      const { members } = readForm(AddForm, request.body);
      tellOutcome(
        reply,
        'added',
        await app.act(request, (act) => addMembers(act, id, members ?? [])),
        `/admin/groups/${id}/undo`,
      );
      return reply.redirect(`/admin/groups/${id}/members`, 303);
    },
  );
}
