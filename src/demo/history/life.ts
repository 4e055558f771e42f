import { DAY, dayOf, later } from '../../base/time.ts';
import { terminationNotice, untilReminder } from '../../mailbox-life/mails.ts';
import type { Disabling } from '../../mailboxes/planned.ts';
import type { Mailbox } from '../../mailboxes/queries.ts';
import { mailboxItem, ticketItem } from '../../trail/items.ts';
import { pick } from '../synthetic-names.ts';
import { endTicket, ticketOf } from './tickets.ts';
import { doing, type Office, recipient, type World } from './world.ts';

/** What the setting says where nobody has changed it. */
export const KEPT_FOR = 365 * DAY;

type Membership = { id: number; group_id: number; display_name: string; primary_email: string };
/** The plus keeps SQLite from preparing it again for each mailbox (decision 034). */
const MEMBERSHIPS = `select membership.id, group_id, display_name, primary_email from membership
  join "group" on "group".id = group_id
  where member_type = 'mailbox' and member_id = +? and until is null`;

/** Takes a mailbox out of its lists, and returns them. */
export function leaveLists({ write }: World, id: number, now: Date, by: string, why: Record<string, string | number>) {
  const lists = write.all<Membership>(MEMBERSHIPS, id);
  const columns = Object.keys(why).map((name) => `, ${name} = ?`);
  for (const list of lists)
    write.run(
      `update membership set until = ?, ended_by = ?${columns.join('')} where id = ?`,
      now.toISOString(),
      by,
      ...Object.values(why),
      list.id,
    );
  return lists;
}

/** As the audit trail names them. */
export const namesOf = (lists: Membership[]) => lists.map((list) => list.display_name);
const turnSignIn = ({ write }: World, mailbox: Mailbox, status: string) =>
  write.run('update user set status = ? where id = ?', status, mailbox.user_id);
/** As it is by now. */
export const mailboxNow = ({ write }: World, id: number) =>
  write.one<Mailbox>('select * from mailbox where id = ?', id) as Mailbox;

/** SOP 4.9 and, some weeks later, 4.10. */
export function disable(world: World, mailbox: Mailbox, office: Office, day: number, minutes: number) {
  const { write, calendar, draw, people } = world;
  const item = mailboxItem(mailbox);
  const by = office.admin.userId as number;
  const reason = pick(draw, ['unpaid_leave', 'study_leave', 'disciplinary', 'other']);
  const back = day + 20 + draw(100);
  const until = dayOf(calendar.moment(back, 0));
  calendar.add(day, minutes, (now) => {
    const act = doing(office.admin, now);
    const at = now.toISOString();
    const order = {
      mailbox_id: mailbox.id,
      agency_id: office.id,
      reason,
      description: '',
      disabled_from: dayOf(now),
      disabled_until: until,
      restrict_senders: 0,
      enable_by_itself: 0,
      status: 'in-force' as const,
      ordered_by: by,
      ordered_at: at,
      began_at: at,
    };
    const id = write.insert('disabling', order);
    const lists = leaveLists(world, mailbox.id, now, office.admin.name, { ending: 'disabled', disabling_id: id });
    write.run("update mailbox set status = 'disabled', version = version + 1 where id = ?", mailbox.id);
    turnSignIn(world, mailbox, 'disabled');
    const after = { reason, disabled_from: order.disabled_from, disabled_until: until, description: '' };
    write.audit(act, {
      action: 'mailbox.disabled',
      sop: '4.9',
      item,
      before: { status: 'active' },
      after: { status: 'disabled', ...after, restrict_senders: false, enable_by_itself: false, lists: namesOf(lists) },
    });
    const title = 'record.mailbox-disabled';
    const content = { disabling: { id, ...order }, lists: namesOf(lists) };
    write.file(act, { agencyId: office.id, sop: '4.9', title, item, content });
    calendar.add(back - 5, 0, (then) => remind(world, mailbox, office, { ...order, id } as never, then));
    calendar.add(back, minutes, (then) => enable(world, mailbox, office, { ...order, id }, lists, then));
  });
  people.keep(mailbox.id);
}

/** N10. */
function remind(world: World, mailbox: Mailbox, office: Office, disabling: Disabling, now: Date) {
  const { write } = world;
  const act = doing({ ...office.admin, role: 'system', userId: null, name: 'IPMS', address: '' }, now);
  write.run('update disabling set reminded_at = ? where id = ?', now.toISOString(), disabling.id);
  const after = { disabled_until: disabling.disabled_until };
  write.audit(act, { action: 'mailbox.reminded', sop: '4.9', item: mailboxItem(mailbox), after });
  write.mail(act, [untilReminder(mailbox, disabling, false, recipient(office.admin))]);
}

type Ordered = { id: number; reason: string; disabled_from: string };

function enable(world: World, mailbox: Mailbox, office: Office, order: Ordered, lists: Membership[], now: Date) {
  const { write } = world;
  const act = doing(office.admin, now);
  const item = mailboxItem(mailbox);
  write.run("update disabling set status = 'ended', ended_at = ? where id = ?", now.toISOString(), order.id);
  write.run("update mailbox set status = 'active', version = version + 1 where id = ?", mailbox.id);
  turnSignIn(world, mailbox, 'active');
  for (const { group_id } of lists) enter(world, group_id, mailbox, office.admin.name, now);
  write.audit(act, {
    action: 'mailbox.enabled',
    sop: '4.10',
    item,
    before: { status: 'disabled', lists: null },
    after: { status: 'active', lists: namesOf(lists) },
  });
  const content = {
    disabling: { ...order, status: 'ended', by: office.admin.name },
    senders: 'all',
    lists: namesOf(lists),
  };
  write.file(act, { agencyId: office.id, sop: '4.10', title: 'record.mailbox-enabled', item, content });
  world.people.arrive(mailbox.id);
}

