import { email, longText, named, text } from '../forms/fields.ts';
import type { Field } from '../forms/form.ts';
import { phone } from '../officers/fields.ts';
import type { ContactDetails } from './contact.ts';

function contactEmail(): Field<string> {
  const field = email({ label: 'field.email' });
  return {
    ...field,
    attributes: { ...field.attributes, autocomplete: 'off' },
    read: (typed) => field.read(typed) ?? '',
  };
}

/** What table 22 asks for. */
export const contactFields = {
  full_name: named({ label: 'field.contact_name', autocomplete: 'off' }),
  email: contactEmail(),
  position: text({ label: 'field.position', optional: true, autocomplete: 'off' }),
  company: text({ label: 'field.company', optional: true, max: 150, autocomplete: 'off' }),
  phone: phone('field.phone'),
  address: longText({ label: 'field.address', optional: true, max: 500 }),
};

/** Table 22 out of what a form says. */
export function detailsFrom({ full_name, email, position, company, phone, address }: ContactDetails): ContactDetails {
  return { full_name, email, position, company, phone, address };
}
