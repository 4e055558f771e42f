import type { Generated } from 'kysely';
import type { ItemType } from '../../trail/items.ts';

/** Where a ticket comes from: an administrator's page, or one of the ways that the helpdesk is called. */
export type TicketSource = 'ipms' | '1mocc' | 'mampu' | 'email' | 'phone' | 'walk_in';

export type TicketTable = {
  id: Generated<number>;
  agency_id: number;
  kind: string;
  subject: string;
  item_type: ItemType | null;
  item_id: number | null;
  content: Generated<string>;
  status: Generated<'requested' | 'open' | 'resolved' | 'closed' | 'refused' | 'withdrawn'>;
  due_on: Generated<string | null>;
  requested_by: number | null;
  assigned_to: Generated<number | null>;
  created_at: string;
  version: Generated<number>;
  description: Generated<string>;
  source: Generated<TicketSource>;
  caller_name: Generated<string>;
  caller_contact: Generated<string>;
  resolution: Generated<string>;
  refusal_reason: Generated<string>;
  due_at: Generated<string | null>;
  resolved_at: Generated<string | null>;
  ended_at: Generated<string | null>;
  wish: Generated<string | null>;
};
