// Each kind of fault that `check` names, as SQL that plants it and the words that name it.

/** One row about something that is not there, for each table that names items. */
const NOWHERE = `'x', 'agency', 999`;

export const PLANTED: [string, string, RegExp][] = [
  [
    'a mailbox that the search has lost',
    'delete from mailbox_search where mailbox_id = 20',
    /^mailbox that the search does not know.*mailbox 20/s,
  ],
  [
    'a mailbox that the search knows by another name',
    "update mailbox_search set name = 'x' where mailbox_id = 20",
    /^mailbox that the search does not know.*mailbox 20/s,
  ],
  [
    'a mailbox outside the registry',
    "delete from address where kind = 'mailbox' and item_id = 20",
    /^mailbox whose address is not/,
  ],
  [
    'a mailbox under the number of another',
    "update address set item_id = 21 where kind = 'mailbox' and item_id = 20",
    /^mailbox whose address is not/,
  ],
  [
    'a list outside the registry',
    "delete from address where kind = 'group' and item_id = 2",
    /^mailing list whose address/,
  ],
  [
    'a postmaster outside the registry',
    "delete from address where kind = 'postmaster' and item_id = 2",
    /^postmaster address/,
  ],
  [
    'a reservation that was lost',
    "delete from address where kind = 'request'",
    /^reserved address of an open account request/,
  ],
  [
    'an entry without mailbox',
    "insert into address values ('x@jabatan.test', 'mailbox', 1, 999, null)",
    /^registry entry without its mailbox/,
  ],
  [
    'an alias without mailbox',
    "insert into address values ('x@jabatan.test', 'alias', 1, 999, null)",
    /^registry entry without its mailbox/,
  ],
  [
    'an entry without list',
    "insert into address values ('x@jabatan.test', 'group', 1, 999, null)",
    /^registry entry without its mailing list/,
  ],
  [
    'a contact outside the registry',
    "delete from address where kind = 'contact' and item_id = 1",
    /^contact whose address is not/,
  ],
  [
    'an entry without contact',
    "insert into address values ('x@luar.test', 'contact', null, 999, null)",
    /^registry entry without its contact/,
  ],
  [
    'an address reserved for ever',
    "insert into address values ('x@jabatan.test', 'reserved', 1, 1, null)",
    /^reserved address without a day/,
  ],
  [
    'members of a list that was deleted',
    `update "group" set status = 'deleted' where id = 1`,
    /^member of a mailing list that was deleted/,
  ],
  [
    'a member that is no more',
    "update contact set status = 'deleted'",
    /^member of a mailing list that does not exist or was deleted: contact/,
  ],
  [
    'lists in a circle',
    `insert into membership (group_id, member_type, member_id, member_name, member_address, since, added_by)
       values (1, 'group', 2, '', '', '', ''), (2, 'group', 1, '', '', '', '')`,
    /^mailing list that holds itself: group 1/,
  ],
  [
    'an entry without agency',
    "insert into address values ('x@jabatan.test', 'postmaster', 1, 999, null)",
    /^registry entry without its agency/,
  ],
  [
    'a reservation of a decided request',
    "update account_request set status = 'refused' where id = 9001",
    /^registry entry without its open account request: nurul\.menunggu@jabatan\.test/,
  ],
  [
    'an entry of another agency',
    "update address set agency_id = case agency_id when 1 then 2 else 1 end where kind = 'group' and item_id = 1",
    /^registry entry of another agency/,
  ],
  ['a sign-in outside the registry', 'delete from login_name where user_id = 5', /^sign-in whose login ID/],
  ['a reserved login ID that was lost', 'delete from login_name where account_request_id = 9001', /^reserved login ID/],
  [
    'a login ID of nobody',
    "insert into login_name (login_id) values ('tiada')",
    /^login ID in the registry without .*: tiada$/,
  ],
  [
    'a mailbox that is not its sign-in’s',
    "update user set agency_id = null, role = 'helpdesk' where id = (select user_id from mailbox where id = 20)",
    /^mailbox that differs/,
  ],
  [
    'an approval without mailbox',
    "update account_request set status = 'approved', mailbox_id = 999 where id = 9001",
    /^approved account request without its mailbox: request 9001/,
  ],
  [
    'a person served twice, from before that was refused',
    "update identity_claim set surplus = 1 where holder = 'mailbox' and holder_id = 20",
    /^person who is served twice without leave.*mailbox 20/,
  ],
  [
    'a mailbox that is not known to serve its person',
    "delete from identity_claim where holder = 'mailbox' and holder_id = 20",
    /^mailbox, open account request or live access code that is not known.*mailbox 20/,
  ],
  [
    'a mailbox that is known to serve somebody else',
    "update identity_claim set value = '000101010001' where holder = 'mailbox' and holder_id = 20",
    /^mailbox, open account request or live access code that is not known.*mailbox 20/,
  ],
  [
    'a person served by nothing',
    "insert into identity_claim values ('account_request', 999, 'ic_number', '000101010001', null, 0)",
    /^known to serve a person, and there is none such: account_request 999/,
  ],
  [
    'a second account under a permission that was withdrawn',
    `insert into second_account values (1, 'email', 'x@y.test', 1, '', '', 1, '', 1, '');
     update identity_claim set second_account_id = 1 where holder = 'mailbox' and holder_id = 20`,
    /^second account that is not the one that was permitted: mailbox 20/,
  ],
  [
    'a session of no code',
    "insert into session (id, access_code_id, data, created_at, seen_at, expires_at) values ('s', 999, '', '', '', '')",
    /^session of an access code/,
  ],
  [
    'a mail about nothing',
    `insert into outbox (message_id, item_type, item_id, act, mail, to_name, to_address, letter, created_at, next_try_at) values (${NOWHERE}, '', '', '', '', '{}', '', '')`,
    /^row of outbox about/,
  ],
  [
    'an object of a directory that stands for nothing',
    "insert into directory_object (item_type, item_id, wanted_at) values ('group', 999, '')",
    /^row of directory_object about an item that does not exist: group 999/,
  ],
  [
    'a contact that nobody marked',
    "delete from directory_object where item_type = 'contact' and item_id = 1",
    /^item that a directory would never hear of: contact 1/,
  ],
  [
    'a row that points nowhere',
    "insert into past_password (user_id, password_hash, created_at) values (999, '', '')",
    /^row of past_password that points at no user/,
  ],
  [
    'an audit row changed',
    "drop trigger audit_no_update; update audit set actor_name = 'Lain' where id = (select max(id) - 1 from audit)",
    /^audit trail: row \d+ is missing or not/,
  ],
  [
    'an audit row taken out',
    'drop trigger audit_no_delete; delete from audit where id = (select max(id) - 1 from audit)',
    /^audit trail: rows \d+ to \d+ are missing or not/,
  ],
  [
    'the newest audit rows cut off',
    'drop trigger audit_no_delete; delete from audit where id > (select max(id) - 2 from audit)',
    /^audit trail: rows \d+ to \d+ are missing or not/,
  ],
  [
    'the newest record cut off',
    'drop trigger record_no_delete; delete from record where id = (select max(id) from record)',
    /^records: number \d+ is missing or not/,
  ],
  [
    'the newest records cut off',
    'drop trigger record_no_delete; delete from record where id > (select max(id) - 3 from record)',
    /^records: numbers \d+ to \d+ are missing or not/,
  ],
  ['all records', 'drop trigger record_no_delete; delete from record', /^records: numbers 1 to \d+ are missing or not/],
  [
    'a record in place of another that the trail names',
    `drop trigger record_no_update;
     update record set hash = 'x' where id = (select record_id from audit where record_id is not null limit 1)`,
    /^record that is not the one that the audit trail names: \w/,
  ],
  [
    'a password in place of another',
    "update user set password_hash = replace(password_hash, '$04$', '$05$') where login_id = 'meja.bantuan'",
    /^password that IPMS has not set: user \d+ \(meja\.bantuan\)/,
  ],
  [
    'a password whose seal was taken away',
    "update user set password_seal = null where login_id = 'meja.bantuan'",
    /^password that IPMS has not set: user \d+ \(meja\.bantuan\)/,
  ],
  [
    'an officer who became an administrator by no act',
    `update user set role = 'admin' where id = (select user_id from mailbox where id =
       (select item_id from audit where action = 'mailbox.created' limit 1))`,
    /^user \d+ is not as the audit trail says last \(row \d+\): role is admin, and was user/,
  ],
  [
    'a package that nobody changed',
    `update mailbox set storage_mb = storage_mb * 2 where id = (select item_id from audit where action = 'mailbox.created' limit 1)`,
    /^mailbox \d+ is not as the audit trail says last \(row \d+\): storage_mb is \d+, and was \d+/,
  ],
  [
    'a mailbox disabled by nobody',
    `update mailbox set status = 'disabled' where status = 'active' and id in (select item_id from audit where action = 'mailbox.created')`,
    /^mailbox \d+ is not as the audit trail says last \(row \d+\): status is disabled, and was active/,
  ],
  [
    'a mailing list that lives again',
    `update "group" set status = 'active' where id = (select item_id from audit where action = 'group.deleted')`,
    /^group \d+ is not as the audit trail says last \(row \d+\): status is active, and was deleted/,
  ],
  [
    'a ticket closed by nobody',
    "update ticket set status = 'closed', ended_at = created_at where id = (select id from ticket where status = 'open' limit 1)",
    /^ticket \d+ is not as the audit trail says last \(row \d+\): status is closed, and was open/,
  ],
  [
    'a ticket that is due on another day',
    "update ticket set due_on = '2031-01-01' where id = (select id from ticket where kind = 'termination' limit 1)",
    /^ticket \d+ is not as the audit trail says last \(row \d+\): due_on is 2031-01-01, and was /,
  ],
  [
    'a transfer refused by nobody',
    "update transfer set status = 'refused' where id = (select id from transfer where status = 'requested' limit 1)",
    /^transfer \d+ is not as the audit trail says last \(row \d+\): status is refused, and was requested/,
  ],
  [
    'an account request that waits again',
    "update account_request set status = 'submitted' where id = (select id from account_request where status = 'refused' limit 1)",
    /^account_request \d+ is not as the audit trail says last \(row \d+\): status is submitted, and was refused/,
  ],
  [
    'a package that nobody allocated',
    "update account_request set storage_mb = 99999 where id = (select item_id from audit where action = 'account-request.allocated' limit 1)",
    /^account_request \d+ is not as the audit trail says last \(row \d+\): storage_mb is 99999, and was \d+/,
  ],
  [
    'a request about a list that nobody approved',
    "update list_change_request set status = 'approved' where id = (select id from list_change_request where status = 'requested' and kind = 'change' limit 1)",
    /^list_change_request \d+ is not as the audit trail says last \(row \d+\): status is approved, and was requested/,
  ],
  [
    'a request for a new list that nobody refused',
    "update list_change_request set status = 'refused' where id = (select id from list_change_request where status = 'requested' and kind = 'new' limit 1)",
    /^list_change_request \d+ is not as the audit trail says last \(row \d+\): status is refused, and was requested/,
  ],
  [
    'an owner whom nobody made one',
    `insert into group_owner (group_id, mailbox_id) select list.item_id, mailbox.id from audit as list, mailbox
       where list.action = 'group.created' and mailbox.agency_id = list.agency_id and not exists
         (select 1 from group_owner as own where own.group_id = list.item_id and own.mailbox_id = mailbox.id) limit 1`,
    /^group \d+ is not as the audit trail says last \(row \d+\): owned by \S+, \S+, and was by \S+$/,
  ],
  [
    'an owner who was taken away',
    "delete from group_owner where group_id = (select item_id from audit where action = 'group.created' limit 1)",
    /^group \d+ is not as the audit trail says last \(row \d+\): owned by nobody, and was by \S+$/,
  ],
  ['a mail that is gone', 'delete from outbox where id = 2', /^mail that is missing from the outbox: mail 2$/],
  [
    'a mail under a number that none is given',
    'update outbox set id = -1 where id = 2',
    /^mail that is missing from the outbox: mail 2$/,
  ],
  ['all mails', 'delete from outbox', /^mail that is missing from the outbox: mails 1 to \d+$/],
  [
    'the trail open to deletions',
    'drop trigger audit_no_delete',
    /^trigger of the database that is missing: audit_no_delete$/,
  ],
  ['records open to changes', 'drop trigger record_no_update', /^trigger .* is missing: record_no_update$/],
  [
    'a trigger that lets everything pass',
    'drop trigger audit_no_update; create trigger audit_no_update before update on audit begin select 1; end',
    /^trigger of the database that is not as IPMS makes it: audit_no_update$/,
  ],
  [
    'a trigger of somebody else',
    "create trigger helpful after insert on user begin update user set role = 'helpdesk' where id = new.id; end",
    /^trigger of the database that is not IPMS's: helpful$/,
  ],
  ['an index that is gone', 'drop index audit_item', /^index of the database that is missing: audit_item$/],
  ['a view that is gone', 'drop view identity_holder', /^view of the database that is missing: identity_holder$/],
];

