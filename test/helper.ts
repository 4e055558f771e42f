import { channel } from 'node:diagnostics_channel';
import Fastify, { type FastifyInstance, type FastifySchemaCompiler } from 'fastify';
import { type HTMLElement, parse } from 'node-html-parser';
import type { Test } from 'tap';
import { buildApp } from '../src/app.ts';
import { deriveSecrets } from '../src/base/secrets.ts';
import { type DirectorySettings, readSettings } from '../src/base/settings.ts';
import { type Db, openSqlite, queryBuilder, type Sqlite } from '../src/data/database.ts';
import { watchChanges } from '../src/data/unchanged.ts';
import type { App } from '../src/web/app-types.ts';
import { demoDatabase, emptyDatabase } from './demo-database.ts';

export const PASSWORD = 'Contoh@2026ipms';
/** The moment that every test begins at: a Tuesday, in the afternoon in Kuala Lumpur. */
export const START = new Date('2026-11-24T06:00:00.000Z');

export const SECRET = Buffer.alloc(32, 7);
export const secrets = deriveSecrets(SECRET);

const databases: { empty?: Promise<Buffer>; demo?: Promise<Buffer> } = {};
let validators: Promise<FastifySchemaCompiler<unknown>> | undefined;

/** Fastify's own validators, each schema compiled once a process: that is most of what starting IPMS takes. */
async function sharedValidators(): Promise<FastifySchemaCompiler<unknown>> {
  const bare = Fastify();
  bare.get('/', { schema: { querystring: { type: 'object' } } }, () => '');
  await bare.ready();
  const compile = bare.validatorCompiler as FastifySchemaCompiler<unknown>;
  const compiled = new Map<string, ReturnType<typeof compile>>();
  return (route) => {
    const key = JSON.stringify(route.schema);
    const known = compiled.get(key) ?? compile(route);
    compiled.set(key, known);
    return known;
  };
}

/** Builds an application and gives them to it before it is parted: each part with uploads would compile its own. */
export async function buildQuickly(...given: Parameters<typeof buildApp>) {
  validators ??= sharedValidators();
  const compiler = await validators;
  const begun = channel('fastify.initialization');
  const give = (message: unknown) => (message as { fastify: FastifyInstance }).fastify.setValidatorCompiler(compiler);
  begun.subscribe(give);
  try {
    return await buildApp(...given);
  } finally {
    begun.unsubscribe(give);
  }
}

export type Ipms = {
  app: App;
  db: Db;
  clock: { now: Date };
  /** The file as it would be on a disk. */
  serialize(): Buffer;
  visitor(options?: { language?: 'ms' | 'en' }): Visitor;
  signIn(login: string, password?: string): Promise<Visitor>;
};

type Options = {
  environment?: Record<string, string>;
  empty?: boolean;
  /** One that the accounts are carried into. */
  directory?: DirectorySettings;
  /** Adds to the application before it is ready. */
  extend?(app: App): void;
  /** Is given the database before anybody asks it. */
  watch?(sqlite: Sqlite.Database): void;
  /** What an answer with a moment of its own waits for: no test waits for it otherwise. */
  answerAfter?: App['answerAfter'];
  /** Opens the database for long reading; without it, one connection reads all. */
  reader?(sqlite: Sqlite.Database): Db;
};

/** An application that stands for test after test: putting its routes together takes longer than most of them. */
type Standing = {
  app: App;
  clock: { now: Date };
  /** What it asks, whichever database is under it. */
  db: Db;
  /** The database of the test that it stands for; none between two, so that whoever is still at work then fails. */
  under: { db: Db | null };
};

/** Those that no test is at work with, by kind. */
const idle = new Map<string, Standing[]>();

/**
 * IPMS over a database of its own, ended with the test. Time stands still until the test moves `clock.now`. The application may
 * have stood for tests before it: what `/metrics` counts since the start goes on from one to the next.
 */
export async function startIpms(t: Test, options: Options = {}): Promise<Ipms> {
  const sqlite = openSqlite(Buffer.from(await databaseFor(options)), secrets.audit);
  options.watch?.(sqlite);
  const own = queryBuilder(sqlite);
  failWhenSlow(t, own);
  const kind = kindOf(options);
  const standing = (kind === null ? undefined : idle.get(kind)?.pop()) ?? (await stand(options, own, sqlite));
  const { app, clock, db, under } = standing;
  under.db = own;
  watchChanges(db, sqlite);
  clock.now = START;
  t.teardown(async () => {
    if (kind === null || app.server.listening) await app.close();
    else idle.set(kind, [...(idle.get(kind) ?? []), standing]);
    under.db = null;
    await own.destroy();
  });
  const visitor = (seen: { language?: 'ms' | 'en' } = {}) => new Visitor(t, app, seen.language);
  return {
    app,
    db,
    clock,
    serialize: () => sqlite.serialize(),
    visitor,
    async signIn(login, password = PASSWORD) {
      const browser = visitor();
      const answer = await browser.submit('/login', '/login', { login, password });
      t.equal(answer.status, 303, `${login} signs in`);
      return browser;
    },
  };
}

