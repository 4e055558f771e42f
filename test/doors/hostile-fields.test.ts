import { type HTMLElement, parse } from 'node-html-parser';
import { t } from 'tap';
import type { Field, Form } from '../../src/forms/form.ts';
import { renderLetter } from '../../src/trail/outbox-worker.ts';
import { placeOf } from '../../src/trail/places.ts';
import type { Page } from '../helper.ts';
import { ordinary, takes, tries } from './hostile-values.ts';
import { addressOf, type Route, routesOf } from './routes.ts';
import { stateOfTables } from './tables.ts';
import { ANSWERS, findMarkup, openTrial, type Trial } from './trial.ts';

// Every field of every form, given what nobody should send.

/** What must be chosen so that the other fields of a form count. */
const CHOSEN: Record<string, Record<string, string>> = {
  '/register/confirm': { decision: 'return' },
  '/admin/groups/new': { primary_email: 'uji.borang@jabatan.test', owners: 'admin.jabatan@jabatan.test' },
  '/admin/groups/:id': { owners: 'admin.jabatan@jabatan.test' },
  '/admin/tickets/new': { mailbox_email: '' },
  '/helpdesk/tickets/new': { mailbox_email: '' },
  '/admin/groups/:id/mail-flows': { accept_from: 'listed', senders: 'admin.jabatan@jabatan.test' },
};
/** Values that would do harm on a page, and are looked for there. */
const SHOWN = new Set(['emoji', 'markup', 'an attribute', 'template tags', 'placeholders']);

/** Texts that are taken and, on purpose, are on no page of the item that they change; with the reason. */
const NOT_SHOWN = new Set([
  '/admin/access-codes/:id/revoke reason', // it is in the audit trail
  '/helpdesk/second-accounts/doubles/:row/end reason', // it is in the mail and in the audit trail
  '/password/forgot login', // the answer is the same for everybody
]);

/** Tables that a form writes to which keeps nothing of what was typed: a sign-in, a request for a new password. */
const QUIET = new Set(['audit', 'submission', 'user', 'past_password', 'one_time_link', 'outbox', 'password_request']);

/** Of the faults of one form, so many are told. */
const MOST_TOLD = 12;

type Try = { route: Route; form: Form; name: string; field: Field; what: string; value: string | string[] };

t.test('every field of every form, with the values of the table that are worth trying there', async (t) => {
  const trial = await openTrial(t);
  const before = await stateOfTables(trial.ipms.db);
  const forms = routesOf(trial.ipms.app, 'POST').flatMap((route) =>
    route.config.form ? [{ route, form: route.config.form }] : [],
  );
  t.ok(forms.length > 5, 'there are forms');
  const known = new Set<string>();
  for (const { route, form } of forms) {
    // a file is no text: what else comes in its place is left aside (test/records/attachment.test.ts)
    const fields = Object.fromEntries(Object.entries(form.fields).filter(([, { kind }]) => kind !== 'files'));
    const typed = { ...ordinary(fields), ...CHOSEN[route.url] };
    const faults: string[] = [];
    for (const each of tries(fields, known)) await tryValue(faults, trial, { route, form, ...each }, typed);
    t.strictSame(faults.slice(0, MOST_TOLD), [], `${route.url}: ${faults.length} faults`);
  }
  t.strictSame(await stateOfTables(trial.ipms.db), before, 'in the end everything is as it was');
});

async function tryValue(faults: string[], trial: Trial, each: Try, ordinarily: Record<string, string>) {
  const { route, name, what, value } = each;
  const where = `${name}: ${what}`;
  const browser = trial.browser(route);
  const _csrf = await trial.token(browser);
  const typed = { ...ordinarily, [name]: value };
  const answer = await browser.post(addressOf(route, trial.items), { ...typed, _csrf });
  await trial.ipms.db.deleteFrom('throttle').execute();
  if (!ANSWERS.has(answer.status)) faults.push(`${where} → ${answer.status}`);
  findMarkup(faults, where, answer);
  const changed = await trial.changed();
  if (answer.status === 303) {
    const { location } = answer;
    if (!/^\/(?![/\\])/.test(location)) faults.push(`${where} leads to ${location}`);
    await keptExactly(faults, trial, where, each, changed);
    if (SHOWN.has(what)) await shownExactly(faults, trial, where, each, await browser.get(location));
  } else if (changed.length > 0) faults.push(`${where} → ${answer.status} changed ${changed}`);
  if (answer.status === 303 || changed.length > 0) await trial.restore();
  if (answer.status === 422 && each.field.kind !== 'hidden') refusedInWords(faults, where, each, typed, answer);
}

/** What was refused says why, and comes back. */
function refusedInWords(
  faults: string[],
  where: string,
  { form, name, field, value }: Try,
  typed: Record<string, string | string[]>,
  answer: Page,
) {
  const beside = (answer.problems[name] ?? '') !== '';
  const summary = answer.dom.querySelector('.summary');
  if (!beside && (summary?.textContent.trim() ?? '') === '') faults.push(`${where} is refused without a word`);
  const onPage = answer.dom.querySelector(`[name="${name}"]`) !== null;
  if (typeof value === 'string' && !takes(field, value) && onPage && !beside)
    faults.push(`${where} does not say so beside the field`);
  stillThere(faults, where, answer, form, typed, name);
}

