import { userOf } from '../../base/actor.ts';
import { refuseRepeat } from '../../data/act.ts';
import type { FormState } from '../../forms/form.ts';
import { readTogether } from '../../forms/together.ts';
import type { App, Reply, Request } from '../../web/app-types.ts';
import { setFlash } from '../../web/flash.ts';
import { confirmPassword } from '../confirm-password.ts';
import { renewSession } from '../login.ts';
import { notePassword } from '../present-password.ts';
import { checkFirstCode, setUp } from './authenticator.ts';
import { OWN, ownOf, PLACE, SetUpForm, showOwn } from './own-page.ts';
import { hasPasskey } from './queries.ts';
import { noteSecondFactor, refuseUnlessRecent } from './recent.ts';

/** SOP 4.20 step 1, added by IPMS: a person sets up the own second factor. */
export function setUpSecondFactor(app: App) {
  const show = (request: Request, reply: Reply, refused: FormState) => showOwn(request, reply, { setUp: refused });
  const config = { ...OWN, form: SetUpForm, show } as const;

  app.get(PLACE, { config }, (request, reply) => showOwn(request, reply));

  app.post(PLACE, { config }, async (request, reply) => {
    const { actor } = request;
    const own = ownOf(request);
    await refuseRepeat(app.db, actor);
    if (await hasPasskey(app.db, { id: userOf(actor) })) await refuseUnlessRecent(request);
    const [, offered, compared] = await readTogether(SetUpForm, request.body, (typed) => [
      () => checkFirstCode(own, actor, typed('code'), 'code'),
      () => confirmPassword(app.db, actor, typed('current_password'), app.settings.bcryptCost, own.came),
    ]);
    const { codes, mailed } = await app.act(request, (act) => setUp(act, own, offered, compared));
    notePassword(request);
    noteSecondFactor(request);
    await renewSession(request);
    setFlash(reply, { key: 'second-factor.done', mailed, next: 'second-factor.keepCodes', secret: codes.join(' ') });
    return reply.redirect(PLACE, 303);
  });
}
