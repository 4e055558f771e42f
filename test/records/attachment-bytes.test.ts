import { sql } from 'kysely';
import { t } from 'tap';
import { DAY, later } from '../../src/base/time.ts';
import { findFaults } from '../../src/command-line/faults.ts';
import type { Sqlite } from '../../src/data/database.ts';
import { bringFiles, dropFiles } from '../../src/trail/attachments.ts';
import { APPLICATION } from '../account-requests/joining.ts';
import { bringFile, multipart, pdf, sha256 } from '../attached-files.ts';
import { type Ipms, startIpms } from '../helper.ts';
import { noteStatements, type Ran } from '../statements.ts';
import { ask, CODE_REQUEST, held } from './attaching.ts';
import { download } from './download.ts';

// The bytes of files are written before the act, piece by piece: no page waits for all of a form, and what no act owns goes

const idsHeld = async ({ db }: Pick<Ipms, 'db'>) => {
  const rows = await db
    .selectFrom('attachment_content')
    .select('attachment_id')
    .distinct()
    .orderBy('attachment_id')
    .execute();
  return rows.map((row) => row.attachment_id);
};
const underWay = ({ db }: Pick<Ipms, 'db'>) => db.selectFrom('file_under_way').selectAll().execute();

const MB = 1024 * 1024;
const isPiece = ({ text }: Ran) => text.includes('insert into "attachment_content"');

/** What ran between the beginnings of transactions. */
function inTransactions(ran: Ran[]) {
  const transactions: Ran[][] = [[]];
  for (const each of ran) {
    if (each.text === 'begin immediate') transactions.push([]);
    transactions.at(-1)?.push(each);
  }
  return transactions;
}

t.test('each piece of a file has a transaction of its own, and the act writes none of the bytes', async (t) => {
  let take: () => Ran[] = () => [];
  const ipms = await startIpms(t, { watch: (sqlite: Sqlite.Database) => (take = noteStatements(sqlite)) });
  const large = { ...pdf('dua.pdf', 'dua', 2 * MB + 1) };
  large.bytes.fill('abcdefghijk', 20, 2 * MB - 20); // a piece in the wrong place would show
  take();
  t.equal((await ask(ipms, [pdf('satu.pdf', 'satu'), large, pdf('tiga.pdf', 'tiga', MB)])).status, 303);
  const transactions = inTransactions(take());
  t.equal(Math.max(...transactions.map((ran) => ran.filter(isPiece).length)), 1);
  const lengths = transactions.flat().filter(isPiece);
  t.strictSame(
    lengths.map(({ values }) => values.find((value) => Buffer.isBuffer(value))?.length),
    [pdf('', 'satu').bytes.length, MB, MB, 1, MB],
  );
  const act = transactions.find((ran) => ran.some(({ text }) => text.includes('insert into "attachment" ')));
  t.notOk(act?.some(isPiece), 'the act itself');
  const files = await held(ipms);
  t.strictSame(
    files.map(({ id }) => id),
    await idsHeld(ipms),
  );
  t.strictSame(await underWay(ipms), []);
  const admin = await ipms.signIn('admin.jabatan');
  const { content } = await download(ipms, admin, `/admin/attachments/${files[1]?.id}`);
  t.equal(sha256(content), sha256(large.bytes), 'it comes back as it was');
});

t.test('of a form that is refused, nothing stays', async (t) => {
  const ipms = await startIpms(t);
  t.equal((await ask(ipms, [pdf()], { full_name: '' })).status, 422, 'by its fields');
  t.equal((await ask(ipms, [pdf(), pdf('dua.pdf')], { agency_id: '999' })).status, 422, 'by the act');
  t.strictSame(await idsHeld(ipms), []);
  t.strictSame(await underWay(ipms), []);
});

t.test('of a network that has sent enough for a day, no byte is written', async (t) => {
  let take: () => Ran[] = () => [];
  const ipms = await startIpms(t, {
    environment: { IPMS_TRUST_PROXY: '127.0.0.1' },
    watch: (sqlite: Sqlite.Database) => (take = noteStatements(sqlite)),
  });
  const day = { window_ends_at: later(ipms.clock.now, DAY).toISOString(), locked_until: null, user_id: null };
  const sent = { key: 'files:address:203.0.113.9', failures: 99, ...day };
  await ipms.db.insertInto('throttle').values(sent).execute();
  const from = { 'x-forwarded-for': '203.0.113.9' };
  const written = () => take().filter(isPiece).length;
  t.equal((await ask(ipms, [pdf(), pdf('dua.pdf')], {}, from)).status, 429, 'one megabyte too many');
  t.equal(written(), 0);
  t.equal((await ask(ipms, [pdf()], {}, from)).status, 303, 'the last one');
  t.equal(written(), 1);
  t.equal((await ask(ipms, [pdf()], {}, from)).status, 429);
  t.equal(written(), 0);
});

