import { parse } from 'node-html-parser';
import type { Test } from 'tap';
import { t } from 'tap';
import type { Field, Form } from '../../src/forms/form.ts';
import { renderLetter } from '../../src/trail/outbox-worker.ts';
import { placeOf } from '../../src/trail/places.ts';
import { type Ipms, type Page, startIpms, type Visitor } from '../helper.ts';
import { plantAuthenticator } from '../second-factor/phone.ts';
import { ordinary, takes, tries } from './hostile-values.ts';
import { type Items, plantItems } from './items.ts';
import { comeIn, type Person } from './people.ts';
import { addressOf, type Route, routesOf, userOf } from './routes.ts';
import { forgetHistory, keepTables, stateOfTables, writesSoFar } from './tables.ts';

// Every field of every form, and every address, given what nobody should send.

t.setTimeout(240_000);

const PAGE = '/password/forgot';
/** What must be chosen so that the other fields of a form count. */
const CHOSEN: Record<string, Record<string, string>> = {
  '/register/confirm': { decision: 'return' },
  '/admin/groups/new': { primary_email: 'uji.borang@jabatan.test', owners: 'admin.jabatan@jabatan.test' },
  '/admin/groups/:id': { owners: 'admin.jabatan@jabatan.test' },
  '/admin/tickets/new': { mailbox_email: '' },
  '/helpdesk/tickets/new': { mailbox_email: '' },
  '/admin/groups/:id/mail-flows': { accept_from: 'listed', senders: 'admin.jabatan@jabatan.test' },
};
/** An administrator with a second factor, whose page has forms of its own. */
const SECURED = 'admin.kementerian';
/** Routes that are for some of those alone who may use them. */
const AS: Record<string, string> = {
  '/login/code': 'half',
  '/me/second-factor/recovery-codes': 'secured',
  '/me/second-factor/turn-off': 'secured',
  '/me/second-factor/replace': 'secured',
};
const ANSWERS = new Set([200, 303, 400, 403, 404, 409, 413, 422, 429]);

type House = {
  ipms: Ipms;
  items: Items;
  admin: Visitor;
  /** The one who may use a route, signed in. */
  browser(route: Route): Visitor;
  token(browser: Visitor): Promise<string>;
  /** Puts every table back as it was. */
  restore(): Promise<void>;
};

/** One application whose tables go back to the start after every change, and everybody who may use it, signed in. */
async function open(t: Test): Promise<House> {
  const ipms = await startIpms(t);
  await forgetHistory(ipms.db);
  const items = await plantItems(ipms);
  const browsers = new Map<string, Visitor>();
  for (const person of ['visitor', 'half', 'applicant', 'user', 'admin', 'helpdesk'] as Person[])
    browsers.set(person, await comeIn(ipms, person, items));
  browsers.set('secured', await ipms.signIn(SECURED));
  await plantAuthenticator(ipms, SECURED);
  const restore = await keepTables(ipms.db);
  const tokens = new Map<Visitor, string>();
  const browser = (route: Route) => {
    const who = userOf(route) === 'anyone' ? 'visitor' : userOf(route);
    return browsers.get(AS[route.url] ?? who) as Visitor;
  };
  return {
    ipms,
    items,
    browser,
    admin: browsers.get('admin') as Visitor,
    async token(visitor) {
      const token = tokens.get(visitor) ?? (await visitor.token(PAGE));
      tokens.set(visitor, token);
      return token;
    },
    async restore() {
      await restore();
      browsers.set('visitor', ipms.visitor());
    },
  };
}

const formsOf = (house: House) =>
  routesOf(house.ipms.app, 'POST').flatMap((route) =>
    route.config.form ? [{ route, form: typedIn(route.config.form) }] : [],
  );

/** Files are no text: test/records/attachment.test.ts sends the hostile ones, and text in their place. */
function typedIn(form: Form): Form {
  return {
    ...form,
    fields: Object.fromEntries(Object.entries(form.fields).filter(([, { kind }]) => kind !== 'files')),
  };
}

t.test('every field of every form, with every value of the table', async (t) => {
  const house = await open(t);
  const forms = formsOf(house);
  t.ok(forms.length > 5, 'there are forms');
  for (const { route, form } of forms) {
    const before = await stateOfTables(house.ipms.db);
    const faults: string[] = [];
    for (const each of tries(form.fields))
      await tryValue({ fail: (fault) => faults.push(fault) }, house, { route, form, ...each }, before);
    t.strictSame(faults.slice(0, MOST_TOLD), [], `${route.url}: ${faults.length} faults`);
  }
});

