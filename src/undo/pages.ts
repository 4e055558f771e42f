import { longText, wholeNumber } from '../forms/fields.ts';
import { defineForm, type FormState, openForm, readForm } from '../forms/form.ts';
import { groupFrame } from '../groups/frame.ts';
import { findGroup } from '../groups/queries.ts';
import { mailboxFrame } from '../mailboxes/frame.ts';
import { findMailbox } from '../mailboxes/queries.ts';
import { planFor } from '../trail/undo-plan.ts';
import { mailedBy, newestRow, type Thing } from '../trail/undo-queries.ts';
import { type App, Id, type Reply, type WithId } from '../web/app-types.ts';
import { setFlash } from '../web/flash.ts';
import { page } from '../web/pages.ts';
import { undoNewest } from './undo.ts';

const UndoForm = defineForm('undo', {
  reason: longText({ label: 'field.reason', hint: 'undo.reasonHint', max: 500 }),
  shown: {
    ...wholeNumber({ label: 'shown.label', optional: true, least: 0, most: Number.MAX_SAFE_INTEGER }),
    max: 16,
    kind: 'hidden' as const,
  },
});

/** So many members are named in the preview. */
const NAMED = 20;

/** Taking back one's own newest change of a mailbox or list: what will be put back, a reason, and it is done. */
export function undoPages(app: App, type: Thing['type']) {
  const place = type === 'mailbox' ? '/admin/mailboxes' : '/admin/groups';

  const frameOf = async ({ actor, params }: WithId) =>
    type === 'mailbox'
      ? { type, ...mailboxFrame(await findMailbox(app.db, actor, params.id), 'history') }
      : { type, ...groupFrame(await findGroup(app.db, actor, params.id), 'history') };

  const show = async (request: WithId, reply: Reply, form?: FormState) => {
    const frame = await frameOf(request);
    const thing = { type, id: request.params.id };
    const plan = await planFor(app.db, request.actor, thing);
    const upTo = plan?.kind === 'undo' ? plan.upTo : null;
    const members = plan?.kind === 'undo' && plan.undoing.what === 'members' ? plan.undoing.members : [];
    return page(request, reply, 'undo/undo', {
      ...frame,
      thingPlace: `${place}/${request.params.id}`,
      newest: await newestRow(app.db, thing),
      plan,
      members: members.slice(0, NAMED),
      moreMembers: Math.max(0, members.length - NAMED),
      mailed: plan === null ? [] : await mailedBy(app.db, plan.row.act),
      form: { ...(form ?? openForm(UndoForm)), typed: { ...form?.typed, shown: upTo === null ? [] : [String(upTo)] } },
    });
  };
  const route = { schema: { params: Id }, config: { access: ['admin'], form: UndoForm, show } } as const;

  app.get(`${place}/:id/undo`, route, (request, reply) => show(request, reply));

  app.post(`${place}/:id/undo`, route, async (request, reply) => {
    await frameOf(request);
    const { reason, shown } = readForm(UndoForm, request.body);
    const thing = { type, id: request.params.id };
    const mailed = await app.act(request, (act) => undoNewest(act, thing, reason, shown));
    setFlash(reply, { key: 'undo.done', mailed });
    return reply.redirect(`${place}/${request.params.id}/history`, 303);
  });
}
