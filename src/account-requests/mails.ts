import type { AccessCode } from '../access-codes/queries.ts';
import { applicantAddress, supervisorAddress, toldOf } from '../access-codes/told.ts';
import type { Actor } from '../base/actor.ts';
import { maskIcNumber } from '../base/ic-number.ts';
import { both } from '../base/language.ts';
import { SIR_OR_MADAM } from '../base/letter.ts';
import type { Bilingual } from '../texts.ts';
import { accountRequestItem } from '../trail/items.ts';
import type { Mail, Recipient } from '../trail/outbox.ts';
import type { AccountRequest } from './queries.ts';

/** Where the applicant can be reached before there is a mailbox: the own address, else whoever was given the code. */
function applicantOf(request: AccountRequest, code: AccessCode): Recipient {
  const own = applicantAddress(code);
  return own === null ? { name: '', address: code.notify_email } : { name: request.full_name, address: own };
}

/** N5: the agency's administrators hear of a new account request. */
export function accountRequested(request: AccountRequest, administrators: Recipient[]): Mail[] {
  return administrators.map((to) => ({
    mail: 'N5',
    to,
    item: accountRequestItem(request),
    letter: {
      subject: both('mail.n5.subject', { name: request.full_name }),
      greeting: to.name,
      paragraphs: [both('mail.n5.text')],
      facts: [
        { label: both('field.name'), value: request.full_name },
        request.ic_number === null
          ? { label: both('field.email'), value: request.email ?? '' }
          : { label: both('field.ic_number'), value: maskIcNumber(request.ic_number) },
        { label: both('field.category'), value: both(`category.${request.category}`) },
      ],
      link: { label: both('mail.n5.link'), path: `/admin/account-requests/${request.id}` },
    },
  }));
}

/**
 * N6: the supervisor is asked to tell the user; the applicant hears how to activate; the administrator has it in writing,
 * with who was told and who must tell the user now.
 */
export function accountCreated(request: AccountRequest, code: AccessCode, administrator: Actor): Mail[] {
  const applicant = applicantOf(request, code);
  const { full_name: name } = request;
  const [supervisor, own] = [supervisorAddress(code) ?? '', applicantAddress(code) ?? ''];
  const approver = { name: administrator.name, address: administrator.email ?? '' };
  const passOn = [both('mail.n6.supervisor', { name })];
  const letters: { to: Recipient; paragraphs: Bilingual[] }[] = [
    { to: { name: '', address: supervisor }, paragraphs: passOn },
    // the holder of the code, when that is who approves, reads below that nobody else was told
    ...(applicant.name === '' && applicant.address === approver.address
      ? []
      : [{ to: applicant, paragraphs: applicant.name === '' ? passOn : [both('mail.n6.applicant')] }]),
    {
      to: approver,
      paragraphs: [
        both('mail.n6.admin', { name }),
        both(`mail.n6.told.${toldOf(code)}`, { supervisor, applicant: own }),
      ],
    },
  ];
  const told = new Set(['']);
  return letters
    .filter(({ to }) => !told.has(to.address) && told.add(to.address))
    .map(({ to, paragraphs }) => ({
      mail: 'N6',
      to,
      item: accountRequestItem(request),
      letter: {
        subject: both('mail.n6.subject', { name: request.full_name }),
        greeting: to.name || SIR_OR_MADAM,
        paragraphs,
        facts: [
          { label: both('field.name'), value: request.full_name },
          { label: both('field.primary_email'), value: request.primary_email ?? '' },
          { label: both('field.login_id'), value: request.login_id ?? '' },
        ],
        link: { label: both('mail.n6.link'), path: `/register?category=${request.category}` },
        closing: [both('mail.n6.how')],
      },
    }));
}

/** N7: the request came back with a question. */
export function requestReturned(request: AccountRequest, code: AccessCode, question: string): Mail {
  return answerMail(request, code, 'returned', { label: both('account-request.question'), value: question });
}

/** N7: the request was refused. */
export function requestRefused(request: AccountRequest, code: AccessCode, reason: string): Mail {
  return answerMail(request, code, 'refused', { label: both('field.reason'), value: reason });
}

function answerMail(
  request: AccountRequest,
  code: AccessCode,
  outcome: 'returned' | 'refused',
  fact: { label: ReturnType<typeof both>; value: string },
): Mail {
  const to = applicantOf(request, code);
  return {
    mail: 'N7',
    to,
    item: accountRequestItem(request),
    letter: {
      subject: both(`mail.n7.${outcome}.subject`, { name: request.full_name }),
      greeting: to.name || SIR_OR_MADAM,
      paragraphs: [both(`mail.n7.${outcome}.text`, { name: request.full_name })],
      facts: [{ label: both('field.name'), value: request.full_name }, fact],
      link: {
        label: both(`mail.n7.${outcome}.link`),
        path: outcome === 'returned' ? `/register?category=${request.category}` : '/access-code-requests/new',
      },
    },
  };
}
