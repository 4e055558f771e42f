import type { Eta } from 'eta';
import { createTransport, type Transporter } from 'nodemailer';
import type { Language } from '../texts.ts';
import type { Db } from './database.ts';
import { type Letter, MASK } from './letter.ts';
import type { Row } from './schema.ts';
import { HOUR, later, MINUTE, SECOND } from './time.ts';

export type Mailer = Pick<Transporter, 'sendMail' | 'close'>;

type Sender = { mailer: Mailer; from: { name: string; address: string }; eta: Eta; baseUrl: string };
type OutboxRow = Row<'outbox'>;

/** Growing pauses between tries; the last one repeats until the mail is given up. */
const PAUSES = [MINUTE, 2 * MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR];
const AT_ONCE = 5;

export function smtpMailer(url: string): Mailer {
  return createTransport({
    url,
    pool: true,
    maxConnections: AT_ONCE,
    connectionTimeout: 15 * SECOND,
    greetingTimeout: 15 * SECOND,
    socketTimeout: 60 * SECOND,
    disableFileAccess: true,
    disableUrlAccess: true,
  } as Parameters<typeof createTransport>[0]);
}

/**
 * Sends what waits and is due, oldest first for each recipient: a mail never overtakes an earlier one to the same address,
 * and an address that refuses holds up no other.
 * @returns how many were sent, and how many will be tried again or were given up
 */
export async function sendPending(db: Db, sender: Sender, now: () => Date) {
  const result = { sent: 0, failed: 0 };
  for (;;) {
    const due = await db
      .selectFrom('outbox as mail')
      .selectAll()
      .where('state', '=', 'waiting')
      .where('next_try_at', '<=', now().toISOString())
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
      .limit(AT_ONCE)
      .execute();
    if (due.length === 0) return result;
    const outcomes = await Promise.all(due.map((mail) => send(db, sender, mail, now)));
    for (const sent of outcomes) result[sent ? 'sent' : 'failed'] += 1;
  }
}

async function send(db: Db, sender: Sender, mail: OutboxRow, now: () => Date) {
  const { subject, text, html } = renderLetter(sender.eta, mail, sender.baseUrl, mail.secret);
  try {
    await sender.mailer.sendMail({
      from: sender.from,
      to: { name: headerSafe(mail.to_name), address: mail.to_address },
      subject,
      text,
      html,
      messageId: mail.message_id,
      date: new Date(mail.created_at),
      headers: { 'Auto-Submitted': 'auto-generated', 'X-IPMS-Mail': mail.mail },
    });
  } catch (error) {
    await postpone(db, mail, (error as Error).message, now());
    return false;
  }
  await db
    .updateTable('outbox')
    .set({ state: 'sent', sent_at: now().toISOString(), tries: mail.tries + 1, last_error: null, secret: null })
    .where('id', '=', mail.id)
    .execute();
  return true;
}

async function postpone(db: Db, mail: OutboxRow, error: string, now: Date) {
  const next = later(now, PAUSES[Math.min(mail.tries, PAUSES.length - 1)] ?? HOUR).toISOString();
  await db
    .updateTable('outbox')
    .set({
      tries: mail.tries + 1,
      last_error: headerSafe(error).slice(0, 300),
      next_try_at: next,
      state: now.toISOString() >= mail.give_up_at ? 'failed' : 'waiting',
    })
    .where('id', '=', mail.id)
    .execute();
}

/**
 * A mail as people see it.
 * @param secret what its secret shows as; null: a mask
 */
export function renderLetter(eta: Eta, mail: Pick<OutboxRow, 'letter'>, baseUrl: string, secret: string | null) {
  const letter = JSON.parse(mail.letter) as Letter;
  const shown = secret === null ? MASK : letter.secret?.kind === 'path' ? `${baseUrl}${secret}` : secret;
  const parts = { letter, baseUrl, secret: shown };
  return {
    subject: headerSafe(`${letter.subject.ms} / ${letter.subject.en}`),
    text: letterText(letter, baseUrl, shown),
    html: eta.render('/mail/letter', parts).trim(),
  };
}

/** The plain part: Malay, a rule, English. */
function letterText(letter: Letter, baseUrl: string, secret: string) {
  const inLanguage = (language: Language) =>
    [
      `${letter.greeting},`,
      ...letter.paragraphs.map((paragraph) => paragraph[language]),
      letter.facts
        ?.map(({ label, value }) => `${label[language]}: ${typeof value === 'string' ? value : value[language]}`)
        .join('\n'),
      letter.secret && `${letter.secret.label[language]}:\n\n    ${secret}`,
      letter.link && `${letter.link.label[language]}:\n${baseUrl}${letter.link.path}`,
      ...(letter.closing ?? []).map((paragraph) => paragraph[language]),
    ]
      .filter((part) => part !== undefined && part !== '')
      .join('\n\n');
  return `${inLanguage('ms')}\n\n${'-'.repeat(60)}\n\n${inLanguage('en')}\n\n-- \nIPMS · ${baseUrl}/\n`;
}

/** No line break or control character reaches a header. */
function headerSafe(text: string) {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ');
}
