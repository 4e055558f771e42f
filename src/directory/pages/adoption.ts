import { agencyOptions } from '../../agencies/administrators.ts';
import { Conflict } from '../../base/errors.ts';
import { later } from '../../base/time.ts';
import { rowId, text } from '../../forms/fields.ts';
import { defineForm, type FormState, openForm, readForm } from '../../forms/form.ts';
import { type Listing, ListSchema, showList, type Tone } from '../../lists/listing.ts';
import { type App, Id, type Reply, type Request, type WithId } from '../../web/app-types.ts';
import { setFlash } from '../../web/flash.ts';
import { languageOf, type Sayers } from '../../web/pages.ts';
import { pathOf } from '../adoption/adopt.ts';
import { REPORTS_KEPT } from '../adoption/forgetting.ts';
import {
  type Adoption,
  type AdoptionLine,
  type AdoptionRow,
  adoptionById,
  askForReport,
  listAdoptionRows,
  listAdoptions,
  orderTaking,
  tallyOfAdoption,
} from '../adoption/reports.ts';
import { KINDS, type Kind } from '../adoption/sorting.ts';
import { readWork } from '../work.ts';
import { refusalIn } from './columns.ts';

const PLACE = '/helpdesk/directory/adopt';
/** How long a page that shows progress waits before it looks again. */
const LOOK_AGAIN = 3;

const AskForm = defineForm('ask', {
  agency_id: rowId({ label: 'field.agency' }),
  ou: text({ label: 'field.ou', hint: 'directory.adopt.ouHint', max: 500, reading: 'name' }),
});

const STATES = ['asked', 'reported', 'ordered', 'done', 'failed'] as const satisfies Adoption['state'][];
const TONES: Record<Adoption['state'], Tone> = {
  asked: 'info',
  reported: 'wait',
  ordered: 'info',
  done: 'good',
  failed: 'bad',
};
const KIND_TONES: Record<Kind, Tone> = {
  new: 'good',
  same: 'good',
  ours: 'plain',
  double: 'bad',
  'no-address': 'wait',
  foreign: 'bad',
  protected: 'plain',
  closed: 'wait',
  unfit: 'bad',
};
const OUTCOMES = ['taken', 'refused', 'changed'] as const;

/** What was in the directory before IPMS: reports of it, and taking over what is clean. */
export function adoptionPages(app: App) {
  const access = { access: ['helpdesk'] } as const;
  const show = async (request: Request, reply: Reply, form: FormState) => {
    const agencies = await agencyOptions(app.db);
    return showList(request, reply, listingOf(agencies), (query, db) => listAdoptions(db, query), {
      view: 'directory/adoptions',
      form: { ...form, options: { agency_id: agencies } },
      hasDirectory: app.settings.directory !== null,
    });
  };
  const config = { ...access, form: AskForm, show };
  app.get(PLACE, { schema: { querystring: ListSchema }, config }, (request, reply) =>
    show(request, reply, openForm(AskForm)),
  );
  app.post(PLACE, { config }, async (request, reply) => {
    const { agency_id, ou } = readForm(AskForm, request.body);
    if (app.settings.directory === null) throw new Conflict('directory.adopt.noServer');
    pathOf({ ou, baseDn: app.settings.directory.baseDn });
    const id = await app.act(request, (act) => askForReport(act, agency_id, ou));
    setFlash(reply, { key: 'directory.adopt.asked' });
    return reply.redirect(`${PLACE}/${id}`, 303);
  });

  const schema = { params: Id, querystring: ListSchema };
  app.get(`${PLACE}/:id`, { schema, config: access }, (request, reply) => showReport(app, request, reply));
  app.get(`${PLACE}/:id/take`, { schema, config: access }, (request, reply) =>
    reply.redirect(`${PLACE}/${request.params.id}`, 303),
  );
  app.post(`${PLACE}/:id/take`, { schema, config: access }, async (request, reply) => {
    await app.act(request, (act) => orderTaking(act, request.params.id));
    setFlash(reply, { key: 'directory.adopt.takingOver' });
    return reply.redirect(`${PLACE}/${request.params.id}`, 303);
  });
}

