import { email, named, optionalChoice, text } from '../forms/fields.ts';
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

const MODES = (['checklist', 'script', 'live'] as const).map(
  (value) => ({ value, label: `directory.mode.${value}` }) as const,
);
const DRIFTS = (['show', 'repair'] as const).map((value) => ({ value, label: `directory.drift.${value}` }) as const);
const YES_NO = [
  { value: '0', label: 'directory.mustChange.0' },
  { value: '1', label: 'directory.mustChange.1' },
] as const;

export const AgencyForm = defineForm(
  'agency',
  {
    name: named({ label: 'agency.name', max: 150, autocomplete: 'off' }),
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
    directory_mode: optionalChoice({ label: 'field.directory_mode', hint: 'directory.modeHint', options: MODES }),
    directory_ou: text({
      label: 'field.directory_ou',
      hint: 'directory.ouHint',
      max: 64,
      optional: true,
      autocomplete: 'off',
      pattern: /^[^\x00-\x1f\x7f]*$/,
      wrong: 'directory.ouWrong',
    }),
    drift: optionalChoice({ label: 'field.directory_drift', hint: 'directory.driftHint', options: DRIFTS }),
    must_change: optionalChoice({
      label: 'field.directory_must_change',
      hint: 'directory.mustChangeHint',
      options: YES_NO,
    }),
    shown: shownField(),
  },
  ({ postmaster_email, mail_domains }) => {
    if (postmaster_email === undefined || mail_domains === undefined) return {};
    if (postmaster_email !== null && mail_domains.includes(postmaster_email.split('@')[1] ?? '')) return {};
    return { postmaster_email: { key: 'agency.postmasterDomain', params: { domains: mail_domains.join(', ') } } };
  },
);

/** What the form says of an agency. */
export function detailsFrom(given: Values<typeof AgencyForm>): AgencyDetails {
  const { shown: _shown, state: where, directory_mode, directory_ou, drift, must_change, ...values } = given;
  return {
    ...values,
    postmaster_email: values.postmaster_email ?? '',
    ...(where === '' ? {} : { state: where }),
    ...(directory_mode === null ? {} : { directory_mode, directory_ou }),
    ...(drift === null ? {} : { directory_drift: drift }),
    ...(must_change === null ? {} : { directory_must_change: Number(must_change) }),
  };
}
