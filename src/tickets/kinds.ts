import type { TicketSource } from '../data/tables/tickets.ts';
import type { Sop } from '../sop/index.ts';

/** SOP 4.21, 4.22, 4.23: what may be asked for about a contact, and which procedure that is. */
export const CONTACT_SOP = { 'contact-register': '4.21', 'contact-update': '4.22', 'contact-delete': '4.23' } as const;

export type ContactKind = keyof typeof CONTACT_SOP;
export const CONTACT_KINDS = Object.keys(CONTACT_SOP) as ContactKind[];

/** What else people come to a helpdesk with. */
export const GENERAL_KINDS = ['question', 'complaint', 'password-reset', 'other'] as const;
export type GeneralKind = (typeof GENERAL_KINDS)[number];

export type TicketKind = 'termination' | ContactKind | GeneralKind;
export const KINDS: readonly TicketKind[] = ['termination', ...CONTACT_KINDS, ...GENERAL_KINDS];

/** How a call reaches the helpdesk. */
export const CALLED_BY = ['1mocc', 'mampu', 'email', 'phone', 'walk_in'] as const satisfies readonly TicketSource[];

/** The procedures that end in a ticket. */
export const TICKET_SOPS = [...Object.values(CONTACT_SOP), '4.11'] as const;

/** The procedure that a ticket belongs to; what is no procedure's has none. */
export function sopOf(kind: string): Sop | undefined {
  return kind === 'termination' ? '4.11' : CONTACT_SOP[kind as ContactKind];
}

export function isContactKind(kind: string): kind is ContactKind {
  return kind in CONTACT_SOP;
}

export function isGeneralKind(kind: string): kind is GeneralKind {
  return GENERAL_KINDS.some((each) => each === kind);
}
