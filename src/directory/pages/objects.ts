import { agencyOptions } from '../../agencies/administrators.ts';
import { type Listing, ListSchema, showList } from '../../lists/listing.ts';
import type { App, Request } from '../../web/app-types.ts';
import { setFlash } from '../../web/flash.ts';
import { languageOf, type Sayers } from '../../web/pages.ts';
import { agenciesOf } from '../comparing.ts';
import { shownState, wordOf } from '../standing.ts';
import { readWork } from '../work.ts';
import { pageOf, refusalIn, STATE_OPTIONS, TONES } from './columns.ts';
import {
  agenciesOfScripts,
  agenciesToBegin,
  countOpen,
  countStates,
  listObjects,
  type ObjectLine,
  plannedAgencies,
} from './queries.ts';
import { askForLook, retryObject, retryRefused } from './verbs.ts';

/** What is kept in the directory, how it stands, and what the work is at. */
export function objectPages(app: App) {
  for (const role of ['helpdesk', 'admin'] as const) {
    const config = { access: [role] } as const;
    app.get(`/${role}/directory`, { schema: { querystring: ListSchema }, config }, async (request, reply) =>
      showList(request, reply, await listingFor(request), (query, db) => listObjects(db, request.actor, query), {
        view: 'directory/objects',
        role,
        ...(await headOf(request)),
      }),
    );
  }
  const config = { access: ['helpdesk'] } as const;

  app.get('/helpdesk/directory/look', { config }, (_request, reply) => reply.redirect('/helpdesk/directory', 303));
  app.post('/helpdesk/directory/look', { config }, async (request, reply) => {
    await app.act(request, askForLook);
    setFlash(reply, { key: 'directory.look.done' });
    return reply.redirect('/helpdesk/directory', 303);
  });

  app.get('/helpdesk/directory/retry', { config }, (_request, reply) =>
    reply.redirect('/helpdesk/directory?state=refused', 303),
  );
  app.post('/helpdesk/directory/retry', { config }, async (request, reply) => {
    const body = request.body as { object_id?: string } | undefined;
    const id = body?.object_id ? Number(body.object_id) : null;
    const everywhere = [...(await agenciesOf(app.db)).map((agency) => agency.id), null];
    const count = await app.act(request, async (act) =>
      id === null ? retryRefused(act, everywhere) : Number(await retryObject(act, id)),
    );
    setFlash(reply, count === 0 ? { key: 'directory.retry.none' } : { key: 'directory.retry.done', params: { count } });
    return reply.redirect('/helpdesk/directory', 303);
  });
}

/** What stands above each page of the directory. */
export async function headOf(request: Request) {
  const { db, reader, settings } = request.server;
  const work = await readWork(db);
  return {
    work,
    away: work.next_at === null ? '' : refusalIn({ language: languageOf(request) }, work.last_error),
    hasDirectory: settings.directory !== null,
    isAnyLive: (await agenciesOf(db)).some(({ directory_mode }) => directory_mode === 'live'),
    states: await countStates(reader, request.actor),
    open: await countOpen(reader, request.actor),
    planned: request.actor.role === 'helpdesk' ? await plannedAgencies(db) : [],
    toBegin: await agenciesToBegin(reader, request.actor),
    scripted: request.actor.role === 'helpdesk' ? await agenciesOfScripts(db) : [],
  };
}

async function listingFor(request: Request): Promise<Listing<ObjectLine>> {
  const { actor } = request;
  const isHelpdesk = actor.role === 'helpdesk';
  // the reasons are wide, and most days there are none
  const isRefused = ((await countStates(request.server.reader, actor)).refused ?? 0) > 0;
  return {
    title: 'directory.title',
    empty: 'directory.empty',
    searchLabel: 'directory.search',
    exportName: 'directory',
    isGathered: true,
    sort: 'name',
    filters: [
      { name: 'state', label: 'field.status', options: STATE_OPTIONS },
      ...(isHelpdesk
        ? [{ name: 'agency', label: 'field.agency' as const, options: await agencyOptions(request.server.db) }]
        : []),
    ],
    columns: [
      { label: 'directory.object', value: (row) => row.name, href: pageOf(actor), sort: 'name' },
      { label: 'directory.kind', value: (row, say) => say.t(`directory.kind.${row.item_type}`) },
      ...(isHelpdesk ? [{ label: 'field.agency' as const, value: (row: ObjectLine) => row.agency ?? '' }] : []),
      { label: 'directory.place', value: (row) => row.dn ?? '' },
      {
        label: 'field.status',
        value: (row, say) => say.t(wordOf(shownState(row.state), { ...row, isKnown: row.is_known === 1 })),
        tone: (row) => TONES[row.state],
        sort: 'state',
      },
      {
        label: 'directory.since',
        value: (row, say) => say.time(row.state === 'step' ? (row.done_at ?? row.wanted_at) : row.wanted_at),
        sort: 'wanted_at',
      },
      ...(isRefused
        ? [
            {
              label: 'directory.why' as const,
              value: (row: ObjectLine, say: Sayers) => (row.state === 'refused' ? refusalIn(say, row.last_error) : ''),
            },
          ]
        : []),
      ...(isHelpdesk && isRefused
        ? [
            {
              label: 'directory.retry' as const,
              value: () => '',
              post: (row: ObjectLine) =>
                row.state === 'refused'
                  ? {
                      action: '/helpdesk/directory/retry',
                      label: 'directory.retry' as const,
                      fields: { object_id: String(row.id) },
                    }
                  : null,
            },
          ]
        : []),
    ],
  };
}
