import { choice, email, icNumber, named } from '../forms/fields.ts';
import type { Sentence } from '../texts.ts';

export const CATEGORIES = [
  { value: 'civil_servant', label: 'category.civil_servant' },
  { value: 'other', label: 'category.other' },
] as const;

/** A civil servant is known by the IC number, everybody else by an address. */
export function identityOf(values: {
  category: 'civil_servant' | 'other';
  ic_number: string | null;
  email: string | null;
}): Record<string, Sentence> {
  if (values.category === 'civil_servant' && values.ic_number === null) return { ic_number: { key: 'form.icNumber' } };
  if (values.category === 'other' && values.email === null) return { email: { key: 'form.email' } };
  return {};
}

/** Only what identifies the category is kept. */
export function withIdentity<
  V extends { category: 'civil_servant' | 'other'; ic_number: string | null; email: string | null },
>(values: V): V {
  return values.category === 'civil_servant' ? { ...values, email: null } : { ...values, ic_number: null };
}

export const identityFields = {
  category: choice({ label: 'access-code.kind', options: CATEGORIES, as: 'radio' }),
  full_name: named({ label: 'field.full_name', max: 150, autocomplete: 'off' }),
  ic_number: icNumber({ label: 'field.ic_number', hint: 'request.icHint', optional: true }),
  email: email({ label: 'field.email', hint: 'request.emailHint', optional: true }),
  notify_kind: choice({
    label: 'access-code.notifyKind',
    as: 'radio',
    options: [
      { value: 'supervisor', label: 'notify.supervisor' },
      { value: 'personal', label: 'notify.personal' },
      { value: 'admin', label: 'notify.admin' },
    ],
  }),
  notify_email: email({ label: 'access-code.notifyEmail', hint: 'access-code.notifyHint', optional: true }),
  supervisor_email: email({ label: 'field.supervisor_email', optional: true }),
};
