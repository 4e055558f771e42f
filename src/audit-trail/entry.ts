import { agencyOptions } from '../agencies/administrators.ts';
import type { Actor } from '../base/actor.ts';
import { placeOf } from '../trail/places.ts';
import { type App, Id } from '../web/app-types.ts';
import { page } from '../web/pages.ts';
import { itemInWords } from './list.ts';
import { type AuditRow, findAuditRow, restOfAct } from './queries.ts';
import { noteReading } from './reading.ts';

/** One row of the audit trail, with before and after in words, and what else the same act changed. */
export function entry(app: App) {
  for (const role of ['admin', 'helpdesk'] as const)
    app.get(`/${role}/audit/:id`, { schema: { params: Id }, config: { access: [role] } }, async (request, reply) => {
      const row = await findAuditRow(app.db, request.actor, request.params.id);
      await app.act({ actor: { ...request.actor, act: null } }, noteReading);
      const agencies = await agencyOptions(app.db);
      return page(request, reply, 'audit-trail/entry', {
        row,
        rest: await restOfAct(app.db, request.actor, row),
        agencies: new Map(agencies.map((each) => [Number(each.value), each.label.text])),
        place: placeOfItem(request.actor, row),
        list: `/${role}/audit`,
        itemInWords,
        ...(row.sop === null ? {} : { sop: row.sop }),
      });
    });
}

/** Another person has no page for an administrator: `placeOf` leads to the reader's own. */
function placeOfItem(actor: Actor, row: AuditRow) {
  if (row.item_type === 'user' && actor.role === 'admin' && row.item_id !== actor.userId) return null;
  return placeOf(actor, { type: row.item_type, id: row.item_id });
}
