import { type Bilingual, type Language, type Params, type TextKey, texts } from '../texts.ts';

export const LANGUAGES = ['ms', 'en'] as const;
export const LANGUAGE_COOKIE = 'ipms-language';

export type Translate = (key: TextKey, params?: Params) => string;

/** `{name}` takes a value; `{count:one day|many days}` chooses by a number. */
function fill(sentence: string, params: Params, language: Language) {
  if (!sentence.includes('{')) return sentence;
  return sentence.replace(/\{(\w+)(?::([^|}]*)\|([^}]*))?\}/g, (_whole, name: string, one?: string, many?: string) => {
    const value = params[name] ?? '';
    if (one !== undefined) return value === 1 ? one : (many ?? '');
    return typeof value === 'object' ? value[language] : String(value);
  });
}

const translators = {
  ms: (key: TextKey, params: Params = {}) => fill(say(key).ms, params, 'ms'),
  en: (key: TextKey, params: Params = {}) => fill(say(key).en, params, 'en'),
};

function say(key: TextKey): Bilingual {
  const found: Bilingual | undefined = texts[key];
  if (found === undefined) throw new Error(`There is no text "${key}"`);
  return found;
}

/** The function that says a text in one language. It throws for a key that does not exist. */
export function translator(language: Language): Translate {
  return translators[language];
}

/** A text in both languages, for mails. */
export function both(key: TextKey, params: Params = {}): Bilingual {
  return { ms: translators.ms(key, params), en: translators.en(key, params) };
}

export function readLanguage(text: unknown): Language {
  return text === 'en' ? 'en' : 'ms';
}
