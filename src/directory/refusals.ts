import type { TextKey } from '../texts.ts';

/** The directory says no to one object, and will say it again: it waits for somebody, and nothing else waits for it. */
export class DirectoryRefused extends Error {
  readonly key: TextKey;
  constructor(key: TextKey, words: string) {
    super(words);
    this.key = key;
  }
}

/** Nothing is known: what was not seen is not gone. The whole pass ends, and is tried again. */
export class DirectoryAway extends Error {
  readonly key: TextKey;
  constructor(key: TextKey, words: string) {
    super(words);
    this.key = key;
  }
}

/** What Windows writes in front of its words, in hexadecimal; a result code alone covers too much. */
const BY_NUMBER: Record<string, TextKey> = {
  '0000052D': 'directory.refused.password',
  '00000523': 'directory.refused.loginName',
  '0000202F': 'directory.refused.inUse',
  '00002071': 'directory.refused.nameInUse',
  '00002082': 'directory.refused.tooLong',
  '0000208D': 'directory.refused.gone',
  '00002095': 'directory.refused.container',
  '00002098': 'directory.refused.rights',
};

const BY_CODE: Record<number, TextKey> = {
  16: 'directory.refused.attribute',
  17: 'directory.refused.attribute',
  19: 'directory.refused.value',
  21: 'directory.refused.value',
  32: 'directory.refused.gone',
  34: 'directory.refused.name',
  50: 'directory.refused.rights',
  53: 'directory.refused.unwilling',
  64: 'directory.refused.name',
  65: 'directory.refused.attribute',
  66: 'directory.refused.notEmpty',
  68: 'directory.refused.nameInUse',
};

/** Why a sign-in was refused: all of them have the result code 49. */
const SIGN_INS: Record<string, TextKey> = {
  '52e': 'directory.away.password',
  '533': 'directory.away.disabled',
  '701': 'directory.away.expired',
  '773': 'directory.away.mustChange',
  '775': 'directory.away.locked',
};

/** What a refusal of one change means, and what to do. */
export function refusalOf(code: number, words: string): TextKey {
  const number = /\b0000[0-9A-F]{4}\b/i.exec(words)?.[0].toUpperCase() ?? '';
  return BY_NUMBER[number] ?? BY_CODE[code] ?? 'directory.refused.other';
}

/** What it means that the directory cannot be worked with, and what to do. The code is that of LDAP, or that of the network. */
export function absenceOf(code: number | string | undefined, words: string): TextKey {
  if (code === 49) return SIGN_INS[/\bdata (\w+)/.exec(words)?.[1] ?? ''] ?? 'directory.away.password';
  if (code === 32) return 'directory.away.base';
  if (code === 3 || code === 4 || code === 11) return 'directory.away.brokenOff';
  if (code === 51 || code === 52) return 'directory.away.busy';
  if (code === 'ENOENT' || code === 'EACCES') return 'directory.away.passwordFile';
  if (/CERT|ALTNAME|VERIFY|ISSUER/.test(String(code))) return 'directory.away.certificate';
  return 'directory.away.unreachable';
}
