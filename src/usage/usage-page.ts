import { sentence } from '../base/language.ts';
import { later } from '../base/time.ts';
import type { Message } from '../bulk/kind.ts';
import { defineForm, type FormState } from '../forms/form.ts';
import { type Listing, ListSchema, showList, type Tone } from '../lists/listing.ts';
import { historyOf } from '../trail/audit.ts';
import { usageFileItem } from '../trail/items.ts';
import { type App, Id, type Reply, type WithId } from '../web/app-types.ts';
import { setFlash } from '../web/flash.ts';
import type { Sayers } from '../web/pages.ts';
import { usageColumns } from './columns.ts';
import { UNCONFIRMED_KEPT } from './forgetting.ts';
import { USAGE_TONES } from './list.ts';
import { daysIn, earlierFile, type ListedRow, listUsageRows, usageFileById } from './queries.ts';
import { cancelUsage, confirmUsage } from './usage-file.ts';

const ConfirmForm = defineForm('confirm', {});
const CancelForm = defineForm('cancel', {});

type Forms = { confirm?: FormState; cancel?: FormState };

/** How long a page that shows progress waits before it looks again. */
const LOOK_AGAIN = 3;
const ROW_TONES: Record<ListedRow['state'], Tone> = { waiting: 'wait', refused: 'bad' };

function figure(used: number | null, on: string | null, say: Sayers) {
  return used === null || on === null ? '' : say.t('usage.onDay', { used: say.size(used), date: say.date(on) });
}

const numberOf = (used: number | null, on: string | null) => (used === null || on === null ? '' : String(used));

function whyNot(row: ListedRow, say: Sayers) {
  return (JSON.parse(row.said) as Message[])
    .map((message) => {
      const label = usageColumns.form.fields[message.column ?? '']?.label;
      return (label === undefined ? '' : `${say.t(label)}: `) + sentence(say.language, message);
    })
    .join(' ');
}

const rowListing = (id: number): Listing<ListedRow> => ({
  title: 'usage.title',
  empty: 'usage.noRows',
  searchLabel: 'usage.address',
  exportName: `usage-${id}`,
  sort: 'line',
  filters: [
    {
      name: 'state',
      label: 'field.status',
      options: (['waiting', 'refused'] as const).map((value) => ({ value, label: `usage.row.${value}` as const })),
    },
  ],
  columns: [
    { label: 'bulk.column.line', value: (row) => String(row.line), sort: 'line' },
    {
      label: 'usage.address',
      value: (row) => row.address,
      href: (row) => (row.mailbox_id === null ? null : `/helpdesk/mailboxes/${row.mailbox_id}`),
      sort: 'address',
    },
    {
      label: 'usage.known',
      value: (row, say) =>
        row.mailbox_id === null ? '' : figure(row.known_mb, row.known_on, say) || say.t('usage.notKnown'),
      inFile: [
        { label: 'usage.knownMb', value: (row) => numberOf(row.known_mb, row.known_on) },
        { label: 'usage.knownOn', value: (row, say) => (row.known_on === null ? '' : say.date(row.known_on)) },
      ],
    },
    {
      label: 'usage.newFigure',
      value: (row, say) => figure(row.used_mb, row.used_on, say),
      inFile: [
        { label: 'usage.newMb', value: (row) => numberOf(row.used_mb, row.used_on) },
        { label: 'usage.newOn', value: (row, say) => (row.used_on === null ? '' : say.date(row.used_on)) },
      ],
    },
    {
      label: 'usage.lastMail',
      value: (row, say) => (row.last_mail_on === null ? '' : say.date(row.last_mail_on)),
      isBelow: true,
    },
    {
      label: 'field.status',
      value: (row, say) => say.t(`usage.row.${row.state}`),
      tone: (row) => ROW_TONES[row.state],
    },
    { label: 'bulk.column.problem', value: whyNot },
  ],
});

/** One file: what it would change, how far it is, and what was refused. */
export function usagePage(app: App) {
  const show = async (request: WithId, reply: Reply, open?: keyof Forms, forms: Forms = {}) => {
    const { db } = app;
    const file = await usageFileById(db, request.params.id);
    const isUnderWay = file.state === 'confirmed';
    // not while somebody searches
    if (isUnderWay && reply.statusCode === 200 && !request.url.includes('?'))
      reply.header('refresh', String(LOOK_AGAIN));
    return showList(request, reply, rowListing(file.id), (query, from) => listUsageRows(from, file, query), {
      view: 'usage/file',
      file,
      open,
      forms,
      isUnderWay,
      tone: USAGE_TONES[file.state],
      left: file.total - file.refused - file.done - file.same,
      days: await daysIn(db, file),
      earlier: file.state === 'checked' ? await earlierFile(db, file) : undefined,
      forgottenOn: later(new Date(file.created_at), UNCONFIRMED_KEPT).toISOString(),
      history: await historyOf(db, usageFileItem(file)),
    });
  };
  const schema = { params: Id, querystring: ListSchema };
  const config = { access: ['helpdesk'] } as const;
  app.get('/helpdesk/usage/:id', { schema, config }, (request, reply) => show(request, reply));

  const command = (
    name: keyof Forms,
    form: typeof ConfirmForm,
    act: (request: WithId, reply: Reply) => Promise<void>,
  ) => {
    const again = (request: WithId, reply: Reply, refused: FormState) =>
      show(request, reply, name, { [name]: refused });
    const route = { schema, config: { ...config, form, show: again } };
    app.get(`/helpdesk/usage/:id/${name}`, route, (request, reply) => show(request, reply, name));
    app.post(`/helpdesk/usage/:id/${name}`, route, async (request, reply) => {
      await act(request, reply);
      return reply.redirect(`/helpdesk/usage/${request.params.id}`, 303);
    });
  };
  command('confirm', ConfirmForm, async (request, reply) => {
    await app.act(request, (act) => confirmUsage(act, request.params.id));
    setFlash(reply, { key: 'usage.confirmed' });
  });
  command('cancel', CancelForm, async (request, reply) => {
    await app.act(request, (act) => cancelUsage(act, request.params.id));
    setFlash(reply, { key: 'usage.cancelDone' });
  });
}
