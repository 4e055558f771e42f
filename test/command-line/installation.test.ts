import { copyFileSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { t } from 'tap';
import { keepAuditHead, keptAuditHead } from '../../src/audit-head.ts';
import { SYSTEM } from '../../src/base/actor.ts';
import { WrongSetting } from '../../src/base/settings.ts';
import { UNSET } from '../../src/data/act.ts';
import { DatabaseUnusable } from '../../src/data/database.ts';
import { isEmpty, lockDataDir, openInstallation, openPresent } from '../../src/installation.ts';
import { audit } from '../../src/trail/audit.ts';
import { START } from '../helper.ts';
import { dataFolder, demoFolder, startedFolder } from './folder.ts';

/** Where the file's head says how many of its pages are free. */
const FREE_PAGES = 36;

const placeIn = (dataDir: string) => ({ dataDir, secretFile: `${dataDir}/secret.key` });

t.test('a folder that held a database never gets a fresh or a foreign one in its place', async (t) => {
  const place = placeIn(await demoFolder(t));
  const file = `${place.dataDir}/ipms.db`;
  const first = await openInstallation(place);
  t.equal(await isEmpty(first.db), false);
  await first.close();
  const good = `${place.dataDir}/good.db`;
  copyFileSync(file, good);

  const damages: [string, () => void, RegExp][] = [
    ['missing', () => rmSync(file), /is missing: restore a backup/],
    ['empty', () => writeFileSync(file, ''), /is empty/],
    [
      'something else',
      () => writeFileSync(file, 'not a database, but as long as a page '.repeat(200)),
      /not a database/,
    ],
    ['cut off', () => truncateSync(file, 90_000), /malformed/],
    ['overwritten', () => overwrite(file), /damaged|malformed/],
    ['with another number of free pages than there are', () => miscountFree(file), /is damaged: restore a backup\.$/],
    ['another program’s', () => foreign(file), /not a database of IPMS/],
  ];
  for (const [name, damage, words] of damages) {
    for (const log of ['', '-wal', '-shm']) rmSync(file + log, { force: true });
    copyFileSync(good, file);
    damage();
    const failure = await openInstallation(place).then(
      () => null,
      (error: Error) => error,
    );
    t.ok(failure instanceof DatabaseUnusable, `${name}: it does not start`);
    t.match(failure?.message, words);
    t.notMatch(failure?.message, '\n', 'in one line');
  }
});

function overwrite(file: string) {
  const bytes = readFileSync(file);
  bytes.fill(0xa5, 20 * 4096, 40 * 4096);
  writeFileSync(file, bytes);
}

/** Nothing that is asked of the database comes upon it. */
function miscountFree(file: string) {
  const bytes = readFileSync(file);
  bytes.writeUInt32BE(bytes.readUInt32BE(FREE_PAGES) + 1, FREE_PAGES);
  writeFileSync(file, bytes);
}

function foreign(file: string) {
  rmSync(file);
  const sqlite = new Sqlite(file);
  sqlite.exec('create table note (text text)');
  sqlite.close();
}

t.test('one server a folder; whoever only looks needs the tables of this program', async (t) => {
  const place = placeIn(dataFolder(t));
  const release = lockDataDir(place.dataDir);
  t.throws(() => lockDataDir(place.dataDir), /Another IPMS is running/);
  release();
  lockDataDir(place.dataDir)();

  await t.rejects(openPresent(place), /There is no database/);
  const { db, close, migrated } = await openInstallation(place);
  t.ok(migrated.includes('001-agencies'));
  t.equal(await isEmpty(db), true);
  for (const each of [`${place.dataDir}/ipms.db`, place.secretFile]) t.equal(statSync(each).mode & 0o777, 0o600, each);
  await (await openPresent(place)).close();
  const migration = db.withTables<{ kysely_migration: { name: string; timestamp: string } }>();
  await migration.insertInto('kysely_migration').values({ name: '999-later', timestamp: '' }).execute();
  await t.rejects(openPresent(place), /made by a newer IPMS/);
  await migration.deleteFrom('kysely_migration').where('name', '>', '001').execute();
  await t.rejects(openPresent(place), /of an older IPMS: npm run ipms -- migrate/);
  await close();
});

t.test('a secret that cannot be read stops the start', async (t) => {
  const place = placeIn(dataFolder(t));
  writeFileSync(place.secretFile, 'short\n');
  const failure = await openInstallation(place).catch((error: unknown) => error);
  t.ok(failure instanceof WrongSetting);
  t.match(failure, { message: /^IPMS_SECRET_FILE=\S+ cannot be used: .*32 bytes\. Put the copy of it back\.$/ });
});

t.test('the kept head of the audit trail only ever moves on', async (t) => {
  const place = placeIn(await startedFolder(t));
  const { db, sqlite, close } = await openInstallation(place);
  const add = () =>
    db
      .transaction()
      .execute((trx) =>
        audit(
          { trx, actor: SYSTEM, now: START, settings: UNSET },
          { action: 'user.first-helpdesk', item: { type: 'user', id: 1, name: 'Noraini', agencyId: null } },
        ),
      );
  await add();
  await keepAuditHead(db, place.secretFile, START);
  await add();
  await keepAuditHead(db, place.secretFile, START);
  t.equal(keptAuditHead(place.secretFile)?.id, 2);
  sqlite.exec('drop trigger audit_no_delete; delete from audit where id = 2');
  await t.rejects(keepAuditHead(db, place.secretFile, START), /audit row 2 is not what it was/);
  t.equal(keptAuditHead(place.secretFile)?.id, 2, 'the loss stays visible');
  await close();
});
