import { type Test, t } from 'tap';
import { type DirectoryAnswer, NO_DIRECTORY, NOT_ASKED } from '../../src/sign-in/password.ts';
import { makeSetUpLink } from '../../src/sign-in/set-up.ts';
import { texts } from '../../src/texts.ts';
import { approved } from '../account-requests/joining.ts';
import { type Ipms, PASSWORD, type Page, startIpms, type Visitor } from '../helper.ts';
import { makeOfficer } from '../make.ts';
import { openedSecret, person } from '../read.ts';

// Wherever a password is set, the page says what is true of the mailbox: it takes it, it follows, or nobody carries it there.

const NEW = 'Kerbau#Hitam88';
const CHOSEN = { new_password: NEW, confirm_password: NEW };
const WAYS = {
  taken: { isTaken: true, sealed: null },
  waits: { isTaken: false, sealed: 'dimeterai' },
  notCarried: NOT_ASKED,
} satisfies Record<string, DirectoryAnswer>;
type Way = keyof typeof WAYS;
const NAMES = Object.keys(WAYS) as Way[];

/** A directory that answers so to every password. */
function answer({ app }: Ipms, way: Way) {
  const isAsked = async () => way !== 'notCarried';
  app.directoryPasswords = { ...NO_DIRECTORY, isAsked, offer: async () => WAYS[way] };
}

/** Of the three sentences the page has this one, in both languages; null: none. */
async function saysOnly(t: Test, browser: Visitor, page: string, way: Way | null) {
  for (const language of ['ms', 'en'] as const) {
    const cookies = browser.cookies;
    browser.carry('ipms-language', language);
    const shown = (await browser.get(page)).text;
    for (const each of NAMES)
      t.equal(shown.includes(texts[`password.mailbox.${each}`][language]), each === way, `${page} ${language} ${each}`);
    // what is said once is said again in the other language
    browser.carry('ipms-flash', decodeURIComponent(cookies.get('ipms-flash') ?? ''));
  }
}

const RULE = texts['password.rule.directory'].ms;
const rules = ({ dom }: Page) => dom.querySelectorAll('.rules li').map((each) => each.textContent);

for (const way of NAMES)
  t.test(`${way}: own, by the administrator, by a link, and the first one`, async (t) => {
    const ipms = await startIpms(t);
    answer(ipms, way);
    const listsRule = way !== 'notCarried';
    const ali = await makeOfficer(ipms, 'ali.abu', { recovery: 'ali@rumah.test' });
    const officer = await ipms.signIn('ali.abu');
    t.equal(rules(await officer.get('/me/password')).includes(RULE), listsRule, 'its rule stands with the others');
    const own = { ...CHOSEN, current_password: PASSWORD };
    t.equal((await officer.submit('/me/password', '/me/password', own)).status, 303);
    const cookies = officer.cookies.get('ipms-flash') ?? '';
    const flash = (await officer.get('/me/password')).dom.querySelector('.flash')?.textContent ?? '';
    t.equal(flash.includes('menetapkan katalaluan mailbox'), way === 'notCarried', 'what it has not got is not tested');
    officer.carry('ipms-flash', decodeURIComponent(cookies));
    await saysOnly(t, officer, '/me/password', way);

    const admin = await ipms.signIn('admin.jabatan');
    const page = `/admin/mailboxes/${ali.id}/password`;
    t.equal(rules(await admin.get(page)).includes(RULE), listsRule);
    t.equal(
      (await admin.submit(page, page, { new_password: 'Lembu#Putih99', confirm_password: 'Lembu#Putih99' })).status,
      303,
    );
    await saysOnly(t, admin, page, way);

    const stranger = ipms.visitor();
    await stranger.submit('/password/forgot', '/password/forgot', { login: 'ali.abu' });
    const { secret: link } = await ipms.db
      .selectFrom('outbox')
      .select(openedSecret)
      .where('mail', '=', 'reset')
      .where('to_address', '=', 'ali@rumah.test')
      .executeTakeFirstOrThrow();
    t.equal(rules(await stranger.get(link ?? '')).includes(RULE), listsRule);
    const third = { new_password: 'Kambing#Biru77', confirm_password: 'Kambing#Biru77' };
    t.equal((await stranger.submit(link ?? '', link ?? '', third)).status, 303);
    await saysOnly(t, stranger, '/login', way);

    const { applicant } = await approved(ipms, admin);
    t.equal(rules(await applicant.get('/register/activate')).includes(RULE), listsRule);
    t.equal((await applicant.submit('/register/activate', '/register/activate', CHOSEN)).status, 303);
    await saysOnly(t, applicant, '/login', way);
  });

t.test('somebody without a mailbox is told nothing of one: an invitation, and the set-up', async (t) => {
  const ipms = await startIpms(t);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const newcomer = { login_id: 'meja.dua', email: 'meja.dua@bantuan.test', full_name: 'Meja Dua' };
  await helpdesk.submit('/helpdesk/staff/new', '/helpdesk/staff/new', newcomer);
  const { id } = await person(ipms, 'meja.dua');
  const { secret: link } = await ipms.db
    .selectFrom('outbox')
    .select(openedSecret)
    .where('item_type', '=', 'user')
    .where('item_id', '=', id)
    .where('secret', 'is not', null)
    .executeTakeFirstOrThrow();
  const browser = ipms.visitor();
  t.equal((await browser.submit(link ?? '', link ?? '', CHOSEN)).status, 303);
  await saysOnly(t, browser, '/login', null);

  const empty = await startIpms(t, { empty: true });
  const path = await makeSetUpLink(empty.db, empty.clock.now);
  const first = empty.visitor();
  const account = { full_name: 'Noraini binti Salleh', login_id: 'meja.pertama', email: 'meja@bantuan.test' };
  t.equal((await first.submit(path, path, { ...account, ...CHOSEN })).status, 303);
  await saysOnly(t, first, '/login', null);
});
