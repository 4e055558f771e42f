import { t } from 'tap';
import { readRows } from '../../src/bulk/file.ts';
import { KINDS } from '../../src/bulk/kinds.ts';
import { checkRows } from '../../src/bulk/rows.ts';
import {
  formWithFile,
  preparedRun,
  rowsAt,
  runAt,
  runIdOf,
  someMailboxes,
  startBulk,
  uploadFile,
  workOffRuns,
} from '../bulk/runs.ts';

// Files and forms that are made to do what no form allows.

/** How often a text is brought to its one spelling, which is what reading a file costs. */
async function spelled(work: () => Promise<unknown>) {
  const { normalize } = String.prototype;
  let count = 0;
  String.prototype.normalize = function (this: string, form?: string) {
    count += 1;
    return normalize.call(this, form);
  };
  try {
    await work();
  } finally {
    String.prototype.normalize = normalize;
  }
  return count;
}

t.test('a heading of ten thousand columns is refused early, one of a hundred compared once', async (t) => {
  const headings = (count: number) => Buffer.from(`${'x,'.repeat(count)}mailbox\n1\n`);
  const refused = (count: number, message: string) =>
    spelled(() => t.rejects(readRows(KINDS.changes, headings(count)), { message }));
  t.equal(await refused(10_000, 'bulk.file.wide'), 0, 'nothing of it is compared');
  const [few, many] = [await refused(9, 'bulk.heading.wrong'), await refused(99, 'bulk.heading.wrong')];
  t.ok(many - few <= 2 * 90, `${few}, ${many}`);
});

t.test('a cell with thousands of choices is refused, not compared piece by piece', async (t) => {
  const bytes = Buffer.from(`mailbox,services\na@jabatan.test,"${'Enterprise Voice,'.repeat(3000)}"\n`);
  const rows = await readRows(KINDS.changes, bytes);
  const count = await spelled(async () => {
    t.match(await checkRows(KINDS.changes, rows), [{ problems: [{ column: 'services', key: 'form.tooLong' }] }]);
  });
  t.ok(count < 1000, `${count}`);
});

t.test('no column gives what the form does not have', async (t) => {
  const { ipms, admin } = await startBulk(t);
  const { db } = ipms;
  const [mailbox] = await someMailboxes(ipms, 'JC', 1);
  if (mailbox === undefined) throw new Error('nobody is there');
  for (const column of [
    'agency_id',
    'role',
    'status',
    'user_id',
    'login_id',
    'ic_number',
    'primary_email',
    'aliases',
    'passport',
    'category',
    'leave_without',
    '__proto__',
    'constructor',
    'toString',
  ]) {
    const answer = await uploadFile(admin, 'changes', `mailbox,${column}\n${mailbox.primary_email},2\n`);
    t.equal(answer.status, 422, column);
  }
  t.strictSame(await db.selectFrom('mailbox').selectAll().where('id', '=', mailbox.id).execute(), [mailbox]);
});

t.test('fields with the names of what every object has', async (t) => {
  const { ipms, admin } = await startBulk(t);
  const _csrf = await admin.token('/admin/bulk/new?kind=changes');
  for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
    const file = { name: 'a.csv', bytes: 'mailbox,unit\n' };
    const { body, headers } = formWithFile({ _csrf, kind: 'changes', [name]: 'x' }, file);
    const answer = await admin.send('POST', '/admin/bulk/new', body, headers);
    t.ok([400, 422].includes(answer.status), `${name} ${answer.status}`);
  }
  for (const kind of ['__proto__', 'constructor', 'toString']) {
    t.equal((await admin.get(`/admin/bulk/template?kind=${kind}`)).status, 404);
    const { body, headers } = formWithFile({ _csrf, kind }, { name: 'a.csv', bytes: 'mailbox\nx\n' });
    t.equal((await admin.send('POST', '/admin/bulk/new', body, headers)).status, 422);
  }
  t.equal(({} as Record<string, unknown>).x, undefined);
  const { count } = await ipms.db
    .selectFrom('bulk_run')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('file_name', '=', 'a.csv')
    .executeTakeFirstOrThrow();
  t.equal(count, 0);
});

