import type { Database } from 'better-sqlite3';
import { t } from 'tap';
import { SYSTEM } from '../../src/base/actor.ts';
import { checkAll } from '../../src/command-line/check.ts';
import { CONTRADICTIONS } from '../../src/command-line/checking/contradictions.ts';
import { UNSET } from '../../src/data/act.ts';
import { openSqlite, queryBuilder } from '../../src/data/database.ts';
import { seedSynthetic } from '../../src/demo/synthetic.ts';
import { audit } from '../../src/trail/audit.ts';
import { headOf } from '../../src/trail/chain.ts';
import { demoDatabase } from '../demo-database.ts';
import { START, secrets } from '../helper.ts';
import { CONTRADICTING, PLANTED } from './planted-faults.ts';

// npm run ipms -- check: each kind of fault is planted, and named.

let sound: Promise<Buffer> | undefined;

function soundDatabase() {
  sound ??= makeSound();
  return sound;
}

async function makeSound() {
  const sqlite = openSqlite(await demoDatabase(secrets.audit, START), secrets.audit);
  const db = queryBuilder(sqlite);
  seedSynthetic(sqlite, { mailboxes: 40, agencies: 1, groups: 6 }, START, () => undefined);
  const item = { type: 'user' as const, id: 1, name: 'Noraini', agencyId: null };
  await db.transaction().execute(async (trx) => {
    for (let row = 0; row < 3; row += 1)
      await audit({ trx, actor: SYSTEM, now: START, settings: UNSET }, { action: 'user.signed-in', item });
  });
  sqlite.exec(OPEN_REQUEST);
  return sqlite.serialize();
}

/** A request of SOP 4.5, with its package saved and its address and login ID reserved. */
const OPEN_REQUEST = `
  insert into access_code (id, agency_id, category, full_name, ic_number, notify_kind, notify_email, status, salt, code_hash, issued_by, issued_at, expires_at)
    values (9001, 1, 'civil_servant', 'Nurul', '900101145678', 'personal', 'n@rumah.test', 'registered', '', '', 1, '', '');
  insert into account_request (id, agency_id, access_code_id, source, category, full_name, ic_number, primary_email, login_id, submitted_at)
    values (9001, 1, 9001, 'applicant', 'civil_servant', 'Nurul', '900101145678', 'nurul.menunggu@jabatan.test', 'nurul.menunggu', '');
  insert into address (address, kind, agency_id, item_id) values ('nurul.menunggu@jabatan.test', 'request', 1, 9001);
  insert into login_name (login_id, account_request_id) values ('nurul.menunggu', 9001);`;

t.test('a sound database has no fault, and each kind of fault is named', async (t) => {
  const sound = await soundDatabase();
  const open = (): { sqlite: Database; db: ReturnType<typeof queryBuilder> } => {
    const sqlite = openSqlite(Buffer.from(sound), secrets.audit);
    return { sqlite, db: queryBuilder(sqlite) };
  };
  const whole = open();
  const head = await headOf(whole.db, 'audit');
  t.strictSame(await checkAll(whole, head), []);
  await whole.db.destroy();
  for (const [name, plant, words] of [...PLANTED, ...CONTRADICTING]) {
    const faulty = open();
    faulty.sqlite.pragma('foreign_keys = OFF');
    faulty.sqlite.pragma('ignore_check_constraints = ON');
    faulty.sqlite.exec(plant);
    const found = await checkAll(faulty, head);
    t.ok(
      found.some((fault) => words.test(fault)),
      `${name}: ${found.join(' | ') || 'nothing found'}`,
    );
    await faulty.db.destroy();
  }
});

t.test('a table or index of the place’s own is no fault', async (t) => {
  const sqlite = openSqlite(Buffer.from(await soundDatabase()), secrets.audit);
  sqlite.exec('create table _replica (a); create index audit_own on audit (actor_name); analyze');
  const db = queryBuilder(sqlite);
  t.strictSame(await checkAll({ sqlite, db }, await headOf(db, 'audit')), []);
  sqlite.close();
});

t.test('of many faults of one kind some are named, and that there are more', async (t) => {
  const sqlite = openSqlite(Buffer.from(await soundDatabase()), secrets.audit);
  sqlite.exec("delete from address where kind = 'mailbox'");
  const found = await checkAll({ sqlite, db: queryBuilder(sqlite) }, undefined);
  t.equal(found.length, 21);
  t.match(found.at(-1), /and \d+ more$/);
  sqlite.close();
});

t.test('each contradiction is planted, and says why in both languages', async (t) => {
  for (const { what, why } of CONTRADICTIONS) {
    t.ok(
      CONTRADICTING.some(([, , words]) => words.source.startsWith(`^${what.en.slice(0, 20)}`)),
      what.en,
    );
    t.ok(what.ms !== what.en && why.ms !== why.en);
  }
  const sqlite = openSqlite(Buffer.from(await soundDatabase()), secrets.audit);
  sqlite.exec("update user set status = 'disabled' where id = (select user_id from mailbox where id = 20)");
  const found = await checkAll({ sqlite, db: queryBuilder(sqlite) }, undefined);
  t.match(found, [
    /^mailbox whose sign-in is in another state: mailbox 20 /,
    /: Every procedure .* \/ .*: Setiap prosedur/,
  ]);
  t.equal(found.length, 2);
  sqlite.close();
});