/** Of the faults of one form, so many are told. */
const MOST_TOLD = 12;
type Faults = { fail(fault: string): void };

type Try = { route: Route; form: Form; name: string; field: Field; what: string; value: string | string[] };

async function tryValue(t: Faults, house: House, each: Try, before: Record<string, string>) {
  const { route, form, name, field, what, value } = each;
  const where = `${route.url} ${name}: ${what}`;
  const browser = house.browser(route);
  const typed = { ...ordinary(form.fields), ...CHOSEN[route.url] };
  const _csrf = await house.token(browser);
  const writes = await writesSoFar(house.ipms.db);
  const answer = await browser.post(addressOf(route, house.items), { ...typed, [name]: value, _csrf });
  const wrote = (await writesSoFar(house.ipms.db)) !== writes;
  await house.ipms.db.deleteFrom('throttle').execute();
  if (!ANSWERS.has(answer.status)) t.fail(`${where} → ${answer.status}`);
  noMarkup(t, where, answer);
  if (answer.status === 303) {
    const { location } = answer;
    if (!/^\/(?![/\\])/.test(location)) t.fail(`${where} leads to ${location}`);
    await keptExactly(t, house, where, field, value, before);
    if (SHOWN.has(what)) await shownExactly(t, house, where, each, await browser.get(location));
    await house.restore();
    return;
  }
  const after = wrote ? await stateOfTables(house.ipms.db) : before;
  if (JSON.stringify(after) !== JSON.stringify(before)) {
    t.fail(`${where} → ${answer.status} changed something`);
    await house.restore();
  }
  if (answer.status !== 422 || field.kind === 'hidden') return;
  const beside = name in answer.problems ? answer.problems[name] !== '' : false;
  const summary = answer.dom.querySelector('.summary');
  if (!beside && (summary?.textContent.trim() ?? '') === '') t.fail(`${where} is refused without a word`);
  const onPage = answer.dom.querySelector(`[name="${name}"]`) !== null;
  if (typeof value === 'string' && !takes(field, value) && onPage && !beside)
    t.fail(`${where} does not say so beside the field`);
  stillThere(t, where, answer, form, { ...typed, [name]: value }, name);
}

/** All that was typed is still there, but passwords. */
function stillThere(
  t: Faults,
  where: string,
  { dom }: Page,
  form: Form,
  typed: Record<string, string | string[]>,
  tried: string,
) {
  for (const [name, field] of Object.entries(form.fields)) {
    if (name === tried || field.kind === 'password' || !typed[name]) continue;
    const shown = shownIn(dom, form, name, field);
    // what does not belong to the chosen category is not on the page
    if (dom.querySelector(`[name="${name}"]`) && !shown.includes(String(typed[name])))
      t.fail(`${where}: ${name} was ${JSON.stringify(typed[name])} and is ${JSON.stringify(shown)} when it comes back`);
  }
  const field = form.fields[tried];
  const value = typed[tried];
  if (field === undefined || typeof value !== 'string' || !['text', 'textarea'].includes(field.kind)) return;
  if (!dom.querySelector(`[name="${tried}"]`)) return;
  const back = shownIn(dom, form, tried, field)[0] ?? '';
  const plain = (text: string) => text.replace(/\r\n?/g, '\n').replaceAll('\0', '\ufffd').trim();
  if (plain(back).replaceAll('\ufffd', '') !== plain(value).replaceAll('\ufffd', ''))
    t.fail(`${where} comes back as ${JSON.stringify(back.slice(0, 80))}`);
}

