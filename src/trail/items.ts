import { showDate } from '../base/time.ts';
import type { Trx } from '../data/database.ts';
import type { Row, Schema } from '../data/schema.ts';
import type { AuditAction } from '../texts.ts';

type Place = (id: number) => string;

/** What IPMS knows of a kind of item beside its words, which are the text `item.…`. */
type Kind = {
  /** Its page, for each role that has one. */
  admin?: Place;
  helpdesk?: Place;
  /** It goes on for years: of these, a case is one procedure's steps since that procedure's last record. */
  isLasting?: true;
  /**
   * When an item is there, by SQL about the number in `id`. Names are always qualified: a table may have columns of its own
   * called like those of whoever asks, and the inner name would win without a word.
   */
  isThere(id: string): string;
};

/** The kinds of item that the trail, records, mails and jobs are about. The next kind is a row here. */
export const ITEMS = {
  access_code_request: {
    admin: (id) => `/admin/access-code-requests/${id}`,
    helpdesk: (id) => `/helpdesk/access-code-requests/${id}`,
    isThere: rowOf('access_code_request'),
  },
  access_code: {
    admin: (id) => `/admin/access-codes/${id}`,
    helpdesk: (id) => `/helpdesk/access-codes/${id}`,
    isThere: rowOf('access_code'),
  },
  account_request: {
    admin: (id) => `/admin/account-requests/${id}`,
    helpdesk: (id) => `/helpdesk/account-requests/${id}`,
    isThere: rowOf('account_request'),
  },
  mailbox: {
    admin: (id) => `/admin/mailboxes/${id}`,
    helpdesk: (id) => `/helpdesk/mailboxes/${id}`,
    isLasting: true,
    isThere: rowOf('mailbox'),
  },
  group: {
    admin: (id) => `/admin/groups/${id}`,
    helpdesk: (id) => `/helpdesk/groups/${id}`,
    isLasting: true,
    isThere: rowOf('group'),
  },
  // a request for a new list; what is asked of one that is there is about that list
  list_change_request: {
    admin: (id) => `/admin/list-change-requests/${id}`,
    helpdesk: (id) => `/helpdesk/list-change-requests/${id}`,
    isThere: rowOf('list_change_request'),
  },
  ticket: {
    admin: (id) => `/admin/tickets/${id}`,
    helpdesk: (id) => `/helpdesk/tickets/${id}`,
    isThere: rowOf('ticket'),
  },
  contact: {
    admin: (id) => `/admin/contacts/${id}`,
    helpdesk: (id) => `/helpdesk/contacts/${id}`,
    isLasting: true,
    isThere: rowOf('contact'),
  },
  transfer: {
    admin: (id) => `/admin/transfers/${id}`,
    helpdesk: (id) => `/helpdesk/transfers/${id}`,
    isThere: rowOf('transfer'),
  },
  second_account: { helpdesk: (id) => `/helpdesk/second-accounts/${id}`, isThere: rowOf('second_account') },
  correction: {
    admin: (id) => `/admin/corrections/${id}`,
    helpdesk: (id) => `/helpdesk/corrections/${id}`,
    isThere: rowOf('correction'),
  },
  holiday: {
    helpdesk: (id) => `/helpdesk/holidays/${id}`,
    isThere: rowOrRemoval('holiday', 'holiday', 'holiday.removed'),
  },
  weekend: {
    helpdesk: (id) => `/helpdesk/weekends/${id}`,
    isThere: rowOrRemoval('weekend', 'weekend', 'weekend.removed'),
  },
  user: { helpdesk: (id) => `/helpdesk/admins/${id}`, isLasting: true, isThere: rowOf('user') },
  agency: { helpdesk: (id) => `/helpdesk/agencies/${id}`, isLasting: true, isThere: rowOf('agency') },
  // groups of settings are numbered by the program: there is no row to look for
  setting: { helpdesk: () => '/helpdesk/settings', isThere: () => 'true' },
  outbox: { helpdesk: (id) => `/helpdesk/outbox/${id}`, isThere: rowOf('outbox') },
  record: { isThere: rowOrAll('record') },
  // an agency's part of the trail
  audit: { isThere: rowOrAll('agency') },
  // an agency's standing order: the agency stays when the order ends
  monthly_report: { admin: () => '/admin/reports', isThere: rowOf('agency') },
  bulk_run: { admin: (id) => `/admin/bulk/${id}`, isThere: rowOf('bulk_run') },
  usage_file: { helpdesk: (id) => `/helpdesk/usage/${id}`, isThere: rowOf('usage_file') },
  database: { helpdesk: () => '/helpdesk/backups', isThere: (id) => `${id} = 1` },
} satisfies Record<string, Kind>;

export type ItemType = keyof typeof ITEMS;

/** The thing that a change is about, named as it was at that moment. */
export type Item = { type: ItemType; id: number; name: string; agencyId: number | null };

/** Is it a kind of item? */
export const isItemType = (text: string): text is ItemType => Object.hasOwn(ITEMS, text);

