import type { Eta } from 'eta';
import { sql } from 'kysely';
import { createTransport, type Transporter } from 'nodemailer';
import { markEnglish, markedAsSpans } from '../base/english-words.ts';
import { both, LANGUAGES, translator } from '../base/language.ts';
import { greetingLines, type Letter, MASK } from '../base/letter.ts';
import type { Settings } from '../base/settings.ts';
import { HOUR, later, MINUTE, SECOND } from '../base/time.ts';
import type { Db } from '../data/database.ts';
import type { Row } from '../data/schema.ts';
import type { Bilingual, Language } from '../texts.ts';
import { letterOf, packLetter } from './letters.ts';

export type Mailer = Pick<Transporter, 'sendMail' | 'close'>;

type Sender = {
  mailer: Mailer;
  from: { name: string; address: string };
  eta: Eta;
  baseUrl: string;
  /** Is told of a mail, by its number, that did not go out this time. */
  note?(mail: number, why: string): void;
};
type OutboxRow = Row<'outbox'>;

/** Growing pauses between tries; the last one repeats until the mail is given up. */
const LONGEST_PAUSE = 4 * HOUR;
const PAUSES = [MINUTE, 4 * MINUTE, 5 * MINUTE, 20 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, LONGEST_PAUSE];
/** With these pauses the last try is 48 hours after the first. The clock alone gives nothing up: it may have been wrong (decision 033). */
export const MOST_TRIES = 19;
const AT_ONCE = 5;
/** One mail may take this long, also with a server that answers a little now and then. */
const LONGEST = 2 * MINUTE;
/** A mail is in the hands of one worker; when that one is gone, another may take it after this. */
const CLAIMED_FOR = LONGEST + MINUTE;

const OWN_MACHINE = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Sends through the server at `url`, with TLS unless it is on this machine or the setting lets it go without. */
export function smtpMailer(url: string, { smtpCa, smtpTls }: Pick<Settings, 'smtpCa' | 'smtpTls'>): Mailer {
  return createTransport({
    url,
    pool: true,
    maxConnections: AT_ONCE,
    maxRequeues: 0, // the outbox alone decides when a mail is tried again
    connectionTimeout: 15 * SECOND,
    greetingTimeout: 15 * SECOND,
    socketTimeout: 60 * SECOND,
    disableFileAccess: true,
    disableUrlAccess: true,
    requireTLS: smtpTls === 'required' && !OWN_MACHINE.has(new URL(url).hostname),
    ...(smtpCa === null ? {} : { tls: { ca: smtpCa } }),
  } as Parameters<typeof createTransport>[0]);
}

/**
 * Sends what waits and is due, oldest first for each recipient: a mail never overtakes an earlier one to the same address,
 * and an address that refuses holds up no other. Several workers may run at once.
 * @param ending begins no further mail once it is aborted
 * @returns how many were sent, and how many will be tried again or were given up
 */
export async function sendPending(db: Db, sender: Sender, now: () => Date, ending?: AbortSignal) {
  const result = { sent: 0, failed: 0 };
  const lane = async () => {
    while (!ending?.aborted) {
      const mail = await claimNext(db, now());
      if (mail === undefined) return;
      result[(await send(db, sender, mail, now)) ? 'sent' : 'failed'] += 1;
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: AT_ONCE }, lane));
  const broken = lanes.find((each) => each.status === 'rejected');
  if (broken !== undefined) throw broken.reason;
  return result;
}

/** Takes the oldest mail that is due; the condition on its claim decides which of several workers has it. */
async function claimNext(db: Db, now: Date): Promise<OutboxRow | undefined> {
  for (;;) {
    const mail = await nextDue(db, now);
    if (mail === undefined) return undefined;
    const { numUpdatedRows } = await db
      .updateTable('outbox')
      .set({ claimed_until: later(now, CLAIMED_FOR).toISOString() })
      .where('id', '=', mail.id)
      .where('state', '=', 'waiting')
      .where(notClaimed(now))
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 1n) return mail;
  }
}

async function nextDue(db: Db, now: Date) {
  return db
    .selectFrom('outbox as mail')
    .selectAll()
    .where('state', '=', 'waiting')
    .where((eb) =>
      eb.or([
        eb('tries', '=', 0), // the first try is always due
        eb('next_try_at', '<=', now.toISOString()),
        eb('next_try_at', '>', later(now, LONGEST_PAUSE).toISOString()), // the clock was ahead
      ]),
    )
    .where(notClaimed(now))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('outbox as earlier')
            .select('earlier.id')
            .where('earlier.state', '=', 'waiting')
            .whereRef('earlier.to_address', '=', 'mail.to_address')
            .whereRef('earlier.id', '<', 'mail.id'),
        ),
      ),
    )
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
}

/** No worker has the mail in its hands: nor one that took it while the clock was ahead. */
export function notClaimed(now: Date) {
  const [moment, latest] = [now.toISOString(), later(now, 2 * CLAIMED_FOR).toISOString()];
  return sql<boolean>`(claimed_until is null or claimed_until <= ${moment} or claimed_until > ${latest})`;
}

