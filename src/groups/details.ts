import { readSystemSettings } from '../data/system-settings.ts';
import { addresses, named, optionalChoice } from '../forms/fields.ts';
import { defineForm, type FormState, openForm, readForm, refusedForm } from '../forms/form.ts';
import { meetChanges, newestChange, shownField } from '../forms/stale.ts';
import { groupItem } from '../trail/items.ts';
import { planFor } from '../trail/undo-plan.ts';
import { type App, Id, type Reply, type WithId } from '../web/app-types.ts';
import { setFlash } from '../web/flash.ts';
import { page } from '../web/pages.ts';
import { firstOf } from './flashes.ts';
import { groupFrame } from './frame.ts';
import { updateGroup } from './group-details.ts';
import { ownersOf } from './members/membership.ts';
import { fillPicker, isSearch, searched } from './members/picker.ts';
import { aliasesOf, countMembers, findGroup, type Group, parentsOf } from './queries.ts';
import { railInHand } from './rail.ts';

const WAYS = (['nobody', 'approval', 'oneself'] as const).map(
  (value) => ({ value, label: `group.way.${value}` }) as const,
);
const DetailsForm = defineForm('details', {
  display_name: named({ label: 'field.display_name', max: 120, autocomplete: 'off' }),
  owners: addresses({ label: 'group.typed.owners', hint: 'group.typedHint' }),
  aliases: addresses({ label: 'field.aliases', hint: 'group.aliasesHint', optional: true }),
  joining: optionalChoice({ label: 'field.joining', as: 'radio', options: WAYS }),
  leaving: optionalChoice({ label: 'field.leaving', as: 'radio', options: WAYS }),
  shown: shownField(),
});

/** SOP 4.14: General. The page of a list, with what may be changed there, and the way to its end (SOP 4.17). */
export function details(app: App) {
  const asForm = async (group: Group) =>
    openForm(DetailsForm, {
      display_name: group.display_name,
      joining: group.joining,
      leaving: group.leaving,
      owners: (await ownersOf(app.db, [group.id])).map((owner) => owner.address),
      aliases: (await aliasesOf(app.db, group)).join('\n'),
      shown: await newestChange(app.db, groupItem(group)),
    });

  const show = async (request: WithId, reply: Reply, refused?: FormState) => {
    const group = await findGroup(app.db, request.actor, request.params.id);
    const isLate = refused?.problem?.key === 'shown.changed';
    const met = isLate ? await meetChanges(app.db, groupItem(group), refused) : null;
    const form = met?.form ?? refused ?? (await asForm(group));
    const owners = await ownersOf(app.db, [group.id]);
    return page(request, reply, 'groups/details', {
      ...groupFrame(group, 'general'),
      directory: await app.directoryStanding(groupItem(group)),
      undo: await planFor(app.db, request.actor, { type: 'group', id: group.id }),
      undoPlace: `/admin/groups/${group.id}`,
      form,
      late: met?.changes ?? [],
      owners,
      aliases: await aliasesOf(app.db, group),
      members: await countMembers(app.db, group),
      parents: await parentsOf(app.db, group),
      picker: await fillPicker(app.db, group, form, 'owners', { q: searched(request), types: ['mailbox'] }),
      days: (await readSystemSettings(app.db)).addressReservationDays,
      rail: await railInHand(
        app,
        request.actor,
        group,
        group.status === 'deleted' ? '4.17' : '4.14',
        refused ? undefined : '4.13',
      ),
    });
  };
  const config = { sop: '4.14', access: ['admin'], form: DetailsForm, show } as const;
  const route = { schema: { params: Id }, config };

  app.get('/admin/groups/:id', route, (request, reply) => show(request, reply));

  app.post('/admin/groups/:id', route, async (request, reply) => {
    if (isSearch(request)) return show(request, reply, refusedForm(DetailsForm, request.body, {}, null));
    const { id } = request.params;
    const { shown, ...input } = readForm(DetailsForm, request.body);
    const { changed, mailed } = await app.act(request, (act) => updateGroup(act, id, input, shown));
    setFlash(
      reply,
      changed ? { key: 'group.saved', mailed: firstOf(mailed), next: 'group.next.owa' } : { key: 'shown.same' },
    );
    return reply.redirect(`/admin/groups/${id}`, 303);
  });
}
