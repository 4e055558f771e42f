import { readSystemSettings } from '../data/system-settings.ts';
import { type FormState, openForm, readForm } from '../forms/form.ts';
import { type Change, meetChanges, newestChange } from '../forms/stale.ts';
import { PACKAGES } from '../officers/package.ts';
import { historyOf } from '../trail/audit.ts';
import type { App, Reply, Request } from '../web/app-types.ts';
import { setFlash } from '../web/flash.ts';
import { page } from '../web/pages.ts';
import { limitsFrom, PackageForm, SystemForm, settingsFrom } from './settings-form.ts';
import {
  limitFacts,
  PACKAGES_ITEM,
  readPackageLimits,
  SYSTEM_ITEM,
  settingFacts,
  updatePackageLimits,
  updateSettings,
} from './system-values.ts';

/** What holds for the whole system: lifetimes, addresses, and what a package may hold (SOP 4.5). */
export function settings(app: App) {
  const systemForm = async () =>
    openForm(SystemForm, {
      ...settingFacts(await readSystemSettings(app.db, app.settings)),
      shown: await newestChange(app.db, SYSTEM_ITEM),
    });
  const packageForm = async () =>
    openForm(PackageForm, {
      ...limitFacts(await readPackageLimits(app.db)),
      shown: await newestChange(app.db, PACKAGES_ITEM),
    });

  type Shown = { system?: FormState; packages?: FormState; late?: Change[] };
  const show = async (request: Request, reply: Reply, { system, packages, late = [] }: Shown) => {
    const history = [...(await historyOf(app.db, SYSTEM_ITEM)), ...(await historyOf(app.db, PACKAGES_ITEM))];
    return page(request, reply, 'agencies/settings', {
      late,
      names: PACKAGES,
      history: history.sort((one, other) => one.id - other.id),
      forms: { system: system ?? (await systemForm()), packages: packages ?? (await packageForm()) },
    });
  };
  const again = (name: 'system' | 'packages') => async (request: Request, reply: Reply, refused: FormState) => {
    if (refused.problem?.key !== 'shown.changed') return show(request, reply, { [name]: refused });
    const met = await meetChanges(app.db, name === 'system' ? SYSTEM_ITEM : PACKAGES_ITEM, refused);
    return show(request, reply, { [name]: met.form, late: met.changes });
  };

  const system = { access: ['helpdesk'], form: SystemForm, show: again('system') } as const;
  app.get('/helpdesk/settings', { config: system }, (request, reply) => show(request, reply, {}));

  app.post('/helpdesk/settings', { config: system }, async (request, reply) => {
    const values = readForm(SystemForm, request.body);
    const changed = await app.act(request, (act) => updateSettings(act, settingsFrom(values), values.shown));
    setFlash(reply, { key: changed ? 'settings.saved' : 'shown.same' });
    return reply.redirect('/helpdesk/settings', 303);
  });

  const packages = { access: ['helpdesk'], form: PackageForm, show: again('packages') } as const;
  app.get('/helpdesk/settings/packages', { config: packages }, (_request, reply) =>
    reply.redirect('/helpdesk/settings#packages', 303),
  );

  app.post('/helpdesk/settings/packages', { config: packages }, async (request, reply) => {
    const values = readForm(PackageForm, request.body);
    const changed = await app.act(request, (act) => updatePackageLimits(act, limitsFrom(values), values.shown));
    setFlash(reply, { key: changed ? 'settings.saved' : 'shown.same' });
    return reply.redirect('/helpdesk/settings#packages', 303);
  });
}
