// The load generator: a process of its own, so that client and server share no core. It speaks HTTP/1.1 over plain
// sockets that are kept open: node:http as a client costs more than the bare server that is to be measured.
import { connect, type Socket } from 'node:net';

/** `{n}` in a body becomes a number that is never used twice. */
export type Job = {
  port: number;
  method?: 'GET' | 'POST';
  path: string;
  headers?: Record<string, string>;
  body?: string;
  connections: number;
  seconds: number;
};

export type Load = {
  perSecond: number;
  /** Milliseconds. */
  p50: number;
  p95: number;
  bytes: number;
  statuses: Record<string, number>;
};

let number = 0;

if (process.send)
  process.on('message', async (job: Job) => {
    process.send?.(await carryOut(job));
  });

async function carryOut(job: Job): Promise<Load> {
  const begun = performance.now();
  const until = begun + job.seconds * 1000;
  const taken: number[] = [];
  const statuses: Record<string, number> = {};
  let bytes = 0;
  await Promise.all(
    Array.from({ length: job.connections }, async () => {
      const socket = connect({ host: '127.0.0.1', port: job.port, noDelay: true });
      const ask = asker(socket);
      while (performance.now() < until) {
        const at = performance.now();
        const answer = await ask(requestOf(job));
        taken.push(performance.now() - at);
        bytes = answer.bytes;
        statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
      }
      socket.destroy();
    }),
  );
  taken.sort((one, other) => one - other);
  const at = (part: number) => taken[Math.min(taken.length - 1, Math.floor(taken.length * part))] ?? Number.NaN;
  const perSecond = taken.length / ((performance.now() - begun) / 1000);
  return { perSecond, p50: at(0.5), p95: at(0.95), bytes, statuses };
}

function requestOf({ method = 'GET', path, headers = {}, body }: Job) {
  number += 1;
  const content = body?.replaceAll('{n}', String(number));
  const all: Record<string, string> = { host: '127.0.0.1', connection: 'keep-alive', ...headers };
  if (content !== undefined) {
    all['content-type'] = 'application/x-www-form-urlencoded';
    all['content-length'] = String(Buffer.byteLength(content));
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${content ?? ''}`;
}

/** Sends one request at a time and waits for the whole answer. */
function asker(socket: Socket) {
  let answered: (answer: { status: string; bytes: number }) => void = () => {};
  let failed: (error: Error) => void = () => {};
  let read = Buffer.alloc(0);
  socket.on('error', (error) => failed(error));
  socket.on('close', () => failed(new Error('the server closed the connection')));
  socket.on('data', (data) => {
    read = read.length === 0 ? data : Buffer.concat([read, data]);
    if (!isWhole(read)) return;
    const answer = { status: read.toString('latin1', 9, 12), bytes: read.length };
    read = Buffer.alloc(0);
    answered(answer);
  });
  return (request: string) =>
    new Promise<{ status: string; bytes: number }>((resolve, reject) => {
      answered = resolve;
      failed = reject;
      socket.write(request);
    });
}

function isWhole(read: Buffer) {
  const end = read.indexOf('\r\n\r\n');
  if (end < 0) return false;
  const head = read.toString('latin1', 0, end).toLowerCase();
  const length = /\r\ncontent-length: (\d+)/.exec(head)?.[1];
  if (length !== undefined) return read.length >= end + 4 + Number(length);
  return !head.includes('\r\ntransfer-encoding: chunked') || read.subarray(-5).equals(Buffer.from('0\r\n\r\n'));
}
