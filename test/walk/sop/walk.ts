import type { Test } from 'tap';
import { PROCEDURES, type Sop } from '../../../src/sop/index.ts';
import type { Officer } from '../../../src/sop/procedure.ts';
import type { Ipms, Page, Visitor } from '../../helper.ts';
import { keptMails } from '../../outbox/kept-mails.ts';
import { wordsOf } from './hands.ts';

/** What a step leaves behind. What is not named must not have come. */
export type Left = {
  /** Kind and receiver of each mail: `N1 admin.jabatan@jabatan.test`. */
  mailed?: string[];
  /** Number and action of each audit row: `4.1 access-code-request.submitted`. */
  audited?: string[];
  /** Number and title of each record (SOP 6.0). */
  filed?: string[];
  /** The states of the procedure's rail after the step, on the page that the step ends with or another. */
  rail?: string;
  /** Who reads the rail, and where, when it is not on the page that the step ends with. */
  railOn?: [reader: Visitor, at: string];
};

export type Walk = {
  t: Test;
  ipms: Ipms;
  /** Somebody signed in. */
  as(login: string): Promise<Visitor>;
  /** One step of a procedure: by whom the SOP has it done, what is done, and all that it leaves behind. */
  step<T>(step: `${Sop} step ${number}`, by: Officer, work: () => Promise<T>, left?: Left): Promise<T>;
  /** What happens between two steps, and all that it leaves behind. */
  between<T>(what: string, work: () => Promise<T>, left?: Left): Promise<T>;
  /** The steps that were walked, in their order. */
  walked: string[];
};

/** A walk through the SOP over one installation, which keeps its mails (`keepMails`). */
export function walkOver(t: Test, ipms: Ipms): Walk {
  const visitors = new Map<string, Promise<Visitor>>();
  const walked: string[] = [];

  const between: Walk['between'] = async (what, work, left = {}) => {
    const before = await lastOf(ipms);
    const done = await work().catch((cause) => {
      throw new Error(`${what}: ${cause.message}`, { cause });
    });
    const came = await since(ipms, before);
    for (const kind of ['mailed', 'audited', 'filed'] as const)
      t.strictSame(came[kind], [...(left[kind] ?? [])].sort(), `${what}: ${kind}`);
    return done;
  };

  return {
    t,
    ipms,
    walked,
    between,
    as(login) {
      const visitor = visitors.get(login) ?? ipms.signIn(login);
      visitors.set(login, visitor);
      return visitor;
    },
    async step(name, by, work, left = {}) {
      const [sop = '', number] = name.split(' step ');
      const procedure = PROCEDURES.find((each) => each.sop === sop);
      t.equal(procedure?.steps[Number(number) - 1]?.who, by, `${name} is ${by}’s`);
      walked.push(name);
      const done = await between(name, work, left);
      if (left.rail === undefined) return done;
      const [reader, at] = left.railOn ?? [];
      const page = reader && at ? await reader.get(at) : (done as Page);
      t.equal(railOf(page, sop), left.rail, `${name}: the rail`);
      // numbered as in the SOP, none merged
      const numbers = stepsOf(page, sop).map((each) => Number.parseInt(wordsOf(each), 10));
      t.strictSame(
        numbers,
        procedure?.steps.map((_, index) => index + 1),
        `${name}: the rail’s numbers`,
      );
      return done;
    },
  };
}

const stepsOf = ({ dom }: Page, sop: string) => dom.querySelectorAll(`.rail[aria-label$=" ${sop}"] li`);

/** The states of the steps of a procedure's rail on a page. */
export const railOf = (page: Page, sop: string) =>
  stepsOf(page, sop)
    .map((each) => each.getAttribute('class'))
    .join(' ');

async function lastOf({ db }: Ipms) {
  const last = async (table: 'audit' | 'record') => {
    const row = await db.selectFrom(table).select('id').orderBy('id', 'desc').limit(1).executeTakeFirst();
    return row?.id ?? 0;
  };
  return { mail: (await keptMails(db)).at(-1)?.id ?? 0, audit: await last('audit'), record: await last('record') };
}

async function since({ db }: Ipms, last: Awaited<ReturnType<typeof lastOf>>) {
  const audited = await db.selectFrom('audit').select(['sop', 'action']).where('id', '>', last.audit).execute();
  const filed = await db.selectFrom('record').select(['sop', 'title']).where('id', '>', last.record).execute();
  return {
    mailed: (await keptMails(db, last.mail)).map(({ mail, to_address }) => `${mail} ${to_address}`).sort(),
    audited: audited.map(({ sop, action }) => `${sop ?? '-'} ${action}`).sort(),
    filed: filed.map(({ sop, title }) => `${sop} ${title}`).sort(),
  };
}