/** States that contradict each other, each planted: the table of `contradictions.ts` has no other. */
export const CONTRADICTING: [string, string, RegExp][] = [
  [
    'a deletion in name only',
    `insert into termination (mailbox_id, agency_id, effective_on, reason, status, requested_by, requested_at)
       values (20, 1, '2026-01-01', 'resigned', 'carried-out', 1, '')`,
    /^mailbox that lives though its deletion was carried out: mailbox 20 /,
  ],
  [
    'a deleted mailbox of no moment',
    "update mailbox set deleted_at = '2026-01-01T00:00:00.000Z' where id = 20",
    /^deleted mailbox without the moment.*: mailbox 20 /,
  ],
  [
    'a disabling that is in force on paper',
    `insert into disabling (mailbox_id, agency_id, reason, disabled_from, status, ordered_by, ordered_at)
       values (20, 1, 'leave', '2026-01-01', 'in-force', 1, '')`,
    /^active mailbox though an order that disables it is in force: mailbox 20 /,
  ],
  [
    'a sign-in deleted alone',
    "update user set status = 'deleted' where id = (select user_id from mailbox where id = 20)",
    /^mailbox whose sign-in is in another state: mailbox 20 /,
  ],
  [
    'a disabled member',
    `update mailbox set status = 'disabled' where id =
       (select member_id from membership where member_type = 'mailbox' and until is null limit 1)`,
    /^member of a mailing list whose mailbox is disabled: mailbox \d+ .*, group \d+$/,
  ],
  [
    'a membership closed without trace',
    "update membership set until = '2026-01-01T00:00:00.000Z', ending = 'removed' where id = (select max(id) from membership where until is null)",
    /^membership of a mailing list that was ended by nobody: membership \d+/,
  ],
  [
    'an owner of another agency',
    `update group_owner set mailbox_id = (select id from mailbox where agency_id <> (select agency_id from "group" where id = 1) limit 1)
       where group_id = 1`,
    /^owner of a mailing list who is of another agency: group 1 /,
  ],
  [
    'a domain given away',
    "update mail_domain set agency_id = 2 where domain = 'jabatan.test'",
    /^address in the domain of another agency than its own: mailbox \d+/,
  ],
  [
    'an administrator of no agency',
    "update user set agency_id = null where login_id = 'admin.jabatan'",
    /^sign-in whose role does not go with its agency: user \d+ \(admin\.jabatan\)/,
  ],
  [
    'a session of somebody shut out',
    `insert into session (id, user_id, data, created_at, seen_at, expires_at)
       select 's', id, '', '', '', '' from user where login_id = 'pegawai.jabatan';
     update user set status = 'disabled' where login_id = 'pegawai.jabatan'`,
    /^session or link of somebody who may not sign in: user \d+ \(pegawai\.jabatan\)/,
  ],
  [
    'a transfer of what has moved',
    `update transfer set from_agency_id = 999 where id =
       (select id from transfer where status in ('requested', 'agreed') and mailbox_id is not null limit 1)`,
    /^open transfer of a mailbox that is not of the releasing agency any more: transfer \d+/,
  ],
  [
    'a ticket closed at no moment',
    "update ticket set ended_at = null where id = (select id from ticket where status = 'closed' limit 1)",
    /^ticket that was closed or refused, and not at any moment: ticket \d+/,
  ],
  [
    'a request decided at no moment',
    "update account_request set status = 'refused' where id = 9001",
    /^decided account request without the moment of its decision: request 9001/,
  ],
  [
    'a record out of its sequence',
    'drop trigger record_no_update; update record set sequence = 999 where id = 1',
    /^record whose number does not go with its year and sequence: \w+/,
  ],
];