/** Puts a mailbox into a list, where it is not in it. */
export function enter({ write }: World, group: number, mailbox: Mailbox, by: string, now: Date) {
  write.run(
    `insert or ignore into membership (group_id, member_type, member_id, member_name, member_address, since, added_by)
       values (?, 'mailbox', ?, ?, ?, ?, ?)`,
    group,
    mailbox.id,
    mailbox.display_name,
    mailbox.primary_email,
    now.toISOString(),
    by,
  );
}

const ENDINGS = ['Bersara wajib.', 'Tamat kontrak.', 'Meletak jawatan.', 'Bersara pilihan.'];
const NOTICE_DAYS = 10;

/** SOP 4.11: asked for, with the helpdesk's ticket, carried out on its day, and the ticket resolved the day after. */
export function leave(world: World, mailbox: Mailbox, office: Office, day: number, minutes: number) {
  const { write, calendar, draw, helpdesk } = world;
  const item = mailboxItem(mailbox);
  const by = office.admin.userId as number;
  const reason = pick(draw, ENDINGS);
  const effective_on = dayOf(calendar.moment(day + NOTICE_DAYS, 0));
  calendar.add(day, minutes, (now) => {
    const act = doing(office.admin, now);
    const at = now.toISOString();
    const subject = `${mailbox.display_name} (${mailbox.primary_email})`;
    const ticketId = write.insert('ticket', {
      agency_id: office.id,
      kind: 'termination',
      subject,
      item_type: 'mailbox',
      item_id: mailbox.id,
      content: '{}',
      due_on: effective_on,
      due_at: `${effective_on}T16:00:00.000Z`,
      requested_by: by,
      created_at: at,
    });
    const order = { mailbox_id: mailbox.id, agency_id: office.id, effective_on, reason, ticket_id: ticketId };
    const id = write.insert('termination', { ...order, requested_by: by, requested_at: at });
    const termination = { ...order, id, requested_by: by, requested_at: at };
    const ticket = ticketOf(world, ticketId, office);
    write.audit(act, { action: 'mailbox.deletion-requested', sop: '4.11', item, after: { effective_on, reason } });
    write.audit(act, {
      action: 'ticket.requested',
      sop: '4.11',
      item: ticketItem(ticket),
      after: { status: 'requested', due_on: effective_on },
    });
    write.mail(act, [terminationNotice('requested', mailbox, termination, office.name, recipient(helpdesk))]);
    calendar.add(day + NOTICE_DAYS, 0, (then) => carryOut(world, mailbox, office, termination, then));
    endTicket(world, office, { id: ticketId, sop: '4.11' }, day + NOTICE_DAYS + 1, minutes);
  });
  world.people.keep(mailbox.id);
}

type Termination = { id: number; effective_on: string; reason: string; ticket_id: number };

function carryOut(world: World, mailbox: Mailbox, office: Office, termination: Termination, now: Date) {
  const { write, helpdesk } = world;
  const system = { ...office.admin, role: 'system' as const, userId: null, name: 'IPMS', address: '' };
  const act = doing(system, now);
  const at = now.toISOString();
  const item = mailboxItem(mailbox);
  const before = mailboxNow(world, mailbox.id);
  const addresses = JSON.stringify([{ address: before.primary_email, kind: 'mailbox' }]);
  write.run(
    `update termination set status = 'carried-out', carried_out_at = ?, previous_status = 'active', addresses = ? where id = ?`,
    at,
    addresses,
    termination.id,
  );
  write.run(
    "update mailbox set status = 'deleted', deleted_at = ?, version = version + 1 where id = ?",
    at,
    mailbox.id,
  );
  turnSignIn(world, mailbox, 'deleted');
  keepAddress(world, before.primary_email, now);
  const lists = leaveLists(world, mailbox.id, now, 'IPMS', { ending: 'deleted', termination_id: termination.id });
  const { effective_on, reason } = termination;
  const facts = { effective_on, reason, reserved_until: dayOf(later(now, KEPT_FOR)), lists: namesOf(lists) };
  write.audit(act, {
    action: 'mailbox.deleted',
    sop: '4.11',
    item,
    before: { status: 'active' },
    after: { status: 'deleted', ...facts },
  });
  const content = { termination: { ...termination, status: 'carried-out' }, mailbox: { ...before, status: 'deleted' } };
  const title = 'record.mailbox-deleted';
  write.file(act, { agencyId: office.id, sop: '4.11', title, item, content: { ...content, lists: namesOf(lists) } });
  write.mail(act, [terminationNotice('carriedOut', mailbox, termination, office.name, recipient(helpdesk))]);
}

/** Nobody gets an address for a year; one of which the year is over by the end of all this is free. */
export function keepAddress({ write, calendar }: World, address: string, now: Date) {
  const until = later(now, KEPT_FOR);
  if (until <= calendar.moment(calendar.days, 0)) write.run('delete from address where address = ?', address);
  else
    write.run(
      "update address set kind = 'reserved', reserved_until = ? where address = ?",
      until.toISOString(),
      address,
    );
}
