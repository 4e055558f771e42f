import { DAY, later } from '../../base/time.ts';
import { memberAdded, membersRemoved } from '../../groups/mails.ts';
import type { Group } from '../../groups/queries.ts';
import type { Mailbox } from '../../mailboxes/queries.ts';
import { ticketRequested } from '../../tickets/mails.ts';
import { groupItem, mailboxItem, ticketItem, userItem } from '../../trail/items.ts';
import type { Circular, Mail } from '../../trail/outbox.ts';
import { pick } from '../synthetic-names.ts';
import { enter } from './life.ts';
import { endTicket, ticketOf } from './tickets.ts';
import { doing, type Office, officerOf, recipient, type World } from './world.ts';

type Somebody = Pick<Mailbox, 'id' | 'user_id' | 'agency_id' | 'display_name' | 'primary_email'>;

function officer({ draw }: World, { user_id, agency_id, display_name, primary_email }: Somebody) {
  const user = { id: user_id, role: 'user' as const, agency_id, full_name: display_name, email: primary_email };
  return officerOf(user, `10.${agency_id % 250}.${draw(250)}.${draw(250)}`);
}

const signInOf = (who: Somebody) =>
  userItem({ id: who.user_id, full_name: who.display_name, agency_id: who.agency_id });

export function signIn(world: World, who: Somebody, now: Date) {
  const act = doing(officer(world, who), now);
  world.write.run('update user set last_sign_in_at = ? where id = ?', now.toISOString(), who.user_id);
  world.write.audit(act, { action: 'user.signed-in', item: signInOf(who) });
}

/** SOP 4.20. */
export function changePassword(world: World, who: Somebody, now: Date) {
  const act = doing(officer(world, who), now);
  world.write.audit(act, { action: 'user.password-changed', sop: '4.20', item: signInOf(who) });
}

/** SOP 4.20. */
export function changeProfile(world: World, who: Somebody & Pick<Mailbox, 'mobile_phone'>, now: Date) {
  const { write, draw } = world;
  const act = doing(officer(world, who), now);
  const mobile_phone = `01${draw(10)}-${1_000_000 + draw(9_000_000)}`;
  const before = { mobile_phone: who.mobile_phone };
  write.run('update mailbox set mobile_phone = ?, version = version + 1 where id = ?', mobile_phone, who.id);
  const entry = { item: mailboxItem(who), before, after: { mobile_phone } };
  write.audit(act, { action: 'mailbox.profile-updated', sop: '4.20', ...entry });
}

const QUESTIONS = [
  'Berapakah saiz lampiran e-mel yang dibenarkan?',
  'Peti mel tidak dapat dibuka dari luar pejabat.',
  'Mohon semak kenapa e-mel lambat diterima.',
];

/** A question to the helpdesk, answered the day after and closed by who asked. */
export function askHelpdesk(world: World, office: Office, now: Date, day: number, minutes: number) {
  const { write, draw, helpdesk } = world;
  const act = doing(office.admin, now);
  const description = pick(draw, QUESTIONS);
  const id = write.insert('ticket', {
    agency_id: office.id,
    kind: 'question',
    subject: 'Pertanyaan tentang e-mel',
    description,
    requested_by: office.admin.userId as number,
    created_at: now.toISOString(),
    due_at: later(now, DAY).toISOString(),
  });
  const ticket = ticketOf(world, id, office);
  write.audit(act, {
    action: 'ticket.requested',
    item: ticketItem(ticket),
    after: { status: 'requested', kind: ticket.kind, description, source: 'ipms', due_at: ticket.due_at },
  });
  write.mail(act, ticketRequested(ticket, office.admin.name, [recipient(helpdesk)]));
  endTicket(world, office, { id }, day + 1, minutes);
}

/** A letter to many as the mails that it becomes. */
const mailsOf = ({ mail, to, item, letter }: Circular): Mail[] =>
  to.map((each) => ({ mail, to: each, item, letter: { ...letter, greeting: each.name } }));

/** SOP 4.16, then 4.15: one out of a list, one in. */
export function changeList(world: World, group: Group, mailbox: Mailbox, office: Office, now: Date) {
  const { write } = world;
  const by = office.admin;
  const act = doing(by, now);
  const item = groupItem(group);
  const list = { list: group.display_name, primary_email: group.primary_email, count: 1, changed_by: by.name };
  const out = write.one<{ id: number; member_id: number; member_name: string; member_address: string }>(
    `select id, member_id, member_name, member_address from membership
       where group_id = ? and member_type = 'mailbox' and until is null limit 1`,
    group.id,
  );
  if (out !== undefined && out.member_id !== mailbox.id) {
    write.run(
      "update membership set until = ?, ended_by = ?, ending = 'removed' where id = ?",
      now.toISOString(),
      by.name,
      out.id,
    );
    const members = [out.member_address];
    const after = { count: 1, members, owners_mailed: 0, members_mailed: 1 };
    write.audit(act, { action: 'group.members-removed', sop: '4.16', item, after });
    write.file(act, {
      agencyId: office.id,
      sop: '4.16',
      title: 'record.members-removed',
      item,
      content: { ...list, members },
    });
    const member = memberOf({ id: out.member_id, name: out.member_name, address: out.member_address });
    write.mail(act, membersRemoved(group, [], by, [member]).flatMap(mailsOf));
  }
  const adding = doing(by, now);
  enter(world, group.id, mailbox, by.name, now);
  const members = [mailbox.primary_email];
  const after = { count: 1, members, members_mailed: 1 };
  write.audit(adding, { action: 'group.members-added', sop: '4.15', item, after });
  write.file(adding, {
    agencyId: office.id,
    sop: '4.15',
    title: 'record.members-added',
    item,
    content: { ...list, members },
  });
  const member = memberOf({ id: mailbox.id, name: mailbox.display_name, address: mailbox.primary_email });
  write.mail(adding, [memberAdded(group, [], by, [member])].flat().flatMap(mailsOf));
}

const memberOf = (member: { id: number; name: string; address: string }) => ({ type: 'mailbox' as const, ...member });