async function send(db: Db, sender: Sender, mail: OutboxRow, now: () => Date) {
  try {
    const secret = await openSecret(db, mail.secret);
    const { subject, text, html } = renderLetter(sender.eta, mail, sender.baseUrl, secret);
    await sender.mailer.sendMail({
      from: sender.from,
      to: { name: headerSafe(mail.to_name), address: mail.to_address },
      subject,
      text,
      html,
      messageId: mail.message_id,
      date: new Date(mail.created_at),
      headers: { 'Auto-Submitted': 'auto-generated', 'X-IPMS-Mail': mail.mail },
      signal: AbortSignal.timeout(LONGEST),
    });
  } catch (error) {
    const why = headerSafe((error as Error).message).slice(0, 300);
    sender.note?.(mail.id, why);
    await postpone(db, mail, why, now());
    return false;
  }
  await db
    .updateTable('outbox')
    .set((eb) => ({
      state: 'sent' as const,
      sent_at: now().toISOString(),
      tries: eb('tries', '+', 1),
      last_error: null,
      secret: null,
      claimed_until: null,
      ...packLetter(mail.letter),
    }))
    .where('id', '=', mail.id)
    .execute();
  return true;
}

/** @throws Error when it was sealed with another key: a letter without its code or link is not sent */
async function openSecret(db: Db, sealed: string | null) {
  if (sealed === null) return null;
  const { rows } = await sql<{ secret: string | null }>`select open_secret(${sealed}) as secret`.execute(db);
  const secret = rows[0]?.secret ?? null;
  if (secret === null) throw new Error('its code or link was sealed with another key: make a new one');
  return secret;
}

async function postpone(db: Db, mail: OutboxRow, error: string, now: Date) {
  const pause = PAUSES[Math.min(mail.tries, PAUSES.length - 1)] ?? HOUR;
  await db
    .updateTable('outbox')
    .set({
      tries: mail.tries + 1,
      last_error: error,
      next_try_at: later(now, pause).toISOString(),
      state: mail.tries + 1 >= MOST_TRIES ? 'failed' : 'waiting',
      claimed_until: null,
    })
    .where('id', '=', mail.id)
    .where('state', '=', 'waiting')
    .execute();
}

/**
 * A mail as people see it.
 * @param secret what its secret shows as; null: a mask
 */
export function renderLetter(
  eta: Eta,
  mail: Pick<OutboxRow, 'letter' | 'packed_letter'>,
  baseUrl: string,
  secret: string | null,
) {
  const letter = letterOf(mail);
  const shown = secret === null ? MASK : letter.secret?.kind === 'path' ? `${baseUrl}${secret}` : secret;
  const words = { name: both('app.name'), full: both('app.full'), automatic: both('mail.automatic') };
  const lines = { greeting: greetingLines, signature: signatureLines };
  const parts = { letter, baseUrl, secret: shown, words, lines, languages: LANGUAGES, say: sayMarked };
  return {
    subject: headerSafe(`${letter.subject.ms} / ${letter.subject.en}`),
    text: letterText(letter, baseUrl, shown),
    html: markedAsSpans(eta.render('/mail/letter', parts).trim()),
  };
}

/** A sentence for the HTML part alone, where what the SOP names in English says so. What people typed alone stays as it is. */
const sayMarked = (text: Bilingual, language: Language) => (language === 'ms' ? markEnglish(text.ms) : text.en);

/** The plain part: Malay, a rule, English. */
function letterText(letter: Letter, baseUrl: string, secret: string) {
  const inLanguage = (language: Language) =>
    [
      greetingLines(letter, language).join('\n'),
      ...letter.paragraphs.map((paragraph) => paragraph[language]),
      letter.facts?.map((fact) => factText(fact, baseUrl, language)).join('\n'),
      letter.secret && `${letter.secret.label[language]}:\n\n    ${secret}`,
      letter.link && `${letter.link.label[language]}:\n${baseUrl}${letter.link.path}`,
      ...(letter.closing ?? []).map((paragraph) => paragraph[language]),
      signatureLines(letter, language).join('\n'),
    ]
      .filter((part) => part !== undefined && part !== '')
      .join('\n\n');
  const automatic = both('mail.automatic');
  return `${inLanguage('ms')}\n\n${'-'.repeat(30)}\n\n${inLanguage('en')}\n\n-- \n${automatic.ms}\n${automatic.en}\n${baseUrl}/\n`;
}

/** What a letter ends with: thanks, then who signs. */
function signatureLines({ sender }: Letter, language: Language) {
  if (sender === undefined) return [];
  const t = translator(language);
  const phone = sender.phone && t('mail.phone', { phone: sender.phone });
  return [t('mail.thanks'), ...[sender.name, sender.office[language], phone].filter((line) => line !== '')];
}

/** One line, or, for a fact with a page of its own, a paragraph that ends with its address. */
function factText({ label, value, path }: NonNullable<Letter['facts']>[number], baseUrl: string, language: Language) {
  const text = typeof value === 'string' ? value : value[language];
  return path === undefined ? `${label[language]}: ${text}` : `${label[language]}\n${text}\n${baseUrl}${path}\n`;
}

/** No line break or control character reaches a header. */
function headerSafe(text: string) {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ');
}
