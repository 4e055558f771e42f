import type { ObjectKind } from './objects.ts';

/** A name that no directory can carry. */
export class UnfitName extends Error {}

/** Where an object lies: its name in front, then its containers, the nearest first. @throws UnfitName */
export function distinguishedName(kind: ObjectKind, name: string, container: string[], base: string) {
  const own = `${kind === 'container' ? 'OU' : 'CN'}=${escapeName(name)}`;
  return [own, ...container.map((each) => `OU=${escapeName(each)}`), base].join(',');
}

/**
 * A name as RFC 4514 has it in a distinguished name. What has a meaning there is written as its bytes: a backslash before
 * the sign itself would be cut at its comma on the way. Control characters are refused: a NUL ends the name, and with it
 * says where the object lies.
 */
function escapeName(name: string) {
  if (name === '' || /[\x00-\x1f\x7f]/.test(name) || !name.isWellFormed()) throw new UnfitName(name);
  return name.replace(/["#+,;<=>\\]|^ | $/g, (sign) => `\\${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** The parts of a distinguished name, read: `['CN', 'Ali, bin Abu']`, the nearest first. */
export function partsOf(distinguishedName: string) {
  const parts = distinguishedName.match(/(?:\\.|[^,\\])+/gs) ?? [];
  return parts.map((part): [type: string, name: string] => {
    const [, type = '', name = ''] = /^\s*([^=]*)=(.*)$/s.exec(part) ?? [];
    return [
      type.toUpperCase(),
      name.replace(/((?:\\[0-9a-f]{2})+)|\\(.)/gis, (_, bytes?: string, sign = '') =>
        bytes === undefined ? sign : Buffer.from(bytes.replaceAll('\\', ''), 'hex').toString(),
      ),
    ];
  });
}

/** The parts of a name above which the base stands; null: it lies elsewhere, or is the base itself. */
export function partsBelow(distinguishedName: string, base: string) {
  const [all, above] = [partsOf(distinguishedName), partsOf(base)];
  const own = all.length - above.length;
  const isBelow = own > 0 && spelt(all.slice(own)) === spelt(above);
  return isBelow ? all.slice(0, own) : null;
}

/** Do both say the same place? Directories do not tell capital letters. */
export function isSamePlace(one: string, other: string) {
  return spellingOf(one) === spellingOf(other);
}

/** One spelling of all that a distinguished name can have. */
export function spellingOf(distinguishedName: string) {
  return spelt(partsOf(distinguishedName));
}

function spelt(parts: [string, string][]) {
  return JSON.stringify(parts).toLowerCase();
}
