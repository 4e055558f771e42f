import { both, translator } from '../../base/language.ts';
import type { Letter } from '../../base/letter.ts';
import type { Bilingual, Language } from '../../texts.ts';
import type { monthlyReportItem } from '../../trail/items.ts';
import type { Mail, Recipient } from '../../trail/outbox.ts';
import { numberInWords } from '../../web/pages.ts';
import { type AnyReport, type Figure, figureInWords, monthInWords } from '../report.ts';

export type Reported = { report: AnyReport; figures: Figure[]; path: string };

/** The figures of a month (YYYY-MM) for the agency's administrators, each report with its page. */
export function monthlyMails(
  item: ReturnType<typeof monthlyReportItem>,
  month: string,
  reported: Reported[],
  administrators: Recipient[],
): Mail[] {
  const inWords = { ms: monthInWords(month, { language: 'ms' }), en: monthInWords(month, { language: 'en' }) };
  const facts: Letter['facts'] = reported.map(({ report, figures, path }) => ({
    label: both(`report.${report.name}`),
    value: inBoth((language) => figures.map((figure) => line(figure, language)).join('\n')),
    path,
  }));
  return administrators.map((to) => ({
    mail: 'monthly',
    to,
    item,
    letter: {
      subject: both('mail.monthly.subject', { month: inWords, agency: item.name }),
      greeting: to.name,
      paragraphs: [both('mail.monthly.text', { month: inWords })],
      facts,
      link: { label: both('report.title'), path: '/admin/reports' },
      closing: [both('mail.monthly.off')],
    },
  }));
}

const inBoth = (say: (language: Language) => string): Bilingual => ({ ms: say('ms'), en: say('en') });

function line(figure: Figure, language: Language) {
  const t = translator(language);
  return `${t(figure.label)}: ${figureInWords(figure, { t, number: numberInWords(language) })}`;
}
