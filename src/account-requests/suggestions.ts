import { nameParts } from '../officers/name.ts';

const words = (list: string) => new Set(list.split(' '));

/** So many people have these that they tell nobody apart; the word after them does. */
const COMMON = words(
  'muhammad mohammad mohamad mohamed muhamad mohd md nur nurul noor siti ahmad wan nik syed sharifah dayang awang che',
);
/** A parent's name that begins so is two words long. */
const TWO_WORDED = words('abdul abd abu mat md mohd wan nik awang che tengku raja syed');
/** The family names that most Malaysian Chinese have: they stand first. */
const FAMILIES = words(
  'ang chan chang cheah chee chen cheng cheong chew chia chin chong chow chua chuah foo gan goh ho hoo khoo kok koh lai lau lee leong liew lim loh loo low mah ng ong ooi pang phang quah quek sim soh soo tan tay tee teh teo teoh tham tiong toh voon wee wong woo yap yee yeo yeoh yong',
);
const MOST_NUMBERED = 30;

/**
 * Local parts made from a name, best first, then the same with numbers: for addresses and login IDs.
 * Titles, bin, binti, a/l, a/p, anak and what follows @ are left out.
 * @param longest 64 for an address (RFC 5321), 20 for a login ID
 */
export function localParts(name: string, longest: number): string[] {
  const { given, parent } = nameParts(name);
  const bases = [...new Set(combinations(given, parent).map((each) => shorten(each, longest)))].filter(
    (each) => each.length >= 3,
  );
  const numbered = Array.from({ length: MOST_NUMBERED }, (_, index) => index + 2).flatMap((number) =>
    bases.slice(0, 2).map((base) => `${shorten(base, longest - String(number).length)}${number}`),
  );
  return [...bases, ...numbered];
}

function combinations(given: string[], parent: string[]): string[] {
  const [first = '', ...rest] = given;
  const whole = given.join('');
  if (parent.length > 0) {
    const telling = COMMON.has(first) && rest[0] ? rest[0] : first;
    const father = TWO_WORDED.has(parent[0] ?? '') ? parent.slice(0, 2).join('') : (parent[0] ?? '');
    return [`${telling}.${father}`, whole, `${whole}.${father}`, `${father}.${telling}`];
  }
  if (rest.length === 0) return [first];
  const last = rest.at(-1) ?? '';
  if (FAMILIES.has(first)) return [`${rest.join('')}.${first}`, `${first}.${rest.join('')}`, whole];
  return [`${first}.${last}`, whole, `${last}.${first}`];
}

function shorten(local: string, longest: number) {
  return local.slice(0, longest).replace(/[._-]+$/, '');
}
