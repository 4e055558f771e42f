import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { type Test, t } from 'tap';
import { dayOf } from '../../src/base/time.ts';
import { check } from '../../src/command-line/check.ts';
import { runCommand } from '../../src/command-line/command.ts';
import { seed } from '../../src/command-line/seed.ts';
import { openBeside } from '../../src/demo/history/beside.ts';
import { openCalendar } from '../../src/demo/history/calendar.ts';
import { markAll } from '../../src/demo/left-out.ts';
import { openPresent } from '../../src/installation.ts';
import { letterOf } from '../../src/trail/letters.ts';
import { demoFolder, startedFolder } from './folder.ts';
import { leftByTriggers, leftOf } from './left-by-triggers.ts';

// A database with a past, and the check of every night, which looks at what came since the last one.

async function run(t: Test, folder: string, args: string[]) {
  const [out, err] = [t.capture(console, 'log'), t.capture(console, 'error')];
  const commands = { seed: async () => seed, check: async () => check };
  const code = await runCommand(commands, args, { IPMS_DATA_DIR: folder, IPMS_BCRYPT_COST: '4' });
  const said = [...out(), ...err()].map(({ args: [text] }) => text).join('\n');
  out.restore();
  err.restore();
  return { code, said };
}

const opened = async (folder: string) => openPresent({ dataDir: folder, secretFile: `${folder}/secret.key` });

t.test('mailboxes with a past', async (t) => {
  const folder = await startedFolder(t);
  const past = ['seed', '--mailboxes', '200', '--years', '2'];
  t.match(await run(t, folder, ['seed', '--years', '2']), { code: 2, said: /--mailboxes/ });
  t.match(await run(t, folder, past), { code: 1, said: /--demo/ });
  t.match(await run(t, folder, [...past, '--demo']), { code: 0 });
  const { sqlite, close } = await opened(folder);
  const count = (sql: string) => sqlite.prepare(sql).pluck().get() as number;
  for (const what of [
    "mailbox where status = 'deleted'",
    "disabling where status = 'ended'",
    "transfer where status = 'carried-out'",
    "membership where ending = 'removed'",
    "ticket where status = 'closed'",
    "access_code_request where status = 'refused'",
    'account_request where mailbox_id is not null',
  ])
    t.ok(count(`select count(*) from ${what}`) > 0, what);
  t.ok(count('select count(*) from audit') > 500);
  t.equal(
    count(`select count(*) from audit as row join audit as before on before.id = row.id - 1
    where row.at < before.at and row.id > (select min(id) from audit where action = 'user.signed-in')`),
    0,
    'in order',
  );
  t.strictSame(leftOf(sqlite), leftByTriggers(sqlite), 'as if each row had been followed by its triggers');
  sqlite.exec("update directory_object set state = 'listed', agency_id = 1 where item_type <> 'contact'");
  markAll(sqlite, 40, new Date());
  t.equal(
    count(`select count(*) from directory_object as held left join mailbox on item_type = 'mailbox' and mailbox.id = item_id
      where (item_type <> 'mailbox' and held.state = 'listed')
        or (mailbox.id >= 40 and (held.state = 'listed' or held.agency_id is not mailbox.agency_id))`),
    0,
    'the directory is to hear of everything that happened',
  );
  const sent = sqlite.prepare('select letter, packed_letter, to_name from outbox where packed_letter is not null');
  for (const row of sent.all() as (Parameters<typeof letterOf>[0] & { to_name: string })[])
    t.ok(letterOf(row).paragraphs.length > 0);
  await close();
  t.match(await run(t, folder, ['check']), { code: 0 });
  t.match(await run(t, folder, [...past]), { code: 0 }, 'and more may come to it');
  t.match(await run(t, folder, ['check']), { code: 0 });
  t.notOk(existsSync(`${folder}/ipms.db.past`), 'nothing is left beside');
});

t.test('what cannot be written beside the database ends it, with what was wrong', async (t) => {
  const folder = await demoFolder(t);
  const { sqlite, secrets, close } = await opened(folder);
  const before = sqlite.prepare('select count(*) from outbox').pluck().get();
  const beside = await openBeside(sqlite, secrets, ['outbox']);
  const write = (name: string | null) =>
    beside.run(
      `insert into outbox (act, mail, to_name, to_address, message_id, letter, created_at, next_try_at)
         values ('', '', ?, '', ?, '{}', '', '')`,
      [name, randomUUID()],
    );
  write('Siti');
  write(null);
  t.throws(() => beside.takeOver(), /NOT NULL.*to_name/);
  t.equal(sqlite.prepare('select count(*) from outbox').pluck().get(), before);
  beside.close();
  t.notOk(existsSync(`${folder}/ipms.db.past`));
  await close();
});

t.test('what a past leaves open is due on working days to come, and not all at once', async (t) => {
  const { days, moment } = openCalendar(new Date('2026-11-30T04:00:00.000Z'), 1);
  const dayAt = (at: number) => dayOf(moment(days + at, 0));
  t.strictSame([-1, 0, 1, 5, 119].map(dayAt), ['2026-11-27', '2026-11-30', '2026-12-01', '2026-12-07', '2027-05-14']);
});

t.test('the check of every night looks at what came since, and once a week at all', async (t) => {
  const folder = await demoFolder(t);
  const kept = `${folder}/secret.key.checked`;
  const since = () => run(t, folder, ['check', '--since-last']);
  t.match(await since(), { code: 0 });
  const first = readFileSync(kept, 'utf8');
  t.match(await since(), { code: 0 });
  t.equal(readFileSync(kept, 'utf8'), first, 'nothing came since');

  const tamper = async (sql: string) => {
    const { sqlite, close } = await opened(folder);
    sqlite.exec('drop trigger audit_no_update');
    sqlite.exec(sql);
    sqlite.exec(`create trigger audit_no_update before update on audit
      begin select raise(abort, 'audit rows are append-only'); end`);
    await close();
  };
  await tamper("update audit set item_name = 'x' where id = 20");
  t.match(await since(), { code: 0 }, 'what was checked before is not looked at');
  t.match(await run(t, folder, ['check']), { code: 1, said: /audit trail: row 20 is/ });
  writeFileSync(kept, first.replace(/"wholeAt":"[^"]+"/, '"wholeAt":"2020-01-01T00:00:00.000Z"'));
  t.match(await since(), { code: 1, said: /audit trail: row 20 is/ }, 'a week later all is');
  t.match(readFileSync(kept, 'utf8'), /2020/, 'where something is wrong, nothing is kept');
  writeFileSync(kept, first.replace(/"hash":"/, '"hash":"x'));
  t.match(await since(), { code: 1, said: /audit trail: row 20 is/ }, 'nor is one believed that does not fit');
  writeFileSync(kept, 'nonsense');
  t.match(await since(), { code: 1, said: /audit trail: row 20 is/ });
});

t.test('a row that came since and is not as it was written is named', async (t) => {
  const folder = await demoFolder(t);
  await run(t, folder, ['check', '--since-last']);
  const { sqlite, close } = await opened(folder);
  const next = 1 + (sqlite.prepare('select max(id) from audit').pluck().get() as number);
  sqlite.exec(`insert into audit (at, act, actor_name, actor_role, address, action, item_type, item_id, item_name, hash)
    select at, act, actor_name, actor_role, address, action, item_type, item_id, item_name, 'forged' from audit where id = 1`);
  await close();
  t.match(await run(t, folder, ['check', '--since-last']), { code: 1, said: new RegExp(`row ${next} is`) });
});
