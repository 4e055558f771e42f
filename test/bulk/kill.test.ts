import { cpSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { SelectQueryBuilder } from 'kysely';
import { type Test, t } from 'tap';
import { readSecrets } from '../../src/base/secrets.ts';
import { readSettings } from '../../src/base/settings.ts';
import { packRows } from '../../src/bulk/arriving.ts';
import { confirmRun, uploadRun } from '../../src/bulk/bulk-run.ts';
import { readRows } from '../../src/bulk/file.ts';
import { accessCodes } from '../../src/bulk/kinds/access-codes.ts';
import { checkRows } from '../../src/bulk/rows.ts';
import { workOff } from '../../src/bulk/worker.ts';
import { inAct, UNSET } from '../../src/data/act.ts';
import { type Db, openSqlite, queryBuilder } from '../../src/data/database.ts';
import type { Schema } from '../../src/data/schema.ts';
import { seedDemo } from '../../src/demo/seed.ts';
import { databaseFile, openInstallation } from '../../src/installation.ts';
import { firstBadRow } from '../../src/trail/chain.ts';
import { VERIFIED } from '../account-requests/joining.ts';
import { dataFolder, environmentOf, ipms, start, startedFolder } from '../command-line/folder.ts';
import { actorOf } from '../make.ts';
import { intakeFile, NOWHERE } from './runs.ts';

// Bulk work in the real server, ended in the middle of it: every row exactly once, with its mails and audit rows.

/** A kill comes when a few are done: far more than those, so that a slow computer has not done them all. */
const ROWS = 200;

/** Made once, and copied for each test. */
let confirmed: ReturnType<typeof confirmIntake> | undefined;

/** A data folder in which an intake was confirmed, and nothing of it was carried out. */
async function confirmedIntake(t: Test) {
  confirmed ??= confirmIntake();
  const made = await confirmed;
  const folder = dataFolder(t);
  cpSync(made.folder, folder, { recursive: true });
  return { ...made, folder };
}

async function confirmIntake() {
  const folder = await startedFolder(t);
  const installation = await openInstallation(readSettings({ IPMS_DATA_DIR: folder, IPMS_BCRYPT_COST: '10' }));
  const { db } = installation;
  const now = new Date();
  await seedDemo(db, 4, now);
  const admin = async (act: string) => ({ ...(await actorOf({ db }, 'admin.jabatan')), act });
  const rows = await checkRows(accessCodes, await readRows(accessCodes, Buffer.from(intakeFile(ROWS))));
  const upload = {
    kind: 'access-codes',
    fileName: 'pengambilan.csv',
    hash: 'x',
    total: ROWS,
    packed: await packRows(rows),
    verification: VERIFIED,
  };
  const id = await inAct(db, { actor: await admin('upload'), now, settings: UNSET }, (act) => uploadRun(act, upload));
  await workOff(db, NOWHERE, () => now);
  await inAct(db, { actor: await admin('confirm'), now, settings: UNSET }, (act) => confirmRun(act, id));
  await installation.close();
  return { folder, id };
}

function openFolder(folder: string) {
  const { audit } = readSecrets(`${folder}/secret.key`);
  const sqlite = openSqlite(databaseFile(folder), audit);
  return { sqlite, db: queryBuilder(sqlite) };
}

/** What may show first that a row was done: each should show it at the same moment. */
const SIGNS = {
  codes: (db: Db) => countOf(db.selectFrom('access_code').where('full_name', 'like', 'Pegawai Baru %')),
  mails: async (db: Db) => (await countOf(db.selectFrom('outbox').where('act', '=', 'confirm'))) / 3,
  rows: (db: Db, id: number) => countOf(db.selectFrom('bulk_row').where('run_id', '=', id).where('state', '=', 'done')),
  /** The run ends in an act after that of its last row. */
  run: (db: Db, id: number) => countOf(db.selectFrom('bulk_run').where('id', '=', id).where('state', '=', 'done')),
};

async function countOf(found: SelectQueryBuilder<Schema, never, object>) {
  const { count } = await found.select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
  return count;
}

/** Starts the server, and comes back as soon as by this sign so many rows (or runs) are done. */
async function startAndWait(t: Test, folder: string, id: number, sign: keyof typeof SIGNS, atLeast: number) {
  const server = start(t, 'server', environmentOf(folder, { IPMS_LOG_LEVEL: 'error' }));
  await server.said(/^IPMS is ready/);
  const { db } = openFolder(folder);
  while ((await SIGNS[sign](db, id)) < atLeast) await pause(sign === 'run' ? 20 : 1);
  return { ...server, close: () => db.destroy() };
}

/** Is what is done whole, and nothing done that is not said to be? Returns the run. */
async function look(t: Test, folder: string, id: number) {
  const { sqlite, db } = openFolder(folder);
  const run = await db.selectFrom('bulk_run').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  const rows = await db.selectFrom('bulk_row').selectAll().where('run_id', '=', id).execute();
  const codes = await db.selectFrom('access_code').selectAll().where('full_name', 'like', 'Pegawai Baru %').execute();
  const ids = codes.map((code) => code.id).sort((a, b) => a - b);
  const done = rows.filter((row) => row.state === 'done');
  t.equal(new Set(codes.map((code) => code.ic_number)).size, ids.length, 'nobody twice');
  t.equal(run.done, ids.length);
  t.strictSame(sorted(done), ids, 'each row with its code');
  const of = async (table: 'audit' | 'record' | 'outbox') =>
    sorted(
      await db
        .selectFrom(table)
        .select('item_id')
        .where('act', '=', 'confirm')
        .where('item_type', '=', 'access_code')
        .execute(),
    );
  t.strictSame(await of('audit'), ids, 'an audit row each');
  t.strictSame(await of('record'), ids, 'a record each');
  t.strictSame(
    await of('outbox'),
    ids.flatMap((each) => [each, each, each]),
    'three mails each',
  );
  t.equal(rows.length, ROWS);
  t.equal(sqlite.pragma('integrity_check', { simple: true }), 'ok');
  t.equal(await firstBadRow(db, 'audit'), null, 'the audit chain holds');
  t.equal(await firstBadRow(db, 'record'), null, 'and that of the records');
  await db.destroy();
  return run;
}

const sorted = (rows: { item_id: number | null }[]) => rows.map((row) => Number(row.item_id)).sort((a, b) => a - b);

t.test('kill -9 in the middle, again and again; `ipms due` carries the rest out', async (t) => {
  const { folder, id } = await confirmedIntake(t);
  let done = 0;
  for (const sign of ['codes', 'mails', 'rows', 'codes'] as const) {
    const server = await startAndWait(t, folder, id, sign, done + 1);
    server.stop('SIGKILL');
    await server.ended;
    await server.close();
    const run = await look(t, folder, id);
    t.ok(run.done > done && run.done < ROWS, `killed when ${run.done} of ${ROWS} were done`);
    t.equal(run.state, 'running');
    done = run.done;
  }
  const { code, out, err } = await ipms(folder, ['due']);
  t.equal(code, 0, err);
  t.match(out, `rows of bulk work: ${ROWS - done}`);
  t.match(await look(t, folder, id), { state: 'done', done: ROWS, failed: 0 });
  t.match((await ipms(folder, ['due'])).out, /^Nothing was due\.$/m, 'and only once');
});

t.test('SIGTERM in the middle: a clean end, and the next server goes on', async (t) => {
  const { folder, id } = await confirmedIntake(t);
  const server = await startAndWait(t, folder, id, 'rows', 1);
  server.stop('SIGTERM');
  t.equal(await server.ended, 0, server.err());
  await server.close();
  const run = await look(t, folder, id);
  t.ok(run.done > 0 && run.done < ROWS, `${run.done} of ${ROWS} were done`);
  const next = await startAndWait(t, folder, id, 'run', 1);
  next.stop('SIGTERM');
  t.equal(await next.ended, 0, next.err());
  await next.close();
  t.match(await look(t, folder, id), { state: 'done', done: ROWS, failed: 0 });
});
