import { type FormState, readForm } from '../../forms/form.ts';
import type { App, Reply, Request } from '../../web/app-types.ts';
import { setFlash } from '../../web/flash.ts';
import { renewSession } from '../login.ts';
import { turnOff } from './authenticator.ts';
import { actWithCode, OWN, ownOf, PLACE, showOwn, TurnOffForm } from './own-page.ts';

/** SOP 4.20 step 1, added by IPMS: a person does without the second factor. */
export function turnOffSecondFactor(app: App) {
  const show = (request: Request, reply: Reply, refused: FormState) => showOwn(request, reply, { turnOff: refused });
  const config = { ...OWN, form: TurnOffForm, show, asksPassword: true } as const;

  app.get(`${PLACE}/turn-off`, { config }, (_request, reply) => reply.redirect(PLACE, 303));

  app.post(`${PLACE}/turn-off`, { config }, async (request, reply) => {
    const { code } = readForm(TurnOffForm, request.body);
    const own = ownOf(request);
    const mailed = await actWithCode(request, (act) => turnOff(act, own, code));
    await renewSession(request);
    setFlash(reply, { key: 'second-factor.off', mailed });
    return reply.redirect(PLACE, 303);
  });
}
