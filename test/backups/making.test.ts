import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { t } from 'tap';
import { noteRun, noteSchedule } from '../../src/backups/due.ts';
import { unpack } from '../../src/backups/packing.ts';
import { readBackupWork } from '../../src/backups/queries.ts';
import { DAY, later } from '../../src/base/time.ts';
import { backup } from '../../src/command-line/backup.ts';
import { check } from '../../src/command-line/check.ts';
import { key } from '../../src/command-line/key.ts';
import { restore } from '../../src/command-line/restore.ts';
import { openFile, readKey } from '../../src/installation.ts';
import { dataFolder } from '../command-line/folder.ts';
import { makeInstallation } from '../command-line/installed.ts';
import { run as runCommand } from '../command-line/run.ts';
import { KEEP, night, UNSEEN, withBackups } from './work.ts';

// Copies in real folders: made, looked over, packed, kept, lost and restored

t.test('a copy is whole, private, and known; verify restores it aside, restore puts it back', async (t) => {
  const { folder, settings, run, rows, look } = await withBackups(t);
  t.match(await run(night('2026-11-30')), [{ what: 'made', name: 'ipms-20261130-013000.db.gz' }, { what: 'copying' }]);
  const file = join(settings.dir, 'ipms-20261130-013000.db.gz');
  t.strictSame(readdirSync(settings.dir), ['ipms-20261130-013000.db.gz'], 'nothing beside it');
  t.equal(statSync(file).mode & 0o777, 0o600);
  t.notOk(existsSync(join(folder, 'backup-scratch')), 'nothing is left beside the database');
  t.match(gunzipSync(readFileSync(file)).subarray(0, 15).toString(), 'SQLite format 3', 'gunzip unpacks it');
  const [row] = await rows();
  t.match(row, { state: 'good', asked_by_name: 'IPMS', bytes: statSync(file).size, said: null });
  const made = await look((db) =>
    db.selectFrom('audit').selectAll().where('action', '=', 'backup.made').executeTakeFirstOrThrow(),
  );
  t.match(made, { actor_role: 'system', item_type: 'database', item_name: 'ipms-20261130-013000.db.gz' });

  const verified = await runCommand(t, folder, backup, ['verify', file]);
  t.match(verified, { code: 0, err: '', out: new RegExp(`can be restored, .* row is ${row?.last_audit_row}, of `) });
  t.notOk(
    readdirSync(folder).some((name) => name.includes('verify')),
    'its folder is gone',
  );
  t.match(await runCommand(t, folder, restore, [file]), { code: 0, err: '' });
  t.match(await runCommand(t, folder, check), { code: 0, err: '' });
  const work = await look((db) => db.selectFrom('backup_work').selectAll().executeTakeFirstOrThrow());
  t.match(work, { began_at: null, asked_at: null }, 'what was under way as it was copied is not any more');
});

t.test('encrypted: the age program opens it, the private key is nowhere, and without it nothing is read', async (t) => {
  const keys = dataFolder(t);
  const identity = await generateX25519Identity();
  const [identityFile, otherFile] = [join(keys, 'key.txt'), join(keys, 'other.txt')];
  writeFileSync(identityFile, `# created: today\n# public key: …\n${identity}\n`);
  writeFileSync(otherFile, `${await generateX25519Identity()}\n`);
  const { folder, settings, run, rows } = await withBackups(t, { recipients: [await identityToRecipient(identity)] });
  await run(night('2026-11-30'));
  const file = join(settings.dir, 'ipms-20261130-013000.db.gz.age');
  t.match(await rows(), [{ state: 'good', is_encrypted: 1 }]);
  t.match(readFileSync(file).subarray(0, 22).toString(), 'age-encryption.org/v1\n');

  t.match(await runCommand(t, folder, backup, ['verify', file, '--identity', identityFile]), { code: 0, err: '' });
  for (const command of [
    ['verify', file],
    ['verify', file, '--identity', otherFile],
  ])
    t.match(await runCommand(t, folder, backup, command), { code: 1, err: /is encrypted|with that private key/ });
  t.match(await runCommand(t, folder, restore, [file]), { code: 1, err: /is encrypted: --identity FILE/ });
  t.match(await runCommand(t, folder, restore, [file, '--identity', identityFile]), { code: 0, err: '' });
  t.match(await runCommand(t, folder, check), { code: 0 });
  const [spoilt, noKey] = [join(keys, 'spoilt.age'), join(keys, 'no-key.txt')];
  writeFileSync(spoilt, readFileSync(file).subarray(0, -100));
  t.match(await runCommand(t, folder, backup, ['verify', spoilt, '--identity', identityFile]), {
    code: 1,
    err: spoilt,
  });
  writeFileSync(noKey, 'age1notprivate\n');
  t.match(await runCommand(t, folder, backup, ['verify', file, '--identity', noKey]), {
    code: 1,
    err: /no private key/,
  });

  const hasAge = spawnSync('age', ['--version']).status === 0;
  await t.test('with the program age', { skip: hasAge ? false : 'age is not installed here' }, async (t) => {
    const plain = gunzipSync(execFileSync('age', ['-d', '-i', identityFile, file], { maxBuffer: 2 ** 30 }));
    t.match(plain.subarray(0, 15).toString(), 'SQLite format 3');
  });
});

