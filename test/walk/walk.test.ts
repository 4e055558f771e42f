import type { HTMLElement } from 'node-html-parser';
import { t } from 'tap';
import { DAY, HOUR, later } from '../../src/base/time.ts';
import { checkAll } from '../../src/command-line/check.ts';
import { openSqlite, queryBuilder } from '../../src/data/database.ts';
import { runDue } from '../../src/due.ts';
import { issueCode, type Person, signInWithCode } from '../account-requests/joining.ts';
import { workOffRuns } from '../bulk/runs.ts';
import { type Ipms, PASSWORD, type Page, secrets, startIpms, type Visitor } from '../helper.ts';
import { takeOver } from '../usage/files.ts';
import { type Chance, chanceOf } from './chance.ts';
import { filledIn } from './filling-in.ts';
import { send } from './uploading.ts';

// People of every role in two agencies, an applicant and a stranger press whatever they are shown, and send files, while days pass. Whatever they do, no page fails, and
// `check` finds nothing. IPMS_WALK=5000 walks so many acts; IPMS_WALK_SEED another way.

const ACTS = Number(process.env.IPMS_WALK ?? 250);
const SEED = Number(process.env.IPMS_WALK_SEED ?? 2026);

const PEOPLE = ['admin.jabatan', 'pegawai.jabatan', 'admin.kementerian', 'meja.bantuan'];

/** What would end the walk of whoever does it: the own sign-out, password and second factor. */
const SPARED = /^\/(logout|language|session)|\/me\/(password|second-factor|sessions)|second-factor/;

type Walker = { login: string; browser: Visitor; page: Page; url: string };

const APPLICANT = 'an applicant';
type Joining = { person: Person; code: string };

t.test(`a walk of ${ACTS} acts by people of every role, seed ${SEED}`, async (t) => {
  const ipms = await startIpms(t);
  const chance = chanceOf(SEED);
  const times = new Map<string, number>();
  const own = await ownPages(ipms);
  const walkers: Walker[] = [];
  for (const login of PEOPLE) {
    const browser = await ipms.signIn(login);
    walkers.push({ login, browser, url: '/', page: await browser.get('/') });
  }
  for (const login of ['', APPLICANT]) {
    const browser = ipms.visitor();
    walkers.push({ login, browser, url: '/', page: await browser.get('/') });
  }
  const joining: Joining = { person: { full_name: '', ic_number: '' }, code: '' };

  const way: string[] = [];
  const taken = new Set<string>();
  const seen = (walker: Walker, what: string, { status }: Page) => {
    way.push(`${walker.login || 'a stranger'} ${what} → ${status}`);
    if (status >= 500) t.fail(`answered ${status}: ${way.slice(-3).join('; ')}`);
  };
  let acts = 0;
  for (let step = 0; acts < ACTS && step < ACTS * 12; step += 1) {
    const walker = chance.one(walkers);
    const form = chance.rarest(formsOn(walker, own), times);
    if (form !== undefined && chance.is(0.6)) {
      const now = ipms.clock.now;
      const answer = await send(walker.browser, { ...form, fields: filledIn(form.form, chance, now), now }, chance);
      seen(walker, `POST ${form.action}`, answer);
      if (answer.status === 303) taken.add(form.name);
      acts += 1;
      if (acts % 10 === 0) await timePasses(ipms, chance);
      await goOn(walker, answer.location || chance.one([walker.url, '/']));
    } else {
      const link = chance.rarest(linksOn(walker), times);
      const url = link?.url ?? '/';
      await goOn(walker, url);
      seen(walker, `GET ${url}`, walker.page);
    }
    if (walker.login === APPLICANT) {
      if (!walker.url.startsWith('/register/')) await joinAgain(ipms, walker, joining, chance);
    } else if (walker.url.startsWith('/login') && walker.login !== '') await signInAgain(walker);
  }
  t.ok(acts >= ACTS, `${acts} acts, ${times.size} pages and forms, ${taken.size} of them sent with success`);
  t.comment([...taken].sort().join('\n'));
  t.strictSame(await faultsOf(ipms), [], `seed ${SEED}: nothing is wrong in the end`);
});

