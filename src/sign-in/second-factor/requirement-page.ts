import { dayOf } from '../../base/time.ts';
import { choice } from '../../forms/fields.ts';
import { defineForm, type FormState, openForm, readForm } from '../../forms/form.ts';
import { historyOf } from '../../trail/audit.ts';
import type { App, Reply, Request } from '../../web/app-types.ts';
import { setFlash } from '../../web/flash.ts';
import { page } from '../../web/pages.ts';
import { readSpread } from './queries.ts';
import { REQUIREMENT_ITEM, REQUIREMENTS, readRequirement, updateRequirement } from './requirement.ts';

const RequirementForm = defineForm('second-factor', {
  second_factor_of: choice({
    label: 'field.second_factor_of',
    as: 'radio',
    options: REQUIREMENTS.map((value) => ({ value, label: `second-factor.of.${value}` as const })),
  }),
});

const PLACE = '/helpdesk/settings/second-factor';

/** Who must have a second factor. */
export function requirementPage(app: App) {
  const show = async (request: Request, reply: Reply, form: FormState) =>
    page(request, reply, 'second-factor/requirement', {
      form,
      spread: await readSpread(app.db),
      delays: Object.entries(app.settings.secondFactorDelays).filter(([, last]) => dayOf(app.clock()) <= last),
      history: await historyOf(app.db, REQUIREMENT_ITEM),
    });
  const config = { access: ['helpdesk'], form: RequirementForm, show, asksPassword: true } as const;

  app.get(PLACE, { config }, async (request, reply) =>
    show(request, reply, openForm(RequirementForm, { second_factor_of: await readRequirement(app.db) })),
  );

  app.post(PLACE, { config }, async (request, reply) => {
    const { second_factor_of } = readForm(RequirementForm, request.body);
    const changed = await app.act(request, (act) => updateRequirement(act, second_factor_of));
    setFlash(reply, { key: changed ? 'settings.saved' : 'shown.same' });
    return reply.redirect(PLACE, 303);
  });
}
