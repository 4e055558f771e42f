import { t } from 'tap';
import type { Sqlite } from '../../src/data/database.ts';
import { startIpms } from '../helper.ts';
import { makeContact, makeGroup, makeOfficer } from '../make.ts';

// Each trigger that marks an object of the directory: what it marks, and that no other one does it in its place.

const SOMEBODY = `select id from mailbox where login_id = 'seorang'`;
const GROUP = `select id from "group" where primary_email = 'satu@jabatan.test'`;
const OUTER = `select id from "group" where primary_email = 'luar@jabatan.test'`;
const CONTACT_ID = `select id from contact where email = 'luar@universiti.test'`;

/** One statement for each trigger that nothing else marks, and what is due after it. */
const CHANGES: Record<string, [statement: string, due: string[]]> = {
  mailbox_added: [
    `insert into mailbox (agency_id, user_id, category, display_name, full_name, primary_email, login_id, package, grade,
      storage_mb, service_type, created_at)
      values (1, (select id from user where login_id = 'meja.bantuan'), 'other', '', '', '', 'jc-satu', 'C', '', 1, 'vip', '')`,
    ['new mailbox', 'semua:1', 'satu', 'luar'],
  ],
  mailbox_changed: [`update mailbox set division = 'x' where id = (${SOMEBODY})`, ['seorang']],
  mailbox_completed: [`update mailbox set to_complete = 1 where id = (${SOMEBODY})`, ['seorang']],
  mailbox_life: [`update mailbox set status = 'disabled' where id = (${SOMEBODY})`, ['semua:1', 'satu', 'luar']],
  mailbox_login: [`update mailbox set login_id = 'jc-luar' where id = (${SOMEBODY})`, ['seorang', 'satu', 'luar']],
  mailbox_services: [`update mailbox set services = '["SSO"]' where id = (${SOMEBODY})`, ['seorang']],
  user_changed: [`update user set status = 'disabled' where login_id = 'seorang'`, ['seorang']],
  group_added: [
    `insert into "group" (agency_id, display_name, primary_email, created_at) values (1, '', 'baru@jabatan.test', '')`,
    ['new group'],
  ],
  group_changed: [`update "group" set display_name = 'x' where id = (${GROUP})`, ['satu']],
  group_name: [`update "group" set primary_email = 'luar-2@jabatan.test' where id = (${GROUP})`, ['luar']],
  group_life: [`update "group" set status = 'deleted' where id = (${GROUP})`, ['luar']],
  group_owner_added: [`insert into group_owner values ((${OUTER}), 2)`, ['luar']],
  group_owner_changed: [`update group_owner set mailbox_id = 2 where group_id = (${OUTER})`, ['luar']],
  group_owner_removed: [`delete from group_owner where group_id = (${OUTER})`, ['luar']],
  group_sender_added: [`insert into group_sender values ((${GROUP}), 'y@jauh.test')`, ['satu']],
  group_sender_changed: [`update group_sender set address = 'y@jauh.test' where group_id = (${GROUP})`, ['satu']],
  group_sender_removed: [`delete from group_sender where group_id = (${GROUP})`, ['satu']],
  accepted_sender_added: [`insert into accepted_sender values ((${SOMEBODY}), 'y@jauh.test')`, ['seorang']],
  accepted_sender_changed: [
    `update accepted_sender set address = 'y@jauh.test' where mailbox_id = (${SOMEBODY})`,
    ['seorang'],
  ],
  accepted_sender_removed: [`delete from accepted_sender where mailbox_id = (${SOMEBODY})`, ['seorang']],
  membership_added: [
    `insert into membership (group_id, member_type, member_id, member_name, member_address, since, added_by)
      values ((${GROUP}), 'mailbox', 1, '', '', '', '')`,
    ['satu'],
  ],
  membership_changed: [`update membership set until = '', ending = 'removed' where group_id = (${OUTER})`, ['luar']],
  membership_removed: [`delete from membership where group_id = (${OUTER})`, ['luar']],
  contact_added: [`insert into contact (full_name, email, created_at) values ('', '', '')`, ['new contact']],
  contact_changed: [`update contact set phone = '1' where id = (${CONTACT_ID})`, ['contact']],
  contact_life: [`update contact set status = 'deleted' where id = (${CONTACT_ID})`, ['satu']],
  address_added: [
    `insert into address (address, kind, agency_id, item_id) values ('x@jauh.test', 'contact', null, 1)`,
    ['seorang', 'satu'],
  ],
  address_changed: [
    `update address set kind = 'reserved', reserved_until = '' where address = 'seorang@jabatan.test'`,
    ['seorang'],
  ],
  address_removed: [`delete from address where address = 'satu@jabatan.test'`, ['satu']],
  agency_added: [
    `insert into agency (name, code, postmaster_email, created_at) values ('', 'BARU', '', '')`,
    ['ou:3', 'ou:3:Pengguna', 'ou:3:Senarai', 'ou:3:Dihapus', 'semua:3', 'postmaster:3'],
  ],
  agency_changed: [
    `update agency set name = 'x' where id = 1`,
    ['ou:1', 'ou:1:Pengguna', 'ou:1:Senarai', 'ou:1:Dihapus', 'semua:1', 'postmaster:1', 'seorang', 'satu', 'luar'],
  ],
  termination_added: [
    `insert into termination (mailbox_id, agency_id, effective_on, reason, requested_by, requested_at)
      values ((${SOMEBODY}), 1, '2027-01-01', '', 1, '')`,
    ['seorang'],
  ],
  termination_changed: [`update termination set effective_on = '2027-02-01' where mailbox_id = 1`, ['mailbox 1']],
  service_added: [
    `insert into mailbox (agency_id, user_id, category, display_name, full_name, primary_email, login_id, package, grade,
      storage_mb, services, service_type, created_at)
      values (1, (select id from user where login_id = 'meja.bantuan'), 'other', '', '', '', 'z', 'C', '', 1, '["SSO"]', 'vip', '')`,
    ['pakej:C', 'servis:SSO', 'vip:'],
  ],
  service_changed: [
    `update mailbox set package = 'A', services = '["Online Archiving"]', service_type = 'vip' where id = (${SOMEBODY})`,
    ['pakej:B', 'pakej:A', 'servis:Online Archiving', 'vip:'],
  ],
  services_begun: [
    `update agency set directory_mode = 'live' where id = 2`,
    ['pakej:A', 'pakej:B', 'pakej:C', 'servis:SSO', 'servis:Enterprise Voice', 'vip:'],
  ],
};