t.test('only what is verified counts: a copy that is not what was written, or has a fault', async (t) => {
  const { folder, settings, run, rows, look } = await withBackups(t);
  await run(night('2026-11-29'));
  // a row changed from outside: the copy is whole, and has what the database has
  const { sqlite, close } = openFile(
    readKey({ dataDir: folder, secretFile: `${folder}/secret.key` }),
    `${folder}/ipms.db`,
  );
  sqlite.exec("drop trigger audit_no_update; update audit set item_name = 'x' where id = 1");
  await close();
  await run(night('2026-11-30'));
  const [good, faulty] = await rows();
  t.match(good, { state: 'good' });
  t.match(faulty, { state: 'faults', file_name: 'ipms-20261130-013000-faults.db.gz', said: /audit trail: row/ });
  for (const day of ['2026-12-01', '2026-12-02', '2026-12-03', '2026-12-04']) await run(night(day));
  const kept = readdirSync(settings.dir).sort();
  t.ok(kept.includes('ipms-20261129-013000.db.gz'), 'those with faults never push out the last good one');
  t.equal(kept.length, 1 + KEEP.days, 'but each other');
  // what the disk gives back is not what was written
  const broken = await run(night('2026-12-05'), true, {
    lookOver: async () => {
      throw new Error('damaged');
    },
  });
  t.match(broken, [{ what: 'failed', said: 'damaged' }, { what: 'copying' }]);
  t.strictSame(readdirSync(settings.dir).sort(), kept, 'and a failed one removes nothing');
  t.equal(
    await look(async (db) => (await db.selectFrom('backup_work').selectAll().executeTakeFirst())?.began_at),
    null,
  );
});

t.test('after another key, the next copy is as good as the one before', async (t) => {
  const { folder, run, rows } = await withBackups(t);
  await run(night('2026-11-30'));
  t.match(await runCommand(t, folder, key, ['rotate']), { code: 0 });
  await run(night('2026-12-01'));
  t.match(await rows(), [
    { state: 'good', said: null },
    { state: 'good', said: null },
  ]);
});

t.test('rotation keeps as many as are set, and says what it removed', async (t) => {
  const copyTo = dataFolder(t);
  const { settings, run, rows, look } = await withBackups(t, { copyTo });
  const own = await look(async (db) => join(copyTo, (await readBackupWork(db)).folder));
  for (const day of ['25', '26', '27', '28', '29']) await run(night(`2026-11-${day}`), true, UNSEEN);
  const three = ['27', '28', '29'].map((day) => `ipms-202611${day}-013000.db.gz`);
  t.strictSame(readdirSync(settings.dir).sort(), three);
  t.strictSame(readdirSync(own).sort(), three, 'the second place is the same');
  t.strictSame(
    (await rows()).map(({ state }) => state),
    ['removed', 'removed', 'good', 'good', 'good'],
  );
  t.ok((await rows()).every(({ copied_at }) => copied_at !== null));
  const removed = await look((db) =>
    db.selectFrom('audit').select('item_name').where('action', '=', 'backup.removed').orderBy('id').execute(),
  );
  t.match(removed, [{ item_name: 'ipms-20261125-013000.db.gz' }, { item_name: 'ipms-20261126-013000.db.gz' }]);
});

