import type { Row } from '../data/schema.ts';
import type { Tone } from '../lists/listing.ts';
import type { App } from '../web/app-types.ts';
import { page } from '../web/pages.ts';
import { findOwn } from './queries.ts';
import { whomToAsk } from './whom-to-ask.ts';

/** From here on the page says that the mailbox is filling up, and that it is nearly full. */
const FILLING = 75;
const NEARLY_FULL = 90;

export type Usage = { used: number; given: number; free: number; percent: number; tone: Tone };

/** How much of its storage a mailbox uses, in MB and per cent. */
export function usageOf({ used_mb, storage_mb }: Pick<Row<'mailbox'>, 'used_mb' | 'storage_mb'>): Usage {
  const percent = Math.round((used_mb / storage_mb) * 100);
  const tone = percent >= NEARLY_FULL ? 'bad' : percent >= FILLING ? 'wait' : 'good';
  return { used: used_mb, given: storage_mb, free: Math.max(0, storage_mb - used_mb), percent, tone };
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
