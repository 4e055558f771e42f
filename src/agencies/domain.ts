import { longText } from '../forms/fields.ts';
import { type Field, FieldRefused } from '../forms/form.ts';
import type { Label } from '../texts.ts';

/** RFC 1035 labels and a top level of letters, as in an address. A local part of 64 and such a domain fit into 254 characters. */
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
const LONGEST = 189;
const MOST = 50;
/** So much of a wrong line is repeated in the message. */
const SHOWN = 60;

/** Is this a mail domain in its one spelling? */
export function isDomain(domain: string) {
  return domain.length <= LONGEST && DOMAIN.test(domain);
}

/** Mail domains, one a line, in lower case, none twice; at least one. */
export function domains(options: { label: Label; hint: Label }): Field<string[]> {
  const lines = longText({ ...options, max: 10_000 });
  return {
    ...lines,
    attributes: { autocapitalize: 'none', spellcheck: 'false' },
    read(typed) {
      const found = lines
        .read(typed)
        .split('\n')
        .map((line) => line.trim().toLowerCase())
        .filter((line) => line !== '');
      const wrong = found.find((line) => !isDomain(line));
      if (wrong !== undefined) throw new FieldRefused('agency.domainWrong', { domain: wrong.slice(0, SHOWN) });
      const unique = [...new Set(found)].sort();
      if (unique.length > MOST) throw new FieldRefused('agency.domainMany', { most: MOST });
      return unique;
    },
  };
}
