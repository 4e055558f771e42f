import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateSync } from 'otplib';
import { type Test, t } from 'tap';
import { backup } from '../../src/command-line/backup.ts';
import { type Mailer, sendPending } from '../../src/trail/outbox-worker.ts';
import type { App } from '../../src/web/app-types.ts';
import { issueCode, PEOPLE } from '../account-requests/joining.ts';
import { dataFolder } from '../command-line/folder.ts';
import { HELPDESK, newInstallation, serve } from '../command-line/installed.ts';
import { run } from '../command-line/run.ts';
import { PASSWORD, startIpms, Visitor } from '../helper.ts';
import { secretOn } from '../second-factor/phone.ts';

// No code, link or password of a day's work stands in what an installation leaves on a disk

const CHOSEN = 'Angsana@Merah2026';
const CODE = /[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}/g;
const LINK = /\/password\/reset\/([\w-]{43})/g;

/** All bytes of a folder's files, by name: the database, its log, what lies beside. */
function bytesIn(folder: string) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => ({ name: each.name, bytes: readFileSync(join(each.parentPath, each.name)) }));
}

/** A text as it stands in a file: as it is, in hex, and in base64 wherever it begins within three bytes. */
function spellingsOf(text: string) {
  const base64 = [0, 1, 2].map((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(text)]);
    // the letters at both ends also depend on what stands beside it
    return bytes.toString('base64').slice(before === 0 ? 0 : 4, -4);
  });
  const hex = Buffer.from(text).toString('hex');
  return [
    text,
    hex,
    hex.toUpperCase(),
    ...base64,
    ...base64.map((each) => each.replace(/\+/g, '-').replace(/\//g, '_')),
  ];
}

function search(t: Test, folders: string[], secrets: Iterable<string>, when: string) {
  const files = folders.flatMap(bytesIn);
  for (const secret of secrets)
    for (const spelling of spellingsOf(secret))
      for (const { name, bytes } of files) if (bytes.includes(spelling)) t.fail(`${when}: ${secret} stands in ${name}`);
  return files;
}

/** Keeps what it is given to send. */
function keepingMailer(texts: string[]): Mailer {
  const sendMail = async ({ text }: { text: string }) => void texts.push(text);
  return { sendMail, close: () => undefined } as unknown as Mailer;
}

async function signIn(t: Test, app: App, login: string, password: string) {
  const visitor = new Visitor(t, app);
  t.equal((await visitor.submit('/login', '/login', { login, password })).status, 303, `${login} signs in`);
  return visitor;
}

t.test(
  'a day of codes, links and passwords leaves none of them behind: before and after they were mailed',
  async (t) => {
    const folder = await newInstallation(t);
    const copies = dataFolder(t);
    const texts: string[] = [];
    const secrets = new Set([HELPDESK.password, CHOSEN]);
    await serve(t, folder, async (_visitor, app) => {
      const send = () => {
        const sender = { mailer: keepingMailer(texts), from: { name: 'IPMS', address: 'ipms@bantuan.test' } };
        return sendPending(app.db, { ...sender, eta: app.eta, baseUrl: app.baseUrl() }, () => new Date());
      };
      const helpdesk = await signIn(t, app, HELPDESK.login, HELPDESK.password);
      const newcomer = { full_name: 'Lim Siew Ling', login_id: 'siew.ling', email: 'siewling@rumah.test' };
      const invited = await helpdesk.submit('/helpdesk/admins/new', '/helpdesk/admins/new', {
        agency_id: '1',
        ...newcomer,
      });
      const link = /\/password\/reset\/[\w-]{43}/.exec((await helpdesk.get(invited.location)).text)?.[0] ?? '';
      secrets.add(link.slice(-43));
      search(t, [folder], secrets, 'an invitation waits');
      const chosen = { new_password: CHOSEN, confirm_password: CHOSEN };
      t.equal((await new Visitor(t, app).submit(link, link, chosen)).status, 303);
      const admin = await signIn(t, app, 'siew.ling', CHOSEN);
      const { code } = await issueCode(admin, PEOPLE.malay);
      t.match(code, CODE);
      secrets.add(code);
      const staff = { full_name: 'Meja Dua', login_id: 'meja.dua', email: 'meja.dua@bantuan.test' };
      await helpdesk.submit('/helpdesk/staff/new', '/helpdesk/staff/new', staff);
      const help = invited.location.replace('admins', 'sign-in-help');
      t.equal((await helpdesk.submit(help, `${help}/send-link`)).status, 303);
      const page = '/me/second-factor';
      const key = secretOn(await admin.get(page));
      const fields = { code: generateSync({ secret: key }), current_password: CHOSEN };
      t.equal((await admin.submit(page, page, fields)).status, 303);
      const recovery = (await admin.get(page)).dom.querySelectorAll('.codes code').map((each) => each.textContent);
      for (const each of [key, ...recovery]) secrets.add(each);

      t.equal((await run(t, folder, backup, [join(copies, 'waiting.db')])).code, 0);
      search(t, [folder, copies], secrets, 'mails wait');
      t.match(await send(), { failed: 0 });
      for (const text of texts) {
        for (const [found] of text.matchAll(CODE)) secrets.add(found);
        for (const [, found] of text.matchAll(LINK)) secrets.add(found ?? '');
      }
      t.ok(
        texts.some((text) => text.includes(code)),
        'the mail itself has the code',
      );
      t.ok([...secrets].filter((each) => each.length === 43).length >= 3, 'links of all kinds were mailed');
      t.equal((await run(t, folder, backup, [join(copies, 'sent.db')])).code, 0);
      const files = search(t, [folder, copies], secrets, 'mails were sent');
      const names = files.map(({ name }) => name);
      t.ok(
        ['ipms.db', 'ipms.db-wal', 'waiting.db', 'sent.db'].every((name) => names.includes(name)),
        names.join(', '),
      );
    });
    search(t, [folder], secrets, 'the server has stopped');
  },
);

t.test('the search finds what stands there, in each spelling', (t) => {
  const secret = 'KRBAU-7TAM8-8ZZZZ';
  for (const spelled of [secret, Buffer.from(secret).toString('hex')])
    t.ok(spellingsOf(secret).some((each) => `x${spelled}y`.includes(each)));
  for (const before of ['', 'a', 'ab', 'abc'])
    t.ok(spellingsOf(secret).some((each) => Buffer.from(`${before}${secret}yz`).toString('base64').includes(each)));
  t.end();
});

t.test('what was sealed with another key is not sent, and says so', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan', PASSWORD);
  const texts: string[] = [];
  const sender = { mailer: keepingMailer(texts), from: { name: 'IPMS', address: 'ipms@bantuan.test' } };
  const send = () => sendPending(ipms.db, { ...sender, eta: ipms.app.eta, baseUrl: '' }, () => ipms.clock.now);
  await send();
  const { id } = await issueCode(admin, PEOPLE.malay);
  const strange = Buffer.alloc(60, 1).toString('base64url');
  const ofCode = { item_type: 'access_code' as const, item_id: id };
  const carrier = ipms.db.updateTable('outbox').set({ secret: strange }).where('secret', 'is not', null);
  await carrier.where('item_type', '=', ofCode.item_type).where('item_id', '=', ofCode.item_id).execute();
  t.match(await send(), { failed: 1 });
  t.notOk(texts.some((text) => text.includes('●') || text.includes(strange)));
  const failed = await ipms.db.selectFrom('outbox').selectAll().where('secret', '=', strange).execute();
  t.match(failed, [{ state: 'waiting', tries: 1, last_error: /sealed with another key/ }]);
});
