import { Conflict, RuleBroken, WrongTry } from '../base/errors.ts';
import { joined, sentence } from '../base/language.ts';
import type { Sentence } from '../texts.ts';
import { type Form, InvalidForm, readWhatFits, refuse, type Values } from './form.ts';

type Look = () => unknown;
type Seen<L extends readonly Look[]> = { [At in keyof L]: Awaited<ReturnType<L[At]>> };

/**
 * Looks at each of these in turn, also where one before it was refused: what is wrong with a form is told at once, each beside
 * its field, and not one after another. What has been written by then goes with the act that this ends.
 * @returns what each look came to
 * @throws the refusal, if it is one; InvalidForm for several; at once whatever is about the whole and not about a field
 */
export async function together<L extends readonly Look[]>(...looks: L): Promise<Seen<L>> {
  const seen: unknown[] = [];
  const refused: RuleBroken[] = [];
  for (const look of looks)
    try {
      seen.push(await look());
    } catch (error) {
      if (!(error instanceof RuleBroken) || error instanceof Conflict || error.field === null) throw error;
      refused.push(error);
    }
  const [first, second] = refused;
  if (second !== undefined) throw all(refused);
  if (first !== undefined) throw first;
  return seen as Seen<L>;
}

/** One field of what was typed. To ask for one that cannot be read ends the look that asks, and no other. */
type Typed<F extends Form> = <Name extends keyof Values<F>>(name: Name) => Values<F>[Name];

/**
 * Reads a posted form and looks at what of it can be read: all that is wrong is told together.
 * @param looksAt is also handed all fields that can be read, for what needs no field in particular
 * @returns the form's values, and what each look came to
 * @throws InvalidForm for fields that cannot be read; else as `together`
 */
export async function readTogether<F extends Form, L extends readonly Look[]>(
  form: F,
  body: unknown,
  looksAt: (typed: Typed<F>, readable: Partial<Values<F>>) => readonly [...L],
): Promise<[Values<F>, ...Seen<L>]> {
  const { values, problems } = readWhatFits(form, body);
  const typed: Typed<F> = (name) => {
    if (!(name in values)) throw new InvalidForm(problems); // told already: the same is said once
    return (values as Values<F>)[name];
  };
  const [, ...seen] = await together(() => refuse(problems), ...looksAt(typed, values));
  return [values as Values<F>, ...seen];
}

/** The same look at each of some things. */
export async function eachTogether<T>(things: readonly T[], look: (thing: T) => unknown) {
  await together(...things.map((thing) => () => look(thing)));
}

function all(refused: RuleBroken[]) {
  const said: Record<string, Map<string, Sentence>> = {};
  for (const error of refused)
    for (const [field, problem] of Object.entries(problemsIn(error))) {
      said[field] ??= new Map();
      said[field].set(JSON.stringify(problem), problem); // the same is said once
    }
  const problems = Object.entries(said).map(([field, sentences]) => [field, asOne([...sentences.values()])] as const);
  // a wrong password or code among them is still one, for the log
  return new InvalidForm(
    Object.fromEntries(problems),
    refused.find((error) => error instanceof WrongTry),
  );
}

function problemsIn(error: RuleBroken): Record<string, Sentence> {
  if (error instanceof InvalidForm) return error.problems;
  return error.field === null ? {} : { [error.field]: { key: error.key, params: error.params } };
}

/** Several sentences as one; what leads to a page leads to the first. */
export function asOne(sentences: Sentence[]): Sentence {
  const [first, ...more] = sentences;
  if (first !== undefined && more.length === 0) return first;
  const place = sentences.find(({ params }) => params?.place !== undefined)?.params?.place;
  const inBoth = sentences.map((each) => ({ ms: sentence('ms', each), en: sentence('en', each) }));
  const reasons = joined(inBoth, ' ');
  return place === undefined
    ? { key: 'form.several', params: { reasons } }
    : { key: 'form.several', params: { reasons, place } };
}
