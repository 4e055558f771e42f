import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import type { Settings } from '../base/settings.ts';

const NAMES = { session: 'ipms', form: 'ipms-form', flash: 'ipms-flash', language: 'ipms-language' };

/** Do people reach IPMS over TLS? */
export function isOverTls({ baseUrl }: Pick<Settings, 'baseUrl'>) {
  return baseUrl?.startsWith('https:') ?? false;
}

/** A cookie's name: over TLS, `__Host-` ties it to this very host, so that no neighbour can plant one. */
export function cookieName(settings: Pick<Settings, 'baseUrl'>, cookie: keyof typeof NAMES) {
  return isOverTls(settings) ? `__Host-${NAMES[cookie]}` : NAMES[cookie];
}

/** With what each cookie is set and cleared. */
export function cookieOptions(settings: Pick<Settings, 'baseUrl'>) {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: isOverTls(settings) } as const;
}

function isEqual(said: string, right: string) {
  const [one, other] = [Buffer.from(said), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/** Signs cookies as the cookie plugin does. Its own signer makes a key of the secret for each cookie, which takes most of its time. */
export function cookieSigner(secret: string) {
  const key = createSecretKey(Buffer.from(secret));
  const signatureOf = (value: string) => createHmac('sha256', key).update(value).digest('base64').replaceAll('=', '');
  return {
    sign: (value: string) => `${value}.${signatureOf(value)}`,
    unsign(signed: string) {
      const dot = signed.lastIndexOf('.');
      const value = signed.slice(0, Math.max(dot, 0));
      const valid = value !== '' && isEqual(signed.slice(dot + 1), signatureOf(value));
      return { valid, renew: false, value: valid ? value : null } as
        | { valid: true; renew: false; value: string }
        | { valid: false; renew: false; value: null };
    },
  };
}
