import { addresses, longText, named } from '../../forms/fields.ts';
import { defineForm, type FormState, openForm, readForm, refusedForm } from '../../forms/form.ts';
import { type Listing, ListSchema, showList } from '../../lists/listing.ts';
import { type App, Id, type Reply, type WithId } from '../../web/app-types.ts';
import { tellAsked } from '../flashes.ts';
import { type ListedMember, listMembers } from '../list-queries.ts';
import { MEMBER_TYPES } from '../members/members.ts';
import { ownersOf } from '../members/membership.ts';
import { fillPicker, isSearch, searched } from '../members/picker.ts';
import { findOwnedGroup, type Group } from '../queries.ts';
import { memberColumns } from '../remove-members.ts';
import { askForChange } from './group-change-request.ts';
import { askedInOneLine, REQUEST_TONES } from './in-words.ts';
import { requestsFor } from './queries.ts';

/** The boxes in the table belong to the form under it. */
const ASK = 'ask-form';

const OwnedListing: Listing<ListedMember> = {
  title: 'group.tab.members',
  empty: 'group.owned.empty',
  searchLabel: 'group.members.search',
  exportName: 'group-members',
  sort: 'member_name',
  columns: [
    ...memberColumns,
    {
      label: 'group.ask.removeBox',
      value: (row) => row.member_name,
      tick: (row) => ({ form: ASK, name: 'remove', value: row.member_address }),
    },
  ],
};

/** Room for some hundreds of addresses, ticked or typed. */
const LONGEST_TEXT = 15_000;

const AskForm = defineForm('ask', {
  display_name: named({ label: 'field.display_name', optional: true, max: 120, autocomplete: 'off' }),
  add: addresses({ label: 'group.typed.add', hint: 'group.typedHint', optional: true, max: LONGEST_TEXT }),
  remove: addresses({
    label: 'group.typed.askRemove',
    hint: 'group.typed.removeHint',
    optional: true,
    max: LONGEST_TEXT,
  }),
  owners: addresses({ label: 'group.typed.owners', hint: 'group.typedHint', optional: true }),
  text: longText({ label: 'group.ask.text', optional: true, max: 1000 }),
});
/** So many of the requests for the list are shown with their answers. */
const SHOWN = 10;

/** A list's owner in the portal: who is in the list, and asking the administrator for a change (SOP 5.0). */
export function ownedGroup(app: App) {
  const asForm = async (group: Group) => {
    const owners = (await ownersOf(app.db, [group.id])).map((owner) => owner.address);
    return openForm(AskForm, { display_name: group.display_name, owners });
  };
  const show = async (request: WithId, reply: Reply, refused?: FormState) => {
    const group = await findOwnedGroup(app.db, request.actor, request.params.id);
    const form = refused ?? (await asForm(group));
    const search = (name: string) => ({ q: searched(request, `q_${name}`), box: `q_${name}` });
    const owners = await fillPicker(app.db, group, form, 'owners', { ...search('owners'), types: ['mailbox'] });
    const add = await fillPicker(app.db, group, form, 'add', {
      ...search('add'),
      types: MEMBER_TYPES,
      inside: group.id,
    });
    const remove = [(form.typed.remove ?? []).filter((each) => each !== '').join('\n')];
    return showList(request, reply, OwnedListing, (query, db) => listMembers(db, group, query), {
      view: 'groups/owned',
      group,
      form: { ...form, typed: { ...form.typed, remove } },
      ask: ASK,
      pickers: { add, owners },
      requests: await requestsFor(app.db, group, SHOWN),
      inOneLine: askedInOneLine,
      requestTones: REQUEST_TONES,
    });
  };
  const config = { access: ['user'], form: AskForm, show } as const;

  app.get('/me/groups/:id', { schema: { params: Id, querystring: ListSchema }, config }, (request, reply) =>
    show(request, reply),
  );

  app.post('/me/groups/:id', { schema: { params: Id }, config }, async (request, reply) => {
    if (isSearch(request)) return show(request, reply, refusedForm(AskForm, request.body, {}, null));
    const { id } = request.params;
    const { add, remove, ...input } = readForm(AskForm, request.body);
    const asked = { ...input, add: add ?? [], remove: remove ?? [] };
    const mailed = await app.act(request, (act) => askForChange(act, id, asked));
    tellAsked(reply, mailed);
    return reply.redirect(`/me/groups/${id}`, 303);
  });
}
