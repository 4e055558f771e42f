import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { type Test, t } from 'tap';
import { headFault } from '../../src/audit-head.ts';
import { backup } from '../../src/command-line/backup.ts';
import { check } from '../../src/command-line/check.ts';
import type { Command } from '../../src/command-line/command.ts';
import { due } from '../../src/command-line/due.ts';
import { mail } from '../../src/command-line/mail.ts';
import { migrate } from '../../src/command-line/migrate.ts';
import { resetOfSecondFactor } from '../../src/command-line/reset-second-factor.ts';
import { restore } from '../../src/command-line/restore.ts';
import { seed } from '../../src/command-line/seed.ts';
import { dataFolder, demoFolder, environmentOf, ipms, start } from './folder.ts';
import { newInstallation } from './installed.ts';
import { run } from './run.ts';

// The key beside a database: a missing or another one stops whatever would write, and nothing makes it anew.

const OTHER = `${Buffer.alloc(32, 5).toString('base64url')}\n`;
const MAIL = { IPMS_SMTP_URL: 'smtp://127.0.0.1:9', IPMS_BASE_URL: 'https://ipms.jabatan.test' };
/** Each command that writes, as it is called; those as processes of their own that read what is typed, or are nowhere else one. */
const WRITING: [Command, ...string[]][] = [
  [due],
  [seed, '--mailboxes', '3'],
  [migrate],
  [resetOfSecondFactor, '--login', 'noraini', '--reason', 'Telefon hilang'],
];
const PROCESSES = [['mail'], ['setup', '--login', 'meja.dua', '--email', 'dua@bantuan.test', '--password-stdin']];

const auditRows = (folder: string) => {
  const sqlite = new Sqlite(`${folder}/ipms.db`);
  const rows = sqlite.prepare('select * from audit').all();
  sqlite.close();
  return rows;
};

/** A start or a command that would write says the line and does nothing. */
async function nothingWrites(t: Test, folder: string, words: RegExp) {
  const before = auditRows(folder);
  const server = start(t, 'server', environmentOf(folder));
  const ready = server.said(/IPMS is ready/).catch(() => server.ended);
  t.equal(await Promise.race([server.ended, ready]), 1, 'the server');
  t.match(server.err(), words);
  t.equal(server.err().split('\n').length, 2, 'one line');
  const refused = [
    ...PROCESSES.map((args) => () => ipms(folder, args, 'Rahsia#Besar2026\n', MAIL)),
    ...WRITING.map(
      ([command, ...args]) =>
        () =>
          run(t, folder, command, args, MAIL),
    ),
  ];
  for (const [at, call] of refused.entries()) {
    const { code, out, err } = await call();
    t.match({ code, out }, { code: 1, out: '' }, `command ${at}`);
    t.match(err, words, `command ${at}`);
    t.equal(err.split('\n').length, 2, 'in one line');
  }
  t.strictSame(auditRows(folder), before, 'nothing was written');
}

t.test('a missing key, another one and one that cannot be read stop the start and the commands', async (t) => {
  const folder = await newInstallation(t);
  const key = `${folder}/secret.key`;
  const copy = `${dataFolder(t)}/copy.db`;
  t.match(await run(t, folder, backup, [copy]), { code: 0 });
  t.equal(statSync(key).mode & 0o777, 0o600);
  renameSync(key, `${folder}/kept.key`);
  const files: [string, () => void, RegExp][] = [
    ['missing', () => undefined, /^\S+secret\.key is missing, the key .*: put the copy of it back/],
    [
      'another',
      () => writeFileSync(key, OTHER),
      /^\S+secret\.key is not the key that \S+ipms\.db was sealed with \(its newest audit row \d+ tells\): put the right one/,
    ],
    [
      'empty',
      () => writeFileSync(key, ''),
      /^IPMS_SECRET_FILE=\S+secret\.key cannot be used: .*32 bytes\. Put the copy of it back/,
    ],
    [
      'no key but as long',
      () => writeFileSync(key, 'this is a text, and not a key, of more than 43 letters\n'),
      /^IPMS_SECRET_FILE=\S+secret\.key cannot be used: /,
    ],
    ['no file', () => mkdirSync(key), /^IPMS_SECRET_FILE=\S+secret\.key cannot be used: EISDIR/],
  ];
  for (const [name, put, words] of files) {
    rmSync(key, { recursive: true, force: true });
    put();
    if (name === 'missing' || name === 'another') await nothingWrites(t, folder, words);
    else t.match(await run(t, folder, due), { code: 1, err: words }, name);
    t.match(await run(t, folder, restore, [copy]), { code: 1, out: '' }, `${name}: restore`);
    const checked = await run(t, folder, check);
    t.equal(checked.code, 1);
    t.match(checked.out, words, `${name}: check says so`);
    if (name === 'another') t.match(checked.out, /^audit trail: rows 1 to \d+ do not fit this key$/m);
    else t.equal(checked.out.split('\n').length, 2, `${name}: and no row is blamed`);
    if (name !== 'missing') continue;
    t.match(
      await run(t, folder, backup, [`${dataFolder(t)}/rescue.db`]),
      { code: 0, err: '' },
      'a copy can still be taken',
    );
    t.match(await run(t, folder, restore, [copy, '--force']), { code: 1, out: '', err: words });
    t.notOk(existsSync(key), 'nothing made a key');
  }
  rmSync(key, { recursive: true, force: true });
  renameSync(`${folder}/kept.key`, key);
  t.match(await run(t, folder, check), { code: 0, err: '' }, 'with its own key all is as it was');
});

