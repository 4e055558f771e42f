import type { Row } from '../data/schema.ts';
import type { Tone } from '../lists/listing.ts';
import type { App } from '../web/app-types.ts';
import { page } from '../web/pages.ts';
import { findOwn } from './queries.ts';
import { whomToAsk } from './whom-to-ask.ts';

/** From here on the page says that the mailbox is filling up, and that it is nearly full. */
const FILLING = 75;
const NEARLY_FULL = 90;

export type Usage = {
  given: number;
  /** What the mail system said last, of that day; null until it has said anything. */
  known: { used: number; free: number; percent: number; tone: Tone; on: string } | null;
};

/** How much of its storage a mailbox uses, in MB and per cent. */
export function usageOf({
  used_mb,
  used_on,
  storage_mb,
}: Pick<Row<'mailbox'>, 'used_mb' | 'used_on' | 'storage_mb'>): Usage {
  if (used_on === null) return { given: storage_mb, known: null };
  const percent = Math.round((used_mb / storage_mb) * 100);
  const tone = percent >= NEARLY_FULL ? 'bad' : percent >= FILLING ? 'wait' : 'good';
  const free = Math.max(0, storage_mb - used_mb);
  return { given: storage_mb, known: { used: used_mb, free, percent, tone, on: used_on } };
}

/** Modul Pengguna (SOP 4.20): Paparan Kuota Penggunaan. */
export function quota(app: App) {
  app.get('/me/quota', { config: { sop: '4.20', access: ['user'] } }, async (request, reply) => {
    const { mailbox } = await findOwn(app.db, request.actor);
    return page(request, reply, 'my-account/quota', {
      mailbox,
      usage: mailbox && usageOf(mailbox),
      whom: await whomToAsk(app, request.actor),
    });
  });
}
