import {
  type Bilingual,
  type Label,
  type Language,
  type Params,
  type ParamsOf,
  type Sentence,
  type TextKey,
  texts,
} from '../texts.ts';

export const LANGUAGES = ['ms', 'en'] as const;

export type Translate = <Key extends TextKey>(key: Key, ...params: ParamsOf<Key>) => string;

/** `{name}` takes a value; `{count:one day|many days}` chooses by a number. */
function fill(sentence: string, params: Params, language: Language) {
  if (!sentence.includes('{')) return sentence;
  return sentence.replace(/\{(\w+)(?::([^|}]*)\|([^}]*))?\}/g, (_whole, name: string, one?: string, many?: string) => {
    const value = params[name];
    if (value === undefined) throw new Error(`Nothing is given for {${name}} of "${sentence}"`);
    if (one !== undefined) return value === 1 ? one : (many ?? '');
    return typeof value === 'object' ? value[language] : String(value);
  });
}

const NONE: Params = {};

function say(language: Language, key: TextKey, params: Params = NONE) {
  const found: Bilingual | undefined = texts[key];
  if (found === undefined) throw new Error(`There is no text "${key}"`);
  return fill(found[language], params, language);
}

const translators: Record<Language, Translate> = {
  ms: (key: TextKey, params?: Params) => say('ms', key, params),
  en: (key: TextKey, params?: Params) => say('en', key, params),
};

/** The function that says a text in one language. It throws for a key that does not exist, and for a place left empty. */
export function translator(language: Language): Translate {
  return translators[language];
}

/** The same for Malay, with what `mark` puts into each text before its places are filled: never into what fills them. */
export function markedTranslator(mark: (text: string) => string): Translate {
  const marked = new Map<TextKey, string>();
  return (key: TextKey, params: Params = NONE) => {
    let found = marked.get(key);
    if (found === undefined) {
      found = mark(texts[key].ms);
      marked.set(key, found);
    }
    return fill(found, params, 'ms');
  };
}

/** A text in both languages, for mails. */
export function both<Key extends TextKey>(key: Key, ...[params]: ParamsOf<Key>): Bilingual {
  return { ms: say('ms', key, params), en: say('en', key, params) };
}

/** What was to be said, in one language; it throws as `translator` does. */
export function sentence(language: Language, { key, params }: Sentence): string {
  return say(language, key, params);
}

/** Several texts as one, with what stands between them. */
export function joined(several: Bilingual[], between: string): Bilingual {
  return { ms: several.map(({ ms }) => ms).join(between), en: several.map(({ en }) => en).join(between) };
}

let labels: Set<string> | undefined;

/** Is there such a text, and can it be said as it is? */
export function isLabel(key: string): key is Label {
  labels ??= new Set(
    Object.entries<Bilingual>(texts).flatMap(([each, { ms, en }]) => (`${ms}${en}`.includes('{') ? [] : [each])),
  );
  return labels.has(key);
}

export function readLanguage(text: unknown): Language {
  return text === 'en' ? 'en' : 'ms';
}
