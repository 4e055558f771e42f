import type { Db } from '../data/database.ts';
import { readSystemSettings } from '../data/system-settings.ts';
import { type FormState, openForm, readForm } from '../forms/form.ts';
import { groupsOwnedAlone } from '../groups/queries.ts';
import { isLastAdministrator } from '../mailbox-life/may-leave.ts';
import { groupsOf } from '../mailbox-life/queries.ts';
import { mailboxFrame } from '../mailboxes/frame.ts';
import { findMailbox, type Mailbox } from '../mailboxes/queries.ts';
import { type App, Id, type Reply, type WithId } from '../web/app-types.ts';
import { setFlash } from '../web/flash.ts';
import { page } from '../web/pages.ts';
import { withAttachments, withUploads } from '../web/uploads.ts';
import { ReleaseForm } from './forms.ts';
import { openFor, otherAgencies } from './queries.ts';
import { hindranceOf } from './transfer.ts';
import { releaseOfficer } from './transfer-request.ts';

/** What letting a person go will do, and what it needs first. */
export async function releasePreview(db: Db, mailbox: Mailbox) {
  return {
    hindrance: await hindranceOf(db, mailbox),
    owned: mailbox.status === 'deleted' ? [] : await groupsOwnedAlone(db, mailbox),
    leaving: await groupsOf(db, mailbox),
    lastAdministrator: mailbox.status !== 'deleted' && (await isLastAdministrator(db, mailbox)),
    keptDays: (await readSystemSettings(db)).addressReservationDays,
  };
}

/** The releasing administrator offers an officer to another agency, on a page of the mailbox. */
export function releaseOfficerPage(app: App) {
  const show = async (request: WithId, reply: Reply, form?: FormState) => {
    const mailbox = await findMailbox(app.db, request.actor, request.params.id);
    const options = { agency_id: await otherAgencies(app.db, mailbox) };
    return page(request, reply, 'transfers/release-officer', {
      ...mailboxFrame(mailbox, 'account'),
      form: { ...(form ?? openForm(ReleaseForm, { keep_address: true })), options },
      open: await openFor(app.db, mailbox),
      isSelf: request.actor.userId === mailbox.user_id,
      ...(await releasePreview(app.db, mailbox)),
    });
  };
  const schema = { params: Id };
  const config = { access: ['admin'], form: ReleaseForm, show } as const;

  app.get('/admin/mailboxes/:id/transfer', { schema, config }, (request, reply) => show(request, reply));

  return withUploads(app, (part) => {
    const route = { schema, config: { ...config, upload: 'attachments' } } as const;
    part.post('/admin/mailboxes/:id/transfer', route, (request, reply) =>
      withAttachments(request, ReleaseForm, async (files) => {
        const input = readForm(ReleaseForm, request.body);
        const { id, mailed } = await app.act(request, (act) => releaseOfficer(act, request.params.id, input, files));
        setFlash(reply, { key: 'transfer.offered', mailed, next: 'transfer.offeredNext' });
        return reply.redirect(`/admin/transfers/${id}`, 303);
      }),
    );
  });
}
