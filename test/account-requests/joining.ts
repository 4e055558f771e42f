import type { Ipms, Visitor } from '../helper.ts';

/** People of the tests, in all the spellings that Malaysia has. */
export const PEOPLE = {
  malay: { full_name: 'Nurul Izzah binti Kamaruddin', ic_number: '900101145678' },
  chinese: { full_name: 'Lim Wei Ming', ic_number: '850615075432' },
  indian: { full_name: 'Kumaran a/l Subramaniam', ic_number: '791130105551' },
  iban: { full_name: 'Jugah anak Barieng', ic_number: '880229135553' },
} as const;

/** A request for an access code (SOP 4.1), filled in as it should be. */
export const APPLICATION = {
  category: 'civil_servant',
  full_name: PEOPLE.malay.full_name,
  ic_number: '900101-14-5678',
  contact_email: 'nurul@rumah.test',
  agency_id: '1',
  reporting_division: 'Bahagian Kewangan',
};

/** What is said of somebody who has not asked for a code. */
export const VERIFIED = { verified_with: 'human_resources', verification_note: 'Disahkan melalui telefon' } as const;

export type Person = { full_name: string; ic_number: string };

/** SOP 4.2 by the administrator's own hand: the code as the page shows it once, and its row's number. */
export async function issueCode(admin: Visitor, person: Person, more: Record<string, string> = {}) {
  const fields = {
    category: 'civil_servant',
    ...person,
    notify_kind: 'supervisor',
    notify_email: 'ketua@jabatan.test',
    supervisor_email: 'ketua@jabatan.test',
    ...VERIFIED,
    ...more,
  };
  const answer = await admin.submit('/admin/access-codes/new', '/admin/access-codes/new', fields);
  if (answer.status !== 303) return { code: '', id: 0, answer };
  const page = await admin.get(answer.location);
  return {
    code: page.dom.querySelector('.code')?.textContent.trim() ?? '',
    id: Number(answer.location.split('/').at(-1)),
    answer,
  };
}

/** SOP 4.3 step 1. */
export async function signInWithCode(ipms: Ipms, person: Person, code: string) {
  const applicant = ipms.visitor();
  const url = '/register?category=civil_servant';
  const answer = await applicant.submit(url, url, { ...person, access_code: code });
  return { applicant, answer };
}

/** To the end of SOP 4.3: the applicant has registered. */
export async function registered(
  ipms: Ipms,
  admin: Visitor,
  person: Person = PEOPLE.malay,
  details: Record<string, string> = {},
) {
  const { code, id } = await issueCode(admin, person);
  const { applicant } = await signInWithCode(ipms, person, code);
  await applicant.submit('/register/confirm', '/register/confirm', { decision: 'confirm' });
  await applicant.submit('/register/form', '/register/form', details);
  const request = await ipms.db
    .selectFrom('account_request')
    .selectAll()
    .where('access_code_id', '=', id)
    .executeTakeFirstOrThrow();
  return { applicant, code, codeId: id, request, page: `/admin/account-requests/${request.id}` };
}

export const PACKAGE = {
  package: 'B',
  grade: '41',
  storage_mb: '2048',
  services: ['SSO', 'ADRMS'],
  service_type: 'ordinary',
};

/** To the end of SOP 4.6 step 2: approved, not yet activated. */
export async function approved(ipms: Ipms, admin: Visitor, person: Person = PEOPLE.malay) {
  const made = await registered(ipms, admin, person);
  await admin.submit(made.page, `${made.page}/allocation`, PACKAGE);
  await admin.submit(made.page, `${made.page}/approve`);
  return made;
}