function shownIn(dom: Page['dom'], form: Form, name: string, field: Field) {
  if (field.kind === 'radio' || field.kind === 'checkboxes' || field.kind === 'checkbox')
    return dom.querySelectorAll(`input[name="${name}"][checked]`).map((input) => input.getAttribute('value') ?? '');
  if (field.kind === 'select')
    return dom
      .querySelectorAll(`#${form.name}-${name} option[selected]`)
      .map((each) => each.getAttribute('value') ?? '');
  if (field.kind === 'hidden')
    return dom.querySelectorAll(`input[name="${name}"]`).map((each) => each.getAttribute('value') ?? '');
  const input = dom.querySelector(`#${form.name}-${name}`);
  // the first line break in a textarea is not part of its text
  const text = (field.kind === 'textarea' ? input?.textContent.replace(/^\n/, '') : input?.getAttribute('value')) ?? '';
  // an address that was typed may come back as a box that is ticked
  const boxes = dom.querySelectorAll(`input[type=checkbox][name="${name}"][checked]`);
  return [text, ...boxes.map((box) => box.getAttribute('value') ?? '')];
}

const RAW = [/<script>alert/i, /<b>tebal/i, /<%/];

function noMarkup(t: Faults, where: string, { html, dom }: Pick<Page, 'html' | 'dom'>) {
  for (const raw of RAW) if (raw.test(html)) t.fail(`${where} comes out as markup: ${raw}`);
  if (dom.querySelector('[onmouseover]')) t.fail(`${where} becomes an attribute`);
}

/** What was taken is in the database as it was typed (NFC, trimmed), and its mails are harmless. */
async function keptExactly(
  t: Faults,
  { ipms }: House,
  where: string,
  field: Field,
  value: string | string[],
  before: Record<string, string>,
) {
  if (Array.isArray(value) && field.kind !== 'checkboxes' && field.kind !== 'checkbox')
    t.fail(`${where}: two values were taken`);
  const after = await stateOfTables(ipms.db);
  const changed = Object.keys(after).filter((table) => after[table] !== before[table]);
  const content = JSON.stringify(
    await Promise.all(
      changed.map((table) =>
        ipms.db
          .selectFrom(table as 'audit')
          .selectAll()
          .execute(),
      ),
    ),
  );
  const isText = field.kind === 'text' || field.kind === 'textarea';
  if (isText && typeof value === 'string' && value.trim() !== '' && changed.some((table) => !QUIET.has(table))) {
    const read = field.read([value]);
    const inside = (text: string) => JSON.stringify(text).slice(1, -1);
    if (typeof read === 'string' && !content.includes(inside(read)) && !content.includes(inside(inside(read))))
      t.fail(`${where} was taken but is not kept as it was typed`);
  }
  if (!changed.includes('outbox')) return;
  for (const mail of await ipms.db.selectFrom('outbox').selectAll().orderBy('id', 'desc').limit(5).execute()) {
    const { subject, html } = renderLetter(ipms.app.eta, mail, ipms.app.baseUrl(), mail.secret);
    if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(subject))
      t.fail(`${where}: the mail's subject breaks a header`);
    noMarkup(t, `${where}, the mail`, { html, dom: parse(html) });
    if (!/^[\x21-\x7e]+$/.test(mail.to_address)) t.fail(`${where}: a mail goes to ${mail.to_address}`);
  }
}

/** Values that would do harm on a page, and are looked for there. */
const SHOWN = new Set(['emoji', 'markup', 'an attribute', 'template tags', 'placeholders']);

/** Texts that are taken and, on purpose, are on no page of the item that they change; with the reason. */
const NOT_SHOWN = new Set([
  '/admin/access-codes/:id/revoke reason', // it is in the audit trail
  '/admin/list-change-requests/:id/approve answer', // the list's members come next; it is in the history and in the mail
  '/password/forgot login', // the answer is the same for everybody
]);

/** The page that follows, or the item's page, shows what was taken, letter for letter. */
async function shownExactly(
  t: Faults,
  { ipms, admin }: House,
  where: string,
  { route, name, field, value }: Try,
  result: Page,
) {
  const pages = [result];
  const row = await ipms.db.selectFrom('audit').selectAll().orderBy('id', 'desc').executeTakeFirst();
  const place = row && placeOf({ role: 'admin', userId: null }, { type: row.item_type, id: row.item_id });
  if (place) pages.push(await admin.get(place));
  for (const page of pages) noMarkup(t, `${where}, the page after it`, page);
  if (field.kind !== 'text' && field.kind !== 'textarea') return;
  const seen = pages.flatMap(({ dom }) => [
    dom.querySelector('main')?.textContent ?? '',
    ...dom.querySelectorAll('main input').map((input) => input.getAttribute('value') ?? ''),
  ]);
  if (!seen.some((text) => text.includes(String(value))) && !NOT_SHOWN.has(`${route.url} ${name}`))
    t.fail(`${where} was taken and is on no page after it; if that is right, say so in NOT_SHOWN`);
}