t.test(
  'a form that comes a second time is not written again, and one that is refused counts for the day',
  async (t) => {
    let take: () => Ran[] = () => [];
    const watch = (sqlite: Sqlite.Database) => {
      take = noteStatements(sqlite);
    };
    const ipms = await startIpms(t, { watch, environment: { IPMS_TRUST_PROXY: '127.0.0.1' } });
    const written = () => take().filter(isPiece).length;
    const visitor = ipms.visitor();
    const _csrf = await visitor.token(CODE_REQUEST);
    const from = { 'x-forwarded-for': '203.0.113.9' };
    const send = (changes = {}) => {
      const { body, headers } = multipart({ ...APPLICATION, ...changes, _csrf }, [pdf()]);
      return visitor.send('POST', CODE_REQUEST, body, { ...headers, ...from });
    };
    t.equal((await send({ agency_id: '999999' })).status, 422);
    t.equal(written(), 1);
    t.equal((await send()).status, 303);
    t.equal(written(), 1);
    t.equal((await send()).status, 303);
    t.equal(written(), 0);
    const count = ipms.db.selectFrom('throttle').select('failures').where('key', '=', 'files:address:203.0.113.9');
    t.equal((await count.executeTakeFirst())?.failures, 2);
  },
);

t.test('of a disk in trouble the first that it said is told, and what followed is noted', async (t) => {
  const { db } = await startIpms(t);
  const { name, bytes } = pdf();
  const file = { name, bytes, type: 'application/pdf' as const, sha256: sha256(bytes) };
  await sql`create trigger full before insert on attachment_content when (select count(*) from attachment_content) = 1
    begin select raise(abort, 'no room for the second'); end`.execute(db);
  await sql`create trigger stuck before delete on attachment_content
    begin select raise(abort, 'the first stays'); end`.execute(db);
  const noted: unknown[] = [];
  const note = (error: unknown) => noted.push(error);
  await t.rejects(
    bringFiles(db, [file, file], async () => t.fail('nothing is done with one of two'), note),
    /no room for the second/,
  );
  t.match(noted, [{ message: /the first stays/ }]);
  noted.length = 0;
  await sql`drop trigger full`.execute(db);
  t.equal(await bringFiles(db, [file], async (brought) => brought.length, note), 1, 'nor does it undo what was done');
  t.equal(noted.length, 1);
});

t.test('what was left by a kill is taken out, and nothing that belongs to something', async (t) => {
  const ipms = await startIpms(t);
  const { db } = ipms;
  t.equal((await ask(ipms, [pdf()])).status, 303);
  const [kept] = await idsHeld(ipms);
  await bringFile(db, pdf('tinggal.pdf'));
  t.equal((await idsHeld(ipms)).length, 2);
  await t.rejects(
    db
      .deleteFrom('attachment_content')
      .where('attachment_id', '=', kept ?? 0)
      .execute(),
    /unchangeable/,
  );
  await sql`insert into file_under_way values (${kept})`.execute(db);
  await t.rejects(
    db
      .deleteFrom('attachment_content')
      .where('attachment_id', '=', kept ?? 0)
      .execute(),
    /unchangeable/,
  );
  await db
    .deleteFrom('file_under_way')
    .where('attachment_id', '=', kept ?? 0)
    .execute();
  await dropFiles(db);
  t.strictSame(await idsHeld(ipms), [kept]);
  t.strictSame(await underWay(ipms), []);
});

t.test(
  'a file of which a piece is gone, or in the place of another, is named; only a whole one is handed out',
  async (t) => {
    const ipms = await startIpms(t);
    const { db } = ipms;
    const large = pdf('besar.pdf', '', 2 * MB);
    large.bytes.fill('abcdefghijk', 20, 2 * MB - 20);
    t.equal((await ask(ipms, [large, pdf()])).status, 303);
    const admin = await ipms.signIn('admin.jabatan');
    const [file] = await held(ipms);
    const page = `/admin/attachments/${file?.id}`;
    const faults = async () => (await findFaults(db)).filter((fault) => /file|bytes/.test(fault));
    t.strictSame(await faults(), []);
    for (const verb of ['insert', 'update', 'delete'])
      await sql.raw(`drop trigger attachment_content_no_${verb}`).execute(db);
    const swap = (from: number, to: number) =>
      db
        .updateTable('attachment_content')
        .set({ piece: to })
        .where('piece', '=', from)
        .where('attachment_id', '=', file?.id ?? 0);
    for (const [from, to] of [
      [0, 9],
      [1, 0],
      [9, 1],
    ] as const)
      await swap(from, to).execute();
    t.match(await faults(), [/not the one that was attached: besar\.pdf/]);
    t.equal((await admin.get(page)).status, 200, 'as many bytes: it is for check to say');
    await db.deleteFrom('attachment_content').where('piece', '=', 1).execute();
    t.match(await faults(), [/not the one that was attached: besar\.pdf/]);
    t.equal((await admin.get(page)).status, 422, 'never a part for the whole');
    await db
      .insertInto('attachment_content')
      .values({ attachment_id: 77, piece: 0, bytes: Buffer.from('x') })
      .execute();
    t.match((await faults()).sort(), [/besar\.pdf/, /^bytes of no file: 77/]);
  },
);

t.test('what is under way keeps its name as long as it has pieces', async (t) => {
  const { db } = await startIpms(t);
  const { id } = await bringFile(db, pdf());
  await t.rejects(
    db.deleteFrom('file_under_way').where('attachment_id', '=', id).execute(),
    /pieces would be of no file/,
  );
  await dropFiles(db, [{ id }]);
  t.strictSame(await underWay({ db }), []);
});
