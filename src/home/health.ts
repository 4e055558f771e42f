import { accessSync, constants, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { checkFileIsThere } from '../data/database.ts';
import type { App } from '../web/app-types.ts';

/** What is answered where IPMS is there, and cannot work: `ipms standby` tells it from a proxy's answer. */
export const NOT_HEALTHY = 'the database or the disk does not answer';

/** Anybody may ask, as often as they like: something is written at most so often, in milliseconds. */
const BETWEEN_WRITES = 5000;
/** What one write takes. */
const PAGE = 4096;

/** For what watches IPMS: 200 when the database answers and the disk can be written, else 503, each with one line of text. */
export function health(app: App) {
  const { dataDir } = app.settings;
  const wrote = { at: Number.NEGATIVE_INFINITY, failure: null as unknown };

  /** What can be seen of a disk without writing is looked at each time: is it there, not read-only, not full? */
  const checkDisk = (now: number) => {
    accessSync(dataDir, constants.W_OK);
    const { bavail, bsize } = statfsSync(dataDir);
    if (bavail * bsize < PAGE) throw new Error('the disk is full');
    if (Math.abs(now - wrote.at) >= BETWEEN_WRITES) {
      wrote.at = now;
      wrote.failure = failureOfWriting(dataDir);
    }
    if (wrote.failure !== null) throw wrote.failure;
  };

  app.get('/healthz', { config: { access: ['anyone'] } }, async (request, reply) => {
    reply.type('text/plain; charset=utf-8');
    try {
      await sql`select id from agency limit 1`.execute(app.db);
      checkFileIsThere(app.db);
      checkDisk(app.clock().getTime());
      return 'ok\n';
    } catch (error) {
      request.log.error({ err: error }, 'not healthy');
      return reply.code(503).send(`${NOT_HEALTHY}\n`);
    }
  });
}

/** Only writing shows every fault, a quota or a broken disk: why it failed, or null. */
function failureOfWriting(dataDir: string): unknown {
  const file = join(dataDir, `.healthz-${process.pid}`);
  try {
    try {
      writeFileSync(file, Buffer.alloc(PAGE), { mode: 0o600 });
    } finally {
      rmSync(file, { force: true });
    }
    return null;
  } catch (error) {
    return error;
  }
}
