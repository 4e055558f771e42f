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
