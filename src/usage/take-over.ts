import { sql } from 'kysely';
import { SYSTEM } from '../base/actor.ts';
import type { Context } from '../bulk/engine.ts';
import type { Message } from '../bulk/kind.ts';
import { letOthers } from '../bulk/worker.ts';
import { type Act, inAct } from '../data/act.ts';
import type { Trx } from '../data/database.ts';
import { audit } from '../trail/audit.ts';
import { usageFileItem } from '../trail/items.ts';
import { dayInWords } from './check.ts';
import { confirmedFiles, type UsageFile } from './queries.ts';
import { endUsage } from './usage-file.ts';

/** So many figures are taken over in one transaction; it takes some 20 ms. */
const BATCH = 200;

/**
 * Takes over the figures of all confirmed files, some at a time; what was cut off goes on where it was.
 * @param ending begins no further transaction once it is aborted
 * @returns how many rows were handled
 */
export async function takeOverUsage(context: Context, ending?: AbortSignal): Promise<number> {
  let handled = 0;
  for (const file of await confirmedFiles(context.db))
    for (;;) {
      if (ending?.aborted) return handled;
      const count = await takeOverBatch(context, file.id);
      handled += count;
      await letOthers();
      if (count === 0) break;
    }
  return handled;
}

type Waiting = {
  id: number;
  mailbox_id: number | null;
  address: string;
  used_on: string;
  known_on: string | null;
  alive: number;
  same: number;
};

async function takeOverBatch({ db, settings, clock }: Context, fileId: number): Promise<number> {
  const now = clock();
  return inAct(db, { actor: SYSTEM, now, settings }, async (act) => {
    const { trx } = act;
    const file = await confirmedFile(trx, fileId);
    if (file === undefined) return 0;
    if (!(await mayStill(trx, file))) {
      await stop(act, file);
      return 0;
    }
    const rows = await nextRows(trx, file);
    const refused = rows.flatMap((row) => {
      const said = whyNot(row);
      return said === null ? [] : [{ id: row.id, said: JSON.stringify([said]) }];
    });
    const taken = rows.filter((row) => whyNot(row) === null);
    await takeFigures(trx, taken);
    await keepRefused(trx, refused);
    const same = taken.filter((row) => row.same === 1).length;
    const counts = {
      done: file.done + taken.length - same,
      same: file.same + same,
      refused: file.refused + refused.length,
    };
    await trx.updateTable('usage_file').set(counts).where('id', '=', file.id).execute();
    if (rows.length < BATCH) {
      await endUsage(trx, file, 'done', now);
      await audit(act, { action: 'usage.recorded', item: usageFileItem(file), after: counts });
    }
    return rows.length;
  });
}

async function confirmedFile(trx: Trx, id: number) {
  return trx
    .selectFrom('usage_file')
    .selectAll()
    .where('id', '=', id)
    .where('state', '=', 'confirmed')
    .executeTakeFirst();
}

/** Whoever confirmed it must be of the helpdesk still; a command is nobody's. */
async function mayStill(trx: Trx, file: UsageFile) {
  if (file.confirmed_by === null) return true;
  const user = await trx
    .selectFrom('user')
    .select('id')
    .where('id', '=', file.confirmed_by)
    .where('role', '=', 'helpdesk')
    .where('status', '=', 'active')
    .executeTakeFirst();
  return user !== undefined;
}

async function stop(act: Act, file: UsageFile) {
  await endUsage(act.trx, file, 'stopped', act.now);
  const after = { status: 'stopped', done: file.done };
  await audit(act, { action: 'usage.stopped', item: usageFileItem(file), before: { status: file.state }, after });
}

/** The next rows beside their mailboxes as they are now: since the file was read, days may have gone by. */
async function nextRows(trx: Trx, file: UsageFile): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`
    select usage_row.id, mailbox_id, usage_row.address, usage_row.used_on, mailbox.used_on as known_on,
      mailbox.id is not null and mailbox.status <> 'deleted' as alive,
      mailbox.used_on is usage_row.used_on and mailbox.used_mb is usage_row.used_mb
        and (usage_row.last_mail_on is null or mailbox.last_mail_on >= usage_row.last_mail_on) as same
    from usage_row left join mailbox on mailbox.id = usage_row.mailbox_id
    where file_id = ${file.id} and usage_row.state = 'waiting' order by line limit ${BATCH}`.execute(trx);
  return rows.map((row) => ({ ...row, same: row.same ?? 0 }));
}

function whyNot({ alive, address, used_on, known_on }: Waiting): Message | null {
  if (alive !== 1) return { key: 'usage.noMailbox', params: { typed: address }, column: 'address' };
  if (known_on !== null && used_on < known_on)
    return { key: 'usage.older', params: { day: dayInWords(known_on) }, column: 'date' };
  return null;
}

/** A file that tells no last mail leaves what was known of it; of two days the later counts. */
async function takeFigures(trx: Trx, rows: Waiting[]) {
  const ids = JSON.stringify(rows.map((row) => row.id));
  const changed = JSON.stringify(rows.filter((row) => row.same === 0).map((row) => row.id));
  await sql`
    update mailbox set used_mb = row.used_mb, used_on = row.used_on,
      last_mail_on = nullif(max(coalesce(mailbox.last_mail_on, ''), coalesce(row.last_mail_on, '')), '')
    from usage_row as row
    where row.id in (select value from json_each(${changed})) and mailbox.id = row.mailbox_id`.execute(trx);
  await sql`delete from usage_row where id in (select value from json_each(${ids}))`.execute(trx);
}

async function keepRefused(trx: Trx, rows: { id: number; said: string }[]) {
  await sql`
    update usage_row set state = 'refused', said = each.value ->> 'said'
    from json_each(${JSON.stringify(rows)}) as each where usage_row.id = each.value ->> 'id'`.execute(trx);
}
