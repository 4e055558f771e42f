import { defineForm, type FormState, openForm, readForm } from '../../forms/form.ts';
import type { App, Reply, Request } from '../../web/app-types.ts';
import { setFlash } from '../../web/flash.ts';
import { page } from '../../web/pages.ts';
import { renewSession } from '../login.ts';
import { checkFirstCode, replace } from './authenticator.ts';
import { codeField } from './fields.ts';
import { actWithCode, findOwn, OWN, offerTo, ownOf, PLACE } from './own-page.ts';

const ReplaceForm = defineForm('replace', {
  new_code: { ...codeField('app'), label: 'second-factor.newCode' },
  code: codeField('either'),
});

/** SOP 4.20 step 1, added by IPMS: a person goes on with another phone. */
export function replaceSecondFactor(app: App) {
  const show = async (request: Request, reply: Reply, form: FormState) => {
    const { login, authenticator } = await findOwn(request);
    if (authenticator === undefined) return reply.redirect(PLACE, 303);
    return page(request, reply, 'second-factor/replace', { form, offer: await offerTo(request, login) });
  };
  const config = { ...OWN, form: ReplaceForm, show, asksPassword: true } as const;

  app.get(`${PLACE}/replace`, { config }, (request, reply) => show(request, reply, openForm(ReplaceForm)));

  app.post(`${PLACE}/replace`, { config }, async (request, reply) => {
    const { code, new_code } = readForm(ReplaceForm, request.body);
    const own = ownOf(request);
    const offered = checkFirstCode(own, request.actor, new_code, 'new_code');
    const mailed = await actWithCode(request, (act) => replace(act, own, offered, code));
    await renewSession(request);
    setFlash(reply, { key: 'second-factor.replaced', mailed });
    return reply.redirect(PLACE, 303);
  });
}
