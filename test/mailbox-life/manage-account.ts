import type { Ipms, Visitor } from '../helper.ts';
import type { Mailbox } from '../make.ts';

/** The lists that a mailbox is in, by their numbers. */
export async function groupsOf({ db }: Pick<Ipms, 'db'>, mailbox: Mailbox) {
  const rows = await db
    .selectFrom('membership')
    .select('group_id')
    .where('member_type', '=', 'mailbox')
    .where('member_id', '=', mailbox.id)
    .where('until', 'is', null)
    .orderBy('group_id')
    .execute();
  return rows.map((row) => row.group_id);
}

export const mailboxPage = (mailbox: Mailbox) => `/admin/mailboxes/${mailbox.id}`;

/** Sends a command of Manage Account from the page that has them all. */
export function manage(browser: Visitor, mailbox: Mailbox, name: string, fields: Record<string, string> = {}) {
  return browser.submit(`${mailboxPage(mailbox)}/account`, `${mailboxPage(mailbox)}/${name}`, fields);
}

/** The answers of some submissions that arrive together, each from a page of its own. */
export async function manageTogether(
  browser: Visitor,
  mailbox: Mailbox,
  ...sent: [command: string, fields: Record<string, string>][]
) {
  const tokens: string[] = [];
  for (const _each of sent) tokens.push(await browser.token(`${mailboxPage(mailbox)}/account`));
  return Promise.all(
    sent.map(([name, fields], index) =>
      browser.post(`${mailboxPage(mailbox)}/${name}`, { ...fields, _csrf: tokens[index] ?? '' }),
    ),
  );
}
