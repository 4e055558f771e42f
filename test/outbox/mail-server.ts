import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { Test } from 'tap';
import { sendPending, smtpMailer } from '../../src/trail/outbox-worker.ts';
import type { Ipms } from '../helper.ts';

export type Received = {
  /** The envelope's recipients. */
  to: string[];
  headers: Map<string, string>;
  subject: string;
  text: string;
  html: string;
  raw: string;
};

export type MailServer = {
  url: string;
  received: Received[];
  /** Recipients that are refused. */
  refuses: Set<string>;
  /** What happens after a message is there: nothing accepts it; a thrown error refuses it. */
  afterData: (mail: Received) => Promise<void>;
  /** Drops every connection. */
  cut(): void;
  stop(): Promise<void>;
};

/** A mail server of the test's own, on a free port or a given one. */
/** @param tls a key and its certificate, with which it offers STARTTLS */
export async function startMailServer(t: Test, port = 0, tls?: { key: string; cert: string }): Promise<MailServer> {
  const state: MailServer = { url: '', received: [], refuses: new Set(), afterData: async () => {}, cut, stop };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: tls === undefined ? ['STARTTLS', 'AUTH'] : ['AUTH'],
    ...tls,
    closeTimeout: 1,
    disableReverseLookup: true,
    onRcptTo({ address }, _session, answer) {
      const refused = Object.assign(new Error('No such mailbox here'), { responseCode: 550 });
      answer(state.refuses.has(address) ? refused : null);
    },
    onData(stream, session, answer) {
      read(stream, session)
        .then(async (mail) => {
          state.received.push(mail);
          await state.afterData(mail);
          answer(null);
        })
        .catch((error: Error) => answer(error));
    },
  });
  server.on('error', () => {}); // a connection that the test cut
  const sockets = new Set<Socket>();
  server.server.on('connection', (socket: Socket) => sockets.add(socket));
  function cut() {
    for (const socket of sockets) socket.end();
  }
  async function stop() {
    await new Promise<void>((resolve) => server.close(resolve));
  }
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  state.url = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  t.teardown(stop);
  return state;
}

/** Sends what waits in the outbox to a server, as the running server and the command line do. */
export function worker(t: Test, ipms: Ipms, url: string, smtp: Partial<Parameters<typeof smtpMailer>[1]> = {}) {
  const mailer = smtpMailer(url, { smtpCa: null, smtpTls: 'required', ...smtp });
  t.teardown(() => mailer.close({ force: true }));
  const from = { name: 'IPMS', address: 'ipms@agensi.test' };
  const notes: [mail: number, why: string][] = [];
  const note = (...each: (typeof notes)[number]) => notes.push(each);
  const sender = { mailer, from, eta: ipms.app.eta, baseUrl: 'https://ipms.test', note };
  return Object.assign(() => sendPending(ipms.db, sender, () => ipms.clock.now), { notes });
}

async function read(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<Received> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  const raw = Buffer.concat(chunks).toString('utf8');
  const { headers, body } = splitPart(raw);
  const boundary = /boundary="([^"]+)"/.exec(headers.get('content-type') ?? '')?.[1] ?? '';
  const parts = body.split(`--${boundary}`).slice(1, -1).map(decodePart);
  return {
    to: session.envelope.rcptTo.map((each) => each.address),
    headers,
    subject: decodeWords(headers.get('subject') ?? ''),
    text: parts.find((part) => part.type.startsWith('text/plain'))?.text ?? '',
    html: parts.find((part) => part.type.startsWith('text/html'))?.text ?? '',
    raw,
  };
}

function splitPart(raw: string) {
  const [head = '', ...rest] = raw.replace(/^\r\n/, '').split('\r\n\r\n');
  const headers = new Map<string, string>();
  for (const line of head.replace(/\r\n[ \t]+/g, ' ').split('\r\n')) {
    const at = line.indexOf(':');
    headers.set(line.slice(0, at).toLowerCase(), line.slice(at + 1).trim());
  }
  return { headers, body: rest.join('\r\n\r\n') };
}

function decodePart(raw: string) {
  const { headers, body } = splitPart(raw);
  const encoding = headers.get('content-transfer-encoding') ?? '';
  const bytes = encoding === 'base64' ? Buffer.from(body, 'base64') : quotedPrintable(body.replace(/=\r\n/g, ''));
  const text = /base64|quoted/.test(encoding) ? bytes.toString('utf8') : body;
  return { type: headers.get('content-type') ?? '', text: text.replaceAll('\r\n', '\n') };
}

function quotedPrintable(text: string) {
  return Buffer.from(
    text.replace(/=([0-9A-F]{2})/g, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
}

/** RFC 2047: words in a header that are not ASCII. */
export function decodeWords(header: string) {
  return header
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([qb])\?([^?]*)\?=/gi, (_whole, kind: string, word: string) =>
      (kind.toLowerCase() === 'b' ? Buffer.from(word, 'base64') : quotedPrintable(word.replaceAll('_', ' '))).toString(
        'latin1',
      ),
    )
    .replace(/[\u0080-\u00ff]+/g, (bytes) => Buffer.from(bytes, 'latin1').toString('utf8'));
}
