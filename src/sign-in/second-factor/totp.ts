import { hkdfSync } from 'node:crypto';
import { generateURI, ScureBase32Plugin, verifySync } from 'otplib';
import { seal, unseal } from '../../base/secrets.ts';
import { plainSigns } from '../../base/spelling.ts';
import { SECOND } from '../../base/time.ts';

/** RFC 6238 with what every authenticator app takes for granted: SHA-1, six digits, 30 seconds. */
const PERIOD = 30;
/** RFC 4226, 4.: the length of the hash. */
const BYTES = 20;
const ISSUER = 'IPMS';

const base32 = new ScureBase32Plugin();

/**
 * The secret that a person's app is offered in one session, in base 32: the same however often the page is opened, another
 * in every other session, and kept nowhere before its first code was right. A session's id comes from a cryptographic source.
 */
export function offeredSecret(key: Buffer, userId: number, sessionId: string) {
  return base32.encode(Buffer.from(hkdfSync('sha256', key, sessionId, `authenticator of ${userId}`, BYTES)), {
    padding: false,
  });
}

/** A secret as the database keeps it; it is good in the row of this person alone. */
export function sealSecret(key: Buffer, userId: number, secret: string) {
  return seal(key, `${userId}:${secret}`);
}

/** What was sealed for this person, or null: it is another's, or the installation's secret file is another. */
export function openSecret(key: Buffer, userId: number, sealed: string) {
  const [owner, secret] = unseal(key, sealed)?.split(':') ?? [];
  return owner === String(userId) && secret !== undefined ? secret : null;
}

/**
 * Which step of time a six-digit code belongs to: the present one, or the one before or after it (RFC 6238, 5.2), since
 * people type slowly and clocks differ. Null when it belongs to none.
 */
export function stepOf(secret: string, code: string, now: Date): number | null {
  const epoch = Math.floor(now.getTime() / SECOND);
  const answer = verifySync({ secret, token: code, epoch, period: PERIOD, epochTolerance: PERIOD });
  return answer.valid && 'timeStep' in answer ? answer.timeStep : null;
}

/** What the QR code says to the app. */
export function setUpAddress(secret: string, loginId: string) {
  return generateURI({ issuer: ISSUER, label: loginId, secret });
}

/** A secret as people type it: groups of four. */
export function inGroups(secret: string) {
  return secret.match(/.{1,4}/g)?.join(' ') ?? secret;
}

/** The six digits that were typed, as apps show them, with or without a space between; null when it is something else. */
export function readDigits(typed: string): string | null {
  const digits = plainSigns(typed).replace(/[\s-]/g, '');
  return /^[0-9]{6}$/.test(digits) ? digits : null;
}