/** All that was typed is still there, but passwords. */
function stillThere(
  faults: string[],
  where: string,
  { dom }: Page,
  form: Form,
  typed: Record<string, string | string[]>,
  tried: string,
) {
  // one walk: most of what these tests do is look through pages
  const inputs = Map.groupBy(dom.querySelectorAll('input, select, textarea'), (each) => each.getAttribute('name'));
  const shown = (name: string, field: Field) => shownIn(inputs.get(name) ?? [], form, name, field);
  for (const [name, field] of Object.entries(form.fields)) {
    if (name === tried || field.kind === 'password' || !typed[name]) continue;
    // what does not belong to the chosen category is not on the page
    if (inputs.has(name) && !shown(name, field).includes(String(typed[name])))
      faults.push(
        `${where}: ${name} was ${JSON.stringify(typed[name])} and is ${JSON.stringify(shown(name, field))} when it comes back`,
      );
  }
  const field = form.fields[tried];
  const value = typed[tried];
  if (field === undefined || typeof value !== 'string' || !['text', 'textarea'].includes(field.kind)) return;
  if (!inputs.has(tried)) return;
  const back = shown(tried, field)[0] ?? '';
  const plain = (text: string) => text.replace(/\r\n?/g, '\n').replaceAll('\0', '\ufffd').trim();
  if (plain(back).replaceAll('\ufffd', '') !== plain(value).replaceAll('\ufffd', ''))
    faults.push(`${where} comes back as ${JSON.stringify(back.slice(0, 80))}`);
}

/** The values that a field stands with on the page, of what bears its name there. */
function shownIn(inputs: HTMLElement[], form: Form, name: string, { kind }: Field) {
  const isOwn = (input: HTMLElement) => input.id === `${form.name}-${name}`;
  const typeOf = (input: HTMLElement) => input.getAttribute('type');
  const values = (of: HTMLElement[]) => of.map((each) => each.getAttribute('value') ?? '');
  const ticked = inputs.filter((each) => each.localName === 'input' && each.hasAttribute('checked'));
  if (kind === 'radio' || kind === 'checkboxes' || kind === 'checkbox') return values(ticked);
  if (kind === 'select')
    // what was chosen by a link is carried along unseen
    return [
      ...inputs.filter(isOwn).flatMap((select) => values(select.querySelectorAll('option[selected]'))),
      ...values(inputs.filter((each) => typeOf(each) === 'hidden')),
    ];
  if (kind === 'hidden') return values(inputs);
  const input = inputs.find(isOwn);
  // the first line break in a textarea is not part of its text
  const text = (kind === 'textarea' ? input?.textContent.replace(/^\n/, '') : input?.getAttribute('value')) ?? '';
  // an address that was typed may come back as a box that is ticked
  return [text, ...values(ticked.filter((each) => typeOf(each) === 'checkbox'))];
}

/** What was taken is in the database as it was typed (NFC, trimmed), and its mails are harmless. */
async function keptExactly(faults: string[], { ipms }: Trial, where: string, { field, value }: Try, changed: string[]) {
  if (Array.isArray(value) && field.kind !== 'checkboxes' && field.kind !== 'checkbox')
    faults.push(`${where}: two values were taken`);
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
      faults.push(`${where} was taken but is not kept as it was typed`);
  }
  if (!changed.includes('outbox')) return;
  for (const mail of await ipms.db.selectFrom('outbox').selectAll().orderBy('id', 'desc').limit(5).execute()) {
    const { subject, html } = renderLetter(ipms.app.eta, mail, ipms.app.baseUrl(), mail.secret);
    if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(subject))
      faults.push(`${where}: the mail's subject breaks a header`);
    findMarkup(faults, `${where}, the mail`, { html, dom: parse(html) });
    if (!/^[\x21-\x7e]+$/.test(mail.to_address)) faults.push(`${where}: a mail goes to ${mail.to_address}`);
  }
}

/** The page that follows, or the item's page, shows what was taken, letter for letter. */
async function shownExactly(
  faults: string[],
  { ipms, admin }: Trial,
  where: string,
  { route, name, field, value }: Try,
  result: Page,
) {
  const pages = [result];
  const row = await ipms.db.selectFrom('audit').selectAll().orderBy('id', 'desc').executeTakeFirst();
  const place = row && placeOf({ role: 'admin', userId: null }, { type: row.item_type, id: row.item_id });
  if (place) pages.push(await admin.get(place));
  for (const page of pages) findMarkup(faults, `${where}, the page after it`, page);
  if (field.kind !== 'text' && field.kind !== 'textarea') return;
  const seen = pages.flatMap(({ dom }) => [
    dom.querySelector('main')?.textContent ?? '',
    ...dom.querySelectorAll('main input').map((input) => input.getAttribute('value') ?? ''),
  ]);
  if (!seen.some((text) => text.includes(String(value))) && !NOT_SHOWN.has(`${route.url} ${name}`))
    faults.push(`${where} was taken and is on no page after it; if that is right, say so in NOT_SHOWN`);
}
