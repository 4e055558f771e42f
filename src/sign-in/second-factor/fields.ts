import { text } from '../../forms/fields.ts';
import type { Label } from '../../texts.ts';

type Kind = 'app' | 'recovery' | 'either';

const INPUTS: Record<Kind, { label: Label; hint: Label; attributes: Record<string, string> }> = {
  app: {
    label: 'second-factor.code',
    hint: 'second-factor.codeHint',
    attributes: { type: 'text', inputmode: 'numeric', autocomplete: 'one-time-code' },
  },
  recovery: {
    label: 'second-factor.recoveryCode',
    hint: 'second-factor.recoveryCodeHint',
    attributes: { type: 'text', autocapitalize: 'characters', autocomplete: 'off', spellcheck: 'false' },
  },
  either: {
    label: 'second-factor.either',
    hint: 'second-factor.eitherHint',
    attributes: { type: 'text', autocapitalize: 'characters', autocomplete: 'one-time-code', spellcheck: 'false' },
  },
};

/**
 * Where a code is typed. All are read alike; on a phone, digits alone bring the number keys, and where a recovery code may
 * come, the letters are there, too.
 */
export function codeField(kind: Kind) {
  const { label, hint, attributes } = INPUTS[kind];
  return { ...text({ label, hint, max: 40 }), secret: true, attributes };
}
