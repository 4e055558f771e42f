import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { t } from 'tap';
import { startIpms } from '../helper.ts';

t.test('a stop answers what is under way, and waits for no connection that is only kept open', async (t) => {
  const { promise: work, resolve: finish } = Promise.withResolvers<string>();
  const { app } = await startIpms(t, {
    extend: (app) => app.get('/slow', { config: { access: ['anyone'] } }, () => work),
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true });
  t.teardown(() => agent.destroy());
  const asked = get({ port, path: '/slow', agent });
  await once(app.server, 'request');
  const closed = app.close();
  await new Promise((resolve) => setImmediate(resolve));
  finish('done');
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  t.equal(answer.headers.connection, 'close');
  answer.resume();
  await closed;
});