/** Applications of one kind stand for each other; null where a test has one of its own. */
function kindOf({ environment = {}, directory, extend, reader, answerAfter }: Options) {
  return directory || extend || reader || answerAfter ? null : JSON.stringify(environment);
}

async function stand(options: Options, own: Db, sqlite: Sqlite.Database): Promise<Standing> {
  const under: Standing['under'] = { db: own };
  const db = new Proxy({} as Db, {
    get(_, name) {
      if (under.db === null) throw new Error('a test that has ended is still asking its database');
      const value = Reflect.get(under.db, name, under.db);
      return typeof value === 'function' ? value.bind(under.db) : value;
    },
  });
  const clock = { now: START };
  const settings = readSettings(
    { IPMS_LOG_LEVEL: 'silent', IPMS_BCRYPT_COST: '4', IPMS_DATA_DIR: '/tmp', ...options.environment },
    4,
  );
  if (options.directory) settings.directory = options.directory;
  const reader = options.reader?.(sqlite) ?? db;
  const app = await buildQuickly({
    db,
    reader,
    settings,
    secrets,
    clock: () => clock.now,
    answerAfter: options.answerAfter ?? (async () => undefined),
  });
  options.extend?.(app);
  await app.ready();
  return { app, clock, db, under };
}

function databaseFor(options: Options) {
  const name = options.empty ? 'empty' : 'demo';
  databases[name] ??= options.empty ? emptyDatabase() : demoDatabase(secrets.audit, START);
  return databases[name];
}

/** An act waits for its one connection and for nothing else: no hash, no mail, no file, which would hold everybody up. */
function failWhenSlow(t: Test, db: Db) {
  const begin = db.transaction.bind(db);
  db.transaction = () => {
    const transaction = begin();
    const execute = transaction.execute.bind(transaction);
    transaction.execute = (work) =>
      execute(async (trx) => {
        let open = true;
        // whatever answers without leaving the process has answered before the next turn
        setImmediate(() => open && t.fail('an act waited for something that is not its database'));
        try {
          return await work(trx);
        } finally {
          open = false;
        }
      });
    return transaction;
  };
}

type Fields = Record<string, string | string[]>;

export type Page = {
  status: number;
  location: string;
  headers: Record<string, unknown>;
  html: string;
  dom: HTMLElement;
  text: string;
  /** What stands beside the fields that were refused, by field name. */
  problems: Record<string, string>;
};

/** A browser without scripts: keeps cookies, reads forms, and looks over every page that it is given. */
export class Visitor {
  readonly #t: Test;
  readonly #app: App;
  readonly #cookies = new Map<string, string>();

  constructor(t: Test, app: App, language?: 'ms' | 'en') {
    this.#t = t;
    this.#app = app;
    if (language) this.#cookies.set('ipms-language', language);
  }

  get cookies() {
    return new Map(this.#cookies);
  }

  get(url: string, headers: Record<string, string> = {}) {
    return this.#request('GET', url, undefined, headers);
  }

  /** Sends fields as they are, with no token but a given one. */
  post(url: string, fields: Fields, headers: Record<string, string> = {}) {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries(fields)) for (const each of [value].flat()) body.append(name, each);
    return this.#request('POST', url, body.toString(), {
      'content-type': 'application/x-www-form-urlencoded',
      ...headers,
    });
  }

  /** Sends a body as it is, with no more headers than those given. */
  send(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    url: string,
    body?: string | Buffer,
    headers: Record<string, string> = {},
  ) {
    return this.#request(method, url, body, headers);
  }

  /** Carries a cookie from now on. */
  carry(name: string, value: string) {
    this.#cookies.set(name, encodeURIComponent(value));
  }

  /** A token of a page that this browser was shown. */
  async token(page: string) {
    const { dom } = await this.get(page);
    return dom.querySelector('input[name=_csrf]')?.getAttribute('value') ?? '';
  }

  /** Opens a page, fills in the form there that posts to `action`, keeping its hidden fields, and sends it. */
  async submit(page: string, action: string, fields: Fields = {}) {
    const opened = await this.get(page);
    this.#t.equal(opened.status, 200, `${page} opens`);
    return this.post(action, { ...formValues(opened.dom, page, action), ...fields });
  }

  async #request(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    url: string,
    payload: string | Buffer | undefined,
    headers: Record<string, string>,
  ): Promise<Page> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await this.#app.inject({
      method,
      url,
      headers: { ...headers, cookie },
      ...(payload === undefined ? {} : { payload }),
    });
    for (const { name, value, ...rest } of answer.cookies)
      if (value === '' || (rest.expires && rest.expires.getTime() <= 0) || rest.maxAge === 0)
        this.#cookies.delete(name);
      else this.#cookies.set(name, encodeURIComponent(value));
    const isPage = String(answer.headers['content-type']).startsWith('text/html');
    const dom = parse(isPage ? answer.body : '');
    if (isPage) lookOver(this.#t, url, answer.body, dom);
    return {
      status: answer.statusCode,
      location: String(answer.headers.location ?? ''),
      headers: answer.headers,
      html: answer.body,
      dom,
      get text() {
        return dom.querySelector('main')?.textContent.replace(/\s+/g, ' ').trim() ?? '';
      },
      get problems() {
        return problemsIn(dom);
      },
    };
  }
}

