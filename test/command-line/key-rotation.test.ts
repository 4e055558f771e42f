import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type Sqlite from 'better-sqlite3';
import { t } from 'tap';
import { SYSTEM } from '../../src/base/actor.ts';
import { makeNextSecret, readSecrets, seal, unseal } from '../../src/base/secrets.ts';
import { backup } from '../../src/command-line/backup.ts';
import { check } from '../../src/command-line/check.ts';
import { due } from '../../src/command-line/due.ts';
import { key } from '../../src/command-line/key.ts';
import { restore } from '../../src/command-line/restore.ts';
import { inAct, UNSET } from '../../src/data/act.ts';
import { openSqlite } from '../../src/data/database.ts';
import { outboxKey } from '../../src/data/secret-functions.ts';
import { lockDataDir, openPresent } from '../../src/installation.ts';
import { updateRequirement } from '../../src/sign-in/second-factor/requirement.ts';
import { openSecret, sealSecret } from '../../src/sign-in/second-factor/totp.ts';
import { headOf, isSealed } from '../../src/trail/chain.ts';
import { Visitor } from '../helper.ts';
import { dataFolder, demoFolder, environmentOf, start } from './folder.ts';
import { HELPDESK, newInstallation, serve } from './installed.ts';
import { run } from './run.ts';

// npm run ipms -- key rotate: a new key, under which everything goes on that was sealed before.

const placeOf = (folder: string) => ({ dataDir: folder, secretFile: `${folder}/secret.key` });
const keyOf = (folder: string) => readSecrets(`${folder}/secret.key`);

/** What each table that holds something sealed is to hold, under the key in use. */
function plantSealed(folder: string) {
  const secrets = keyOf(folder);
  const sqlite = openSqlite(`${folder}/ipms.db`, secrets.audit);
  const user = sqlite.prepare("select id from user where login_id = 'pegawai.jabatan'").pluck().get() as number;
  const write = (text: string, ...values: unknown[]) => sqlite.prepare(text).run(...values);
  const never = '2100-01-01T00:00:00.000Z';
  write(
    'insert into authenticator (user_id, sealed_secret, last_used_step, set_up_at) values (?, ?, 0, ?)',
    user,
    sealSecret(secrets.authenticators, user, 'JBSWY3DPEHPK3PXP'),
    never,
  );
  write(
    'insert into directory_password (user_id, sealed, made_at) values (?, ?, ?)',
    user,
    seal(secrets.passwords, `${user}:Rahsia#Besar2026`),
    never,
  );
  write(
    'insert into unsaved_form (user_id, sealed, expires_at) values (?, ?, ?)',
    user,
    seal(secrets.unsavedForms, '{"body":1}'),
    never,
  );
  write("update outbox set state = 'waiting', secret = seal_secret('/password/reset/abc') where id = 1");
  write(
    'insert into session (id, user_id, data, created_at, seen_at, expires_at) values (?, ?, ?, ?, ?, ?)',
    'planted',
    user,
    '{}',
    never,
    never,
    never,
  );
  sqlite.close();
  return user;
}

/** What those rows hold for whoever has the key of a folder. */
function readSealed(folder: string, user: number) {
  const secrets = keyOf(folder);
  const sqlite = openSqlite(`${folder}/ipms.db`, secrets.audit);
  const one = (text: string) => sqlite.prepare(text).pluck().get() as string;
  const found = {
    authenticator: openSecret(secrets.authenticators, user, one('select sealed_secret from authenticator')),
    password: unseal(secrets.passwords, one('select sealed from directory_password')),
    form: unseal(secrets.unsavedForms, one('select sealed from unsaved_form')),
    link: unseal(outboxKey(secrets.audit), one('select secret from outbox where id = 1') ?? ''),
    sessions: one('select count(*) from session'),
  };
  sqlite.close();
  return found;
}

/** Changes what the database of a folder holds by another hand than IPMS's. */
function inDatabase(folder: string, work: (sqlite: Sqlite.Database) => void, { audit } = keyOf(folder)) {
  const sqlite = openSqlite(`${folder}/ipms.db`, audit);
  work(sqlite);
  sqlite.close();
}

const HELD = {
  authenticator: 'JBSWY3DPEHPK3PXP',
  form: '{"body":1}',
  link: '/password/reset/abc',
  sessions: 0,
} as const;

