import { addresses, choice } from '../forms/fields.ts';
import { defineForm, type FormState, openForm, readForm, refusedForm } from '../forms/form.ts';
import { meetChanges, newestChange, shownField } from '../forms/stale.ts';
import { groupItem } from '../trail/items.ts';
import { type App, Id, type Reply, type WithId } from '../web/app-types.ts';
import { setFlash } from '../web/flash.ts';
import { page } from '../web/pages.ts';
import { groupFrame } from './frame.ts';
import { setMailFlows } from './group-details.ts';
import { MEMBER_TYPES } from './members/members.ts';
import { fillPicker, isSearch, searched } from './members/picker.ts';
import { findGroup, sendersOf } from './queries.ts';

const FlowsForm = defineForm('flows', {
  accept_from: choice({
    label: 'field.accept_from',
    as: 'radio',
    options: (['all', 'agency', 'members', 'listed'] as const).map(
      (value) => ({ value, label: `group.accept.${value}` }) as const,
    ),
  }),
  senders: addresses({ label: 'group.typed.senders', hint: 'group.sendersHint', optional: true, max: 15_000 }),
  shown: shownField(),
});

/** SOP 4.14: Mail Flows, who may send to the list. */
export function mailFlows(app: App) {
  const show = async (request: WithId, reply: Reply, refused?: FormState) => {
    const group = await findGroup(app.db, request.actor, request.params.id);
    const isLate = refused?.problem?.key === 'shown.changed';
    const met = isLate ? await meetChanges(app.db, groupItem(group), refused) : null;
    const senders = await sendersOf(app.db, group);
    const shown = await newestChange(app.db, groupItem(group));
    const form = met?.form ?? refused ?? openForm(FlowsForm, { accept_from: group.accept_from, senders, shown });
    return page(request, reply, 'groups/mail-flows', {
      ...groupFrame(group, 'mail-flows'),
      form,
      senders,
      late: met?.changes ?? [],
      picker: await fillPicker(app.db, group, form, 'senders', { q: searched(request), types: MEMBER_TYPES }),
    });
  };
  const config = { sop: '4.14', access: ['admin'], form: FlowsForm, show } as const;
  const route = { schema: { params: Id }, config };

  app.get('/admin/groups/:id/mail-flows', route, (request, reply) => show(request, reply));

  app.post('/admin/groups/:id/mail-flows', route, async (request, reply) => {
    if (isSearch(request)) return show(request, reply, refusedForm(FlowsForm, request.body, {}, null));
    const { id } = request.params;
    const { accept_from, senders, shown } = readForm(FlowsForm, request.body);
    const input = { accept_from, senders: senders ?? [] };
    const changed = await app.act(request, (act) => setMailFlows(act, id, input, shown));
    const saved = { key: 'group.flowsSaved', undo: `/admin/groups/${id}/undo` } as const;
    setFlash(reply, changed ? saved : { key: 'shown.same' });
    return reply.redirect(`/admin/groups/${id}/mail-flows`, 303);
  });
}
