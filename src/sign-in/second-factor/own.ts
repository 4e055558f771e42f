import { userOf } from '../../base/actor.ts';
import { Conflict } from '../../base/errors.ts';
import { password } from '../../forms/fields.ts';
import { defineForm, type FormState, openForm, readForm } from '../../forms/form.ts';
import type { App, Reply, Request } from '../../web/app-types.ts';
import { setFlash } from '../../web/flash.ts';
import { page } from '../../web/pages.ts';
import { renewSession } from '../login.ts';
import { makeRecoveryCodes, type Own, replace, setUp, turnOff } from './authenticator.ts';
import { FEW_CODES } from './code.ts';
import { codeField } from './fields.ts';
import { qrCode } from './qr.ts';
import { activeUserOf, authenticatorOf, countCodes } from './queries.ts';
import { mustHaveSecondFactor, readRequirement } from './standing.ts';
import { inGroups, offeredSecret, setUpAddress } from './totp.ts';

const SetUpForm = defineForm('set-up', {
  code: codeField('app'),
  current_password: password({
    label: 'field.current_password',
    hint: 'second-factor.passwordHint',
    autocomplete: 'current-password',
  }),
});
const ReplaceForm = defineForm('replace', {
  new_code: { ...codeField('app'), label: 'second-factor.newCode' },
  code: codeField('either'),
});
const RecoveryCodesForm = defineForm('recovery-codes', { code: codeField('either') });
const TurnOffForm = defineForm('turn-off', { code: codeField('either') });

const PLACE = '/me/second-factor';

type Forms = { setUp?: FormState; recoveryCodes?: FormState; turnOff?: FormState };

/** A person's own second factor (SOP 4.20 step 1, added by IPMS): set up, moved to another phone, turned off; recovery codes. */
export function ownSecondFactor(app: App) {
  const own = (request: Request): Own => ({
    key: app.secrets.authenticators,
    sessionId: request.session.sessionId,
  });

  const offer = async (request: Request, loginId: string) => {
    const { key, sessionId } = own(request);
    const secret = offeredSecret(key, userOf(request.actor), sessionId);
    const address = setUpAddress(secret, loginId);
    return { secret: inGroups(secret), address, qr: await qrCode(address), loginId };
  };

  const standing = async (request: Request) => {
    const id = userOf(request.actor);
    const user = await activeUserOf(app.db, id);
    const must = user !== undefined && mustHaveSecondFactor(await readRequirement(app.db), user.role);
    return { login: user?.login_id ?? '', must, authenticator: await authenticatorOf(app.db, id) };
  };

  const show = async (request: Request, reply: Reply, forms: Forms = {}) => {
    const { login, must, authenticator } = await standing(request);
    if (authenticator === undefined && (forms.recoveryCodes || forms.turnOff))
      throw new Conflict('second-factor.isOff');
    return page(request, reply, 'second-factor/own', {
      must,
      login,
      authenticator,
      few: FEW_CODES,
      today: app.clock(),
      forced: request.mustFirst === PLACE,
      codesLeft: await countCodes(app.db, userOf(request.actor)),
      offer: authenticator === undefined ? await offer(request, login) : null,
      forms: {
        setUp: forms.setUp ?? openForm(SetUpForm),
        recoveryCodes: forms.recoveryCodes ?? openForm(RecoveryCodesForm),
        turnOff: forms.turnOff ?? openForm(TurnOffForm),
      },
    });
  };
  const again = (name: keyof Forms) => (request: Request, reply: Reply, refused: FormState) =>
    show(request, reply, { [name]: refused });
  const common = { sop: '4.20', access: ['user', 'helpdesk'], first: PLACE } as const;

  const settingUp = { ...common, form: SetUpForm, show: again('setUp') } as const;
  app.get(PLACE, { config: settingUp }, (request, reply) => show(request, reply));

  app.post(PLACE, { config: settingUp }, async (request, reply) => {
    const input = readForm(SetUpForm, request.body);
    const { codes, mailed } = await setUp(app.db, own(request), app.acting(request), input, app.settings.bcryptCost);
    await renewSession(request);
    setFlash(reply, { key: 'second-factor.done', mailed, next: 'second-factor.keepCodes', secret: codes.join(' ') });
    return reply.redirect(PLACE, 303);
  });

  const making = { ...common, form: RecoveryCodesForm, show: again('recoveryCodes') } as const;
  app.get(`${PLACE}/recovery-codes`, { config: making }, (_request, reply) => reply.redirect(PLACE, 303));

  app.post(`${PLACE}/recovery-codes`, { config: making }, async (request, reply) => {
    const input = readForm(RecoveryCodesForm, request.body);
    const { codes, mailed } = await makeRecoveryCodes(app.db, own(request), app.acting(request), input);
    setFlash(reply, { key: 'second-factor.made', mailed, next: 'second-factor.keepCodes', secret: codes.join(' ') });
    return reply.redirect(PLACE, 303);
  });

  const turningOff = { ...common, form: TurnOffForm, show: again('turnOff') } as const;
  app.get(`${PLACE}/turn-off`, { config: turningOff }, (_request, reply) => reply.redirect(PLACE, 303));

  app.post(`${PLACE}/turn-off`, { config: turningOff }, async (request, reply) => {
    const input = readForm(TurnOffForm, request.body);
    const mailed = await turnOff(app.db, own(request), app.acting(request), input);
    await renewSession(request);
    setFlash(reply, { key: 'second-factor.off', mailed });
    return reply.redirect(PLACE, 303);
  });

  const showReplace = async (request: Request, reply: Reply, form: FormState) => {
    const { login, authenticator } = await standing(request);
    if (authenticator === undefined) return reply.redirect(PLACE, 303);
    return page(request, reply, 'second-factor/replace', { form, offer: await offer(request, login) });
  };
  const replacing = { ...common, form: ReplaceForm, show: showReplace } as const;
  app.get(`${PLACE}/replace`, { config: replacing }, (request, reply) =>
    showReplace(request, reply, openForm(ReplaceForm)),
  );

  app.post(`${PLACE}/replace`, { config: replacing }, async (request, reply) => {
    const input = readForm(ReplaceForm, request.body);
    const mailed = await replace(app.db, own(request), app.acting(request), input);
    await renewSession(request);
    setFlash(reply, { key: 'second-factor.replaced', mailed });
    return reply.redirect(PLACE, 303);
  });
}
