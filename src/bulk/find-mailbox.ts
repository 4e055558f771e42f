import { sql } from 'kysely';
import { type Actor, agencyOf } from '../base/actor.ts';
import { RuleBroken } from '../base/errors.ts';
import type { Trx } from '../data/database.ts';
import { text } from '../forms/fields.ts';
import type { Mailbox } from '../mailboxes/queries.ts';
import type { Identity } from './kind.ts';

/** The column that says which mailbox a row is about. */
export const mailboxField = text({ label: 'bulk.mailbox', max: 254, autocomplete: 'off' });

/** Who a row is about, as it may stand in a file only once. */
export const onlyOnce = ({ mailbox }: { mailbox: string }): Identity[] => [
  { column: 'mailbox', value: mailbox.toLowerCase() },
];

/**
 * The agency's mailbox with one of its addresses, or its login ID.
 * @throws RuleBroken beside the column; another agency's is as unknown as none
 */
export async function mailboxNamed(trx: Trx, actor: Actor, typed: string): Promise<Mailbox> {
  const name = typed.toLowerCase();
  const address = await trx
    .selectFrom('address')
    .select('item_id')
    .where('address', '=', name)
    .where('kind', 'in', ['mailbox', 'alias'])
    .executeTakeFirst();
  const login =
    address ??
    (await trx
      .selectFrom('login_name')
      .innerJoin('mailbox', 'mailbox.user_id', 'login_name.user_id')
      .select('mailbox.id as item_id')
      .where('login_name.login_id', '=', name)
      .executeTakeFirst());
  const mailbox = await trx
    .selectFrom('mailbox')
    .selectAll()
    .where('id', '=', login?.item_id ?? 0)
    .where('agency_id', '=', agencyOf(actor))
    .executeTakeFirst();
  if (mailbox === undefined) throw new RuleBroken('bulk.noMailbox', { typed }, 'mailbox');
  return mailbox;
}

/** The agency's list with that address. @throws RuleBroken beside the column; another agency's is as unknown as none */
export async function groupNamed(trx: Trx, actor: Actor, typed: string) {
  const group = await trx
    .selectFrom('address')
    .innerJoin('group', 'group.id', 'address.item_id')
    .select(['group.id', 'group.display_name'])
    .where('address.address', '=', typed.toLowerCase())
    .where('address.kind', '=', 'group')
    .where('group.agency_id', '=', agencyOf(actor))
    .executeTakeFirst();
  if (group === undefined) throw new RuleBroken('bulk.noList', { typed }, 'list');
  return group;
}

/** Who has each of some addresses, as `mailbox:12`; an address that nobody has is left out. */
export async function holdersOf(trx: Trx, addresses: string[]) {
  const { rows } = await sql<{ address: string; holder: string }>`
    select address, iif(kind = 'alias', 'mailbox', kind) || ':' || item_id as holder
    from address where address in (select value from json_each(${JSON.stringify(addresses)}))`.execute(trx);
  return new Map(rows.map((row) => [row.address, row.holder]));
}
