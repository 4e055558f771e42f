import { optionalChoice, text } from '../forms/fields.ts';
import type { Field } from '../forms/form.ts';
import type { Label } from '../texts.ts';

/** Malaysia's thirteen states and three federal territories, as addresses name them; kept under these very names. */
export const STATES = [
  'Johor',
  'Kedah',
  'Kelantan',
  'Melaka',
  'Negeri Sembilan',
  'Pahang',
  'Perak',
  'Perlis',
  'Pulau Pinang',
  'Sabah',
  'Sarawak',
  'Selangor',
  'Terengganu',
  'Wilayah Persekutuan Kuala Lumpur',
  'Wilayah Persekutuan Labuan',
  'Wilayah Persekutuan Putrajaya',
] as const;

const POSTCODE = /^\d{5}$/;
/** Seven digits or more with what people write between them, and perhaps an extension ("samb. 1234", "ext 12"). */
const PHONE = /^(?=(?:\D*\d){7})\+?[\d\s()./-]+(?:(?:samb|ext|x)[.:]?\s*\d{1,6})?$/i;

/** Five digits, or '' (tables 3A and 3B). */
export function postcode(): Field<string> {
  return text({
    label: 'field.postcode',
    optional: true,
    max: 5,
    inputmode: 'numeric',
    autocomplete: 'postal-code',
    reading: 'number',
    pattern: POSTCODE,
    wrong: 'form.postcode',
  });
}

/** One of the sixteen, or ''. */
export function state(): Field<string> {
  const field = optionalChoice({
    label: 'field.state',
    options: STATES.map((name) => ({ value: name, label: { text: name } })),
  });
  return { ...field, read: (typed) => field.read(typed) ?? '' };
}

/** A telephone number as people write it, checked loosely, or ''. */
export function phone(label: Label): Field<string> {
  return text({
    label,
    optional: true,
    max: 40,
    inputmode: 'tel',
    autocomplete: 'tel',
    reading: 'number',
    pattern: PHONE,
    wrong: 'form.phone',
  });
}
