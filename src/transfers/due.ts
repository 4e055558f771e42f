import { sql } from 'kysely';
import { agencyDomains } from '../addresses/addresses.ts';
import { changeSender } from '../addresses/allowed-senders.ts';
import { dayOf } from '../base/time.ts';
import type { Act } from '../data/act.ts';
import type { Db, Trx } from '../data/database.ts';
import { eachAlone } from '../mailbox-life/due.ts';
import { audit } from '../trail/audit.ts';
import { mailboxItem } from '../trail/items.ts';
import { mailboxOf } from './allocation.ts';
import { carryOut } from './carrying-out.ts';
import { expire } from './ending.ts';
import { type Transfer, transferById } from './queries.ts';
import { expiryAfter, hindranceOf, move, recordForBoth, tell } from './transfer.ts';

/** Few of all transfers that ever were: as their index has it. */
const open = sql<boolean>`transfer.status in ('requested', 'agreed')`;

/** The officers who move by today. Whom something hinders, a disabling for example, moves when it has ended. */
export async function dueTransfers(db: Db, now: Date, settings: Act['settings']) {
  const due = await db
    .selectFrom('transfer')
    .innerJoin('mailbox', 'mailbox.id', 'transfer.mailbox_id')
    .select('transfer.id')
    .where(open)
    .where('transfer.status', '=', 'agreed')
    .where('allocation', 'is not', null)
    .where('effective_on', '<=', dayOf(now))
    .where('mailbox.status', '=', 'active')
    .orderBy('transfer.id')
    .execute();
  return eachAlone(db, now, settings, due, async (act, id) => {
    const row = await transferById(act.trx, id);
    if (row.status !== 'agreed' || row.allocation === null || row.effective_on > dayOf(now)) return false;
    if ((await hindranceOf(act.trx, await mailboxOf(act.trx, row))) !== null) return false;
    if (!(await addressIsThere(act.trx, row))) {
      await askForAddress(act, row);
      return true;
    }
    await carryOut(act, row);
    return true;
  });
}

/** What was kept for so long that it was free, and somebody else has now, cannot be given. */
async function addressIsThere(trx: Trx, row: Transfer) {
  const { primary_email } = JSON.parse(row.allocation ?? '{}') as { primary_email: string };
  const other = await trx
    .selectFrom('address')
    .select('address')
    .where('address', '=', primary_email)
    .where((eb) => eb.or([eb('item_id', '!=', row.mailbox_id ?? 0), eb('kind', 'not in', ['reserved', 'alias'])]))
    .executeTakeFirst();
  return other === undefined;
}

async function askForAddress(act: Act, row: Transfer) {
  const asked = await move(act.trx, row, { allocation: null, holds_address: 0, expires_on: expiryAfter(act.now) });
  await recordForBoth(act, 'transfer.address-lost', asked, {});
  await tell(act, 'receiving', 'addressNeeded', asked);
}

/** Requests that nobody answered for so long, agreed ones without a package, and those whose account was deleted. */
export async function dueTransferExpiries(db: Db, now: Date, settings: Act['settings']) {
  const today = dayOf(now);
  const due = await db
    .selectFrom('transfer')
    .leftJoin('mailbox', 'mailbox.id', 'transfer.mailbox_id')
    .select('transfer.id')
    .where(open)
    .where(({ eb, and, or }) =>
      or([
        and([eb('transfer.status', '=', 'requested'), eb('expires_on', '<=', today)]),
        and([eb('transfer.status', '=', 'agreed'), eb('allocation', 'is', null), eb('expires_on', '<=', today)]),
        and([eb('transfer.status', '=', 'agreed'), eb('mailbox.status', '=', 'deleted')]),
      ]),
    )
    .orderBy('transfer.id')
    .execute();
  return eachAlone(db, now, settings, due, async (act, id) => {
    const row = await transferById(act.trx, id);
    if (row.status !== 'requested' && row.status !== 'agreed') return false;
    await expire(act, row);
    return true;
  });
}

/** Addresses of the old agency that have arrived for long enough: they are free, and nobody takes mail from them as before. */
export async function dueFormerAddresses(db: Db, now: Date, settings: Act['settings']) {
  const due = await db
    .selectFrom('transfer')
    .innerJoin('mailbox', 'mailbox.id', 'transfer.mailbox_id')
    .select('transfer.id')
    .where('kept_until', '<=', dayOf(now))
    .where('mailbox.status', '!=', 'deleted')
    .orderBy(sql`+transfer.id`) // the plus: by the index of those days, not by walking the table
    .execute();
  return eachAlone(db, now, settings, due, async (act, id) => {
    const row = await transferById(act.trx, id);
    if (row.kept_until === null || row.kept_until > dayOf(now)) return false;
    const mailbox = await mailboxOf(act.trx, row);
    const domains = await agencyDomains(act.trx, mailbox.agency_id);
    const old = (JSON.parse(row.kept_addresses) as string[]).filter(
      (address) => !domains.some((domain) => address.endsWith(`@${domain}`)),
    );
    const freed = await free(act, mailbox.id, old);
    await act.trx.updateTable('transfer').set({ kept_until: null }).where('id', '=', id).execute();
    const facts = { before: { aliases: freed }, after: { aliases: [] } };
    if (freed.length > 0)
      await audit(act, { action: 'mailbox.former-address-ended', item: mailboxItem(mailbox), ...facts });
    return freed.length > 0;
  });
}

async function free(act: Act, mailboxId: number, addresses: string[]) {
  if (addresses.length === 0) return [];
  const gone = await act.trx
    .deleteFrom('address')
    .where('address', 'in', addresses)
    .where('kind', '=', 'alias')
    .where('item_id', '=', mailboxId)
    .returning('address')
    .execute();
  const freed = gone.map((row) => row.address);
  for (const from of freed) await changeSender(act, { from, to: null });
  return freed;
}