/** What is known of a kind; undefined when another IPMS wrote it. */
export const kindOfItem = (type: ItemType): Kind | undefined => (isItemType(type) ? ITEMS[type] : undefined);

function rowOf(table: keyof Schema) {
  return (id: string) => `exists (select 1 from "${table}" as item where item.id = ${id})`;
}

/** Of kinds that are removed for good, the audit trail says so. */
function rowOrRemoval(kind: string, table: keyof Schema, removed: AuditAction) {
  return (id: string) => `(${rowOf(table)(id)} or exists (select 1 from audit as removal
      where removal.item_type = '${kind}' and removal.item_id = ${id} and removal.action = '${removed}'))`;
}

/** 0 stands for all of them. */
function rowOrAll(table: keyof Schema) {
  return (id: string) => `(${id} = 0 or ${rowOf(table)(id)})`;
}

export function mailboxItem(mailbox: Pick<Row<'mailbox'>, 'id' | 'display_name' | 'agency_id'>) {
  return { type: 'mailbox' as const, id: mailbox.id, name: mailbox.display_name, agencyId: mailbox.agency_id };
}

export function groupItem(group: Pick<Row<'group'>, 'id' | 'display_name' | 'agency_id'>) {
  return { type: 'group' as const, id: group.id, name: group.display_name, agencyId: group.agency_id };
}

export function listRequestItem(request: { id: number; list: string; agency_id: number }) {
  return { type: 'list_change_request' as const, id: request.id, name: request.list, agencyId: request.agency_id };
}

export function userItem(user: Pick<Row<'user'>, 'id' | 'full_name' | 'agency_id'>) {
  return { type: 'user' as const, id: user.id, name: user.full_name, agencyId: user.agency_id };
}

export function accessCodeRequestItem(request: Pick<Row<'access_code_request'>, 'id' | 'full_name' | 'agency_id'>) {
  return { type: 'access_code_request' as const, id: request.id, name: request.full_name, agencyId: request.agency_id };
}

export function accessCodeItem(code: Pick<Row<'access_code'>, 'id' | 'full_name' | 'agency_id'>) {
  return { type: 'access_code' as const, id: code.id, name: code.full_name, agencyId: code.agency_id };
}

export function accountRequestItem(request: Pick<Row<'account_request'>, 'id' | 'full_name' | 'agency_id'>) {
  return { type: 'account_request' as const, id: request.id, name: request.full_name, agencyId: request.agency_id };
}

export function ticketItem(ticket: Pick<Row<'ticket'>, 'id' | 'subject' | 'agency_id'>) {
  return { type: 'ticket' as const, id: ticket.id, name: ticket.subject, agencyId: ticket.agency_id };
}

export function secondAccountItem(permission: Pick<Row<'second_account'>, 'id' | 'full_name' | 'agency_id'>) {
  return {
    type: 'second_account' as const,
    id: permission.id,
    name: permission.full_name,
    agencyId: permission.agency_id,
  };
}

export function correctionItem(correction: Pick<Row<'correction'>, 'id' | 'person_name' | 'agency_id'>) {
  const { id, person_name, agency_id } = correction;
  return { type: 'correction' as const, id, name: person_name, agencyId: agency_id };
}

export function bulkRunItem(run: Pick<Row<'bulk_run'>, 'id' | 'file_name' | 'agency_id'>) {
  return { type: 'bulk_run' as const, id: run.id, name: run.file_name, agencyId: run.agency_id };
}

export function usageFileItem(file: Pick<Row<'usage_file'>, 'id' | 'file_name'>) {
  return { type: 'usage_file' as const, id: file.id, name: file.file_name, agencyId: null };
}

export function contactItem({ id, full_name }: Pick<Row<'contact'>, 'id' | 'full_name'>) {
  return { type: 'contact' as const, id, name: full_name, agencyId: null };
}

export function agencyItem({ id, name }: Pick<Row<'agency'>, 'id' | 'name'>) {
  return { type: 'agency' as const, id, name, agencyId: id };
}

/** An agency's choice of monthly figures, as the audit trail and mails name it. */
export function monthlyReportItem(agencyId: number, name: string) {
  return { type: 'monthly_report' as const, id: agencyId, name, agencyId };
}

export function holidayItem({ id, day, name }: Pick<Row<'holiday'>, 'id' | 'day' | 'name'>) {
  return { type: 'holiday' as const, id, name: `${showDate('ms', day)}, ${name}`, agencyId: null };
}

export function weekendItem({ id, state, since }: Pick<Row<'weekend'>, 'id' | 'state' | 'since'>) {
  return { type: 'weekend' as const, id, name: `${state}, ${showDate('ms', since)}`, agencyId: null };
}

/** Somebody looked after the list just now. */
export async function touch(trx: Trx, id: number, now: Date) {
  await trx
    .updateTable('group')
    .set((eb) => ({ changed_at: now.toISOString(), version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute();
}
