import { type Listing, ListSchema, showList } from '../lists/listing.ts';
import { type Label, texts } from '../texts.ts';
import type { App } from '../web/app-types.ts';
import { setFlash } from '../web/flash.ts';
import { sendFailedAgain } from './outbox-mail.ts';
import { countFailed, listMails, type MailLine } from './queries.ts';

export const TONES = { waiting: 'wait', sent: 'good', failed: 'bad', withdrawn: 'plain' } as const;

const STATES = (['waiting', 'sent', 'failed', 'withdrawn'] as const).map(
  (value) => ({ value, label: `outbox.state.${value}` }) as const,
);

/** The kinds of mail are those that have a name. */
const MAILS = Object.keys(texts)
  .filter((key) => key.startsWith('outbox.mail.'))
  .map((key) => ({ value: key.slice('outbox.mail.'.length), label: key as Label }));

/** The name of a kind of mail, or null for one without. */
export function kindOf(mail: string) {
  return MAILS.find((each) => each.value === mail)?.label ?? null;
}

const OutboxListing: Listing<MailLine> = {
  title: 'outbox.title',
  empty: 'outbox.empty',
  searchLabel: 'outbox.search',
  exportName: 'outbox',
  sort: 'created_at',
  descending: true,
  filters: [
    { name: 'state', label: 'field.status', options: STATES },
    { name: 'mail', label: 'outbox.mail', options: MAILS },
  ],
  columns: [
    { label: 'outbox.subject', value: (row, say) => say.say(row.subject), href: (row) => `/helpdesk/outbox/${row.id}` },
    { label: 'outbox.number', value: (row) => row.mail, isBelow: true },
    { label: 'outbox.to', value: (row) => row.to_address },
    { label: 'field.status', value: (row, say) => say.t(`outbox.state.${row.state}`), tone: (row) => TONES[row.state] },
    { label: 'outbox.tries', value: (row, say) => say.number(row.tries), numeric: true },
    { label: 'outbox.created', value: (row, say) => say.time(row.created_at), sort: 'created_at' },
    { label: 'outbox.sent', value: (row, say) => (row.sent_at ? say.time(row.sent_at) : ''), isBelow: true },
    { label: 'outbox.error', value: (row) => row.last_error ?? '', isBelow: true },
  ],
};

/** The helpdesk's outbox: every mail of IPMS, and the failed ones to be sent again. */
export function list(app: App) {
  const config = { access: ['helpdesk'] } as const;

  app.get('/helpdesk/outbox', { schema: { querystring: ListSchema }, config }, async (request, reply) =>
    showList(request, reply, OutboxListing, (query, db) => listMails(db, request.actor, query), {
      view: 'outbox/list',
      failed: await countFailed(app.db),
      kept: app.settings.smtpUrl === null,
    }),
  );

  app.get('/helpdesk/outbox/send-failed', { config }, (_request, reply) =>
    reply.redirect('/helpdesk/outbox?state=failed', 303),
  );

  app.post('/helpdesk/outbox/send-failed', { config }, async (request, reply) => {
    const { again, left } = await app.act(request, (act) => sendFailedAgain(act));
    const key = again === 0 ? 'outbox.noneFailed' : left === 0 ? 'outbox.allAgain' : 'outbox.someAgain';
    setFlash(reply, { key, params: { again, left } });
    return reply.redirect('/helpdesk/outbox', 303);
  });
}
