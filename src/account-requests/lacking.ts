import { both, joined } from '../base/language.ts';
import { packageFields } from '../officers/package-fields.ts';
import type { Bilingual } from '../texts.ts';
import { type AccountRequest, lackingIn } from './queries.ts';

/** What a package still needs, as its fields are called. */
export function lackingInWords(request: AccountRequest): Bilingual {
  const labels = lackingIn(request).map((name) => both(packageFields[name].label));
  return joined(labels, ', ');
}
