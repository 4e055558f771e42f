import { type FormState, readForm } from '../../forms/form.ts';
import type { App, Reply, Request } from '../../web/app-types.ts';
import { setFlash } from '../../web/flash.ts';
import { makeRecoveryCodes, type Own } from './authenticator.ts';
import { actWithCode, findOwn, OWN, ownOf, PLACE, RecoveryCodesForm, showOwn } from './own-page.ts';
import { refuseUnlessRecent } from './recent.ts';

/** SOP 4.20 step 1, added by IPMS: new recovery codes in place of those there are. */
export function recoveryCodes(app: App) {
  const show = (request: Request, reply: Reply, refused: FormState) =>
    showOwn(request, reply, { recoveryCodes: refused });
  const config = { ...OWN, form: RecoveryCodesForm, show, asksPassword: true } as const;

  const make = async (request: Request, own: Own) => {
    const { authenticator, passkeys } = await findOwn(request);
    if (authenticator === undefined && passkeys.length > 0) {
      await refuseUnlessRecent(request);
      return app.act(request, (act) => makeRecoveryCodes(act, own, null));
    }
    const { code } = readForm(RecoveryCodesForm, request.body);
    return actWithCode(request, (act) => makeRecoveryCodes(act, own, code));
  };

  app.get(`${PLACE}/recovery-codes`, { config }, (_request, reply) => reply.redirect(PLACE, 303));

  app.post(`${PLACE}/recovery-codes`, { config }, async (request, reply) => {
    const own = ownOf(request);
    const { codes, mailed } = await make(request, own);
    setFlash(reply, { key: 'second-factor.made', mailed, next: 'second-factor.keepCodes', secret: codes.join(' ') });
    return reply.redirect(PLACE, 303);
  });
}
