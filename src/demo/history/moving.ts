import { DAY, dayOf, later } from '../../base/time.ts';
import type { Mailbox } from '../../mailboxes/queries.ts';
import { mailboxItem } from '../../trail/items.ts';
import { carriedOutMails, noticeMail } from '../../transfers/mails.ts';
import type { Transfer } from '../../transfers/queries.ts';
import { KEPT_FOR, keepAddress, leaveLists, mailboxNow, namesOf } from './life.ts';
import { doing, type Office, recipient, type World } from './world.ts';

const EXPIRES_AFTER = 30 * DAY;

/** A transfer that the receiving agency asks for; three of ten are refused. */
export function move(world: World, mailbox: Mailbox, from: Office, to: Office, day: number, minutes: number) {
  const { write, calendar, draw, people } = world;
  const effective_on = dayOf(calendar.moment(day + 5, 0));
  const note = 'Surat pertukaran.';
  calendar.add(day, minutes, (now) => {
    const act = doing(to.admin, now);
    const id = write.insert('transfer', {
      begun_by: 'receiving',
      from_agency_id: from.id,
      to_agency_id: to.id,
      mailbox_id: mailbox.id,
      note,
      sought_email: mailbox.primary_email,
      person_name: mailbox.display_name,
      former_email: mailbox.primary_email,
      effective_on,
      keep_address: 0,
      requested_by: to.admin.userId as number,
      requested_at: now.toISOString(),
      expires_on: dayOf(later(now, EXPIRES_AFTER)),
    });
    const row = write.one<Transfer>('select * from transfer where id = ?', id) as Transfer;
    const item = { type: 'transfer' as const, id, name: mailbox.display_name, agencyId: to.id };
    const after = { transfer_day: effective_on, keep_address: false, note };
    write.audit(act, { action: 'transfer.requested', item, after });
    const agencies = { from: from.name, to: to.name };
    write.mail(act, [noticeMail('asked', row, agencies, item, recipient(from.admin))]);
    const isRefused = draw(10) < 3;
    calendar.add(day + 2, minutes, (then) => {
      const answering = doing(from.admin, then);
      const before = { status: 'requested' };
      const at = then.toISOString();
      if (isRefused) {
        const reason = 'Tempoh bertugas di agensi ini belum tamat.';
        const sql = "update transfer set status = 'refused', reason = ?, ended_by = ?, ended_at = ? where id = ?";
        write.run(sql, reason, from.admin.name, at, id);
        const refused = { status: 'refused', refusal: reason };
        write.audit(answering, { action: 'transfer.refused', item, before, after: refused });
        write.mail(answering, [noticeMail('refused', { ...row, reason }, agencies, item, recipient(to.admin))]);
        return people.arrive(mailbox.id);
      }
      const sql = "update transfer set status = 'agreed', agreed_by = ?, agreed_at = ? where id = ?";
      write.run(sql, from.admin.name, at, id);
      write.audit(answering, { action: 'transfer.agreed', item, before, after: { status: 'agreed' } });
      write.mail(answering, [noticeMail('agreed', row, agencies, item, recipient(to.admin))]);
      calendar.add(day + 5, 0, (last) => moveNow(world, row, from, to, last));
    });
  });
  people.keep(mailbox.id);
}

function moveNow(world: World, row: Transfer, from: Office, to: Office, now: Date) {
  const { write, helpdesk } = world;
  const act = doing(to.admin, now);
  const before = mailboxNow(world, row.mailbox_id as number);
  const address = world.freeAddress(before.primary_email.split('@')[0] as string, to.domain);
  const lists = leaveLists(world, before.id, now, to.admin.name, { ending: 'removed' });
  keepAddress(world, before.primary_email, now);
  write.insert('address', { address, kind: 'mailbox', agency_id: to.id, item_id: before.id });
  write.run(
    'update mailbox set agency_id = ?, primary_email = ?, ministry = ?, department = ?, version = version + 1 where id = ?',
    to.id,
    address,
    to.ministry,
    to.name,
    before.id,
  );
  write.run('update user set agency_id = ?, email = ? where id = ?', to.id, address, before.user_id);
  const allocation = JSON.stringify({ primary_email: address, package: before.package, grade: before.grade });
  write.run(
    "update transfer set status = 'carried-out', allocation = ?, ended_by = 'IPMS', ended_at = ? where id = ?",
    allocation,
    now.toISOString(),
    row.id,
  );
  const after = mailboxNow(world, before.id);
  const was = {
    agency_id: from.id,
    primary_email: before.primary_email,
    department: before.department,
    lists: namesOf(lists),
  };
  const is = { agency_id: to.id, primary_email: address, department: to.name, lists: [] };
  write.audit(act, { action: 'mailbox.transferred-out', item: mailboxItem(before), before: was, after: is });
  write.audit(act, { action: 'mailbox.transferred-in', item: mailboxItem(after), before: was, after: is });
  const item = { type: 'transfer' as const, id: row.id, name: after.display_name, agencyId: to.id };
  const carried = { before: { status: 'agreed' }, after: { status: 'carried-out' } };
  write.audit(act, { action: 'transfer.carried-out', item, ...carried });
  const content = { transfer: { ...row, status: 'carried-out' }, before: was, after: is };
  for (const [office, title, what] of [
    [from, 'record.transferred-out', before],
    [to, 'record.transferred-in', after],
  ] as const)
    write.file(act, { agencyId: office.id, sop: '5.0', title, item: mailboxItem(what), content });
  const moved = { before, after, until: later(now, KEPT_FOR), from: from.name, to: to.name, alone: [], owned: [] };
  const whom = {
    releasing: [recipient(from.admin)],
    receiving: [recipient(to.admin)],
    helpdesk: [recipient(helpdesk)],
  };
  write.mail(act, carriedOutMails(row, moved, whom));
  world.people.arrive(before.id);
}
