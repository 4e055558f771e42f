import { secondAccountsOf } from '../identities/queries.ts';
import { historyOf } from '../trail/audit.ts';
import { mailboxItem } from '../trail/items.ts';
import { agencyNameOf } from '../trail/sender-queries.ts';
import { type App, Id } from '../web/app-types.ts';
import { page } from '../web/pages.ts';
import { MAILBOX_TONES } from './frame.ts';
import { plannedFor } from './planned.ts';
import { acceptedSenders, aliasesOf, findMailbox, signInOf } from './queries.ts';

/** SOP 4.7: one mailbox as the helpdesk sees it. Nothing can be changed here. */
export function helpdeskMailbox(app: App) {
  const route = { schema: { params: Id }, config: { sop: '4.7', access: ['helpdesk'] } } as const;

  app.get('/helpdesk/mailboxes/:id', route, async (request, reply) => {
    const { db } = app;
    const mailbox = await findMailbox(db, request.actor, request.params.id);
    return page(request, reply, 'mailboxes/helpdesk-mailbox', {
      mailbox,
      tone: MAILBOX_TONES[mailbox.status],
      agency: await agencyNameOf(db, mailbox),
      aliases: await aliasesOf(db, mailbox),
      senders: await acceptedSenders(db, mailbox),
      services: JSON.parse(mailbox.services) as string[],
      directory: await app.directoryStanding(mailboxItem(mailbox)),
      passportIsKey: false,
      secondAccounts: await secondAccountsOf(db, mailbox),
      signIn: await signInOf(db, mailbox),
      ...(await plannedFor(db, mailbox.id)),
      history: await historyOf(db, mailboxItem(mailbox)),
    });
  });
}
