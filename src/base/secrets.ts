import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hash,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { writeDurably } from './durable-file.ts';

export type Secrets = {
  /** Signs the session and form cookies. */
  cookies: string;
  /** Makes the tokens of forms. */
  forms: Buffer;
  /** Seals what the next page says once, on its way through the browser. */
  flash: Buffer;
  /** Seals which request a browser is shown the status of: no flash passes for it. */
  shownRequest: Buffer;
  /** Chains the audit rows. */
  audit: Buffer;
  /** Seals the secrets of authenticator apps in the database, and makes those that are not in it yet. */
  authenticators: Buffer;
  /** Seals what the devices of passkeys are asked to sign. */
  passkeys: Buffer;
  /** Seals the passwords that wait for the directory. */
  passwords: Buffer;
  /** Seals the steps of a script, so that a result says whether they are ours. */
  scripts: Buffer;
  /** Seals whose a form is, and what was typed into one whose session had ended. */
  unsavedForms: Buffer;
  /** Seals what was sent before the present password is asked for: no flash and no other cookie passes for it. */
  presentPassword: Buffer;
  /** Names the key in the audit trail, and says nothing of it. */
  fingerprint: string;
  /** Those of the keys before it, the newest first: they verify what they sealed, and open what an older backup holds. */
  former: Secrets[];
};

const LENGTH = 32;

/** Makes the secret of a new installation (32 bytes, mode 600). @throws Error when there is one already */
export function makeSecret(file: string) {
  mkdirSync(dirname(file), { recursive: true });
  writeDurably(file, newLine(), false);
}

/** Writes a new secret with those of a file below it into another file. @throws Error when it cannot be written */
export function makeNextSecret(file: string, next: string) {
  writeDurably(next, newLine() + readFileSync(file, 'utf8'), true);
}

const newLine = () => `${randomBytes(LENGTH).toString('base64url')}\n`;

/**
 * Reads the secret of this installation, and derives a key a purpose from it. Below it stand those that were rotated out.
 * @throws Error when it cannot be used
 */
export function readSecrets(file: string): Secrets {
  const [own = deriveSecrets(Buffer.alloc(0)), ...former] = readFileSync(file, 'utf8')
    .trim()
    .split(/\r?\n/)
    .map(readLine);
  return { ...own, former };
}

function readLine(line: string) {
  // a decoder passes over what is no letter of base64, and would make some key of any text
  const isWhole = /^[A-Za-z0-9+/_-]+={0,2}$/.test(line);
  return deriveSecrets(Buffer.from(isWhole ? line : '', 'base64url'));
}

/** @throws Error when the secret is shorter than 32 bytes */
export function deriveSecrets(secret: Buffer): Secrets {
  if (secret.length < LENGTH) throw new Error('it is damaged, since it does not hold 32 bytes');
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', secret, '', `ipms ${purpose}`, 32));
  return {
    cookies: derive('cookies').toString('base64url'),
    forms: derive('forms'),
    flash: derive('flash'),
    shownRequest: derive('shown request'),
    audit: derive('audit'),
    authenticators: derive('authenticators'),
    passkeys: derive('passkeys'),
    passwords: derive('directory passwords'),
    scripts: derive('directory scripts'),
    unsavedForms: derive('unsaved forms'),
    presentPassword: derive('present password'),
    fingerprint: derive('fingerprint').subarray(0, 12).toString('base64url'),
    former: [],
  };
}

const MADE = new WeakMap<Buffer, KeyObject>();

/** Bare bytes would be made into a key for each seal, which takes most of its time. */
function made(bytes: Buffer) {
  const key = MADE.get(bytes) ?? createSecretKey(bytes);
  MADE.set(bytes, key);
  return key;
}

/** AES-256-GCM: base64url of nonce, tag and ciphertext. */
export function seal(key: Buffer, text: string) {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', made(key), nonce);
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
}

/** What was sealed, or null when it is not ours or was changed. */
export function unseal(key: Buffer, sealed: string) {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length < 28) return null;
  try {
    const decipher = createDecipheriv('aes-256-gcm', made(key), bytes.subarray(0, 12), { authTagLength: 16 });
    decipher.setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
  } catch {
    return null; // a wrong tag is the expected way for a forged cookie to end
  }
}

/** SHA-256 in base64url: how tokens and session ids are kept. */
export function digest(text: string) {
  return hash('sha256', text, 'base64url');
}

/** A token for a link: 256 bits from the system's cryptographic source, base64url. */
export function newToken() {
  return randomBytes(32).toString('base64url');
}
