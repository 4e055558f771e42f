import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export type Secrets = {
  /** Signs the session and form cookies. */
  cookies: string;
  /** Seals what a browser carries for us and must not read. */
  seal: Buffer;
  /** Chains the audit rows. */
  audit: Buffer;
  /** Seals the secrets of authenticator apps in the database, and makes those that are not in it yet. */
  authenticators: Buffer;
};

/** Reads the secret of this installation (32 bytes, mode 600), making it when it is absent, and derives a key a purpose from it. */
export function readSecrets(file: string): Secrets {
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
    chmodSync(file, 0o600);
  }
  return deriveSecrets(Buffer.from(readFileSync(file, 'utf8').trim(), 'base64url'));
}

/** @throws Error when the secret is shorter than 32 bytes */
export function deriveSecrets(secret: Buffer): Secrets {
  if (secret.length < 32) throw new Error('The secret file is damaged: it must hold 32 bytes.');
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', secret, '', `ipms ${purpose}`, 32));
  return {
    cookies: derive('cookies').toString('base64url'),
    seal: derive('seal'),
    audit: derive('audit'),
    authenticators: derive('authenticators'),
  };
}

/** AES-256-GCM: base64url of nonce, tag and ciphertext. */
export function seal(key: Buffer, text: string) {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
}

/** What was sealed, or null when it is not ours or was changed. */
export function unseal(key: Buffer, sealed: string) {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length < 28) return null;
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), { authTagLength: 16 });
    decipher.setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
  } catch {
    return null; // a wrong tag is the expected way for a forged cookie to end
  }
}

/** SHA-256 in base64url: how tokens and session ids are kept. */
export function digest(text: string) {
  return createHash('sha256').update(text).digest('base64url');
}

/** A token for a link: 256 bits from the system's cryptographic source, base64url. */
export function newToken() {
  return randomBytes(32).toString('base64url');
}
