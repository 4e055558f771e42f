import Sqlite from 'better-sqlite3';
import { t } from 'tap';
import { writeAuditHead } from '../../src/audit-head.ts';
import { readSecrets } from '../../src/base/secrets.ts';
import { check } from '../../src/command-line/check.ts';
import { openSqlite } from '../../src/data/database.ts';
import { newInstallation } from './installed.ts';
import { run } from './run.ts';

// ipms check --head: what a daily mail said is held against today's trail.

const SEALED = `json_array(at, act, cast(actor_user_id as integer), actor_name, actor_role, address, cast(agency_id as integer),
  action, sop, item_type, cast(item_id as integer), item_name, before, after)`;

t.test('whoever has the key and the file can seal a trail anew, and the head that was mailed tells', async (t) => {
  const folder = await newInstallation(t);
  const newest = () => {
    const sqlite = new Sqlite(`${folder}/ipms.db`);
    const row = sqlite.prepare('select id, hash from audit order by id desc limit 1').get() as {
      id: number;
      hash: string;
    };
    sqlite.close();
    return row;
  };
  const head = newest();
  const mailed = `${head.id} ${head.hash}`;
  for (const text of [mailed, `Baris: ${head.id}\nMeterai: ${head.hash}`, ` ${head.id}:${head.hash} `])
    t.match(await run(t, folder, check, ['--head', text]), {
      code: 0,
      out: /^Audit row \d+ is in the trail with the seal/,
      err: '',
    });
  for (const text of ['', 'x', head.hash, String(head.id), `${head.id} ${head.hash}x`])
    t.match(await run(t, folder, check, ['--head', text]), {
      code: 2,
      out: '',
      err: /number and the seal of a daily mail/,
    });
  t.match(await run(t, folder, check, ['--head', `${head.id + 9} ${head.hash}`]), {
    code: 1,
    out: /is missing: the trail was cut off/,
  });

  const sqlite = openSqlite(`${folder}/ipms.db`, readSecrets(`${folder}/secret.key`).audit);
  const triggers = sqlite
    .prepare("select name, sql from sqlite_schema where type = 'trigger' and tbl_name = 'audit'")
    .all() as {
    name: string;
    sql: string;
  }[];
  for (const { name } of triggers) sqlite.exec(`drop trigger ${name}`);
  sqlite.exec("update audit set actor_name = 'Orang Lain' where id = 2");
  let previous = '';
  for (const { id } of sqlite.prepare('select id from audit order by id').all() as { id: number }[]) {
    sqlite.prepare(`update audit set hash = audit_hash(?, ${SEALED}) where id = ?`).run(previous, id);
    previous = sqlite.prepare('select hash from audit where id = ?').pluck().get(id) as string;
  }
  for (const { sql } of triggers) sqlite.exec(sql);
  sqlite.close();
  writeAuditHead(`${folder}/secret.key`, newest());
  t.match(await run(t, folder, check), { code: 0, err: '' }, 'by itself, such a trail is sound');
  t.match(await run(t, folder, check, ['--head', mailed]), {
    code: 1,
    out: /has another seal than the one kept elsewhere/,
  });
});
