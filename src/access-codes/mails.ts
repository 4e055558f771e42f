import type { Actor } from '../base/actor.ts';
import { maskIcNumber } from '../base/ic-number.ts';
import { both } from '../base/language.ts';
import { type Letter, SIR_OR_MADAM } from '../base/letter.ts';
import { showDate } from '../base/time.ts';
import { accessCodeItem, accessCodeRequestItem } from '../trail/items.ts';
import type { Mail, Recipient } from '../trail/outbox.ts';
import type { AccessCode, AccessCodeRequest } from './queries.ts';

/** N1: the agency's administrators hear of a request for an access code. */
export function requestSubmitted(request: AccessCodeRequest, administrators: Recipient[]): Mail[] {
  return administrators.map((to) => ({
    mail: 'N1',
    to,
    item: accessCodeRequestItem(request),
    letter: {
      subject: both('mail.n1.subject', { name: request.full_name }),
      greeting: to.name,
      paragraphs: [both('mail.n1.text')],
      facts: [
        { label: both('field.name'), value: request.full_name },
        ...identityFacts(request),
        { label: both('field.category'), value: both(`category.${request.category}`) },
        { label: both('field.reporting_division'), value: request.reporting_division },
        { label: both('access-code-request.reference'), value: request.reference },
      ],
      link: { label: both('mail.n1.link'), path: `/admin/access-code-requests/${request.id}` },
    },
  }));
}

/** N2: the applicant hears that the request was refused, and why. */
export function requestRefused(request: AccessCodeRequest, reason: string): Mail {
  return {
    mail: 'N2',
    to: { name: request.full_name, address: request.contact_email },
    item: accessCodeRequestItem(request),
    letter: {
      subject: both('mail.n2.subject', { reference: request.reference }),
      greeting: request.full_name,
      paragraphs: [both('mail.n2.text'), both('mail.n2.again')],
      facts: [
        { label: both('access-code-request.reference'), value: request.reference },
        { label: both('field.reason'), value: reason },
      ],
      link: { label: both('mail.n2.link'), path: '/access-code-requests/new' },
    },
  };
}

/** N3: the code goes to `notify_email` alone; the user, the supervisor and the administrator get a notice. */
export function codeIssued(code: AccessCode, administrator: Actor, secret: string): Mail[] {
  const names = { personal: code.full_name, supervisor: '', admin: administrator.name };
  const holder = { name: names[code.notify_kind], address: code.notify_email };
  const carrier: Mail = {
    mail: 'N3',
    to: holder,
    item: accessCodeItem(code),
    letter: { ...codeLetter(code, holder), secret: { label: both('mail.n3.code'), kind: 'code' } },
    secret,
  };
  const others: Recipient[] = [
    { name: code.full_name, address: code.contact_email ?? code.email ?? '' },
    { name: '', address: code.supervisor_email ?? '' },
    { name: administrator.name, address: administrator.email ?? '' },
  ];
  const told = new Set([code.notify_email, '']);
  const notices = others
    .filter(({ address }) => !told.has(address) && told.add(address))
    .map((to): Mail => {
      const letter = noticeLetter(code, to, to === others[0]);
      return { mail: 'N3', to, item: accessCodeItem(code), letter };
    });
  return [carrier, ...notices];
}

function codeLetter(code: AccessCode, to: Recipient): Letter {
  return {
    subject: both('mail.n3.subject', { name: code.full_name }),
    greeting: to.name || SIR_OR_MADAM,
    paragraphs:
      code.notify_kind === 'personal'
        ? [both('mail.n3.yours')]
        : [both('mail.n3.passOn', { name: code.full_name }), both('mail.n3.explain')],
    facts: codeFacts(code),
    link: { label: both('mail.n3.link'), path: `/register?category=${code.category}` },
    closing:
      code.status === 'registered'
        ? [both('mail.n3.how.registered')]
        : [both(`mail.n3.how.${code.category}`), both('mail.n3.keep')],
  };
}

/** SOP 4.2 step 4: whoever reads this and is not the user is asked to explain to the user how to register. */
function noticeLetter(code: AccessCode, to: Recipient, isUser: boolean): Letter {
  return {
    subject: both('mail.n3.noticeSubject', { name: code.full_name }),
    greeting: to.name || SIR_OR_MADAM,
    paragraphs: [
      both('mail.n3.notice', { name: code.full_name, email: code.notify_email }),
      ...(isUser ? [] : [both('mail.n3.explain')]),
    ],
    facts: codeFacts(code),
    link: { label: both('mail.n3.link'), path: `/register?category=${code.category}` },
    closing: [both(code.status === 'registered' ? 'mail.n3.how.registered' : `mail.n3.how.${code.category}`)],
  };
}

function codeFacts(code: AccessCode) {
  return [
    { label: both('field.name'), value: code.full_name },
    ...identityFacts(code),
    { label: both('field.category'), value: both(`category.${code.category}`) },
    {
      label: both('access-code.validUntil'),
      value: { ms: showDate('ms', code.expires_at), en: showDate('en', code.expires_at) },
    },
  ];
}

/** N4: the agency's administrators hear that the applicant returned what was registered. */
export function detailsReturned(code: AccessCode, administrators: Recipient[], note: string): Mail[] {
  return administrators.map((to) => ({
    mail: 'N4',
    to,
    item: accessCodeItem(code),
    letter: {
      subject: both('mail.n4.subject', { name: code.full_name }),
      greeting: to.name,
      paragraphs: [both('mail.n4.text', { name: code.full_name })],
      facts: [{ label: both('field.note'), value: note }],
      link: { label: both('mail.n4.link'), path: `/admin/access-codes/${code.id}` },
    },
  }));
}

function identityFacts({ ic_number, email }: { ic_number: string | null; email: string | null }) {
  return ic_number !== null
    ? [{ label: both('field.ic_number'), value: maskIcNumber(ic_number) }]
    : [{ label: both('field.email'), value: email ?? '' }];
}
