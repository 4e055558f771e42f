import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { App } from '../platform/app-types.ts';

/** For what watches IPMS: 200 when the database answers and the disk can be written, else 503, each with one line of text. */
export function health(app: App) {
  app.get('/healthz', { config: { access: ['anyone'] } }, async (request, reply) => {
    reply.type('text/plain; charset=utf-8');
    try {
      await sql`select id from agency limit 1`.execute(app.db);
      writeSomething(app.settings.dataDir);
      return 'ok\n';
    } catch (error) {
      request.log.error({ err: error }, 'not healthy');
      return reply.code(503).send('the database or the disk does not answer\n');
    }
  });
}

/** Only writing shows that a disk is full or read-only; the rights alone do not. */
function writeSomething(dataDir: string) {
  const file = join(dataDir, `.healthz-${process.pid}`);
  try {
    writeFileSync(file, Buffer.alloc(4096), { mode: 0o600 });
  } finally {
    rmSync(file, { force: true });
  }
}
