import { both } from '../base/language.ts';
import type { Letter } from '../base/letter.ts';
import type { Act } from '../data/act.ts';
import type { Item } from '../trail/items.ts';
import { type Circular, enqueueCircular, type Mail, type Recipient } from '../trail/outbox.ts';
import { namesOf } from './members/addressees.ts';

/**
 * Puts the letters that one act makes about lists into the outbox: a person gets one, whatever the act did in however many
 * lists. Returns the addresses, each once.
 */
export async function announce(act: Act, circulars: Circular[]) {
  const people = new Map<string, { to: Recipient; letters: number[] }>();
  for (const [index, circular] of circulars.entries())
    for (const to of circular.to) {
      const person = people.get(to.address) ?? { to, letters: [] };
      if (!person.letters.includes(index)) person.letters.push(index);
      people.set(to.address, person);
    }
  const alike = Map.groupBy(people.values(), ({ letters }) => letters.join());
  for (const persons of alike.values()) {
    const own = (persons[0]?.letters ?? []).flatMap((index) => circulars[index] ?? []);
    const to = persons.map((person) => person.to);
    await enqueueCircular(act, { ...inOne(own), to });
  }
  return [...people.keys()];
}

/** A mail to one person, as what `announce` takes. */
export function asCircular({ mail, to, item, letter: { greeting: _own, ...letter } }: Mail & { item: Item }): Circular {
  return { mail, to: [to], item, letter };
}

/** Several letters as one; the first says what kind of mail it is. */
function inOne(circulars: Circular[]): Circular {
  const [first] = circulars;
  if (first === undefined) throw new Error('a letter to nobody');
  if (circulars.length === 1) return first;
  const letters = circulars.map((circular) => circular.letter);
  const lists = circulars.filter((circular) => circular.item.type === 'group').map((circular) => circular.item.name);
  const closing = once(letters.flatMap((letter) => letter.closing ?? []));
  const link = letters.find((letter) => letter.link !== undefined)?.link;
  const letter: Omit<Letter, 'greeting'> = {
    subject:
      lists.length > 0 ? both('mail.lists.subject', { lists: namesOf([...new Set(lists)]) }) : first.letter.subject,
    paragraphs: once(letters.flatMap((each) => each.paragraphs)),
    facts: once(letters.flatMap((each) => each.facts ?? [])),
    ...(closing.length === 0 ? {} : { closing }),
    ...(link === undefined ? {} : { link }),
  };
  return { ...first, letter };
}

function once<T>(parts: T[]): T[] {
  return [...new Map(parts.map((part) => [JSON.stringify(part), part])).values()];
}
