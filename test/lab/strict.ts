import { createServer, connect as tlsConnect } from 'node:tls';

// A domain controller of Windows is stricter than Samba where a connector is hurt most. This front stands before Samba, reads
// each message that passes, and adds:
//   1000 entries without the control for pages, then code 4; no larger page than that
//   1500 values of an attribute at once, the rest by `;range=`
//   20 characters for the account name of a user, 64 for a common name, and Windows's words for a value that is too long

const PAGE = 1000;
const VALUES = 1500;
const PAGED = '1.2.840.113556.1.4.319';
const TAG = { add: 0x68, modify: 0x66, rename: 0x6c, search: 0x63, entry: 0x64, done: 0x65 };

/** An element of BER: its tag, its content, and all of it. */
type Element = { tag: number; content: Buffer; whole: Buffer };

/** The first element; null: not all of it is there yet. */
function firstOf(bytes: Buffer): Element | null {
  if (bytes.length < 2) return null;
  const short = bytes[1]!;
  const sizeOfLength = short & 0x80 ? short & 0x7f : 0;
  const from = 2 + sizeOfLength;
  if (bytes.length < from) return null;
  const to = from + (sizeOfLength > 0 ? bytes.readUIntBE(2, sizeOfLength) : short);
  if (bytes.length < to) return null;
  return { tag: bytes[0]!, content: bytes.subarray(from, to), whole: bytes.subarray(0, to) };
}

function elementsOf(bytes: Buffer) {
  const all: Element[] = [];
  for (let rest = bytes; rest.length > 0; rest = rest.subarray(all.at(-1)!.whole.length)) all.push(firstOf(rest)!);
  return all;
}

function element(tag: number, ...parts: (Buffer | string)[]) {
  const content = Buffer.concat(parts.map((part) => Buffer.from(part as Buffer)));
  const head = Buffer.from([tag, 0x84, 0, 0, 0, 0]);
  head.writeUInt32BE(content.length, 2);
  return Buffer.concat([head, content]);
}

function result(id: Element, tag: number, code: number, words: string) {
  return element(0x30, id.whole, element(tag, element(0x0a, Buffer.from([code])), element(4), element(4, words)));
}

function tooLong(id: Element, tag: number) {
  return result(id, tag, 19, '00002082: AtrErr: DSID-031519A5, #1: problem 1005 (CONSTRAINT_ATT_TYPE), data 0');
}

/** Characters of the first name in a distinguished name. */
function lengthOfName(name: Buffer) {
  const first = /^[^=]*=((?:\\[0-9a-f]{2}|\\.|[^,\\])*)/i.exec(name.toString())?.[1] ?? '';
  return [
    ...first.replace(/(?:\\[0-9a-f]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll('\\', ''), 'hex').toString()),
  ].length;
}

/** A request: what the controller gets, or what is answered in its place. */
function request(message: Buffer, unpaged: Map<string, number>): { pass: Buffer } | { answer: Buffer } {
  const [id, operation, controls] = elementsOf(firstOf(message)!.content) as [Element, Element, Element?];
  if (operation.tag === TAG.search) {
    let isPaged = false;
    const kept = elementsOf(controls?.content ?? Buffer.alloc(0)).map((control) => {
      const parts = elementsOf(control.content);
      if (parts[0]!.content.toString() !== PAGED) return control.whole;
      isPaged = true;
      const [size, cookie] = elementsOf(firstOf(parts.at(-1)!.content)!.content) as [Element, Element];
      if (size.content.readUIntBE(0, size.content.length) <= PAGE) return control.whole;
      const most = element(2, Buffer.from([PAGE >> 8, PAGE & 255]));
      return element(0x30, parts[0]!.whole, element(4, element(0x30, most, cookie.whole)));
    });
    if (!isPaged) unpaged.set(id.content.toString('hex'), 0);
    return { pass: controls ? element(0x30, id.whole, operation.whole, element(0xa0, ...kept)) : message };
  }
  if (operation.tag === TAG.add) {
    const [name, attributes] = elementsOf(operation.content) as [Element, Element];
    const values = new Map(
      elementsOf(attributes.content).map((attribute) => {
        const [type, set] = elementsOf(attribute.content) as [Element, Element];
        return [
          type.content.toString().toLowerCase(),
          elementsOf(set.content).map((value) => value.content.toString()),
        ];
      }),
    );
    const isUser = values.get('objectclass')?.includes('user');
    if (isUser && [...(values.get('samaccountname')?.[0] ?? '')].length > 20)
      return { answer: result(id, 0x69, 80, '00000523: SysErr: DSID-031A1202, problem 22 (Invalid argument), data 0') };
    if (lengthOfName(name.content) > 64) return { answer: tooLong(id, 0x69) };
  }
  if (operation.tag === TAG.rename && lengthOfName(elementsOf(operation.content)[1]!.content) > 64)
    return { answer: tooLong(id, 0x6d) };
  return { pass: message };
}

/** A modification's first attribute. */
function fieldOf(operation: Element) {
  const [, changes] = elementsOf(operation.content) as [Element, Element];
  const [, attribute] = elementsOf(elementsOf(changes.content)[0]!.content) as [Element, Element];
  return elementsOf(attribute.content)[0]!.content.toString();
}

function refusal(message: Buffer, code: number) {
  const [id, operation] = elementsOf(firstOf(message)!.content) as [Element, Element];
  const tag = operation.tag === 0x4a ? 0x6b : operation.tag + (operation.tag === TAG.search ? 2 : 1);
  return result(id, tag, code, code === 50 ? '00002098: SecErr: DSID-031514A0, problem 4003, data 0' : '');
}