/** The values that a form on the page would send as it stands. */
export function formValues(dom: HTMLElement, page: string, action: string): Fields {
  const forms = dom.querySelectorAll('form[method=post]');
  const path = page.split('?')[0] ?? page;
  const form = forms.find((each) => (each.getAttribute('action') ?? path) === action);
  if (form === undefined) throw new Error(`${page} has no form for ${action}`);
  const values: Record<string, string[]> = {};
  const add = (name: string | undefined, value: string) => {
    if (name) values[name] = [...(values[name] ?? []), value];
  };
  for (const input of form.querySelectorAll('input')) {
    const type = input.getAttribute('type');
    const ticked = type === 'checkbox' || type === 'radio' ? input.hasAttribute('checked') : true;
    if (ticked) add(input.getAttribute('name'), input.getAttribute('value') ?? '');
  }
  for (const area of form.querySelectorAll('textarea')) add(area.getAttribute('name'), area.textContent.trim());
  for (const select of form.querySelectorAll('select')) {
    const chosen = select.querySelector('option[selected]') ?? select.querySelector('option');
    add(select.getAttribute('name'), chosen?.getAttribute('value') ?? '');
  }
  return Object.fromEntries(
    Object.entries(values).map(([name, each]) => [name, each.length === 1 ? (each[0] ?? '') : each]),
  );
}

/** The first cells of a page's table, without what stands below in small type. */
export function firstCells({ dom }: Page) {
  return dom.querySelectorAll('tbody tr td:first-child').map((shown) => {
    const cell = shown.clone() as HTMLElement; // the page stays whole
    for (const below of cell.querySelectorAll('.below')) below.remove();
    return cell.textContent.trim();
  });
}

function problemsIn(dom: HTMLElement) {
  const problems: Record<string, string> = {};
  for (const input of dom.querySelectorAll('[aria-invalid=true]')) {
    const name = input.getAttribute('name') ?? input.querySelector('input')?.getAttribute('name') ?? '';
    const id = input.getAttribute('aria-describedby')?.split(' ').at(-1);
    problems[name] = dom.querySelector(`[id="${id}"]`)?.textContent.trim() ?? '';
  }
  return problems;
}

/** What must be so on every page, whatever the test looks for; most of what tests do is look at pages, so it walks once. */
function lookOver(t: Test, url: string, html: string, dom: HTMLElement) {
  const ids = new Set<string>();
  const headings: string[] = [];
  let language = '';
  for (const each of dom.getElementsByTagName('*')) {
    const name = each.rawTagName;
    if (each.id !== '') {
      if (ids.has(each.id)) t.fail(`${url} uses an id twice: ${each.id}`);
      ids.add(each.id);
    }
    if (name === 'html') language = each.getAttribute('lang') ?? '';
    if (/^h[123]$/.test(name)) headings.push(name);
    if (/^(h[123]|a|button|summary)$/.test(name) && !(each.textContent.trim() || each.getAttribute('aria-label')))
      t.fail(`${url} has an empty ${each.outerHTML}`);
    if (name === 'section' && !each.querySelector('h2, h3') && !each.getAttribute('aria-label'))
      t.fail(`${url} has a section without a heading: ${each.textContent.trim().slice(0, 60)}`);
    if (name === 'a' && /^#?$/.test(each.getAttribute('href') ?? ''))
      t.fail(`${url} has a link to nowhere: ${each.outerHTML}`);
    if (name === 'form' && each.getAttribute('method') === 'post' && !each.querySelector('input[name=_csrf]'))
      t.fail(`${url} has a form without a token`);
  }
  if (!/^(ms|en)$/.test(language)) t.fail(`${url} has no language`);
  if (headings.filter((each) => each === 'h1').length !== 1) t.fail(`${url} has not one heading`);
  if (headings[0] !== 'h1') t.fail(`${url} does not begin with its heading`);
  if (/\x0e[\w -]+\x0f/.test(html)) t.fail(`${url} shows a mark of an English word`);
  const noValue = /\bundefined\b|\bNaN\b|\[object /;
  // the text is put together only where it may be found
  if (noValue.test(html) && noValue.test(dom.querySelector('body')?.textContent ?? ''))
    t.fail(`${url} shows a value that is none`);
}
