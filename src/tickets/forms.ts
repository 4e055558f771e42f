import { contactFields } from '../contacts/contact-form.ts';
import type { Contact } from '../contacts/queries.ts';
import { attachments, choice, email, flag, longText, named, rowId, text, wholeNumber } from '../forms/fields.ts';
import { defineForm, type Field, type FormState, openForm } from '../forms/form.ts';
import { CHECKLIST } from './checklist.ts';
import { CALLED_BY, GENERAL_KINDS } from './kinds.ts';
import type { Ticket } from './queries.ts';

export const CheckForm = defineForm('check', {
  // each button of the table carries its own
  box: {
    ...choice({
      label: 'ticket.box',
      options: CHECKLIST.map((value) => ({ value, label: `ticket.box.${value}` as const })),
    }),
    kind: 'hidden',
  },
  undo: flag({ label: 'ticket.undo' }),
});

export const OpenForm = defineForm('open', {});
export const ConfirmForm = defineForm('confirm', {});
export const ReopenForm = defineForm('reopen', { note: longText({ label: 'field.note', hint: 'ticket.reopenHint' }) });
export const RefuseForm = defineForm('refuse', {
  reason: longText({ label: 'field.reason', hint: 'ticket.reasonHint' }),
});
export const CommentForm = defineForm('comment', {
  comment: longText({ label: 'field.comment' }),
  attachments: attachments(),
});

/** Somebody of the helpdesk, or nobody. */
function staff(): Field<number | null> {
  const field = rowId({ label: 'field.assigned_to' });
  return {
    ...field,
    optional: true,
    read: (typed) => (typed.length <= 1 && (typed[0] ?? '') === '' ? null : field.read(typed)),
  };
}
export const AssignForm = defineForm('assign', { assigned_to: staff() });

const resolution = longText({ label: 'field.resolution', optional: true });
const version: Field<number | null> = {
  ...wholeNumber({ label: 'shown.label', optional: true, least: 1, most: Number.MAX_SAFE_INTEGER }),
  max: 16,
  kind: 'hidden',
};

/** Everything that resolving asks for, of one kind of ticket or another: what comes back when it is refused. */
export const ResolveForm = defineForm('resolve', { ...contactFields, version, resolution });
export const ResolveOtherForm = defineForm('resolve', { resolution });

/** Resolving, filled in from the request; a registration that was reopened begins with what its contact is now. */
export function resolveForm(ticket: Ticket, contact: Contact | null): FormState {
  const { full_name, email, position, company, phone, address } =
    ticket.kind === 'contact-register' && contact?.status === 'active'
      ? contact
      : (JSON.parse(ticket.content) as Record<string, string>);
  const details = { full_name, email, position, company, phone, address };
  const isContact = ticket.kind === 'contact-register' || ticket.kind === 'contact-update';
  return openForm(ResolveForm, {
    ...(isContact ? details : {}),
    version: contact?.version,
    resolution: ticket.resolution,
  });
}

const KINDS = GENERAL_KINDS.map((value) => ({ value, label: `ticket.kind.${value}` as const }));
const general = {
  kind: choice({ label: 'field.kind', options: KINDS, as: 'radio' }),
  subject: text({ label: 'ticket.subject', max: 150, autocomplete: 'off' }),
  description: longText({ label: 'field.description', max: 4000 }),
  mailbox_email: email({ label: 'field.mailbox_email', hint: 'ticket.mailboxHint', optional: true }),
};

/** An administrator asks. */
export const AskForm = defineForm('ask', { ...general, attachments: attachments() });

/** The helpdesk writes a call down. */
export const CallForm = defineForm('call', {
  agency_id: rowId({ label: 'field.agency' }),
  source: choice({
    label: 'field.source',
    options: CALLED_BY.map((value) => ({ value, label: `ticket.source.${value}` as const })),
  }),
  caller_name: named({ label: 'field.caller_name', autocomplete: 'off' }),
  caller_contact: text({
    label: 'field.caller_contact',
    hint: 'ticket.callerHint',
    optional: true,
    autocomplete: 'off',
  }),
  ...general,
  attachments: attachments(),
});

/** Of the queue: whose tickets. */
export const MINE_OR_NOBODY = [
  { value: 'mine', label: 'ticket.mine' },
  { value: 'nobody', label: 'ticket.nobody' },
] as const;
