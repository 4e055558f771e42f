import { mailboxItem } from '../trail/items.ts';
import type { App } from '../web/app-types.ts';
import { page } from '../web/pages.ts';
import { findOwn, previousSignIn } from './queries.ts';
import { usageOf } from './quota.ts';
import { whomToAsk } from './whom-to-ask.ts';

/** SOP 4.20 step 1: after Log Masuk, the person's information. */
export function me(app: App) {
  app.get('/me', { config: { sop: '4.20', access: ['user'] } }, async (request, reply) => {
    const own = await findOwn(app.db, request.actor);
    return page(request, reply, 'my-account/me', {
      ...own,
      agency: request.agencyName,
      usage: own.mailbox && usageOf(own.mailbox),
      directory: own.mailbox && (await app.directoryStanding(mailboxItem(own.mailbox))),
      services: own.mailbox === null ? [] : (JSON.parse(own.mailbox.services) as string[]),
      previous: await previousSignIn(app.db, request.actor),
      whom: await whomToAsk(app, request.actor),
    });
  });
}