t.test('two installations with one second place leave each other’s copies alone', async (t) => {
  const copyTo = dataFolder(t);
  const [one, other] = [await withBackups(t, { copyTo }), await withBackups(t, { copyTo }, await makeInstallation(t))];
  for (const day of ['25', '26', '27', '28'])
    for (const each of [one, other]) await each.run(night(`2026-11-${day}`), true, UNSEEN);
  const own = await one.look(async (db) => (await readBackupWork(db)).folder);
  const others = await other.look(async (db) => (await readBackupWork(db)).folder);
  t.strictSame(readdirSync(copyTo).sort(), [own, others].sort());
  const newest = 'ipms-20261128-013000.db.gz';
  for (const [{ settings }, folder] of [
    [one, own],
    [other, others],
  ] as const) {
    t.strictSame(readdirSync(join(copyTo, folder)).sort(), readdirSync(settings.dir).sort(), 'each has its three');
    t.strictSame(readFileSync(join(copyTo, folder, newest)), readFileSync(join(settings.dir, newest)), 'and its own');
  }

  // as it was before each had its folder
  for (const day of ['26', '27']) rmSync(join(copyTo, own, `ipms-202611${day}-013000.db.gz`));
  copyFileSync(join(one.settings.dir, 'ipms-20261126-013000.db.gz'), join(copyTo, 'ipms-20261126-013000.db.gz'));
  copyFileSync(join(other.settings.dir, 'ipms-20261127-013000.db.gz'), join(copyTo, 'ipms-20261127-013000.db.gz'));
  await one.run(night('2026-11-28'), false);
  t.strictSame(readdirSync(join(copyTo, own)).length, 3);
  t.notOk(existsSync(join(copyTo, 'ipms-20261126-013000.db.gz')), 'what is one’s own comes into the folder');
  t.ok(existsSync(join(copyTo, 'ipms-20261127-013000.db.gz')), 'what is another’s stays where it is');
});

t.test('a copy that was asked for is made after a stop, or named as not made', async (t) => {
  const { look, run, rows } = await withBackups(t);
  const meanwhile = later(night('2026-11-30'), DAY / 2);
  const work = () => look(readBackupWork);
  const asks = (name: string) =>
    look((db) =>
      db.updateTable('backup_work').set({ asked_at: meanwhile.toISOString(), asked_by_name: name }).execute(),
    );
  await run(night('2026-11-30'));

  await asks('Noraini');
  await look((db) => noteRun(db, true, meanwhile)); // and here the server stops
  t.match(await work(), { asked_at: null, began_at: String });
  await look((db) => noteSchedule(db, true, later(meanwhile, DAY / 24)));
  t.match(await work(), { asked_at: meanwhile.toISOString(), asked_by_name: 'Noraini', began_at: null });
  await run(later(meanwhile, DAY / 12));
  t.match(await rows(), [{ asked_by_name: 'IPMS' }, { state: 'good', asked_by_name: 'Noraini' }]);
  await look((db) => noteSchedule(db, true, later(meanwhile, DAY / 12)));
  t.match(await work(), { asked_at: null }, 'what was made is not asked for any more');

  await look((db) => noteRun(db, true, meanwhile));
  await look((db) => noteSchedule(db, true, meanwhile));
  t.match(await work(), { asked_at: null }, 'what nobody asked for comes with its hour');

  await asks('Noraini');
  await look((db) => noteSchedule(db, false, meanwhile));
  t.match(await work(), { asked_at: null, asked_by_name: null });
  const [, , failed] = await rows();
  t.match(failed, { state: 'failed', asked_by_name: 'Noraini', said: /without IPMS_BACKUP_DIR/ });
});

