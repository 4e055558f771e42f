import { bareWord } from '../base/folding.ts';
import { optionalChoice, text } from '../forms/fields.ts';
import { type Field, FieldRefused } from '../forms/form.ts';
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

/** What else people write for them, after "Negeri" or before "Darul …", in any case, with or without dots and spaces. */
const STATES_BY: Record<string, (typeof STATES)[number]> = {
  johore: 'Johor',
  malacca: 'Melaka',
  nsembilan: 'Negeri Sembilan',
  n9: 'Negeri Sembilan',
  ns: 'Negeri Sembilan',
  penang: 'Pulau Pinang',
  pinang: 'Pulau Pinang',
  ppinang: 'Pulau Pinang',
  kl: 'Wilayah Persekutuan Kuala Lumpur',
  kualalumpur: 'Wilayah Persekutuan Kuala Lumpur',
  labuan: 'Wilayah Persekutuan Labuan',
  putrajaya: 'Wilayah Persekutuan Putrajaya',
};
const FEDERAL = /^(?:wilayahpersekutuan|wilayah|federalterritory(?:of)?|wp|ft)(?=.)/;

/** The state that is meant by what an address says. */
function stateMeant(words: string) {
  const bare = bareWord(words).replace(/darul.+$/, '');
  const isState = (word: string) => STATES.find((name) => bareWord(name) === word) ?? STATES_BY[word];
  const federal = FEDERAL.test(bare) ? isState(bare.replace(FEDERAL, '')) : undefined;
  return (
    isState(bare) ??
    isState(bare.replace(/^(?:negeri|stateof)/, '')) ??
    (federal?.startsWith('Wil') ? federal : undefined)
  );
}

const POSTCODE = /^\d{5}$/;
/** Seven digits or more with what people write between them, and perhaps an extension ("samb. 1234", "ext 12"). */
const PHONE = /^(?=(?:\D*\d){7})\+?[\d\s()./-]+(?:(?:samb|ext|x)[.:]?\s*\d{1,6})?$/i;

/** Five digits, or '' (tables 3A and 3B). */
export function postcode(): Field<string> {
  const field = text({
    label: 'field.postcode',
    optional: true,
    max: 5,
    inputmode: 'numeric',
    autocomplete: 'postal-code',
    reading: 'number',
    pattern: POSTCODE,
    wrong: 'form.postcode',
  });
  return {
    ...field,
    read(typed) {
      if (/^\d{4}$/.test((typed[0] ?? '').trim())) throw new FieldRefused('form.postcodeShort');
      return field.read(typed);
    },
  };
}

/** One of the sixteen, or ''. */
export function state(): Field<string> {
  const field = optionalChoice({
    label: 'field.state',
    options: STATES.map((name) => ({ value: name, label: { text: name } })),
    meant: stateMeant,
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
