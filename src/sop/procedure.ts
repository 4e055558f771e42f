import type { AuditAction, Bilingual } from '../texts.ts';

export type Officer = 'user' | 'admin' | 'supervisor' | 'helpdesk' | 'owner';

/** One step of a procedure, as its table in the SOP has it; `done` names the audited actions that carry it out. */
export type Step = { task: Bilingual; who: Officer; done?: AuditAction[]; name?: string };

export type Procedure = {
  title: Bilingual;
  /** Where its code is: `src/<at>.ts`, `views/<at>.eta` and `test/<at>.test.ts`. */
  at: `${string}/${string}`;
  /** The page where it begins. */
  page: string;
  steps: readonly Step[];
  /** So many of the first steps whoever is on the page of a case has done: the way there. */
  reached?: number;
};

/** One step of a procedure; without actions it is done outside IPMS. */
export const step = (who: Officer, ms: string, en: string, ...done: AuditAction[]): Step => ({
  task: { ms, en },
  who,
  ...(done.length > 0 ? { done } : {}),
});

/** A step with a name: what it is in a case that differs is told by that name (`railOf`). */
export const named = <const Name extends string>(name: Name, of: Step) => ({ ...of, name });
