import { RuleBroken } from '../base/errors.ts';
import { type FormState, openForm, readForm } from '../forms/form.ts';
import { meetChanges, newestChange } from '../forms/stale.ts';
import { together } from '../forms/together.ts';
import { historyOf } from '../trail/audit.ts';
import { agencyItem } from '../trail/items.ts';
import { type App, Id, type Reply, type WithId } from '../web/app-types.ts';
import { setFlash } from '../web/flash.ts';
import { page } from '../web/pages.ts';
import { agencyField, updateAgency } from './agency.ts';
import { AgencyForm, detailsFrom } from './agency-form.ts';
import { STATE_TONES } from './people/columns.ts';
import { listAdministrators, stateOf } from './people/queries.ts';
import { type Agency, agencyById, FEWEST_SAFE, hasRecords } from './queries.ts';

const FIRST = { q: '', by: 'all', refused: {}, sort: 'full_name', descending: false, page: 1, limit: 25, offset: 0 };

/** One agency: what it is called, its domains and postmaster, and who looks after it. */
export function agencyEdit(app: App) {
  const asForm = async (agency: Agency) =>
    openForm(AgencyForm, {
      ...agency,
      mail_domains: agency.mail_domains.join('\n'),
      drift: agency.directory_drift,
      must_change: String(agency.directory_must_change),
      shown: await newestChange(app.db, agencyItem(agency)),
    });

  const show = async (request: WithId, reply: Reply, refused?: FormState) => {
    const agency = await agencyById(app.db, request.params.id);
    const isLate = refused?.problem?.key === 'shown.changed';
    const met = isLate ? await meetChanges(app.db, agencyItem(agency), refused, agencyField) : null;
    const now = app.clock();
    const found = await listAdministrators(app.db, { ...FIRST, filters: { agency: String(agency.id) } }, now);
    const people = found.rows.map((row) => ({ ...row, state: stateOf(row) }));
    return page(request, reply, 'agencies/agency', {
      agency,
      people,
      total: found.total,
      tones: STATE_TONES,
      atRisk: people.filter((each) => each.status === 'active' && each.has_password).length < FEWEST_SAFE,
      codeIsFixed: await hasRecords(app.db, agency),
      late: met?.changes ?? [],
      form: met?.form ?? refused ?? (await asForm(agency)),
      history: await historyOf(app.db, { type: 'agency', id: agency.id }),
    });
  };
  const route = { schema: { params: Id }, config: { access: ['helpdesk'], form: AgencyForm, show } } as const;

  app.get('/helpdesk/agencies/:id', route, (request, reply) => show(request, reply));

  app.post('/helpdesk/agencies/:id', route, async (request, reply) => {
    const { id } = request.params;
    const values = readForm(AgencyForm, request.body);
    const [changed] = await app.act(request, (act) =>
      together(
        () => updateAgency(act, id, detailsFrom(values), values.shown),
        () => {
          if (values.directory_mode === 'live' && app.settings.directory === null)
            throw new RuleBroken('directory.notSet', {}, 'directory_mode');
        },
      ),
    );
    setFlash(reply, { key: changed ? 'agency.saved' : 'shown.same' });
    return reply.redirect(`/helpdesk/agencies/${id}`, 303);
  });
}
