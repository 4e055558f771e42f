import { copyFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { sql } from 'kysely';
import { t } from 'tap';
import { SYSTEM } from '../../src/base/actor.ts';
import { dayOf } from '../../src/base/time.ts';
import { backup } from '../../src/command-line/backup.ts';
import { check } from '../../src/command-line/check.ts';
import { due } from '../../src/command-line/due.ts';
import { mail } from '../../src/command-line/mail.ts';
import { restore } from '../../src/command-line/restore.ts';
import { seed } from '../../src/command-line/seed.ts';
import { usage } from '../../src/command-line/usage.ts';
import { inAct, UNSET } from '../../src/data/act.ts';
import type { Db } from '../../src/data/database.ts';
import { openPresent } from '../../src/installation.ts';
import { disableMailbox } from '../../src/mailbox-life/disabling.ts';
import { NOT_ASKED } from '../../src/sign-in/password.ts';
import { createFirstHelpdesk } from '../../src/sign-in/set-up.ts';
import { bringFile, pdf } from '../attached-files.ts';
import { startMailServer } from '../outbox/mail-server.ts';
import { dataFolder, demoFolder, ipms, startedFolder } from './folder.ts';
import { run } from './run.ts';

// npm run ipms -- COMMAND: one as a process of its own, the others in this one.

const SET_UP = ['setup', '--login', 'Meja.Satu', '--email', 'meja@bantuan.test', '--password-stdin'];
const FAR = '2099-01-01T00:00:00.000Z';

/** Looks into the database of a folder while no command runs. */
async function look<T>(dataDir: string, work: (db: Db) => Promise<T>) {
  const { db, close } = await openPresent({ dataDir, secretFile: `${dataDir}/secret.key` });
  try {
    return await work(db);
  } finally {
    await close();
  }
}

function waitingMail(name: string, secret: string | null) {
  const subject = { ms: name, en: name };
  return {
    act: name,
    mail: 'N3',
    to_name: 'Nurul',
    to_address: `${name}@rumah.test`,
    message_id: `<${name}@ipms>`,
    letter: JSON.stringify({ subject, greeting: 'Nurul', paragraphs: [subject] }),
    secret: secret === null ? null : sql<string>`seal_secret(${secret})`,
    created_at: '2026-11-24T06:00:00.000Z',
    next_try_at: '2026-11-24T06:00:00.000Z',
  };
}

/** Somebody who works with it. */
function makeHelpdesk(folder: string) {
  const helpdesk = { login_id: 'meja', email: 'meja@bantuan.test', full_name: 'Puan Meja' };
  return look(folder, (db) =>
    inAct(db, { actor: SYSTEM, now: new Date(), settings: UNSET }, (act) =>
      createFirstHelpdesk(act, helpdesk, { hash: 'no password has this hash', directory: NOT_ASKED }),
    ),
  );
}

t.test('from the first account to a backup that is put back', async (t) => {
  const folder = dataFolder(t);
  const file = `${dataFolder(t)}/copy.db`;
  const made = await ipms(folder, SET_UP, 'Rahsia#Besar2026\n');
  t.match(made, { code: 0, err: '', out: /helpdesk account meja\.satu was made/ });
  const again = await ipms(folder, SET_UP, 'Rahsia#Besar2026\n');
  t.match(again, { code: 1, err: 'There is a helpdesk account already.\n' });
  await look(folder, async (db) => {
    const session = { user_id: 1, access_code_id: null, data: '{}', created_at: FAR, seen_at: FAR, expires_at: FAR };
    await db
      .insertInto('session')
      .values({ id: 's', ...session })
      .execute();
    const link = { token_hash: 'l', purpose: 'reset' as const, user_id: 1, expires_at: FAR };
    await db.insertInto('one_time_link').values(link).execute();
    const mails = [
      waitingMail('dihantar', null),
      waitingMail('menunggu', null),
      waitingMail('pautan', '/password/reset/x'),
    ];
    await db.insertInto('outbox').values(mails).execute();
  });

  t.match(await run(t, folder, backup, [file]), { code: 0, err: '' });
  t.equal(statSync(file).mode & 0o777, 0o600);
  t.match(await run(t, folder, backup, [file]), { code: 1, err: /exists already: it is not overwritten/ });
  await look(folder, async (db) => {
    await db.updateTable('outbox').set({ state: 'sent' }).where('act', '=', 'dihantar').execute();
    await db.updateTable('user').set({ full_name: 'Sesudah Salinan' }).execute();
  });

  const restored = await run(t, folder, restore, [file]);
  t.match(restored, { code: 0, err: '' });
  t.equal(readdirSync(folder).filter((name) => name.includes('-before-restore-')).length, 1);
  await look(folder, async (db) => {
    t.match(await db.selectFrom('user').select(['full_name', 'login_id']).execute(), [
      { full_name: 'Meja.Satu', login_id: 'meja.satu' },
    ]);
    t.strictSame(await db.selectFrom('session').select('id').execute(), [], 'everybody signs in again');
    t.strictSame(await db.selectFrom('one_time_link').select('token_hash').execute(), []);
    t.match(await db.selectFrom('audit').select('action').orderBy('id', 'desc').limit(1).execute(), [
      { action: 'database.restored' },
    ]);
  });
  t.match(await run(t, folder, check), { code: 0, err: '' });

  t.match(await run(t, folder, mail), { code: 1, err: /^IPMS_SMTP_URL is not set/ });
  const server = await startMailServer(t);
  const env = { IPMS_SMTP_URL: server.url, IPMS_BASE_URL: 'https://ipms.jabatan.test' };
  t.match(await run(t, folder, mail, [], env), { code: 0, out: 'sent: 1\n', err: '' });
  t.strictSame(
    server.received.map((mail) => mail.to[0]),
    ['menunggu@rumah.test'],
    'not the one that the present database had sent, nor the one with a link that ended',
  );
});

t.test('due does what is due at the time that is given', async (t) => {
  const folder = await startedFolder(t);
  const seen = { created_at: '2026-11-24T00:00:00.000Z', seen_at: '2026-11-24T00:00:00.000Z' };
  const session = { ...seen, id: 's', user_id: null, access_code_id: null, data: '{}' };
  await look(folder, (db) =>
    db
      .insertInto('session')
      .values({ ...session, expires_at: '2026-11-24T08:00:00.000Z' })
      .execute(),
  );
  const [before, after] = ['2026-11-24T15:59:00+08:00', '2026-11-24T16:00+08:00'];
  t.match(await run(t, folder, due, ['--now', before]), { code: 0, out: 'Nothing was due.\n', err: '' });
  t.match(await run(t, folder, due, ['--now', after]), { code: 0, out: /expired sessions removed: 1/, err: '' });
});

t.test('what cannot be restored changes nothing', async (t) => {
  const folder = await startedFolder(t);
  const other = await startedFolder(t);
  await makeHelpdesk(folder);
  t.match(await run(t, other, seed, ['--mailboxes', '10']), { code: 0, err: 'mailboxes: 10 of 10\n' });
  for (const [file, words] of [
    [`${folder}/none.db`, /^There is no file/],
    [`${folder}/secret.key`, /is no database that can be restored/],
  ] as const)
    t.match(await run(t, folder, restore, [file]), { code: 1, out: '', err: words });
  t.match(await run(t, other, restore, [`${folder}/ipms.db`]), {
    code: 1,
    err: /^Audit row 1 of \S+ was not written with \S+secret\.key/,
  });
  for (const each of [folder, other]) t.notOk(readdirSync(each).some((name) => /restore|incoming/.test(name)));
  t.equal(await look(other, (db) => db.selectFrom('mailbox').select('id').execute()).then((rows) => rows.length), 10);
  t.match(await run(t, other, seed, ['--demo']), { code: 1, err: /not empty/ });
});

t.test('usage: figures of the mail system are taken over, and each refused row is named', async (t) => {
  const folder = await demoFolder(t);
  const today = dayOf(new Date());
  const send = (rows: string[]) => {
    writeFileSync(`${folder}/kuota.csv`, ['address;used_mb;date', ...rows].join('\r\n'));
    return run(t, folder, usage, [`${folder}/kuota.csv`]);
  };
  t.match(await send([`pegawai.jabatan@jabatan.test;801;${today}`]), {
    code: 0,
    out: 'new figures: 1, already so: 0, refused: 0\n',
  });
  const some = await send([`pegawai.jabatan@jabatan.test;801;${today}`, `tiada@jabatan.test;1;${today}`]);
  t.match(some, {
    code: 1,
    out: /^line 3: “tiada@jabatan\.test” is no mailbox’s address\..*\nnew figures: 0, already so: 1, refused: 1\n$/,
    err: /^1 of 2 rows were refused\.$/m,
  });
  t.match(await send([`tiada@jabatan.test;1;${today}`]), {
    code: 1,
    err: /^None of the 1 rows could be taken over\.$/m,
  });
  t.match(await send([]), { code: 1, err: /^file: The file has no rows/ });
  await look(folder, async (db) => {
    const found = db.selectFrom('mailbox').select(['used_mb', 'used_on']);
    t.match(await found.where('login_id', '=', 'pegawai.jabatan').executeTakeFirst(), { used_mb: 801, used_on: today });
    const files = db.selectFrom('usage_file').select(['state', 'created_by_name', 'refused']).orderBy('id', 'desc');
    t.match(await files.limit(2).execute(), [
      { state: 'done', created_by_name: 'IPMS', refused: 1 },
      { state: 'done', created_by_name: 'IPMS', refused: 0 },
    ]);
  });
});
t.test(
  'a backup has the attachments, a restore puts them back, and check holds them against their hashes',
  async (t) => {
    const folder = await startedFolder(t);
    const file = `${dataFolder(t)}/copy.db`;
    // before anybody is set up: invented data go into no installation that people work with
    t.match(await run(t, folder, seed, ['--mailboxes', '5', '--agencies', '1', '--groups', '1']), { code: 0 });
    await makeHelpdesk(folder);
    const letter = pdf('cuti.pdf', '', 300_000);
    await look(folder, async (db) => {
      const { id } = await db
        .selectFrom('mailbox')
        .select('id')
        .where('status', '=', 'active')
        .executeTakeFirstOrThrow();
      const { id: userId } = await db.selectFrom('user').select('id').executeTakeFirstOrThrow();
      const order = { reason: 'study_leave', disabled_from: null, disabled_until: null, description: '' } as const;
      const flags = { restrict_senders: false, enable_by_itself: false, leave_without: true };
      await inAct(db, { actor: { ...SYSTEM, userId }, now: new Date(), settings: UNSET }, async (act) =>
        disableMailbox(act, id, { ...order, ...flags }, [await bringFile(act.trx, letter)]),
      );
    });
    t.match(await run(t, folder, backup, [file]), { code: 0 });
    const other = dataFolder(t);
    copyFileSync(`${folder}/secret.key`, `${other}/secret.key`);
    t.match(await run(t, other, restore, [file]), { code: 0 });
    t.match(await run(t, other, check), { code: 0, out: /attachments/ });
    await look(other, async (db) => {
      const { bytes } = await db.selectFrom('attachment_content').select('bytes').executeTakeFirstOrThrow();
      t.ok(letter.bytes.equals(bytes), 'as it came');
      await sql`drop trigger attachment_content_no_update`.execute(db);
      await db
        .updateTable('attachment_content')
        .set({ bytes: letter.bytes.subarray(0, -1) })
        .execute();
    });
    t.match(await run(t, other, check), { code: 1, out: /not the one that was attached: cuti\.pdf \(mailbox \d+/ });
  },
);
