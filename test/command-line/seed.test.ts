import { t } from 'tap';
import { readIcNumber } from '../../src/base/ic-number.ts';
import { checkAll } from '../../src/command-line/check.ts';
import { openSqlite, queryBuilder } from '../../src/data/database.ts';
import { seedSynthetic } from '../../src/demo/synthetic.ts';
import { LOGIN_ID } from '../../src/officers/login-id.ts';
import { emptyDatabase } from '../demo-database.ts';
import { START, secrets } from '../helper.ts';
import { leftByTriggers, leftOf } from './left-by-triggers.ts';

async function seeded(wanted: { mailboxes: number; agencies: number; groups: number }) {
  const sqlite = openSqlite(await emptyDatabase(), secrets.audit);
  const db = queryBuilder(sqlite);
  const told: string[] = [];
  seedSynthetic(sqlite, wanted, START, (done, of, what) => told.push(`${what} ${done}/${of}`));
  return { sqlite, db, told };
}

t.test('synthetic data are the same every time, hold together, and look like people', async (t) => {
  const first = await seeded({ mailboxes: 6000, agencies: 3, groups: 40 });
  t.strictSame(first.told, ['mailboxes 5000/6000', 'mailboxes 6000/6000', 'groups 40/40']);
  t.strictSame(await checkAll(first, undefined), []);
  const rows = await first.db
    .selectFrom('mailbox')
    .innerJoin('user', 'user.id', 'mailbox.user_id')
    .select(['mailbox.full_name', 'mailbox.login_id', 'ic_number', 'password_hash'])
    .execute();
  const people = rows.map((row) => row as { full_name: string; login_id: string; ic_number: string });
  t.equal(rows.length, 6000);
  t.ok(
    rows.every((row) => row.password_hash === null),
    'nobody can sign in',
  );
  t.ok(people.every((row) => LOGIN_ID.test(row.login_id)));
  t.ok(people.every((row) => readIcNumber(row.ic_number) !== null));
  for (const kind of [/ bin /, / binti /, / a\/l /, / a\/p /, / anak /, /^(Tan|Lim|Lee) /])
    t.ok(
      people.some((row) => kind.test(row.full_name)),
      String(kind),
    );
  const { members } = await first.db
    .selectFrom('membership')
    .select((eb) => eb.fn.countAll<number>().as('members'))
    .executeTakeFirstOrThrow();
  t.ok(members > 6000);

  const fewer = { mailboxes: 1200, agencies: 3, groups: 20 };
  const [second, third] = [await seeded(fewer), await seeded(fewer)];
  const everybody = 'select group_concat(primary_email || ic_number) from mailbox';
  t.equal(second.sqlite.prepare(everybody).pluck().get(), third.sqlite.prepare(everybody).pluck().get());
  seedSynthetic(second.sqlite, { mailboxes: 500, agencies: 0, groups: 3 }, START, () => undefined);
  t.strictSame(await checkAll(second, undefined), [], 'more may be added to what is there');
  t.strictSame(
    leftOf(second.sqlite),
    leftByTriggers(second.sqlite),
    'as if each row had been followed by its triggers',
  );
  for (const { db } of [first, second, third]) await db.destroy();
});
