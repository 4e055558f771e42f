import { ResultCodeError } from 'ldapts';
import { UnfitName } from '../names.ts';
import { absenceOf, DirectoryAway, DirectoryRefused, refusalOf } from '../refusals.ts';

/** Result codes that say nothing about the object that was asked for. */
const OF_ALL = new Set([1, 2, 3, 4, 7, 8, 10, 11, 13, 49, 51, 52]);

/** The result code of LDAP, or the network's. */
export function codeOf(error: unknown): number | string | undefined {
  return (error as { code?: number | string } | null)?.code;
}

/** What went wrong as something of the whole directory. @throws TypeError: a fault of IPMS itself */
export function asAway(error: unknown) {
  if (error instanceof DirectoryAway) return error;
  if (error instanceof TypeError) throw error;
  const words = error instanceof Error ? error.message : String(error);
  return new DirectoryAway(absenceOf(codeOf(error), words), words);
}

/** What went wrong as something of the one object that was to be changed, unless it is of the whole directory. */
export function asFault(error: unknown) {
  if (error instanceof DirectoryRefused) return error;
  if (error instanceof UnfitName) return new DirectoryRefused('directory.refused.name', JSON.stringify(error.message));
  if (!(error instanceof ResultCodeError) || OF_ALL.has(error.code)) return asAway(error);
  return new DirectoryRefused(refusalOf(error.code, error.message), error.message);
}