/** Tables that a form writes to which keeps nothing of what was typed: a sign-in, a request for a new password. */
const QUIET = new Set(['audit', 'submission', 'user', 'past_password', 'one_time_link', 'outbox', 'password_request']);

t.test('bodies that are no form', async (t) => {
  const house = await open(t);
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const before = await stateOfTables(house.ipms.db);
  const bodies: [string, (token: string) => string, Record<string, string>, number[]][] = [
    ['a megabyte', (token) => `_csrf=${token}&note=${'x'.repeat(1_000_000)}`, form, [413]],
    ['no content type', (token) => `_csrf=${token}`, {}, [400]],
    ['plain text', (token) => `_csrf=${token}`, { 'content-type': 'text/plain' }, [400]],
    ['JSON', (token) => JSON.stringify({ _csrf: token }), { 'content-type': 'application/json' }, [400]],
    ['XML', () => '<a/>', { 'content-type': 'application/xml' }, [400]],
    ['a file', () => '--x\r\n\r\n\r\n--x--', { 'content-type': 'multipart/form-data; boundary=x' }, [400, 403]],
    [
      'a charset',
      (token) => `_csrf=${token}&login=%ff`,
      { 'content-type': `${form['content-type']}; charset=utf-16` },
      [200, 303, 400, 403, 404, 409, 422],
    ],
    ['deep brackets', (token) => `_csrf=${token}&${'a[b]'.repeat(2000)}=1`, form, [200, 303, 400, 404, 409, 422]],
    [
      'a thousand fields',
      (token) => `_csrf=${token}&${Array.from({ length: 1000 }, (_, at) => `f${at}=1`).join('&')}`,
      form,
      [200, 303, 400, 404, 409, 422],
    ],
    [
      'seven thousand of one field',
      (token) => `_csrf=${token}&${'note=1&'.repeat(7000)}`,
      form,
      [400, 403, 404, 409, 422],
    ],
    [
      'half a character',
      (token) => `_csrf=${token}&login=%ED%A0%80&full_name=%ED%A0%80&reason=%ED%A0%80&note=%ED%A0%80`,
      form,
      [200, 303, 400, 404, 409, 422],
    ],
    [
      'bad percents',
      (token) => `_csrf=${token}&login=%zz&full_name=%&reason=%e0%`,
      form,
      [200, 303, 400, 404, 409, 422],
    ],
    [
      'a prototype',
      (token) => `_csrf=${token}&__proto__=1&constructor=2&__proto__[a]=1&toString=1`,
      form,
      [200, 303, 400, 404, 409, 422],
    ],
    ['nothing but signs', (token) => `_csrf=${token}&&&==&=&`, form, [200, 303, 400, 404, 409, 422]],
  ];
  for (const route of routesOf(house.ipms.app, 'POST'))
    for (const [what, body, headers, statuses] of bodies) {
      const browser = house.browser(route);
      const writes = await writesSoFar(house.ipms.db);
      const answer = await browser.send(
        'POST',
        addressOf(route, house.items),
        body(encodeURIComponent(await house.token(browser))),
        headers,
      );
      if (!statuses.includes(answer.status)) t.fail(`${route.url} with ${what} → ${answer.status}`);
      if (answer.status === 303) await house.restore();
      else if (
        (await writesSoFar(house.ipms.db)) !== writes &&
        JSON.stringify(await stateOfTables(house.ipms.db)) !== JSON.stringify(before)
      ) {
        t.fail(`${route.url} with ${what} → ${answer.status} changed something`);
        await house.restore();
      }
    }
  t.strictSame(await stateOfTables(house.ipms.db), before, 'in the end everything is as it was');
});

