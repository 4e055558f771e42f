import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Test, t } from 'tap';
import { texts } from '../../src/texts.ts';
import { scan } from '../../src/web/scanner.ts';
import { APPLICATION } from '../account-requests/joining.ts';
import { type Chosen, pdf, png, sha256, submitWith } from '../attached-files.ts';
import { dataFolder } from '../command-line/folder.ts';
import { startIpms, type Visitor } from '../helper.ts';
import { person, trailOf } from '../read.ts';

// ASVS 5.4.3: the agency's scanner is asked about each attached file before any is kept

const TICKET = '/admin/tickets/new';
const QUESTION = { kind: 'question', subject: 'Borang', description: 'Seperti dilampirkan' };
const CODE_REQUEST = '/access-code-requests/new';

/** Answers as scanners do, by what is in the file, and notes what it was started with. */
const SCANNER = `#!/bin/sh
echo "$# $1" >> "$(dirname "$0")/started"
env > "$(dirname "$0")/environment"
case "$(cat "$2")" in
  *JANGKITAN*) echo "attached: Ujian FOUND"; exit 1 ;;
  *ROSAK*) echo "no daemon" >&2; exit 2 ;;
  *LAMA*) exec sleep 60 ;;
esac
`;

function scannerIn(folder: string) {
  const file = join(folder, 'scanner.sh');
  writeFileSync(file, SCANNER);
  chmodSync(file, 0o700);
  return file;
}

async function start(t: Test) {
  const folder = dataFolder(t);
  const scanner = scannerIn(folder);
  const ipms = await startIpms(t, {
    environment: {
      IPMS_DATA_DIR: folder,
      IPMS_SCAN_COMMAND: `${scanner} --no-summary`,
      IPMS_TRUST_PROXY: '127.0.0.1',
    },
  });
  const told = () => readFileSync(join(folder, 'started'), 'utf8').trim().split('\n');
  const left = () => readdirSync(join(folder, 'scan-scratch'));
  const kept = async () => (await ipms.db.selectFrom('attachment').selectAll().execute()).length;
  const tickets = async () => (await ipms.db.selectFrom('ticket').selectAll().execute()).length;
  return { ipms, folder, told, left, kept, tickets };
}

const send = (browser: Visitor, files: Chosen[]) => submitWith(browser, TICKET, TICKET, QUESTION, files);
const harmful = (name = 'surat jangkitan.pdf') => pdf(name, 'JANGKITAN');

t.test('what is clean is kept, what is harmful is refused in words and written down', async (t) => {
  const { ipms, folder, told, left, kept, tickets } = await start(t);
  const admin = await ipms.signIn('admin.jabatan');
  const { id } = await person(ipms, 'admin.jabatan');
  t.equal((await send(admin, [pdf(), png()])).status, 303);
  t.equal(await kept(), 2);
  t.strictSame(told(), ['2 --no-summary', '2 --no-summary'], 'each file, with the arguments that are set and its name');
  t.strictSame(left(), [], 'nothing stays of what was looked at');
  t.notMatch(readFileSync(join(folder, 'environment'), 'utf8'), /IPMS_|HOME=/, 'the environment is kept from it');

  const before = await tickets();
  const file = harmful('$(rm -rf $HOME); surat.pdf');
  const refused = await send(admin, [pdf(), file]);
  t.equal(refused.status, 422);
  t.match(refused.problems.attachments, texts['attachment.harmful'].ms.split('{name} ')[1]);
  t.match(refused.text, QUESTION.description, 'what was typed is still there');
  t.equal(await kept(), 2);
  t.equal(await tickets(), before);
  t.strictSame(left(), []);
  const rows = await trailOf(ipms, 'user', id, 'attachment.harmful');
  t.match(rows, [{ sop: '6.0', actor_user_id: id, agency_id: 1 }]);
  t.match(JSON.parse(rows[0]?.after ?? ''), { sha256: sha256(file.bytes), file_size: file.bytes.length });
  const trail = await admin.get('/admin/audit?q=surat');
  t.match(trail.text, texts['audit.attachment.harmful'].ms, 'the agency sees it');
});

t.test('what cannot be examined is refused, and comes in when the scanner is there again', async (t) => {
  const { ipms, folder, kept } = await start(t);
  const admin = await ipms.signIn('admin.jabatan');
  const { id } = await person(ipms, 'admin.jabatan');
  const refused = await send(admin, [pdf('surat.pdf', 'ROSAK')]);
  t.equal(refused.status, 422);
  t.equal(refused.problems.attachments, texts['attachment.notExamined'].ms.replace('{name}', 'surat.pdf'));
  chmodSync(join(folder, 'scanner.sh'), 0o600);
  t.equal((await send(admin, [pdf()])).status, 422, 'it may not even be started');
  t.equal(await kept(), 0);
  t.strictSame(await trailOf(ipms, 'user', id, 'attachment.harmful'), [], 'nobody is said to have brought a virus');
  t.equal((await send(admin, [])).status, 303, 'a form without a file needs no scanner');
  chmodSync(join(folder, 'scanner.sh'), 0o700);
  t.equal((await send(admin, [pdf()])).status, 303);
  t.equal(await kept(), 1);
});

t.test('a stranger’s harmful files are refused, and fill no trail', async (t) => {
  const { ipms, kept } = await start(t);
  const from = { 'x-forwarded-for': '203.0.113.9' };
  const large = pdf('besar.pdf', 'JANGKITAN', 5 * 1024 ** 2);
  const ask = () =>
    submitWith(ipms.visitor({ language: 'en' }), CODE_REQUEST, CODE_REQUEST, APPLICATION, [large], from);
  const first = await ask();
  t.equal(first.status, 422);
  t.match(first.problems.attachments, 'the virus scanner of the agency found it harmful');
  const rows = () => ipms.db.selectFrom('audit').selectAll().where('action', '=', 'attachment.harmful').execute();
  t.match(await rows(), [{ actor_role: 'visitor', address: '203.0.113.9', item_type: 'database', agency_id: null }]);
  await ipms.db.updateTable('throttle').set({ failures: 99 }).where('key', 'like', 'files:%').execute();
  t.equal((await ask()).status, 429, 'a day’s files are used up');
  t.equal((await rows()).length, 1);
  t.equal(await kept(), 0);
});

t.test('a scanner that does not end is ended, one that is not there is no leave', async (t) => {
  const folder = dataFolder(t);
  const scanner = scannerIn(folder);
  const look = (program: string, within: string) => scan([program, 'x'], folder, pdf('', within).bytes, 400);
  t.strictSame(await look(scanner, 'LAMA'), { is: 'unknown', why: 'it took too long' });
  t.match(await look(join(folder, 'none'), ''), { is: 'unknown', why: /ENOENT/ });
  t.match(await scan([scanner, 'x'], folder, pdf('', 'ROSAK').bytes), {
    is: 'unknown',
    why: 'it ended with 2: no daemon',
  });
  t.match(await scan([scanner, 'x'], folder, harmful().bytes), { is: 'harmful', said: 'attached: Ujian FOUND' });
  t.strictSame(readdirSync(join(folder, 'scan-scratch')), []);
});

t.test('without a scanner nothing is started, and everything is as it was', async (t) => {
  const folder = dataFolder(t);
  const ipms = await startIpms(t, { environment: { IPMS_DATA_DIR: folder } });
  t.equal((await send(await ipms.signIn('admin.jabatan'), [harmful()])).status, 303);
  t.notOk(existsSync(join(folder, 'scan-scratch')));
});