/** Head and number of records of a folder's database. */
async function chainsOf(folder: string) {
  const { db, close } = await openPresent(placeOf(folder));
  const [audit, record] = [await headOf(db, 'audit'), await headOf(db, 'record')];
  await close();
  if (audit === undefined || record === undefined) throw new Error('the demo has both');
  return { audit, record };
}

t.test('all that is sealed goes on under the new key, and what was sealed before stays true', async (t) => {
  const folder = await demoFolder(t);
  const user = plantSealed(folder);
  const before = keyOf(folder);
  const { audit, record } = await chainsOf(folder);
  const [old, copy] = [readFileSync(`${folder}/secret.key`, 'utf8'), `${dataFolder(t)}/copy.db`];
  t.match(await run(t, folder, backup, [copy]), { code: 0 });

  const rotated = await run(t, folder, key, ['rotate']);
  t.match(rotated, { code: 0, err: '' });
  const after = keyOf(folder);
  t.match(rotated.out, `The key was rotated: ${after.fingerprint} is in use. Keep a copy of ${folder}/secret.key`);
  t.not(after.fingerprint, before.fingerprint);
  t.match(readFileSync(`${folder}/secret.key`, 'utf8'), new RegExp(`^[\\w-]{43}\\n${old}$`), 'the old one below it');
  t.strictSame(readSealed(folder, user), { ...HELD, password: `${user}:Rahsia#Besar2026` });
  t.notOk(existsSync(`${folder}/secret.key.next`));

  t.match(await run(t, folder, check), { code: 0, err: '' });
  const mailed = await run(t, folder, check, ['--head', `${audit.id} ${audit.hash}`]);
  t.match(mailed, { code: 0, out: `Audit row ${audit.id} is in the trail with the seal` }, 'a head of an earlier day');
  const { db, close } = await openPresent(placeOf(folder));
  const seam = await db
    .selectFrom('audit')
    .selectAll()
    .where('id', '=', audit.id + 1)
    .executeTakeFirstOrThrow();
  t.match(seam, { action: 'key.rotated', actor_role: 'system' });
  t.strictSame(JSON.parse(seam.before ?? ''), { key: before.fingerprint, last_record: null, record_seal: null });
  t.strictSame(JSON.parse(seam.after ?? ''), {
    key: after.fingerprint,
    last_record: record.id,
    record_seal: record.hash,
  });
  for (const id of [1, record.id]) t.equal(await isSealed(db, 'record', id), true, `record ${id}`);
  await close();

  t.match(await run(t, folder, due), { code: 0 }, 'it goes on');
  t.match(await run(t, folder, key, ['rotate']), { code: 0 }, 'and is rotated once more');
  t.match(await run(t, folder, check, ['--head', `${audit.id} ${audit.hash}`]), { code: 0 });
  t.strictSame(readSealed(folder, user), { ...HELD, password: `${user}:Rahsia#Besar2026` });

  const kept = readFileSync(`${folder}/secret.key`, 'utf8');
  writeFileSync(`${folder}/secret.key`, old);
  t.match(await run(t, folder, due), { code: 1, err: /secret\.key is not the key that/ }, 'the old copy alone');
  writeFileSync(`${folder}/secret.key`, kept);

  const elsewhere = dataFolder(t);
  writeFileSync(`${elsewhere}/secret.key`, kept);
  t.match(await run(t, elsewhere, restore, [copy]), { code: 0, err: '' }, 'a backup of before, on another computer');
  t.match(await run(t, elsewhere, check, ['--head', `${audit.id} ${audit.hash}`]), { code: 0, err: '' });
  t.match(readSealed(elsewhere, user), { authenticator: HELD.authenticator, sessions: 0 });
  t.match(await run(t, folder, backup, ['verify', copy]), { code: 0, err: '' }, 'it is good where it was made');
  t.match(await run(t, folder, restore, [copy]), { code: 0, err: '' }, 'and in its own place');
  t.match(await run(t, folder, check), { code: 0, err: '' });
});

t.test('a password that was put there by another hand is not made right by it', async (t) => {
  const folder = await demoFolder(t);
  const sqlite = openSqlite(`${folder}/ipms.db`, keyOf(folder).audit);
  sqlite.exec("update user set password_hash = replace(password_hash, '$2b$', '$2a$') where login_id = 'meja.bantuan'");
  sqlite.close();
  t.match(await run(t, folder, key, ['rotate']), { code: 0 });
  const { out } = await run(t, folder, check);
  t.match(out, /^password that IPMS has not set: user \d+ \(meja\.bantuan\)/m);
  t.notMatch(out, 'pegawai.jabatan', 'and everybody else has the seal of the new key');
});