/** An answer as a stricter controller would give it; null: it would not. */
function answer(message: Buffer, unpaged: Map<string, number>) {
  const [id, operation, controls] = elementsOf(firstOf(message)!.content) as [Element, Element, Element?];
  const key = id.content.toString('hex');
  if (operation.tag === TAG.entry) {
    const count = unpaged.get(key);
    if (count !== undefined) unpaged.set(key, count + 1);
    if (count !== undefined && count >= PAGE) return null;
    const [name, attributes] = elementsOf(operation.content) as [Element, Element];
    let isCut = false;
    const kept = elementsOf(attributes.content).flatMap((attribute) => {
      const [type, set] = elementsOf(attribute.content) as [Element, Element];
      const values = elementsOf(set.content);
      if (values.length <= VALUES) return [attribute.whole];
      isCut = true;
      const [, own = '', first = '0'] = /^(.*?)(?:;range=(\d+)-.*)?$/i.exec(type.content.toString()) ?? [];
      const range = `${own};range=${first}-${Number(first) + VALUES - 1}`;
      const some = values.slice(0, VALUES).map((value) => value.whole);
      return [element(0x30, element(4, own), element(0x31)), element(0x30, element(4, range), element(0x31, ...some))];
    });
    if (!isCut) return message;
    const entry = element(TAG.entry, name.whole, element(0x30, ...kept));
    return element(0x30, id.whole, entry, ...(controls ? [controls.whole] : []));
  }
  if (operation.tag === TAG.done) {
    const count = unpaged.get(key) ?? 0;
    unpaged.delete(key);
    return count > PAGE ? result(id, TAG.done, 4, '') : message;
  }
  if (![0x67, 0x69, 0x6d].includes(operation.tag)) return message;
  const [code, , words] = elementsOf(operation.content);
  const isTooLong = code?.content[0] === 21 && words?.content.includes('0000200B');
  return isTooLong ? tooLong(id, operation.tag) : message;
}

/** Its first one: add, delete or replace. */
function modificationOf(operation: Element) {
  const [first] = elementsOf(elementsOf(operation.content)[1]!.content);
  return (['add', 'delete', 'replace'] as const)[elementsOf(first!.content)[0]!.content[0]!] ?? null;
}

/** Calls for each message of a stream; the parts of a long one are put together once. */
function eachMessage(take: (message: Buffer) => void) {
  let parts: Buffer[] = [];
  let [has, needs] = [0, 2];
  return (bytes: Buffer) => {
    parts.push(bytes);
    has += bytes.length;
    while (has >= needs) {
      let rest = Buffer.concat(parts);
      for (let next = firstOf(rest); next !== null; next = firstOf(rest)) {
        take(next.whole);
        rest = rest.subarray(next.whole.length);
      }
      [parts, has, needs] = [[rest], rest.length, lengthOf(rest)];
    }
  };
}

/** How long the message is to be that begins so; where that is not said yet, longer than what is there. */
function lengthOf(bytes: Buffer) {
  const short = bytes[1] ?? 0;
  const sizeOfLength = short & 0x80 ? short & 0x7f : 0;
  if (bytes.length < 2 + sizeOfLength) return Math.max(2, bytes.length + 1);
  return 2 + sizeOfLength + (sizeOfLength > 0 ? bytes.readUIntBE(2, sizeOfLength) : short);
}

/**
 * Listens on port 1636 of the address, before the controller on port 636 of it. `watch` is told each request's tag, and what
 * it modifies, and may keep entries back.
 */
export async function startStrictFront(
  address: string,
  keys: { key: Buffer; cert: Buffer; ca: Buffer },
  watch: {
    request(tag: number, modification: 'add' | 'delete' | 'replace' | null): void;
    keepsBack(): boolean;
    /** A result code that is answered in the controller's place; the field is that of a modification. */
    refuses(field: string | null): number | null;
  },
) {
  const sockets = new Set<{ destroy(): void }>();
  const server = createServer({ key: keys.key, cert: keys.cert }, (client) => {
    const unpaged = new Map<string, number>();
    const controller = tlsConnect({ host: address, port: 636, ca: keys.ca });
    const end = () => {
      client.destroy();
      controller.destroy();
    };
    for (const socket of [client, controller]) {
      sockets.add(socket);
      socket.on('error', end).on('close', end);
    }
    client.on(
      'data',
      eachMessage((message) => {
        const operation = elementsOf(firstOf(message)!.content)[1]!;
        watch.request(operation.tag, operation.tag === TAG.modify ? modificationOf(operation) : null);
        const code = watch.refuses(operation.tag === TAG.modify ? fieldOf(operation) : null);
        const done = code === null ? request(message, unpaged) : { answer: refusal(message, code) };
        if ('answer' in done) client.write(done.answer);
        else controller.write(done.pass);
      }),
    );
    controller.on(
      'data',
      eachMessage((message) => {
        const isEntry = elementsOf(firstOf(message)!.content)[1]!.tag === TAG.entry;
        const changed = isEntry && watch.keepsBack() ? null : answer(message, unpaged);
        if (changed !== null) client.write(changed);
      }),
    );
  });
  server.on('tlsClientError', () => {}); // a client that does not trust the certificate goes away
  await new Promise<void>((resolve) => server.listen(1636, address, resolve));
  return () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
}
