import { choice, email, icNumber, named } from '../forms/fields.ts';
import type { Sentence } from '../texts.ts';

export const CATEGORIES = [
  { value: 'civil_servant', label: 'category.civil_servant' },
  { value: 'other', label: 'category.other' },
] as const;

type Identity = {
  category?: 'civil_servant' | 'other' | undefined;
  ic_number?: string | null | undefined;
  email?: string | null | undefined;
  notify_kind?: 'supervisor' | 'personal' | 'admin' | undefined;
  notify_email?: string | null | undefined;
};

/**
 * A civil servant is known by the IC number, everybody else by an address; a code that does not go to the administrator goes
 * to an address that is said.
 */
export function identityOf(values: Identity): Partial<Record<keyof Identity, Sentence>> {
  const { category, ic_number, email, notify_kind = 'admin', notify_email } = values;
  return {
    ...(category === 'civil_servant' && ic_number === null ? { ic_number: { key: 'form.icNumber' } } : {}),
    ...(category === 'other' && email === null ? { email: { key: 'form.email' } } : {}),
    ...(notify_kind !== 'admin' && notify_email === null ? { notify_email: { key: 'form.required' } } : {}),
  };
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