t.test('people sign in again, and the trail says why', async (t) => {
  const folder = await newInstallation(t);
  let browser: Visitor | undefined;
  await serve(t, folder, async (visitor) => {
    await visitor.submit('/login', '/login', HELPDESK);
    t.equal((await visitor.get('/helpdesk')).status, 200);
    browser = visitor;
  });
  t.match(await run(t, folder, key, ['rotate']), { code: 0 });
  await serve(t, folder, async (_, app) => {
    const again = new Visitor(t, app);
    for (const [name, value] of browser?.cookies ?? []) again.carry(name, decodeURIComponent(value));
    t.equal((await again.get('/helpdesk')).status, 303, 'the session from before is over');
    await again.submit('/login', '/login', HELPDESK);
    const trail = await again.get('/helpdesk/audit');
    t.match(trail.text, 'Kunci pemasangan diganti');
  });
  t.match(await run(t, folder, check), { code: 0, err: '' });
});

t.test('whoever holds the old key alone forges nothing, before the seam or after it', async (t) => {
  const folder = await demoFolder(t);
  const old = keyOf(folder);
  const { audit, record } = await chainsOf(folder);
  t.match(await run(t, folder, key, ['rotate']), { code: 0 });
  const sound = `${dataFolder(t)}/sound.db`;
  t.match(await run(t, folder, backup, [sound]), { code: 0 });
  const asOldKey = async (name: string, work: (sqlite: Sqlite.Database) => void, found: RegExp) => {
    copyFileSync(sound, `${folder}/ipms.db`);
    const unguarded = (sqlite: Sqlite.Database) => {
      for (const table of ['audit', 'record'])
        sqlite.exec(`drop trigger ${table}_no_update; drop trigger ${table}_no_delete`);
      work(sqlite);
    };
    inDatabase(folder, unguarded, old);
    t.match((await run(t, folder, check)).out, found, name);
  };
  const columns = `json_array(at, act, cast(actor_user_id as integer), actor_name, actor_role, address, cast(agency_id as integer),
    action, sop, item_type, cast(item_id as integer), item_name, before, after)`;
  const add = `insert into audit (at, act, actor_name, actor_role, address, action, item_type, item_id, item_name, hash)
    select at, 'x', 'Lain', actor_role, address, action, item_type, item_id, item_name, '' from audit where id = 1`;
  const resealFrom = (sqlite: Sqlite.Database, first: number, last: number) => {
    for (let id = first; id <= last; id += 1)
      sqlite
        .prepare(`update audit set hash = audit_hash((select hash from audit where id = ?), ${columns}) where id = ?`)
        .run(id - 1, id);
  };
  await asOldKey(
    'a row after the seam',
    (sqlite) => {
      sqlite.exec(add);
      resealFrom(sqlite, audit.id + 2, audit.id + 2);
    },
    new RegExp(`^audit trail: row ${audit.id + 2} is missing or not as it was written$`, 'm'),
  );
  await asOldKey(
    'rows before it, sealed anew up to it',
    (sqlite) => {
      sqlite.prepare("update audit set actor_name = 'Lain' where id = ?").run(audit.id - 3);
      resealFrom(sqlite, audit.id - 3, audit.id);
    },
    new RegExp(`^audit trail: row ${audit.id + 1} is missing or not as it was written$`, 'm'),
  );
  await asOldKey(
    'a trail cut off before it, and gone on with',
    (sqlite) => {
      sqlite.exec(`delete from audit where id > ${audit.id}`);
      sqlite.exec(add);
      resealFrom(sqlite, audit.id + 1, audit.id + 1);
    },
    /secret\.key is not the key that/,
  );
  await asOldKey(
    'the newest record',
    (sqlite) => {
      const before = sqlite
        .prepare('select hash from record where id = ?')
        .pluck()
        .get(record.id - 1);
      sqlite.prepare("update record set filed_by_name = 'Lain' where id = ?").run(record.id);
      sqlite
        .prepare(
          `update record set hash = audit_hash(?, json_array(cast(id as integer), cast(agency_id as integer), number, file_reference,
            sop, title, item_type, cast(item_id as integer), item_name, act, content, filed_by_name, filed_at)) where id = ?`,
        )
        .run(before, record.id);
    },
    new RegExp(`^records: number ${record.id} is missing or not as it was written$`, 'm'),
  );
  await asOldKey(
    'the newest record taken away',
    (sqlite) => {
      sqlite.pragma('foreign_keys = off');
      sqlite.exec(`delete from record where id = ${record.id}`);
    },
    new RegExp(`^records: number ${record.id} is missing or not as it was written$`, 'm'),
  );
});

