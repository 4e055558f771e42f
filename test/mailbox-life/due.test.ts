import { t } from 'tap';
import { UNSET } from '../../src/data/act.ts';
import { openSqlite, queryBuilder } from '../../src/data/database.ts';
import { seedSynthetic } from '../../src/demo/synthetic.ts';
import { runDue } from '../../src/due.ts';
import { eachAlone } from '../../src/mailbox-life/due.ts';
import { emptyDatabase } from '../demo-database.ts';
import { START, secrets } from '../helper.ts';

// Thousands that fall due together hold nobody up.

t.test('what is due', async (t) => {
  const sqlite = openSqlite(await emptyDatabase(), secrets.audit);
  const db = queryBuilder(sqlite);
  t.teardown(() => db.destroy());

  await t.test('everything else has its turn between one item and another', async (t) => {
    let turnedAfter = 0;
    let begun = 0;
    setImmediate(() => {
      turnedAfter = begun;
    });
    const work = async () => {
      begun += 1;
      const until = performance.now() + 25;
      while (performance.now() < until); // longer than a turn may last
      return true;
    };
    t.equal(await eachAlone(db, START, UNSET, [{ id: 1 }, { id: 2 }, { id: 3 }], work), 3);
    t.ok(turnedAfter > 0 && turnedAfter < 3, 'before all were done');
  });

  await t.test('reserved addresses are freed some at a time, all of them', async (t) => {
    seedSynthetic(sqlite, { mailboxes: 1, agencies: 1, groups: 0 }, START, () => undefined);
    const reserve = sqlite.prepare(
      "insert into address (address, kind, agency_id, item_id, reserved_until) values (?, 'reserved', 1, 1, ?)",
    );
    for (let at = 0; at < 250; at += 1) reserve.run(`bekas${at}@x.test`, START.toISOString());
    reserve.run('esok@x.test', '2099-01-01T00:00:00.000Z');
    t.match(await runDue(db, START), ['reserved addresses freed: 250']);
    const left = sqlite.prepare("select address from address where kind = 'reserved'").pluck().all();
    t.strictSame(left, ['esok@x.test']);
  });
});
