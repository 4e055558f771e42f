import { userOf } from '../../base/actor.ts';
import { Conflict } from '../../base/errors.ts';
import { type Act, refuseRepeat } from '../../data/act.ts';
import { password, text } from '../../forms/fields.ts';
import { defineForm, type FormState, openForm } from '../../forms/form.ts';
import { qrCode } from '../../paper/qr.ts';
import type { Reply, Request } from '../../web/app-types.ts';
import { page } from '../../web/pages.ts';
import { relyingParty } from '../passkeys/ceremony.ts';
import { credential } from '../passkeys/fields.ts';
import { MOST_PASSKEYS, passkeysOf } from '../passkeys/queries.ts';
import type { Own } from './authenticator.ts';
import { FEW_CODES, tryCode } from './code.ts';
import { codeField } from './fields.ts';
import { activeUserOf, authenticatorOf, countCodes, hasSecondFactor } from './queries.ts';
import { isRecent, noteSecondFactor } from './recent.ts';
import { mustHaveSecondFactor, readRequirement } from './requirement.ts';
import { inGroups, offeredSecret, setUpAddress } from './totp.ts';

export const PLACE = '/me/second-factor';
/** What the routes of a person's own second factor have in common. */
export const OWN = { sop: '4.20', access: ['user', 'helpdesk'], first: PLACE } as const;

export const SetUpForm = defineForm('set-up', {
  code: codeField('app'),
  current_password: password({
    label: 'field.current_password',
    hint: 'second-factor.passwordHint',
    autocomplete: 'current-password',
  }),
});
export const RecoveryCodesForm = defineForm('recovery-codes', { code: codeField('either') });
export const TurnOffForm = defineForm('turn-off', { code: codeField('either') });

type Forms = { addPasskey?: FormState; setUp?: FormState; recoveryCodes?: FormState; turnOff?: FormState };

export const AddPasskeyForm = defineForm('add-passkey', {
  name: text({ label: 'passkey.name', hint: 'passkey.nameHint', max: 60 }),
  credential,
});

/** What a person's own second factor is changed with. To be asked before anything is waited for. */
export function ownOf({ server, session }: Request): Own {
  return { key: server.secrets.authenticators, sessionId: session.sessionId, came: server.clock() };
}

/** The secret that this session is offered, to be typed or photographed. */
export async function offerTo(request: Request, loginId: string) {
  const { key, sessionId } = ownOf(request);
  const secret = offeredSecret(key, userOf(request.actor), sessionId);
  const address = setUpAddress(secret, loginId);
  return { secret: inGroups(secret), address, qr: await qrCode(address), loginId };
}

/** What the person has now, and must have. */
export async function findOwn(request: Request) {
  const { db } = request.server;
  const own = { id: userOf(request.actor) };
  const user = await activeUserOf(db, own);
  const must = user !== undefined && mustHaveSecondFactor(await readRequirement(db), user.role);
  const [authenticator, passkeys] = [await authenticatorOf(db, own), await passkeysOf(db, own)];
  return { login: user?.login_id ?? '', must, authenticator, passkeys };
}

/** The page of a person's own second factor, with every form that is not a page of its own. */
export async function showOwn(request: Request, reply: Reply, forms: Forms = {}) {
  const { login, must, authenticator, passkeys } = await findOwn(request);
  const has = authenticator !== undefined || passkeys.length > 0;
  if (!has && (forms.recoveryCodes || forms.turnOff)) throw new Conflict('second-factor.isOff');
  return page(request, reply, 'second-factor/own', {
    must,
    login,
    authenticator,
    passkeys,
    most: MOST_PASSKEYS,
    canHavePasskeys: relyingParty(request.server.baseUrl()) !== null,
    isRecent: await isRecent(request),
    few: FEW_CODES,
    today: request.server.clock(),
    forced: request.mustFirst === PLACE,
    codesLeft: await countCodes(request.server.db, { id: userOf(request.actor) }),
    offer: authenticator === undefined ? await offerTo(request, login) : null,
    forms: {
      addPasskey: forms.addPasskey ?? openForm(AddPasskeyForm),
      setUp: forms.setUp ?? openForm(SetUpForm),
      recoveryCodes: forms.recoveryCodes ?? openForm(RecoveryCodesForm),
      turnOff: forms.turnOff ?? openForm(TurnOffForm),
    },
  });
}

/** Opens an act that a code of the own second factor is asked for. @throws Conflict when there is none, TooManyTries, Repeated */
export async function actWithCode<T>(request: Request, work: (act: Act) => Promise<T>): Promise<T> {
  const { actor, server } = request;
  await refuseRepeat(server.db, actor);
  if (!(await hasSecondFactor(server.db, { id: userOf(actor) }))) throw new Conflict('second-factor.isOff');
  const done = await tryCode(server.db, actor, userOf(actor), server.clock(), () => server.act(request, work));
  noteSecondFactor(request);
  return done;
}
