import { isIP } from 'node:net';
import type {
  AuthenticationResponseJSON,
  AuthenticatorTransport,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { RuleBroken, WrongTry } from '../../base/errors.ts';
import { digest } from '../../base/secrets.ts';
import type { Row } from '../../data/schema.ts';
import type { Request } from '../../web/app-types.ts';
import { isOwnChallenge, newChallenge } from './challenge.ts';
import type { Answered } from './fields.ts';

/** What a device showed to have, not kept yet. */
export type NewPasskey = Pick<Row<'passkey'>, 'credential_id' | 'public_key' | 'counter' | 'transports'> & {
  challenge: string;
};

/** Loaded when the first passkey is asked for: most installations have days without one, and it holds 5 MB. */
const webAuthn = () => import('@simplewebauthn/server');

/** How long a device shows its dialogue. */
const TIME_LIMIT = 120_000;
/** EdDSA, ES256, RS256: what devices have, and nothing that they have left behind. */
const ALGORITHMS = [-8, -7, -257];

/**
 * Whom a passkey is for: the host under which people reach IPMS. Browsers allow none for a bare network address, nor without TLS.
 * @returns null where there can be none
 */
export function relyingParty(baseUrl: string) {
  const { protocol, hostname, origin } = new URL(baseUrl);
  if (protocol !== 'https:' && hostname !== 'localhost') return null;
  return isIP(hostname.replace(/^\[|\]$/g, '')) > 0 ? null : { id: hostname, origin };
}

/** @throws RuleBroken where there can be no passkeys */
function partyOf({ server }: Request) {
  const party = relyingParty(server.baseUrl());
  if (party === null) throw new RuleBroken('passkey.notHere');
  return party;
}

/** By what a device knows the person again: no name, and the same for each of the person's passkeys. */
const handleOf = (userId: number) => digest(`passkeys of ${userId}`);

const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'));
const transportsOf = ({ transports }: Row<'passkey'>) =>
  transports.split(' ').filter((each) => each !== '') as AuthenticatorTransport[];

/** What a device is asked for a new passkey. It knows the person by itself (fingerprint, face, PIN), and no maker vouches for it. */
export async function askToAdd(
  request: Request,
  user: Pick<Row<'user'>, 'id' | 'login_id' | 'full_name'>,
  known: Row<'passkey'>[],
) {
  const { generateRegistrationOptions } = await webAuthn();
  return generateRegistrationOptions({
    rpName: 'IPMS',
    rpID: partyOf(request).id,
    userID: bytesOf(handleOf(user.id)),
    userName: user.login_id,
    userDisplayName: user.full_name,
    challenge: bytesOf(newChallenge(request, 'add')),
    timeout: TIME_LIMIT,
    attestationType: 'none',
    excludeCredentials: known.map((each) => ({ id: each.credential_id, transports: transportsOf(each) })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs: ALGORITHMS,
  });
}

/** What a device is asked to sign in with. @param known the passkeys of whose password was right; none, before anybody is known */
export async function askToSignIn(request: Request, known: Row<'passkey'>[]) {
  const { generateAuthenticationOptions } = await webAuthn();
  return generateAuthenticationOptions({
    rpID: partyOf(request).id,
    challenge: bytesOf(newChallenge(request, 'sign-in')),
    timeout: TIME_LIMIT,
    userVerification: 'required',
    allowCredentials: known.map((each) => ({ id: each.credential_id, transports: transportsOf(each) })),
  });
}

/** Holds what a device made against what it was asked. @throws RuleBroken */
export async function verifyNew(request: Request, answered: Answered): Promise<NewPasskey> {
  const party = partyOf(request);
  const asked = { challenge: '' };
  const verified = await unlessRefused(request, async () =>
    (await webAuthn()).verifyRegistrationResponse({
      response: { ...answered, clientExtensionResults: {} } as unknown as RegistrationResponseJSON,
      expectedChallenge: own(request, 'add', asked),
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    }),
  );
  if (verified?.registrationInfo === undefined) throw new RuleBroken('passkey.wrong');
  const { id, publicKey, counter } = verified.registrationInfo.credential;
  const { transports } = answered.response;
  return {
    credential_id: id,
    public_key: Buffer.from(publicKey),
    counter,
    transports: (Array.isArray(transports) ? transports : [])
      .filter((each): each is string => /^[a-z-]{2,20}$/.test(each))
      .slice(0, 8)
      .join(' '),
    challenge: asked.challenge,
  };
}

/**
 * Holds what a device signed against its passkey. The counter is compared by the act: two may come together.
 * @throws WrongTry
 */
export async function verifySignIn(request: Request, answered: Answered, passkey: Row<'passkey'>) {
  const party = partyOf(request);
  const asked = { challenge: '' };
  const { userHandle } = answered.response;
  // a device that was told which passkeys may answer need not say whose it is
  if (userHandle != null && userHandle !== handleOf(passkey.user_id)) throw new WrongTry('passkey.wrong');
  const signed = await unlessRefused(request, async () =>
    (await webAuthn()).verifyAuthenticationResponse({
      response: { ...answered, clientExtensionResults: {} } as unknown as AuthenticationResponseJSON,
      expectedChallenge: own(request, 'sign-in', asked),
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      credential: { id: passkey.credential_id, publicKey: new Uint8Array(passkey.public_key), counter: 0 },
      requireUserVerification: true,
    }),
  );
  if (!signed?.verified) throw new WrongTry('passkey.wrong');
  return { counter: signed.authenticationInfo.newCounter, challenge: asked.challenge };
}

function own(request: Request, purpose: 'add' | 'sign-in', asked: { challenge: string }) {
  return (challenge: string) => {
    asked.challenge = challenge;
    return isOwnChallenge(request, purpose, challenge);
  };
}

/** The library throws for whatever is not as it should be; the person hears what to do, and the log why. @returns null then */
async function unlessRefused<T>(request: Request, verify: () => Promise<T>): Promise<T | null> {
  try {
    return await verify();
  } catch (error) {
    request.log.warn({ why: (error as Error).message.slice(0, 200) }, 'a passkey was refused');
    return null;
  }
}
