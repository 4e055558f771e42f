import type { Test } from 'tap';
import { APPLICATION } from '../account-requests/joining.ts';
import { type Chosen, submitWith } from '../attached-files.ts';
import type { Ipms, Visitor } from '../helper.ts';

// Requests and tickets that files are attached to, and what is held of those.

export const CODE_REQUEST = '/access-code-requests/new';
export const TICKET = '/admin/tickets/new';
export const QUESTION = { kind: 'question', subject: 'Borang', description: 'Seperti dilampirkan' };

export const ask = (ipms: Ipms, files: Chosen[], fields = {}, more = {}) =>
  submitWith(ipms.visitor({ language: 'en' }), CODE_REQUEST, CODE_REQUEST, { ...APPLICATION, ...fields }, files, more);

/** All files that are held, oldest first. */
export function held({ db }: Pick<Ipms, 'db'>) {
  return db.selectFrom('attachment').selectAll().orderBy('id').execute();
}

export async function ticketWith(t: Test, admin: Visitor, files: Chosen[]) {
  const answer = await submitWith(admin, TICKET, TICKET, QUESTION, files);
  t.equal(answer.status, 303, answer.text.slice(0, 300));
  return Number(answer.location.split('/').at(-1));
}
