import type { Bilingual, Language } from '../texts.ts';

/** A mail's content: Malay first, English below; rendered when it is sent or looked at. */
export type Letter = {
  subject: Bilingual;
  /** Who is addressed. */
  greeting: string;
  paragraphs: Bilingual[];
  /** Shown as a small table; a label with a path leads to that page of IPMS. */
  facts?: { label: Bilingual; value: string | Bilingual; path?: string }[];
  /** A page of IPMS, as a path: the address in front is that of the installation. */
  link?: { label: Bilingual; path: string };
  /** What the secret is, where the mail carries one; the secret itself is kept apart and erased after delivery. */
  secret?: { label: Bilingual; kind: 'code' | 'path' };
  closing?: Bilingual[];
  /** Who signs it: an officer where one acted, with the office and its telephone where they are known. Set by the outbox. */
  sender?: { name: string; office: Bilingual; phone: string };
};

/** In place of a secret on every page and after delivery. */
export const MASK = '•••••';

/** How a Malaysian letter greets somebody whose name is not known. */
export const SIR_OR_MADAM = 'Tuan/Puan';

/** The lines that a letter begins with: Malay names the addressee above the salutation, so that no title is doubled. */
export function greetingLines({ greeting }: Pick<Letter, 'greeting'>, language: Language): string[] {
  const known = greeting !== SIR_OR_MADAM && greeting !== '';
  if (language === 'en') return [known ? `Dear ${greeting},` : 'Dear Sir/Madam,'];
  return known ? [greeting, `${SIR_OR_MADAM},`] : [`${SIR_OR_MADAM},`];
}
