import { createHash, createSign, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import type { Test } from 'tap';
import { type Ipms, PASSWORD, startIpms, type Visitor } from '../helper.ts';

export const BASE = 'http://localhost:8080';
export const PLACE = '/me/second-factor';
export const PASSKEYS = `${PLACE}/passkeys`;

/** IPMS under a name, as passkeys need it; of all hosts, browsers let this one do without TLS. */
export const startNamed = (t: Test) => startIpms(t, { environment: { IPMS_BASE_URL: BASE } });

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest();
const base64url = (data: string | Buffer) => Buffer.from(data).toString('base64url');

/** As much of CBOR as a device needs: whole numbers, text, bytes and maps. */
function cbor(value: number | string | Buffer | Map<number | string, unknown>): Buffer {
  const head = (major: number, size: number) => {
    if (size < 24) return Buffer.from([(major << 5) | size]);
    if (size < 256) return Buffer.from([(major << 5) | 24, size]);
    return Buffer.from([(major << 5) | 25, size >> 8, size & 255]);
  };
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  const entries = [...value].flatMap(([key, each]) => [cbor(key), cbor(each as never)]);
  return Buffer.concat([head(5, value.size), ...entries]);
}

type Asked = { challenge: string; user?: { id: string } };
type Lies = { origin?: string; rpId?: string; type?: string; flags?: number; challenge?: string };

/** Flags of a device's answer: somebody was there, and was known. */
const PRESENT = 0x01;
const VERIFIED = 0x04;
const ATTESTED = 0x40;

/** A device with one passkey (ES256), in software, that lies where a test asks it to. */
export class Device {
  readonly id = randomBytes(32);
  readonly #key: KeyObject;
  readonly #public: KeyObject;
  handle = '';
  counter = 0;

  constructor() {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.#key = privateKey;
    this.#public = publicKey;
  }

  #clientData({ challenge }: Asked, type: string, lies: Lies) {
    const { origin = BASE } = lies;
    return Buffer.from(
      JSON.stringify({ type: lies.type ?? type, challenge: lies.challenge ?? challenge, origin, crossOrigin: false }),
    );
  }

  #head(lies: Lies, flags: number) {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.counter);
    return Buffer.concat([sha256(lies.rpId ?? new URL(BASE).hostname), Buffer.from([lies.flags ?? flags]), counter]);
  }

  /** What it answers to be added. */
  make(asked: Asked, lies: Lies = {}) {
    this.handle = asked.user?.id ?? '';
    const { x = '', y = '' } = this.#public.export({ format: 'jwk' });
    const key = cbor(
      new Map<number, unknown>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, Buffer.from(x, 'base64url')],
        [-3, Buffer.from(y, 'base64url')],
      ]),
    );
    const length = Buffer.from([0, this.id.length]);
    const head = this.#head(lies, PRESENT | VERIFIED | ATTESTED);
    const authData = Buffer.concat([head, Buffer.alloc(16), length, this.id, key]);
    const attestation = new Map<string, unknown>([
      ['fmt', 'none'],
      ['attStmt', new Map()],
      ['authData', authData],
    ]);
    return this.#answer({
      clientDataJSON: base64url(this.#clientData(asked, 'webauthn.create', lies)),
      attestationObject: base64url(cbor(attestation)),
      transports: ['internal', 'hybrid'],
    });
  }

  /** What it answers to sign in; its counter goes on by one, where it has one. */
  sign(asked: Asked, lies: Lies = {}, step = 1) {
    this.counter += step;
    const client = this.#clientData(asked, 'webauthn.get', lies);
    const head = this.#head(lies, PRESENT | VERIFIED);
    const signature = createSign('sha256')
      .update(Buffer.concat([head, sha256(client)]))
      .sign(this.#key);
    return this.#answer({
      clientDataJSON: base64url(client),
      authenticatorData: base64url(head),
      signature: base64url(signature),
      userHandle: this.handle,
    });
  }

  #answer(response: Record<string, unknown>) {
    const id = base64url(this.id);
    return JSON.stringify({ id, rawId: id, type: 'public-key', response });
  }
}

/** What the page's script is told to ask the device. */
export async function askedBy(browser: Visitor, path: string) {
  const answer = await browser.get(path);
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${answer.text}`);
  return JSON.parse(answer.html) as Asked & {
    rpId?: string;
    rp?: { id: string };
    timeout: number;
    userVerification?: string;
    allowCredentials?: { id: string }[];
    excludeCredentials?: { id: string }[];
    authenticatorSelection?: Record<string, unknown>;
    attestation?: string;
  };
}

/** Adds a passkey on the person's own page. */
export async function addOn(browser: Visitor, device: Device, name: string, lies: Lies = {}) {
  const asked = await askedBy(browser, `${PASSKEYS}/new`);
  return browser.submit(PLACE, PASSKEYS, { name, credential: device.make(asked, lies) });
}

/** Signs somebody in by password and adds a passkey, as a person does. */
export async function addPasskeyOf(ipms: Ipms, login: string, name = 'Komputer riba') {
  const browser = await ipms.signIn(login, PASSWORD);
  const device = new Device();
  const answer = await addOn(browser, device, name);
  if (answer.status !== 303) throw new Error(`${login} cannot add a passkey: ${answer.text}`);
  const codes = (await browser.get(PLACE)).dom.querySelectorAll('.codes code').map((each) => each.textContent);
  return { browser, device, codes };
}

/** Presses the passkey button of a page that has one. */
export async function signInBy(browser: Visitor, device: Device, lies: Lies = {}, page = '/login') {
  const _csrf = await browser.token(page);
  const asked = await askedBy(browser, '/login/passkey');
  return browser.post('/login/passkey', { _csrf, credential: device.sign(asked, lies) });
}