t.test('cut off between any two steps, one of the two keys works, and the next start or call ends it', async (t) => {
  const folder = await demoFolder(t);
  const [file, next] = [`${folder}/secret.key`, `${folder}/secret.key.next`];
  makeNextSecret(file, next);
  const first = keyOf(folder).fingerprint;
  t.match(await run(t, folder, due), { code: 0 }, 'the new key was made: the old one works');
  const release = lockDataDir(folder);
  t.match(await run(t, folder, key, ['rotate']), {
    code: 1,
    err: /^Another IPMS is running on \S+: stop it first\.\n$/,
  });
  release();
  inDatabase(folder, (sqlite) =>
    sqlite.exec(
      "create trigger stop before insert on audit when new.action = 'key.rotated' begin select raise(abort, 'stopped'); end",
    ),
  );
  t.match(await run(t, folder, key, ['rotate']), { code: 1, err: 'stopped\n' }, 'the database has not gone over');
  inDatabase(folder, (sqlite) => sqlite.exec('drop trigger stop'));
  t.equal(keyOf(folder).fingerprint, first);
  t.match(await run(t, folder, check), { code: 0, err: '' });

  for (const way of ['key', 'server'] as const) {
    const old = readFileSync(file, 'utf8');
    t.match(await run(t, folder, key, ['rotate']), { code: 0 });
    const { fingerprint } = keyOf(folder);
    renameSync(file, next); // as it is before the last step
    writeFileSync(file, old);
    const stopped =
      /^The rotation of the key was cut off after .*: start IPMS, or call npm run ipms -- key rotate; either ends it\.\n/;
    t.match(await run(t, folder, due), { code: 1, err: stopped }, 'a command beside writes nothing');
    t.match(await run(t, folder, check), { code: 1, out: stopped });
    if (way === 'key') {
      const ended = await run(t, folder, key, ['rotate']);
      t.match(ended, { code: 0, out: `The rotation that was cut off is ended: ${fingerprint} is in use.` });
    } else {
      const server = start(t, 'server', environmentOf(folder));
      await server.said(/IPMS is ready/);
      server.stop('SIGTERM');
      await server.ended;
    }
    t.equal(keyOf(folder).fingerprint, fingerprint, way);
    t.notOk(existsSync(next));
    t.match(await run(t, folder, check), { code: 0, err: '' });
  }
});

t.test('killed at some moment it can be called again', async (t) => {
  const folder = await demoFolder(t);
  const { audit } = await chainsOf(folder);
  const cli = join(import.meta.dirname, '../../src/cli.ts');
  for (const wait of [0, 12]) {
    const child = spawn(process.execPath, [cli, 'key', 'rotate'], { env: environmentOf(folder), stdio: 'ignore' });
    const ended = new Promise<boolean>((resolve) => child.on('close', () => resolve(true)));
    while (!existsSync(`${folder}/secret.key.next`) && child.exitCode === null) await pause(1);
    await pause(wait);
    child.kill('SIGKILL');
    await ended;
    const again = await run(t, folder, key, ['rotate']);
    t.match(again, { code: 0, err: '' }, `after ${wait} ms`);
    t.match(await run(t, folder, check, ['--head', `${audit.id} ${audit.hash}`]), { code: 0, err: '' });
  }
});

t.test('what was begun before a rotation writes nothing after it; another word is refused', async (t) => {
  const folder = await newInstallation(t);
  const beside = await openPresent(placeOf(folder));
  t.match(await run(t, folder, key, ['rotate']), { code: 0 });
  const write = inAct(beside.db, { actor: SYSTEM, now: new Date(), settings: UNSET }, (act) =>
    updateRequirement(act, 'nobody'),
  );
  await t.rejects(write, /the key was rotated meanwhile: nothing was changed/);
  await beside.close();
  t.match(await run(t, folder, check), { code: 0, err: '' });
  t.match(await run(t, folder, key, ['show']), { code: 2, err: /^The key cannot be "show"\. / });
  t.match(await run(t, folder, key), { code: 2, err: /^It is called so: .* rotate\b/ });
});
