import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { byChunks, insertAll } from '../base/chunks.ts';
import { both } from '../base/language.ts';
import type { Letter } from '../base/letter.ts';
import { type Act, actName } from '../data/act.ts';
import type { Trx } from '../data/database.ts';
import type { Item } from './items.ts';
import { agencyNameOf, findSender } from './sender-queries.ts';

export type Recipient = { name: string; address: string };

export type Mail = {
  /** N1 to N17, as the specification numbers them. */
  mail: string;
  to: Recipient;
  letter: Letter;
  item?: Item;
  /** A code, or the path of a one-time link: sealed in the outbox, and gone once it is sent. */
  secret?: string;
};

/**
 * Only such addresses reach the mail server: dots and atoms (RFC 5322, 3.2.3), and nothing that could be read as a header or a
 * second recipient.
 */
const SENDABLE = /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9.-]+$/;

/**
 * Puts mails into the outbox, in the transaction of the change that they tell of. One message a recipient: of several
 * with the same number about the same item, an address gets the first.
 * @returns the addresses, for the message on the page
 * @throws Error for an address that must never reach a mail server
 */
export async function enqueue(act: Act, mails: Mail[]): Promise<string[]> {
  const name = actName(act.actor);
  const told = new Set<string>();
  const sealed = await sealSecrets(act.trx, mails);
  const senders = new Map<number | null, Letter['sender']>();
  for (const agencyId of new Set(mails.map(({ item }) => item?.agencyId ?? null)))
    senders.set(agencyId, await senderOf(act, agencyId));
  const rows = mails.flatMap(({ mail, to, letter, item, secret }) => {
    if (!SENDABLE.test(to.address)) throw new Error('an address that cannot be mailed to reached the outbox');
    const message = JSON.stringify([mail, to.address, item?.type, item?.id]);
    if (told.has(message)) return [];
    told.add(message);
    const signed = { ...letter, sender: senders.get(item?.agencyId ?? null) };
    const row = { mail, to, letter: signed, item, secret: secret === undefined ? null : (sealed.get(secret) ?? null) };
    return outboxRow({ ...act, name }, row);
  });
  await insertAll(act.trx, 'outbox', rows);
  return [...new Set(rows.map((row) => row.to_address))];
}

/**
 * Who signs a mail: the administrator who acts, with agency and office telephone, or the helpdesk; else, as nobody of the
 * office acted, the agency that the mail is about.
 */
async function senderOf({ trx, actor }: Act, agencyId: number | null): Promise<Letter['sender']> {
  if (actor.role === 'helpdesk') return { name: '', office: both('role.helpdesk'), phone: '' };
  if (actor.role === 'admin') {
    const { agency, name, phone } = await findSender(trx, actor);
    return { name, office: both('mail.office', { agency }), phone };
  }
  if (agencyId === null) return undefined;
  const agency = await agencyNameOf(trx, { agency_id: agencyId });
  return { name: '', office: { ms: agency, en: agency }, phone: '' };
}

/** Under the domain that the mail comes from: filters distrust one that names another, or none that there is. */
function messageId({ settings }: Pick<Act, 'settings'>) {
  return `<${randomUUID()}@${settings.mailFrom.address.split('@').at(-1)}>`;
}

/** Before they are written anywhere: what a page of the database held once can be read in its log. */
async function sealSecrets(trx: Trx, mails: Mail[]) {
  const secrets = mails.flatMap(({ secret }) => secret ?? []);
  if (secrets.length === 0) return new Map<string, string>();
  const { rows } = await sql<{ secret: string; sealed: string }>`
    select value as secret, seal_secret(value) as sealed from json_each(${JSON.stringify(secrets)})`.execute(trx);
  return new Map(rows.map(({ secret, sealed }) => [secret, sealed]));
}

/** A mail as it waits to be sent. @param act the one that it tells of, and its name @param mail with its secret sealed */
export function outboxRow(
  { name, now, settings }: Pick<Act, 'now' | 'settings'> & { name: string },
  { mail, to, letter, item, secret }: Omit<Mail, 'secret'> & { secret: string | null },
) {
  return {
    act: name,
    mail,
    agency_id: item?.agencyId ?? null,
    item_type: item?.type ?? null,
    item_id: item?.id ?? null,
    to_name: to.name,
    to_address: to.address,
    message_id: messageId({ settings }),
    letter: JSON.stringify(letter),
    secret,
    created_at: now.toISOString(),
    next_try_at: now.toISOString(),
  };
}

/** One letter that goes to many, each greeted by name. */
export type Circular = { mail: string; to: Recipient[]; item: Item; letter: Omit<Letter, 'greeting'> };

/**
 * Puts a letter to some thousands into the outbox, in the transaction of the change that it tells of: quickly, since
 * nothing else is answered meanwhile. An address gets it once.
 * @returns the addresses, for the message on the page
 * @throws Error for an address that must never reach a mail server
 */
export async function enqueueCircular(act: Act, circular: Circular): Promise<string[]> {
  const { mail, item, letter } = circular;
  const recipients = [...new Map(circular.to.map((to) => [to.address, to])).values()];
  if (!recipients.every((to) => SENDABLE.test(to.address)))
    throw new Error('an address that cannot be mailed to reached the outbox');
  const [name, moment] = [actName(act.actor), act.now.toISOString()];
  const rest = JSON.stringify({ ...letter, sender: await senderOf(act, item.agencyId) }).slice(1);
  for (const chunk of byChunks(recipients)) {
    const rows = chunk.map((to) => ({ ...to, message: messageId(act) }));
    await sql`
      insert into outbox (act, mail, agency_id, item_type, item_id, to_name, to_address, message_id, letter, created_at,
        next_try_at)
      select ${name}, ${mail}, ${item.agencyId}, ${item.type}, ${item.id}, value ->> 'name', value ->> 'address',
        value ->> 'message', '{"greeting":' || json_quote(value ->> 'name') || ',' || ${rest}, ${moment},
        ${moment}
      from json_each(${JSON.stringify(rows)}) order by key`.execute(act.trx);
  }
  return recipients.map((to) => to.address);
}

/**
 * Takes back the mails about an item that carry a code or link and have not gone out: it is worth nothing any more.
 * One that a worker has in its hands may still arrive.
 */
export async function withdrawSecrets(trx: Trx, item: Pick<Item, 'type' | 'id'>) {
  await trx
    .updateTable('outbox')
    .set({ state: 'withdrawn', secret: null })
    .where('item_type', '=', item.type)
    .where('item_id', '=', item.id)
    .where('state', 'in', ['waiting', 'failed'])
    .where('secret', 'is not', null)
    .execute();
}
