import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { t } from 'tap';
import { type Listing, showList } from '../../src/lists/listing.ts';
import { startIpms } from '../helper.ts';

// An export that is asked for and not read.

const ROWS = 1000;
/** Steps of 1 MB each that may be under way: what the sockets of both sides hold. */
const MOST = 40;
const ENDLESS: Listing<{ text: string }> = {
  title: 'audit-trail.title',
  empty: 'audit-trail.empty',
  exportName: 'endless',
  sort: 'id',
  columns: [{ label: 'audit-trail.item', value: (row) => row.text }],
};

/** Lets everything happen that can, until nothing more is read for many turns or the bound is reached. */
async function settled(read: () => number, bound: number) {
  let before: number;
  do {
    before = read();
    for (let at = 0; at < 3000; at += 1) await turn();
  } while (read() > before && read() < bound);
}

t.test('an export is read no faster than it is taken, and no further than its reader stays', async (t) => {
  let steps = 0;
  const row = { text: 'x'.repeat(1000) };
  const { app } = await startIpms(t, {
    extend: (app) =>
      app.get('/endless', { config: { access: ['anyone'] } }, (request, reply) =>
        showList(request, reply, ENDLESS, async () => {
          steps += 1;
          return { rows: Array.from({ length: ROWS }, () => row), total: ROWS };
        }),
      ),
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const asked = get({ port, path: '/endless?format=csv', agent: false });
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  answer.on('error', () => undefined).pause();
  await settled(() => steps, MOST);
  t.ok(steps < MOST, `${steps} MB are under way to somebody who takes nothing`);
  asked.destroy();
  const after = steps + MOST;
  await settled(() => steps, after);
  t.ok(steps < after, 'nobody reads on for a reader who has left');
});
