import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import Fastify from 'fastify';
import { type Test, t } from 'tap';
import type { App } from '../../src/web/app-types.ts';
import { LONGEST_BODY, LONGEST_HEAD, limitBodies, waitForAnswers } from '../../src/web/body-time.ts';
import { startIpms } from '../helper.ts';

// A form may not drip in for ever; a file may take its time on a slow line.

/** A server with one route that takes a form and one that takes a file. */
async function serve(t: Test, longest?: number) {
  const app = Fastify() as unknown as App;
  limitBodies(app, longest);
  app.addContentTypeParser('text/plain', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  app.post('/form', async () => 'taken');
  app.post('/file', { config: { upload: 'file' } as never }, async ({ body }) => `taken: ${body}`);
  await app.listen({ host: '127.0.0.1', port: 0 });
  t.teardown(() => app.close());
  const { port } = app.server.address() as AddressInfo;
  return (path: string) => {
    const socket = connect(port, '127.0.0.1').setEncoding('utf8');
    socket.on('error', () => undefined);
    socket.write(
      `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: text/plain\r\ncontent-length: 6\r\nconnection: close\r\n\r\nabc`,
    );
    return socket;
  };
}

t.test('a form that does not come to its end is cut off; a file that is as slow is still taken', async (t) => {
  const begin = await serve(t, 50);
  const [form, file] = [begin('/form'), begin('/file')];
  let answered = '';
  form.on('data', (text) => {
    answered += text;
  });
  await once(form, 'close');
  t.notMatch(answered, /taken/, 'cut off');
  let taken = '';
  file.on('data', (text) => {
    taken += text;
  });
  file.write('def');
  await once(file, 'close');
  t.match(taken, /^HTTP\/1\.1 200 [\s\S]*taken: abcdef$/);
  const prompt = (await serve(t))('/form').on('data', (text) => t.match(text, /taken/, 'a form that comes whole'));
  prompt.write('def');
  await once(prompt, 'close');
});

t.test('whoever has sent a form and waits long is answered; whoever sends nothing is closed out', async (t) => {
  const silence = 100;
  const app = Fastify({ connectionTimeout: silence }) as unknown as App;
  waitForAnswers(app);
  app.addContentTypeParser('text/plain', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  const after: unknown[] = [];
  app.addHook('onSend', async ({ raw }, reply) => {
    if (reply.statusCode === 200) after.push(raw.socket.timeout);
  });
  app.post('/turns', async () => {
    await pause(4 * silence);
    return 'taken';
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  t.teardown(() => app.close());
  const { port } = app.server.address() as AddressInfo;
  const sent = async (body: string) => {
    const socket = connect(port, '127.0.0.1').setEncoding('utf8');
    let answered = '';
    socket
      .on('error', () => undefined)
      .on('data', (text) => {
        answered += text;
      });
    socket.write(
      `POST /turns HTTP/1.1\r\nhost: x\r\ncontent-type: text/plain\r\ncontent-length: 6\r\nconnection: close\r\n\r\n${body}`,
    );
    await once(socket, 'close');
    return answered;
  };
  const [whole, broken] = await Promise.all([sent('abcdef'), sent('abc')]);
  t.match(whole, /^HTTP\/1\.1 200 [\s\S]*taken$/);
  t.equal(broken, '');
  t.strictSame(after, [silence], 'and it is as before once there is an answer');
});

t.test('the limits of the server: the head is short, the body is that of a file', async (t) => {
  const { app } = await startIpms(t);
  t.equal(app.server.headersTimeout, LONGEST_HEAD);
  t.equal(app.server.requestTimeout, LONGEST_BODY);
  t.ok(LONGEST_BODY / 1000 > (5 * 1024 * 1024 * 8) / 512_000, '5 MB over 512 kbit/s');
});