async function showReport(app: App, request: WithId, reply: Reply) {
  const adoption = await adoptionById(app.db, request.params.id);
  const isUnderWay = adoption.state === 'asked' || adoption.state === 'ordered';
  // not while somebody searches
  if (isUnderWay && !request.url.includes('?')) reply.header('refresh', String(LOOK_AGAIN));
  const tally = await tallyOfAdoption(app.reader, adoption);
  const sum = (name: 'refused' | 'changed') => tally.reduce((all, row) => all + row[name], 0);
  return showList(request, reply, rowListing(adoption), (query, db) => listAdoptionRows(db, adoption, query), {
    view: 'directory/adoption',
    adoption,
    isUnderWay,
    tone: TONES[adoption.state],
    listedUntil: adoption.reported_at && later(new Date(adoption.reported_at), REPORTS_KEPT).toISOString(),
    kinds: KINDS.flatMap((kind) => tally.find((row) => row.kind === kind) ?? []).map(({ kind, count }) => ({
      kind: kind as Kind,
      count,
    })),
    refused: sum('refused'),
    changed: sum('changed'),
    failure: refusalIn({ language: languageOf(request) }, adoption.failure),
    work: await readWork(app.db),
    hasDirectory: app.settings.directory !== null,
  });
}

function listingOf(agencies: Awaited<ReturnType<typeof agencyOptions>>): Listing<AdoptionLine> {
  return {
    title: 'directory.adopt.title',
    empty: 'directory.adopt.none',
    searchLabel: 'directory.adopt.search',
    exportName: 'directory-adoptions',
    isGathered: true,
    sort: 'asked_at',
    descending: true,
    filters: [
      {
        name: 'state',
        label: 'field.status',
        options: STATES.map((value) => ({ value, label: `directory.adopt.state.${value}` as const })),
      },
      { name: 'agency', label: 'field.agency', options: agencies },
    ],
    columns: [
      { label: 'field.ou', value: (row) => row.ou, href: (row) => `${PLACE}/${row.id}`, sort: 'ou' },
      { label: 'field.agency', value: (row) => row.agency },
      { label: 'directory.adopt.found', value: (row, say) => say.number(row.found), numeric: true },
      { label: 'directory.adopt.clean', value: (row, say) => say.number(row.clean), numeric: true },
      { label: 'directory.adopt.taken', value: (row, say) => say.number(row.taken), numeric: true },
      { label: 'directory.adopt.askedBy', value: (row) => row.asked_by_name },
      { label: 'field.created_at', value: (row, say) => say.time(row.asked_at), sort: 'asked_at' },
      {
        label: 'field.status',
        value: (row, say) => say.t(`directory.adopt.state.${row.state}`),
        tone: (row) => TONES[row.state],
      },
    ],
  };
}

function rowListing({ id, state }: Adoption): Listing<AdoptionRow> {
  const isTaken = state === 'done';
  return {
    title: 'directory.adopt.rows',
    empty: 'directory.adopt.noRows',
    searchLabel: 'directory.search',
    exportName: `directory-adoption-${id}`,
    isGathered: true,
    sort: 'id',
    filters: [
      {
        name: 'kind',
        label: 'directory.adopt.kind',
        options: KINDS.map((value) => ({ value, label: `directory.adopt.kind.${value}` as const })),
      },
      {
        name: 'type',
        label: 'directory.kind',
        options: (['mailbox', 'group', 'contact'] as const).map((value) => ({
          value,
          label: `directory.kind.${value}` as const,
        })),
      },
      ...(isTaken
        ? [
            {
              name: 'outcome',
              label: 'directory.adopt.outcome' as const,
              options: OUTCOMES.map((value) => ({ value, label: `directory.adopt.outcome.${value}` as const })),
            },
          ]
        : []),
    ],
    columns: [
      { label: 'directory.object', value: (row) => row.name, sort: 'name' },
      {
        label: 'directory.adopt.kind',
        value: (row, say) => say.t(`directory.adopt.kind.${row.kind as Kind}`),
        tone: (row) => KIND_TONES[row.kind as Kind],
        sort: 'kind',
      },
      { label: 'directory.kind', value: (row, say) => say.t(`directory.kind.${row.item_type}`) },
      { label: 'directory.place', value: (row) => row.place, sort: 'place' },
      { label: 'directory.why', value: (row, say) => refusalIn(say, row.why) },
      ...(isTaken
        ? [
            {
              label: 'directory.adopt.outcome' as const,
              value: (row: AdoptionRow, say: Sayers) =>
                row.outcome === null ? '' : say.t(`directory.adopt.outcome.${row.outcome}`),
            },
          ]
        : []),
    ],
  };
}
