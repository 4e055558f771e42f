import { ticketResolved } from '../../tickets/mails.ts';
import type { Ticket } from '../../tickets/queries.ts';
import { ticketItem } from '../../trail/items.ts';
import { doing, type Office, recipient, type World } from './world.ts';

/** A ticket as mails and items name it. */
export function ticketOf({ write }: World, id: number, office: Office): Ticket {
  const row = write.one<Ticket>('select * from ticket where id = ?', id) as Ticket;
  return { ...row, agency: office.name, requester: office.admin.name, assignee: null };
}

/** The helpdesk takes a ticket and resolves it, and the administrators hear of it (N17); they confirm it the day after. */
export function endTicket(world: World, office: Office, ended: Ended, day: number, minutes: number) {
  world.calendar.add(day, minutes, (now) => resolve(world, office, ended, now));
  world.calendar.add(day + 1, minutes, (now) => confirm(world, office, ended, now));
}

type Ended = { id: number; sop?: '4.11' };

function resolve(world: World, office: Office, { id, sop }: Ended, now: Date) {
  const { write, helpdesk } = world;
  const act = doing(helpdesk, now);
  const ticket = ticketOf(world, id, office);
  const resolution = ticket.kind === 'termination' ? '' : 'Telah diselesaikan melalui telefon.';
  write.run(
    "update ticket set status = 'resolved', assigned_to = ?, resolution = ?, resolved_at = ?, version = 3 where id = ?",
    helpdesk.userId,
    resolution,
    now.toISOString(),
    id,
  );
  const entry = { item: ticketItem(ticket), ...(sop === undefined ? {} : { sop }) };
  write.audit(act, { ...entry, action: 'ticket.opened', before: { status: 'requested' }, after: { status: 'open' } });
  const resolved = resolution === '' ? {} : { resolution };
  write.audit(act, { ...entry, action: 'ticket.resolved', after: { status: 'resolved', ...resolved } });
  write.mail(act, ticketResolved(ticket, helpdesk.name, resolution, [recipient(office.admin)]));
}

function confirm(world: World, office: Office, { id, sop }: Ended, now: Date) {
  const { write } = world;
  write.run("update ticket set status = 'closed', ended_at = ?, version = 4 where id = ?", now.toISOString(), id);
  write.audit(doing(office.admin, now), {
    action: 'ticket.closed',
    item: ticketItem(ticketOf(world, id, office)),
    ...(sop === undefined ? {} : { sop }),
    before: { status: 'resolved' },
    after: { status: 'closed' },
  });
}
