import type { Row } from '../data/schema.ts';
import type { Bilingual } from '../texts.ts';
import { CONTACTS } from './contacts.ts';
import { GROUPS } from './groups.ts';
import { JOINING } from './joining.ts';
import { MAILBOXES } from './mailboxes.ts';
import { OWN_ACCOUNT } from './own-account.ts';
import type { Officer, Procedure, Step } from './procedure.ts';
import { RECORDS } from './records.ts';

const BY_NUMBER = { ...JOINING, ...MAILBOXES, ...GROUPS, ...OWN_ACCOUNT, ...CONTACTS, ...RECORDS };

/** The number of a procedure: what routes, audit rows and records carry. */
export type Sop = keyof typeof BY_NUMBER;

/** The SOP's procedures that IPMS carries out. Page captions, the rail of steps and the tests come from here. */
export const PROCEDURES = Object.entries<Procedure>(BY_NUMBER).map(([sop, procedure]) => ({
  sop: sop as Sop, // the keys of an object are strings to TypeScript
  ...procedure,
}));

/** What a procedure is called; undefined for a number that the SOP does not have (any more). */
export function titleOf(sop: string) {
  return PROCEDURES.find((procedure) => procedure.sop === sop)?.title;
}

const OFFICERS: Record<Officer, Bilingual> = {
  user: { ms: 'Pengguna', en: 'User' },
  admin: { ms: 'Pentadbir UC', en: 'UC administrator' },
  supervisor: { ms: 'Pegawai atasan', en: 'Supervisor' },
  helpdesk: { ms: 'Meja Bantuan 1GovUC', en: '1GovUC helpdesk' },
  owner: { ms: 'Pengendali DL', en: 'List owner' },
};

type RailStep = {
  task: Bilingual;
  who: Bilingual;
  state: 'done' | 'now' | 'todo' | 'byHand' | 'unneeded';
  by?: string;
  at?: string;
};
/** Of each procedure, the steps that have a name. */
type Named = {
  [S in Sop]: Record<Extract<(typeof BY_NUMBER)[S]['steps'][number], { name: string }>['name'], unknown>;
};
/** What steps are in one case, by their name, where it differs from the table. */
export type Instead<S extends Sop> = [keyof Named[S]] extends [never]
  ? Record<string, never> // as anything may be given for an object without names
  : { [Name in keyof Named[S]]?: Partial<Pick<Step, 'task' | 'who' | 'done'>> };
export type Rail = { sop: Sop; title: Bilingual; steps: RailStep[] };

/**
 * A procedure's steps with who did each and when, from the audit rows of its case, and which is next. The way to the page
 * is done by whoever reads it.
 * @param rows of this very case: what was done another time would say of this one what is not so
 * @param options.isOver the case has ended: by a refusal, for example, after which nobody does what is left
 */
export function railOf<S extends Sop>(
  sop: S,
  rows: Row<'audit'>[],
  { instead, isOver = false }: { instead?: Instead<S>; isOver?: boolean } = {},
): Rail {
  const procedure: Procedure = BY_NUMBER[sop];
  const others: Record<string, Partial<Step> | undefined> = { ...instead };
  let waiting = true;
  const steps = procedure.steps.map((step, at): RailStep => {
    const { task, who, done } = { ...step, ...others[step.name ?? ''] };
    const officer = OFFICERS[who];
    if (done === undefined) return { task, who: officer, state: isOver ? 'unneeded' : 'byHand' };
    const row = rows.findLast((each) => done.some((action) => action === each.action));
    if (row !== undefined) return { task, who: officer, state: 'done', by: row.actor_name, at: row.at };
    if (at < (procedure.reached ?? 0)) return { task, who: officer, state: 'done' };
    if (isOver) return { task, who: officer, state: 'unneeded' };
    const state = waiting ? 'now' : 'todo';
    waiting = false;
    return { task, who: officer, state };
  });
  return { sop, title: procedure.title, steps };
}