t.test('addresses: every page with every query', async (t) => {
  const house = await open(t);
  const huge = 'x'.repeat(8000);
  const queries = [
    'page=-1',
    'page=0',
    'page=1e9',
    'page=1000000',
    'page=99999999999999999999',
    'page=x',
    'page=1&page=2',
    'page=',
    'page[]=1',
    'q=',
    `q=${huge}`,
    'q=%00',
    'q=%ED%A0%80',
    'q=%zz',
    'q=a&q=b',
    'q[a]=1',
    "q='%22<b>tebal</b><script>alert(1)</script>",
    'q=%25_\\',
    'q=%3C%25=7*7%25%3E',
    'q=%E2%80%AE',
    'q=a%0D%0ASet-Cookie:%20a=b',
    'q=-',
    'q=" OR *',
    'q=NEAR(',
    'sort=nothing',
    'sort=--',
    'sort=id;drop',
    'sort=a&sort=b',
    'sort=-__proto__',
    'format=csv',
    'format=xml',
    'format=csv&q=%00',
    'format=csv&page=7',
    'by=nothing',
    'by=all&by=all',
    'state=nothing',
    'status=submitted&status=issued',
    'status=__proto__',
    'request=x',
    'request=-1',
    'request=999999999999999999999',
    'next=//jahat.test',
    `next=${huge}`,
    '__proto__=1',
    'constructor=1',
    '&&&',
    '=',
    '%',
    '?',
    'a'.repeat(200),
  ].map((query) => encodeURI(query).replaceAll('%25', '%'));
  for (const route of routesOf(house.ipms.app, 'GET')) {
    const browser = house.browser(route);
    const isList = (await browser.get(addressOf(route, house.items))).dom.querySelector('form[method=get]') !== null;
    for (const query of isList
      ? queries
      : queries.filter((each) => /^(q|next|request|page|__proto__)/.test(each)).slice(-9)) {
      const answer = await browser.get(`${addressOf(route, house.items)}?${query}`);
      if (!ANSWERS.has(answer.status)) t.fail(`${route.url}?${query.slice(0, 60)} → ${answer.status}`);
      if (answer.dom.querySelector('html')) noMarkup(t, `${route.url}?${query.slice(0, 60)}`, answer);
      if (answer.headers['set-cookie'] && /^a=/.test(String(answer.headers['set-cookie'])))
        t.fail(`${query} sets a cookie`);
    }
  }
  t.pass('no page fails');
});

t.test('addresses: paths that nobody should ask for', async (t) => {
  const house = await open(t);
  const paths = [
    '/%00',
    '/../etc/passwd',
    '/public/../package.json',
    '/public/..%2fpackage.json',
    '/public/%2e%2e%2fpackage.json',
    '/public/....//x',
    '/public/.env',
    '//',
    '///',
    '//jahat.test/',
    '/%',
    '/%zz',
    '/%ED%A0%80',
    '/%C0%AE%C0%AE/',
    `/${'a'.repeat(8000)}`,
    `/${'a/'.repeat(3000)}`,
    '/admin/',
    '/ADMIN',
    '/admin;x=1',
    '/admin%2faccess-codes',
    '/admin/access-codes/%00',
    '/admin/access-codes/-1',
    '/admin/access-codes/0',
    '/admin/access-codes/1e3',
    '/admin/access-codes/1.5',
    '/admin/access-codes/01',
    '/admin/access-codes/9007199254740993',
    '/admin/access-codes/99999999999999999999999',
    '/admin/access-codes/1%0d%0a',
    '/admin/access-codes/1 2',
    '/admin/access-codes/１',
    "/admin/access-codes/1'--",
    '/admin/access-codes/__proto__',
    '/access-code-requests/KA-0000-0000',
    '/access-code-requests/%3Cscript%3Ealert(1)',
    '/set-up/x',
    '/set-up/%00',
    '/*',
    '/:id',
    '/.git/config',
  ];
  const admin = house.browser({ config: { access: ['admin'] } } as never);
  for (const browser of [house.ipms.visitor(), admin])
    for (const path of paths) {
      const answer = await browser.get(path.replace(' ', '%20').replace('１', '%EF%BC%91'));
      if (![200, 303, 400, 404, 414].includes(answer.status)) t.fail(`${path.slice(0, 60)} → ${answer.status}`);
      // a number may be written so
      if (answer.status === 200 && !['/admin/access-codes/01', '/admin/access-codes/1%0d%0a'].includes(path))
        t.fail(`${path.slice(0, 60)} is found`);
      if (answer.status !== 303) {
        t.match(answer.headers['content-type'], /^text\/html/, path.slice(0, 60));
        noMarkup(t, path.slice(0, 60), answer);
      }
    }
});