/** What is on the way to losing a walker: others may be disabled, deleted, moved and renamed. */
async function ownPages(ipms: Ipms) {
  const rows = await ipms.db
    .selectFrom('user')
    .leftJoin('mailbox', 'mailbox.user_id', 'user.id')
    .select(['user.id as user', 'mailbox.id as mailbox'])
    .where('user.login_id', 'in', PEOPLE)
    .execute();
  return new RegExp(
    `/(admins|staff|sign-in-help|people)/(${rows.map((row) => row.user).join('|')})(/|$)|/mailboxes/(${rows.map((row) => row.mailbox ?? 0).join('|')})/(password|disable|delete|account|general|transfer)`,
  );
}

async function goOn(walker: Walker, url: string) {
  let page = await walker.browser.get(url);
  for (let hop = 0; hop < 4 && page.status === 303; hop += 1) {
    url = page.location;
    page = await walker.browser.get(url);
  }
  walker.url = url;
  walker.page = page;
}

async function signInAgain(walker: Walker) {
  await walker.browser.submit('/login', '/login', { login: walker.login, password: PASSWORD });
  await goOn(walker, '/');
}

/** SOP 4.3 step 1: with the code of before, or, when that is of no use any more, as somebody else with a new one. */
async function joinAgain(ipms: Ipms, walker: Walker, joining: Joining, chance: Chance) {
  if (joining.code !== '' && chance.is(0.7) && (await comeIn(ipms, walker, joining))) return;
  const person = {
    full_name: chance.one(APPLICANTS),
    ic_number: `9${chance.upTo(9)}0101${14_0000 + chance.upTo(9999)}`,
  };
  const { code } = await issueCode(await ipms.signIn('admin.jabatan'), person);
  Object.assign(joining, { person, code });
  if (code !== '') await comeIn(ipms, walker, joining);
}

async function comeIn(ipms: Ipms, walker: Walker, { person, code }: Joining) {
  const { applicant, answer } = await signInWithCode(ipms, person, code);
  if (answer.status !== 303) return false;
  walker.browser = applicant;
  await goOn(walker, answer.location);
  return true;
}

const APPLICANTS = ['Nurul Izzah binti Kamaruddin', 'Lim Wei Ming', 'Kumaran a/l Subramaniam', 'Jugah anak Barieng'];

/** Hours or days, and what is due by then is done, and what the threads of the server would have done. */
async function timePasses(ipms: Ipms, chance: Chance) {
  ipms.clock.now = later(ipms.clock.now, chance.is(0.7) ? chance.upTo(8) * HOUR : chance.upTo(20) * DAY);
  await workOffRuns(ipms);
  await takeOver(ipms);
  await runDue(ipms.db, ipms.clock.now);
}

type FormOnPage = { form: HTMLElement; action: string; name: string };

function formsOn({ page, url }: Walker, own: RegExp): FormOnPage[] {
  return page.dom
    .querySelectorAll('form[method=post]')
    .map((form) => {
      const action = form.getAttribute('action') ?? url.split('?')[0] ?? '/';
      return { form, action, name: `POST ${patternOf(action)}` };
    })
    .filter(({ action }) => !SPARED.test(action) && !own.test(action));
}

function linksOn({ page }: Walker) {
  return page.dom
    .querySelectorAll('a[href]')
    .map((link) => ({ url: (link.getAttribute('href') ?? '').replaceAll('&amp;', '&').replace(/#.*$/, '') }))
    .filter(({ url }) => /^\/(?!\/)/.test(url) && !SPARED.test(url))
    .map(({ url }) => ({ url, name: patternOf(url) }));
}

/** Pages of the same kind are one: without numbers and without what stands behind the question mark. */
const patternOf = (url: string) => (url.split('?')[0] ?? '').replace(/\d+/g, ':id');

async function faultsOf(ipms: Ipms) {
  const sqlite = openSqlite(ipms.serialize(), secrets.audit);
  const db = queryBuilder(sqlite);
  try {
    return await checkAll({ sqlite, db }, undefined);
  } finally {
    await db.destroy();
  }
}
