import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { plainSigns } from './spelling.ts';

/** Crockford's base 32: no I, L, O or U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** How many characters an access code has. */
export const ACCESS_CODE_LENGTH = 15;

/** So many characters from the system's cryptographic source, of 5 bits each. */
export function newCode(length: number) {
  return [...randomBytes(length)].map((byte) => ALPHABET[byte % 32]).join('');
}

/** `XXXXX-XXXXX-XXXXX`, in as many groups as it has. */
export function showCode(code: string) {
  return code.match(/.{5}/g)?.join('-') ?? code;
}

/**
 * What was typed, with or without dashes and spaces, in any case, O as 0 and I or L as 1.
 * @returns null when it cannot be a code of one of these lengths
 */
export function readCode(typed: string, lengths: readonly number[]): string | null {
  const code = plainSigns(typed).toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
  return lengths.includes(code.length) && [...code].every((character) => ALPHABET.includes(character)) ? code : null;
}

/** The only form in which an access code is kept. 75 random bits need no slow hash. */
export function hashCode(code: string) {
  const salt = randomBytes(16).toString('base64url');
  return { salt, code_hash: saltedHash(salt, code) };
}

export function codeMatches(code: string, { salt, code_hash }: { salt: string; code_hash: string }) {
  return timingSafeEqual(Buffer.from(saltedHash(salt, code)), Buffer.from(code_hash));
}

function saltedHash(salt: string, code: string) {
  return createHash('sha256').update(`${salt}:${code}`).digest('base64url');
}

/** A reference as somebody types it, with or without its beginning, dashes and spaces, in any case; null when it cannot be one. */
export function readReference(typed: string): string | null {
  const written = plainSigns(typed)
    .toUpperCase()
    .replace(/[\s-]/g, '')
    .replace(/^KA(?=.{8}$)/s, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  const isOne = written.length === 8 && [...written].every((character) => ALPHABET.includes(character));
  return isOne ? `KA-${written.slice(0, 4)}-${written.slice(4)}` : null;
}

/** The number that an applicant quotes, `KA-7Q4K-X2MB`: 40 bits, so that nobody finds another's by counting. */
export function newReference() {
  const characters = [...randomBytes(8)].map((byte) => ALPHABET[byte % 32]).join('');
  return `KA-${characters.slice(0, 4)}-${characters.slice(4)}`;
}
