import { registerDirectly } from '../../account-requests/direct-registration.ts';
import { agencyDomains } from '../../addresses/addresses.ts';
import { agencyOf } from '../../base/actor.ts';
import { defineForm } from '../../forms/form.ts';
import { detailFields, detailsOf, positionFields } from '../../officers/details.ts';
import { identityOf, withIdentity } from '../../officers/identity.ts';
import { allocationFrom, packageFields } from '../../officers/package-fields.ts';
import { defineKind } from '../kind.ts';
import { codeExample, codeFields, verificationOf } from './access-codes.ts';

/** SOP 4.3 to 4.5 by the administrator: account requests with their packages, to be approved like any other. */
export const directRegistration = defineKind({
  title: 'bulk.direct-registration',
  intro: 'bulk.direct-registration.intro',
  sop: '4.3',
  isVerified: true,
  form: defineForm('bulk', { ...codeFields, ...packageFields, ...positionFields, ...detailFields }, identityOf),
  example: {
    ...codeExample,
    primary_email: 'aminah.yusof',
    login_id: 'aminah.yusof',
    package: 'B',
    grade: '29',
    storage_mb: '1024',
    services: ['SSO', 'BMT'],
    service_type: 'ordinary',
    position_title: '',
    position: 'Penolong Pegawai Tadbir',
    ministry: '',
    department: '',
    division: 'Bahagian Kewangan',
    section: '',
    unit: 'Unit Bayaran',
    address: '',
    postcode: '62000',
    city: 'Putrajaya',
    state: 'Wilayah Persekutuan Putrajaya',
    country: 'Malaysia',
    office_phone: '03-8888 1234',
    mobile_phone: '',
    note: '',
  },
  label: (values) => values.full_name,
  identities: (values) => [
    values.category === 'civil_servant'
      ? { column: 'ic_number', value: values.ic_number ?? '' }
      : { column: 'email', value: values.email ?? '' },
    { column: 'primary_email', value: values.primary_email.toLowerCase() },
    ...(values.login_id === '' ? [] : [{ column: 'login_id', value: values.login_id.toLowerCase() }]),
  ],
  async apply(act, values) {
    const { category, full_name, ic_number, email, notify_kind, notify_email, supervisor_email } = withIdentity(values);
    const person = { category, full_name, ic_number, email, notify_kind, notify_email, supervisor_email };
    const registration = { ...detailsOf(values), full_name, stated_grade: '' };
    const allocation = allocationFrom(values, await agencyDomains(act.trx, agencyOf(act.actor)));
    const { id } = await registerDirectly(act, person, verificationOf(act), registration, allocation);
    return {
      item: { type: 'account_request', id, name: full_name, agencyId: agencyOf(act.actor) },
      message: { key: 'bulk.said.registered', params: { address: allocation.primary_email } },
      before: null,
    };
  },
  undo: null,
  undoText: 'bulk.direct-registration.undo',
});