t.test('another agency’s people and lists are as unknown as nobody, in words, mails and figures', async (t) => {
  const { ipms, admin } = await startBulk(t);
  const [theirs] = await someMailboxes(ipms, 'KC', 1);
  if (theirs === undefined) throw new Error('nobody is there');
  const group = await ipms.db
    .selectFrom('group')
    .select('primary_email')
    .where('agency_id', '=', theirs.agency_id)
    .where('status', '=', 'active')
    .executeTakeFirstOrThrow();
  const tried: [kind: string, rows: (address: string, groupAddress: string) => string][] = [
    ['changes', (address) => `mailbox,unit\n${address},Unit X\n`],
    ['disabling', (address) => `mailbox,reason\n${address},study_leave\n`],
    ['enabling', (address) => `mailbox\n${address}\n`],
    ['deletion', (address) => `mailbox,effective_on,reason\n${address},31/12/2026,Bersara\n`],
    ['members-added', (address, groupAddress) => `list,member\n${groupAddress},${address}\n`],
    ['members-removed', (address, groupAddress) => `list,member\n${groupAddress},${address}\n`],
  ];
  const nobody = { address: 'tiada@kementerian.test', groupAddress: 'tiada.dl@kementerian.test' };
  const plain = (text: string) =>
    text
      .replaceAll(theirs.primary_email, nobody.address)
      .replaceAll(theirs.login_id, nobody.address)
      .replaceAll(group.primary_email, nobody.groupAddress);
  for (const [kind, rows] of tried)
    for (const name of [theirs.primary_email, ...(kind.startsWith('members') ? [] : [theirs.login_id])]) {
      const seen: unknown[] = [];
      for (const [address, groupAddress] of [
        [name, group.primary_email],
        [nobody.address, nobody.groupAddress],
      ] as const) {
        const place = await preparedRun(t, ipms, admin, kind, rows(address, groupAddress));
        const [row] = await rowsAt(ipms, place);
        seen.push([
          (await runAt(ipms, place)).state,
          plain(JSON.stringify([row?.said, row?.mails, row?.notes, row?.item_id])),
        ]);
      }
      t.strictSame(seen[0], seen[1], kind);
      t.match(seen[0], ['refused'], kind);
    }
});

t.test('another agency’s run is found by no number', async (t) => {
  const { ipms, admin } = await startBulk(t);
  const other = await ipms.signIn('admin.kementerian');
  const [mailbox] = await someMailboxes(ipms, 'JC', 1);
  const place = await preparedRun(t, ipms, admin, 'changes', `mailbox,unit\n${mailbox?.primary_email},Unit Baharu\n`);
  const _csrf = await other.token('/admin');
  for (const path of ['', '/confirm', '/cancel', '/undo', '?format=csv', '?state=waiting'])
    t.equal((await other.get(`${place}${path}`)).status, 404, path);
  for (const path of ['confirm', 'cancel', 'undo'])
    t.equal((await other.post(`${place}/${path}`, { _csrf, reason: 'x' })).status, 404, path);
  await workOffRuns(ipms);
  t.match(await runAt(ipms, place), { id: runIdOf(place), state: 'checked' });
  t.notMatch((await other.get('/admin/bulk?format=csv')).html, 'changes.csv');
});

t.test('markup and breaks in names come out as text', async (t) => {
  const { ipms, admin } = await startBulk(t);
  const _csrf = await admin.token('/admin/bulk/new?kind=changes');
  const name = '<img src=x onerror=alert(1)>=cmd.csv';
  const { body, headers } = formWithFile(
    { _csrf, kind: 'changes' },
    { name, bytes: 'mailbox,unit\n<script>alert(1)</script>,=1+1\n' },
  );
  const answer = await admin.send('POST', '/admin/bulk/new', body, headers);
  t.equal(answer.status, 303);
  await workOffRuns(ipms);
  for (const path of [answer.location, '/admin/bulk', '/admin/audit']) {
    const shown = await admin.get(path);
    t.notMatch(shown.html, /<script>alert|<img src=x/, path);
  }
  const file = await admin.get(`${answer.location}?format=csv`);
  t.match(file.headers['content-disposition'], /^attachment; filename="bulk-\d+(-problems)?\.csv"$/);
  t.notMatch(file.html, /(^|,)[=+@-]/m, 'no cell begins a formula');
});