t.test('a copy that is cut, changed or gone is not relied on any more; one that comes back is', async (t) => {
  const { settings, run, rows, look } = await withBackups(t);
  for (const day of ['27', '28', '29']) await run(night(`2026-11-${day}`), true, UNSEEN);
  const [first, second, third] = readdirSync(settings.dir)
    .sort()
    .map((name) => join(settings.dir, name)) as [string, string, string];
  truncateSync(first, statSync(first).size - 1);
  const bytes = readFileSync(second);
  bytes.writeUInt8(bytes.readUInt8(1000) ^ 1, 1000);
  writeFileSync(second, bytes);
  renameSync(third, `${third}.away`);
  appendFileSync(join(settings.dir, 'ipms-20261120-013000.db.gz'), 'put there by somebody');
  await run(later(night('2026-11-29'), DAY / 2), false);
  const states = async () => (await rows()).map(({ state }) => state);
  t.strictSame(await states(), ['spoilt', 'good', 'gone', 'found'], 'a flipped bit shows when all of it is read');
  await run(later(night('2026-11-28'), 8 * DAY), false);
  t.strictSame(await states(), ['spoilt', 'spoilt', 'gone', 'found'], 'which is within a week');
  renameSync(`${third}.away`, third);
  await run(later(night('2026-11-28'), 8 * DAY), false);
  t.strictSame(await states(), ['spoilt', 'spoilt', 'good', 'found']);
  const audited = await look((db) =>
    db.selectFrom('audit').select('action').where('action', 'in', ['backup.lost', 'backup.back']).execute(),
  );
  t.equal(audited.length, 4);
});

t.test('a folder and links with such names are no copies, and stop none', async (t) => {
  const { settings, run, rows } = await withBackups(t);
  const named = (day: string) => join(settings.dir, `ipms-${day}-013000.db.gz`);
  mkdirSync(named('20261117'));
  symlinkSync('/nowhere', named('20261118'));
  symlinkSync(named('20261119'), named('20261119'));
  t.match(await run(night('2026-11-29')), [{ what: 'made' }, { what: 'copying' }]);
  t.match(await rows(), [{ state: 'good' }]);
});

t.test('a copy that the disk does not give back is spoilt, and the next one is made', async (t) => {
  const { settings, run, rows, look } = await withBackups(t);
  await run(night('2026-11-20'));
  const file = join(settings.dir, 'ipms-20261120-013000.db.gz');
  // reading its first bytes is an error of the device
  const isFailing = spawnSync('mount', ['--bind', `/proc/${process.pid}/mem`, file]).status === 0;
  if (!isFailing) {
    t.comment('no file can be mounted here');
    return;
  }
  t.teardown(() => void spawnSync('umount', [file]));
  await look((db) =>
    db
      .updateTable('backup')
      .set({ bytes: statSync(file).size })
      .execute(),
  );
  t.match(await run(night('2026-11-29')), [{ what: 'lost', state: 'spoilt' }, { what: 'made' }, { what: 'copying' }]);
  t.match(await rows(), [{ state: 'spoilt' }, { state: 'good' }]);
});

t.test('a second place that is a link to the folder itself is none', async (t) => {
  const { settings, run, rows } = await withBackups(t);
  settings.copyTo = join(dataFolder(t), 'second');
  symlinkSync(settings.dir, settings.copyTo);
  t.match(await run(night('2026-11-29')), [
    { what: 'made' },
    { what: 'copying', said: /second is the same folder as / },
  ]);
  t.match(await rows(), [{ state: 'good', copied_at: null }]);
});

t.test('a folder or second place that is away loses nothing, and is said', async (t) => {
  const share = join(dataFolder(t), 'share');
  mkdirSync(share);
  const { settings, run, rows, look } = await withBackups(t, { copyTo: share });
  await run(night('2026-11-28'));
  renameSync(share, `${share}.away`);
  t.match(await run(night('2026-11-29')), [
    { what: 'made' },
    { what: 'copying', said: /There is no folder .*share\./ },
  ]);
  t.notOk(existsSync(share), 'it is never made: the disk below would fill');
  t.match(await rows(), [{ state: 'good' }, { state: 'good', copied_at: null }]);
  renameSync(`${share}.away`, share);
  await run(night('2026-11-29'), false);
  t.match(await rows(), [{}, { copied_at: String }], 'brought there as soon as it is back');
  const said = () => look((db) => db.selectFrom('backup_work').select('copying_said').executeTakeFirst());
  t.match(await said(), { copying_said: null });
  renameSync(settings.dir, `${settings.dir}.away`);
  t.match(await run(night('2026-11-30')), [{ what: 'failed', said: /There is no folder/ }, {}]);
  renameSync(`${settings.dir}.away`, settings.dir);
  t.match(await rows(), [{ state: 'good' }, { state: 'good' }, { state: 'failed' }], 'none of them counts as gone');
});

