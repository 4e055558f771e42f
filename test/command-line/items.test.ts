import Sqlite from 'better-sqlite3';
import { t } from 'tap';
import { check } from '../../src/command-line/check.ts';
import { dataFolder, ipms } from './folder.ts';
import { HELPDESK, newInstallation, serve } from './installed.ts';
import { run } from './run.ts';

// check: rows that name things which are not there, in an installation that has just begun and in the demo.

/** Every kind of item whose number says something. */
const KINDS = [
  'access_code_request',
  'access_code',
  'account_request',
  'mailbox',
  'group',
  'ticket',
  'contact',
  'transfer',
  'holiday',
  'weekend',
  'user',
  'agency',
  'outbox',
  'record',
  'audit',
  'monthly_report',
  'bulk_run',
  'database',
];

/** Writes a row about number 9999 of each kind, and of a kind that there is not. */
function plant(folder: string) {
  const sqlite = new Sqlite(`${folder}/ipms.db`);
  const mail = sqlite.prepare(
    `insert into outbox (message_id, item_type, item_id, act, mail, to_name, to_address, letter, created_at, next_try_at)
     values (?, ?, 9999, '', '', '', '', '{}', '', '')`,
  );
  for (const kind of [...KINDS, 'tiada']) mail.run(kind, kind);
  sqlite.exec(`insert into ticket (agency_id, kind, subject, item_type, item_id, requested_by, created_at)
    values (1, 'question', '', 'mailbox', 9999, null, '')`);
  sqlite.close();
}

t.test('a new installation with its first ticket is as it must be; rows about nothing are found in it', async (t) => {
  const folder = await newInstallation(t);
  t.match(await ipms(folder, ['check']), { code: 0, err: '', out: /^Everything is as it must be/ });

  await serve(t, folder, async (visitor) => {
    await visitor.submit('/login', '/login', HELPDESK);
    const holidays = '/helpdesk/holidays';
    const added = { day: '25/11/2026', name: 'Hari Keputeraan', where: 'national' };

    t.equal((await visitor.submit(`${holidays}/new`, `${holidays}/new`, added)).status, 303);
    t.equal((await visitor.submit(`${holidays}/1`, `${holidays}/1/remove`)).status, 303);
    const since = { state: 'Perak', since: '1/1/2027', days: ['friday', 'saturday'] };
    const weekend = await visitor.submit('/helpdesk/weekends/new', '/helpdesk/weekends/new', since);
    t.equal((await visitor.submit(weekend.location, `${weekend.location}/remove`)).status, 303);
    t.equal((await visitor.get('/helpdesk/audit')).status, 200);
  });
  t.match(await run(t, folder, check), { code: 0, err: '' }, 'what was removed has left rows about it, as it should');

  plant(folder);
  const found = await run(t, folder, check);
  t.equal(found.code, 1);
  for (const kind of KINDS) t.match(found.out, `row of outbox about an item that does not exist: ${kind} 9999`, kind);
  t.match(found.out, 'row of outbox about an item of no known kind: tiada 9999');
  t.match(found.out, 'row of ticket about an item that does not exist: mailbox 9999');
  t.match(found.err, `check found ${KINDS.length + 2} faults.\n`, 'and nothing else');
});

t.test('so they are in the demo', async (t) => {
  const folder = dataFolder(t);
  t.match(await ipms(folder, ['seed', '--demo']), { code: 0 });
  t.match(await run(t, folder, check), { code: 0, err: '' });
  plant(folder);
  const found = await run(t, folder, check);
  for (const kind of KINDS) t.match(found.out, `row of outbox about an item that does not exist: ${kind} 9999`, kind);
  t.match(found.err, `check found ${KINDS.length + 2} faults.\n`, 'and nothing else');
});
