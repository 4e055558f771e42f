import { type Listing, ListSchema, showList, type Tone } from '../../lists/listing.ts';
import { type App, Id } from '../../web/app-types.ts';
import { setFlash } from '../../web/flash.ts';
import { firstOf, tellAsked } from '../flashes.ts';
import { moveOneself } from './own-membership.ts';
import { findAgencyGroup, findOwnMailbox, listOpenGroups, type OpenGroup } from './queries.ts';

const stateOf = ({ inside, waits }: OpenGroup) => (inside === 1 ? 'inside' : waits === 1 ? 'waits' : 'outside');
const TONES: Record<ReturnType<typeof stateOf>, Tone> = { inside: 'good', waits: 'wait', outside: 'plain' };

const OpenListing: Listing<OpenGroup> = {
  title: 'group.open.title',
  intro: 'group.open.intro',
  empty: 'group.open.empty',
  searchLabel: 'group.memberOf.search',
  exportName: 'open-lists',
  sort: 'display_name',
  columns: [
    { label: 'field.display_name', value: (row) => row.display_name, sort: 'display_name' },
    { label: 'field.primary_email', value: (row) => row.primary_email, sort: 'primary_email' },
    { label: 'field.owners', value: (row, say) => row.owners ?? say.t('none') },
    {
      label: 'group.open.way',
      value: (row, say) => say.t(row.joining === 'oneself' ? 'group.open.oneself' : 'group.way.approval'),
    },
    {
      label: 'field.status',
      value: (row, say) => say.t(`group.open.${stateOf(row)}`),
      tone: (row) => TONES[stateOf(row)],
    },
    {
      label: 'list.action',
      value: () => '',
      post: (row) =>
        stateOf(row) === 'outside'
          ? { action: `/me/groups/${row.id}/join`, label: row.joining === 'oneself' ? 'group.join' : 'group.join.ask' }
          : null,
    },
  ],
};

/** An officer joins and leaves lists, as each list allows it (SOP 4.18, 4.19). */
export function openGroups(app: App) {
  const config = { access: ['user'] } as const;

  app.get('/me/groups/open', { schema: { querystring: ListSchema }, config }, async (request, reply) => {
    const mailbox = await findOwnMailbox(app.db, request.actor);
    return showList(request, reply, OpenListing, async (query, db) =>
      mailbox === undefined ? { rows: [], total: 0 } : listOpenGroups(db, mailbox, query),
    );
  });

  for (const { way, sop, back } of [
    { way: 'join', sop: '4.18', back: '/me/groups/open' },
    { way: 'leave', sop: '4.19', back: '/me/groups' },
  ] as const) {
    const route = { schema: { params: Id }, config: { ...config, sop } };
    // where a submission that came twice is led
    app.get(`/me/groups/:id/${way}`, route, (_request, reply) => reply.redirect(back, 303));
    app.post(`/me/groups/:id/${way}`, route, async (request, reply) => {
      const { id } = request.params;
      const { display_name: list } = await findAgencyGroup(app.db, request.actor, id);
      const { what, mailed } = await app.act(request, (act) => moveOneself(act, id, way));
      const done = { key: `group.${way}.${what}`, params: { list } } as const;
      if (what === 'asked') tellAsked(reply, mailed, done);
      else setFlash(reply, { ...done, mailed: firstOf(mailed) });
      return reply.redirect(back, 303);
    });
  }
}
