import { email, text } from '../forms/fields.ts';
import { defineForm, type Field, type Values } from '../forms/form.ts';
import { shownField } from '../forms/stale.ts';
import { state } from '../officers/fields.ts';
import type { AgencyDetails } from './agency.ts';
import { domains } from './domain.ts';

/** 2 to 12 letters and digits, kept in upper case: it begins the numbers of the agency's records. */
function agencyCode(): Field<string> {
  const field = text({
    label: 'field.agency_code',
    hint: 'agency.codeHint',
    max: 12,
    autocomplete: 'off',
    pattern: /^[a-z0-9]{2,12}$/i,
    wrong: 'agency.codeWrong',
  });
  return { ...field, read: (typed) => field.read(typed).toUpperCase() };
}

export const AgencyForm = defineForm(
  'agency',
  {
    name: text({ label: 'agency.name', max: 150, autocomplete: 'off' }),
    code: agencyCode(),
    ministry: text({ label: 'field.ministry', max: 150, optional: true, autocomplete: 'off' }),
    mail_domains: domains({ label: 'field.mail_domains', hint: 'agency.domainsHint' }),
    postmaster_email: email({ label: 'field.postmaster_email', hint: 'agency.postmasterHint' }),
    file_reference: text({
      label: 'field.file_reference',
      hint: 'agency.fileReferenceHint',
      max: 60,
      optional: true,
      autocomplete: 'off',
    }),
    state: state(),
    shown: shownField(),
  },
  ({ postmaster_email, mail_domains }) => {
    if (postmaster_email !== null && mail_domains.includes(postmaster_email.split('@')[1] ?? '')) return {};
    return { postmaster_email: { key: 'agency.postmasterDomain', params: { domains: mail_domains.join(', ') } } };
  },
);

/** What the form says of an agency. */
export function detailsFrom({ shown: _shown, state: where, ...values }: Values<typeof AgencyForm>): AgencyDetails {
  return { ...values, postmaster_email: values.postmaster_email ?? '', ...(where === '' ? {} : { state: where }) };
}