t.test('a full disk: nothing counts, nothing is left, and the older ones stay', async (t) => {
  const { settings, run, rows } = await withBackups(t);
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=160k', 'tmpfs', settings.dir]).status === 0;
  if (!mounted) {
    t.comment('no small disk can be made here: only root may');
    return;
  }
  t.teardown(() => spawnSync('umount', [settings.dir]));
  await run(night('2026-11-28'));
  writeFileSync(join(settings.dir, 'filler'), Buffer.alloc(1));
  const before = readdirSync(settings.dir).sort();
  for (let size = 8192; size > 0; size = size > 512 ? size / 2 : 0)
    for (let fits = true; fits; )
      try {
        appendFileSync(join(settings.dir, 'filler'), Buffer.alloc(size));
      } catch {
        fits = false;
      }
  t.match(await run(night('2026-11-29')), [{ what: 'failed', said: /ENOSPC/ }, {}]);
  t.strictSame(readdirSync(settings.dir).sort(), before);
  t.match((await rows()).at(-1), { state: 'failed', said: /no space left/ });
});

t.test('killed at any moment, it leaves no file that counts; the next one tidies up', async (t) => {
  const { folder, settings, run } = await withBackups(t);
  const script = `
    import { workInFolders } from '${join(import.meta.dirname, '../../src/backups/folder.ts')}';
    import { toolsFor } from '${join(import.meta.dirname, '../../src/command-line/backup-tools.ts')}';
    const settings = ${JSON.stringify(settings)};
    const tools = toolsFor({ file: '${folder}/ipms.db', secretFile: '${folder}/secret.key' });
    const stopAt = process.argv[1];
    const die = () => process.kill(process.pid, 'SIGKILL');
    await workInFolders({ settings, scratch: '${folder}/backup-scratch', isMaking: true, now: new Date('2026-11-29T17:30:00Z'), known: [] }, {
      async copyDatabase(target) { await tools.copyDatabase(target); if (stopAt === 'copied') die(); },
      async lookOver(file) {
        const looked = await tools.lookOver(file);
        if (stopAt === 'looked-over') die();
        if (stopAt === 'packing') (await import('node:fs')).watch(settings.dir, die);
        return looked;
      },
      tell() {},
    });`;
  for (const moment of ['copied', 'looked-over', 'packing']) {
    const child = spawn(process.execPath, ['--input-type=module', '-e', script, moment], { stdio: 'inherit' });
    const [, signal] = await once(child, 'exit');
    t.equal(signal, 'SIGKILL', moment);
    t.strictSame(
      readdirSync(settings.dir).filter((name) => !name.endsWith('.unfinished')),
      [],
      `${moment}: no file has the name of a copy`,
    );
  }
  t.match(await run(night('2026-11-30')), [{ what: 'made' }, {}]);
  t.strictSame(readdirSync(settings.dir), ['ipms-20261130-013000.db.gz']);
  t.notOk(existsSync(join(folder, 'backup-scratch')));
});

t.test('what is packed is read back from the disk before it counts', async (t) => {
  const { folder, settings, run } = await withBackups(t);
  await run(night('2026-11-30'));
  const target = join(dataFolder(t), 'plain.db');
  const file = join(settings.dir, 'ipms-20261130-013000.db.gz');
  await unpack(file, target, []);
  t.match(readFileSync(target).subarray(0, 15).toString(), 'SQLite format 3');
  truncateSync(file, statSync(file).size - 10);
  t.match(await runCommand(t, folder, backup, ['verify', file]), { code: 1, err: /is damaged, it cannot be unpacked/ });
  rmSync(file);
  t.match(await runCommand(t, folder, backup, ['verify', file]), { code: 1, err: /There is no file/ });
  t.match(await runCommand(t, folder, backup, ['look', file]), { code: 2 });
});
