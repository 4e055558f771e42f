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

/** What has no picture by itself: soft hyphens, zero-width and direction marks, variation selectors, blank letters, tags. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu;

/** A text without what nobody sees, as it comes along from a chat or a web page. Inside a name such a sign may mean something. */
export function withoutUnseen(text: string) {
  return text.replace(UNSEEN, '');
}

/** A text, cut to so many UTF-16 units; no sign is cut in half. */
export function cutTo(text: string, most: number) {
  return text.slice(0, most).replace(/[\ud800-\udbff]$/, '');
}

/**
 * A text in the signs of a keyboard, for what is no name: nothing unseen, wide letters and digits as usual ones, and of all
 * apostrophes, dashes and spaces the one kind that has a key. Word, phones and chats put others in their place.
 */
export function plainSigns(text: string) {
  // the acute accent first: NFKC makes a space with a mark of it
  return oneSpelling(withoutUnseen(text).replace(/[´\u1ffd]/g, "'"), 'NFKC')
    .replace(/[`ʹʻʼʽʾʿˈ\u055a\u05f3‘’‛′ꞌ]/g, "'")
    .replace(/[\p{Pd}\u2212]/gu, '-')
    .replace(/\p{Zs}/gu, ' ');
}
