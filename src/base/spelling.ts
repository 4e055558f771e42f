/**
 * So many marks on one letter are no word of any language: UAX #15 D3 has 30 for text that is normalised as a stream.
 * Putting marks in order takes time with the square of their number: 30,000 of them hold everything up for a second.
 */
const HEAPED = /\p{M}{31}/u;

/** Are there more marks on a letter than anybody writes? */
export function isHeaped(text: string) {
  return HEAPED.test(text);
}

/** A text in its one spelling. What is heaped with marks stays as it is: nobody meant anything by it. */
export function oneSpelling(text: string, form: 'NFC' | 'NFKC' | 'NFKD' = 'NFC') {
  return isHeaped(text) ? text : text.normalize(form);
}