t.test('each trigger marks what no other one does', async (t) => {
  let sqlite: Sqlite.Database | undefined;
  const ipms = await startIpms(t, {
    watch: (opened) => {
      sqlite = opened;
    },
  });
  const database = sqlite as Sqlite.Database;
  const person = await makeOfficer(ipms, 'seorang');
  const contact = await makeContact(ipms, { full_name: 'Luar', email: 'luar@universiti.test' });
  const list = await makeGroup(ipms, 'satu', { owners: [person], members: [person] });
  const outer = await makeGroup(ipms, 'luar', { owners: [person], members: [person, 'satu@jabatan.test'] });
  database.exec(`
    insert into membership (group_id, member_type, member_id, member_name, member_address, since, added_by)
      values (${list}, 'contact', ${contact}, '', '', '', '');
    insert into group_sender values (${list}, 'x@jauh.test');
    insert into accepted_sender values (${person.id}, 'x@jauh.test');
    insert into termination (mailbox_id, agency_id, effective_on, reason, requested_by, requested_at)
      values (1, 1, '2027-01-01', '', 1, '')`);
  const names: Record<string, string> = {
    seorang: `mailbox ${person.id}`,
    satu: `group ${list}`,
    luar: `group ${outer}`,
    contact: `contact ${contact}`,
  };
  const due = database.prepare(`select item_type || ' ' || item_id from directory_object where state = 'due'`).pluck();
  const newest = (table: string) =>
    database.prepare(`select seq + 1 from sqlite_sequence where name = ?`).pluck().get(table);
  const called = (name: string) => {
    const [, kind] = /^new (\w+)$/.exec(name) ?? [];
    if (kind !== undefined) return `${kind} ${newest(kind)}`;
    return names[name] ?? (name.includes(':') ? `helper ${name.replace(/:$/, '')}` : name);
  };
  const dueAfter = (statement: string) => {
    database.exec(`update directory_object set state = 'step'; ${statement}`);
    return new Set(due.all());
  };
  const triggers = database.prepare(
    `select name from sqlite_schema where type = 'trigger' and name like 'directory_follows_%'`,
  );
  const all = (triggers.pluck().all() as string[]).map((name) => name.replace('directory_follows_', ''));
  t.strictSame(Object.keys(CHANGES).sort(), all.sort(), 'each has its change');
  for (const [name, [statement, expected]] of Object.entries(CHANGES)) {
    const wanted = expected.map(called);
    database.exec('savepoint planted');
    const marked = dueAfter(statement);
    t.ok(
      wanted.every((each) => marked.has(each)),
      `${name}: ${wanted} of ${[...marked]}`,
    );
    database.exec(`rollback to planted; drop trigger directory_follows_${name}`);
    const left = dueAfter(statement);
    t.ok(
      wanted.some((each) => !left.has(each)),
      `${name}: nothing else does so`,
    );
    database.exec('rollback to planted; release planted');
  }
});
