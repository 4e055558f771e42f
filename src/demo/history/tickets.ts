import { ticketResolved } from '../../tickets/mails.ts';
import type { Ticket } from '../../tickets/queries.ts';
import { ticketItem } from '../../trail/items.ts';
import { doing, type Office, recipient, type World } from './world.ts';

/** A ticket as mails and items name it. */
export function ticketOf({ write }: World, id: number, office: Office): Ticket {
  const row = write.one<Ticket>('select * from ticket where id = ?', id) as Ticket;
  return { ...row, agency: office.name, requester: office.admin.name, assignee: null };
}

/** The helpdesk takes a ticket and resolves it; the administrators hear of it (N17). */
export function endTicket(
  world: World,
  office: Office,
  id: number,
  sop: '4.11' | undefined,
  status: 'resolved' | 'closed',
  now: Date,
) {
  const { write, helpdesk } = world;
  const act = doing(helpdesk, now);
  const ticket = ticketOf(world, id, office);
  const item = ticketItem(ticket);
  const resolution = ticket.kind === 'termination' ? '' : 'Telah diselesaikan melalui telefon.';
  write.run(
    `update ticket set status = ?, assigned_to = ?, resolution = ?, resolved_at = ?, ended_at = ?, version = 4 where id = ?`,
    status,
    helpdesk.userId,
    resolution,
    now.toISOString(),
    status === 'closed' ? now.toISOString() : null,
    id,
  );
  const entry = { item, ...(sop === undefined ? {} : { sop }) };
  write.audit(act, { ...entry, action: 'ticket.opened', before: { status: 'requested' }, after: { status: 'open' } });
  const resolved = resolution === '' ? {} : { resolution };
  write.audit(act, { ...entry, action: 'ticket.resolved', after: { status: 'resolved', ...resolved } });
  write.mail(act, ticketResolved(ticket, helpdesk.name, resolution, [recipient(office.admin)]));
  if (status === 'closed') {
    const closing = { before: { status: 'resolved' }, after: { status: 'closed' } };
    write.audit(doing(office.admin, now), { ...entry, action: 'ticket.closed', ...closing });
  }
}
