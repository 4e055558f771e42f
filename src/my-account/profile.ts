import { refuseRepeat } from '../data/act.ts';
import { email, password } from '../forms/fields.ts';
import { defineForm, type FormState, openForm } from '../forms/form.ts';
import { readTogether } from '../forms/together.ts';
import { detailFields } from '../officers/details.ts';
import { notePassword } from '../sign-in/present-password.ts';
import type { App, Reply, Request } from '../web/app-types.ts';
import { setFlash } from '../web/flash.ts';
import { page } from '../web/pages.ts';
import { confirmRecovery, profileOf, refuseOwnAddress, updateOwnProfile } from './own-profile.ts';
import { findOwn } from './queries.ts';
import { whomToAsk } from './whom-to-ask.ts';

const { unit, address, postcode, city, state, office_phone, mobile_phone, note } = detailFields;

export const ProfileForm = defineForm('profile', {
  office_phone,
  mobile_phone,
  unit,
  address,
  postcode,
  city,
  state,
  note,
  recovery_email: email({ label: 'field.recovery_email', hint: 'my-profile.recoveryHint', optional: true }),
  current_password: password({
    label: 'field.current_password',
    hint: 'my-profile.passwordHint',
    autocomplete: 'current-password',
    optional: true,
  }),
});

/** Modul Pengguna (SOP 4.20): Pengurusan Profil. */
export function profile(app: App) {
  const show = async (request: Request, reply: Reply, form?: FormState) => {
    const own = await findOwn(app.db, request.actor);
    return page(request, reply, 'my-account/profile', {
      ...own,
      form: form ?? openForm(ProfileForm, profileOf(own)),
      whom: await whomToAsk(app, request.actor),
    });
  };
  const config = { sop: '4.20', access: ['user'], form: ProfileForm, show } as const;

  app.get('/me/profile', { config }, (request, reply) => show(request, reply));

  app.post('/me/profile', { config }, async (request, reply) => {
    const { actor } = request;
    await refuseRepeat(app.db, actor);
    const { bcryptCost } = app.settings;
    const [values, compared] = await readTogether(ProfileForm, request.body, (typed) => [
      () => confirmRecovery(app.db, actor, typed('recovery_email'), typed('current_password'), bcryptCost, app.clock()),
      () => refuseOwnAddress(app.db, actor, typed('recovery_email')),
    ]);
    const { current_password: _present, ...input } = values;
    if (compared !== null) notePassword(request);
    const mailed = await app.act(request, (act) => updateOwnProfile(act, input, compared));
    setFlash(reply, mailed === null ? { key: 'my-profile.same' } : { key: 'my-profile.saved', mailed });
    return reply.redirect('/me/profile', 303);
  });
}
