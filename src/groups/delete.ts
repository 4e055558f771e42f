import { readSystemSettings } from '../data/system-settings.ts';
import { type App, Id, type Reply, type WithId } from '../web/app-types.ts';
import { setFlash } from '../web/flash.ts';
import { page } from '../web/pages.ts';
import { deleteGroup } from './deletion.ts';
import { firstOf } from './flashes.ts';
import { groupFrame } from './frame.ts';
import { ownersOf } from './members/membership.ts';
import { countMembers, findGroup, parentsOf } from './queries.ts';
import { railInHand } from './rail.ts';

/** SOP 4.17: the end of a list, after a page that says what exactly will happen. */
export function deletePage(app: App) {
  const show = async (request: WithId, reply: Reply) => {
    const group = await findGroup(app.db, request.actor, request.params.id);
    return page(request, reply, 'groups/delete', {
      ...groupFrame(group, 'general'),
      owners: await ownersOf(app.db, [group.id]),
      members: await countMembers(app.db, group),
      parents: await parentsOf(app.db, group),
      days: (await readSystemSettings(app.db)).addressReservationDays,
      rail: await railInHand(app, request.actor, group, '4.17'),
    });
  };
  const config = { sop: '4.17', access: ['admin'] } as const;
  const route = { schema: { params: Id }, config };

  app.get('/admin/groups/:id/delete', route, show);

  app.post('/admin/groups/:id/delete', route, async (request, reply) => {
    const { id } = request.params;
    const mailed = await app.act(request, (act) => deleteGroup(act, id));
    setFlash(reply, { key: 'group.deletedNow', mailed: firstOf(mailed), next: 'group.next.owa' });
    return reply.redirect(`/admin/groups/${id}`, 303);
  });
}
