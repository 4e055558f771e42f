import { longText } from '../../forms/fields.ts';
import { defineForm, type FormState, openForm, readForm } from '../../forms/form.ts';
import { type Listing, ListSchema, showList } from '../../lists/listing.ts';
import { type App, Id, type Reply, type WithId } from '../../web/app-types.ts';
import { setFlash } from '../../web/flash.ts';
import { firstOf } from '../flashes.ts';
import { type ListedMember, listMembers } from '../list-queries.ts';
import { findOwnedGroup } from '../queries.ts';
import { memberColumns } from '../remove-members.ts';
import { REQUEST_TONES } from './change-requests.ts';
import { askForChange } from './group-change-request.ts';
import { requestsFor } from './queries.ts';

const OwnedListing: Listing<ListedMember> = {
  title: 'group.tab.members',
  empty: 'group.owned.empty',
  searchLabel: 'group.members.search',
  exportName: 'group-members',
  sort: 'member_name',
  columns: memberColumns,
};

const AskForm = defineForm('ask', { text: longText({ label: 'group.ask.text', hint: 'group.ask.hint', max: 4000 }) });
/** So many of the owner's own requests are shown with their answers. */
const SHOWN = 10;

/** A list's owner in the portal: who is in the list, and asking the administrator for a change (SOP 5.0). */
export function ownedGroup(app: App) {
  const show = async (request: WithId, reply: Reply, form: FormState = openForm(AskForm)) => {
    const group = await findOwnedGroup(app.db, request.actor, request.params.id);
    return showList(request, reply, OwnedListing, (query, db) => listMembers(db, group, query), {
      view: 'groups/owned',
      group,
      form,
      requests: await requestsFor(app.db, group, SHOWN),
      requestTones: REQUEST_TONES,
    });
  };
  const config = { access: ['user'], form: AskForm, show } as const;

  app.get('/me/groups/:id', { schema: { params: Id, querystring: ListSchema }, config }, (request, reply) =>
    show(request, reply),
  );

  app.post('/me/groups/:id', { schema: { params: Id }, config }, async (request, reply) => {
    const { id } = request.params;
    const mailed = await app.act(request, (act) => askForChange(act, id, readForm(AskForm, request.body)));
    setFlash(reply, { key: 'group.ask.sent', mailed: firstOf(mailed) });
    return reply.redirect(`/me/groups/${id}`, 303);
  });
}