t.test(
  'where the key is lost for good, a new installation goes on with the data, and check names the rows',
  async (t) => {
    const folder = await newInstallation(t);
    const rows = auditRows(folder).length;
    rmSync(`${folder}/secret.key`);
    const copy = `${dataFolder(t)}/copy.db`;
    t.match(await run(t, folder, backup, [copy]), { code: 0 });
    const anew = dataFolder(t);
    t.match(await run(t, anew, restore, [copy]), { code: 1, err: /secret\.key is missing/ });
    t.match(await run(t, anew, restore, [copy, '--force']), { code: 0, err: '' });
    t.match(await run(t, anew, due), { code: 0, err: '' }, 'the new key is now its own');
    const checked = await run(t, anew, check);
    t.match(checked.out, new RegExp(`^audit trail: rows 1 to ${rows} are missing or not as they were written$`, 'm'));
  },
);

t.test(
  'check names every bad row of both chains, up to a bound, and what is forged later beside an old fault',
  async (t) => {
    const folder = await demoFolder(t);
    const sqlite = new Sqlite(`${folder}/ipms.db`);
    for (const table of ['audit', 'record'])
      for (const verb of ['update', 'delete']) sqlite.exec(`drop trigger ${table}_no_${verb}`);
    const change = (table: string, id: number, name = 'Lain') =>
      sqlite
        .prepare(`update ${table} set ${table === 'audit' ? 'actor_name' : 'filed_by_name'} = ? where id = ?`)
        .run(name, id);
    for (const id of [10, 40, 41]) change('audit', id);
    sqlite.exec('delete from audit where id between 60 and 62');
    for (const id of [2, 5]) change('record', id);
    const found = await run(t, folder, check);
    t.strictSame(
      found.out.split('\n').filter((line) => /^(audit trail|records)/.test(line)),
      [
        'audit trail: row 10 is missing or not as it was written',
        'audit trail: rows 40 to 41 are missing or not as they were written',
        'audit trail: rows 60 to 63 are missing or not as they were written',
        'records: number 2 is missing or not as it was written',
        'records: number 5 is missing or not as it was written',
      ],
    );
    for (let id = 100; id < 150; id += 2) change('audit', id);
    t.match((await run(t, folder, check)).out, '\naudit trail: rows after these: and 8 more\n');
    t.match(await run(t, folder, due), { code: 0 }, 'old breaks do not stop what the right key can go on with');

    sqlite.exec('delete from audit');
    sqlite.close();
    writeFileSync(`${folder}/secret.key`, OTHER);
    t.match(
      await run(t, folder, mail, [], MAIL),
      { code: 1, err: /its newest record \d+ tells/ },
      'nor does an empty trail hide it',
    );
  },
);

t.test(
  'a head that is empty, cut, garbage or missing is named, and written anew by the next regular run',
  async (t) => {
    const folder = await newInstallation(t);
    const head = `${folder}/secret.key.audit-head`;
    t.match(await run(t, folder, due), { code: 0 });
    const whole = readFileSync(head, 'utf8');
    t.equal(statSync(head).mode & 0o777, 0o600);
    const copy = `${dataFolder(t)}/copy.db`;
    t.match(await run(t, folder, backup, [copy]), { code: 0 });
    const isWhole = () =>
      /^\{"id":\d+,"hash":"[\w-]{43}","record":\{"id":0,"hash":""\}\}$/.test(readFileSync(head, 'utf8'));
    const spoilt: [string, () => void][] = [
      ['empty', () => writeFileSync(head, '')],
      ['cut', () => writeFileSync(head, whole.slice(0, 20))],
      ['missing', () => rmSync(head)],
    ];
    for (const [name, spoil] of spoilt) {
      spoil();
      const checked = await run(t, folder, check);
      t.match(checked, { code: 1, err: 'check found 1 fault.\n' }, name);
      t.match(
        checked.out,
        /^\S+secret\.key\.audit-head (cannot be read|is missing): .*a running server, or "due", writes/,
      );
      const begun = await run(t, folder, due);
      t.equal(begun.code, 0, `${name}: due needs none`);
      t.match(
        begun.err,
        /^\S+audit-head was missing or could not be read, and is written anew: only from audit row \d+ on/,
      );
      t.ok(isWhole());
      t.match(await run(t, folder, check), { code: 0 });
      t.match(auditRows(folder).at(-1), { action: 'audit-trail.head-lost', actor_role: 'system' }, 'and is audited');
    }
    for (const garbage of [Buffer.alloc(60), '{"id":"1"}', '{"id":-1,"hash":""}', 'null', '[]', whole.slice(1)]) {
      writeFileSync(head, garbage);
      t.match(headFault(`${folder}/secret.key`), /cannot be read/, String(garbage));
    }
    t.match(await run(t, folder, restore, [copy]), { code: 0, err: '' }, 'restore needs none');
    t.ok(isWhole());
    t.match(await run(t, folder, check), { code: 0 });
  },
);

t.test('a server that finds no readable head writes it anew, and says so once', async (t) => {
  const folder = await newInstallation(t);
  const head = `${folder}/secret.key.audit-head`;
  writeFileSync(head, '{"id":1,');
  const server = start(t, 'server', environmentOf(folder));
  await server.said(/audit-head was missing or could not be read, and is written anew/);
  server.stop('SIGTERM');
  t.equal(await server.ended, 0);
  t.match(JSON.parse(readFileSync(head, 'utf8')), { id: Number, hash: String });
  t.notMatch(server.out(), 'recurring work failed');
  t.equal(auditRows(folder).filter((row) => (row as { action: string }).action === 'audit-trail.head-lost').length, 1);
  t.match(await run(t, folder, check), { code: 0 });
});
