import type { Actor } from '../base/actor.ts';
import { DAY, dayOf, HOUR, later, MINUTE, startOfDay } from '../base/time.ts';
import { inAct, UNSET } from '../data/act.ts';
import type { Db } from '../data/database.ts';
import { cancelDisabling, type DisableOrder, disableMailbox, type Reason } from '../mailbox-life/disabling.ts';
import { dueReminders } from '../mailbox-life/due.ts';
import { enableMailbox } from '../mailbox-life/enabling.ts';
import { restoreMailbox } from '../mailbox-life/restoring.ts';
import { requestDeletion, withdrawDeletion } from '../mailbox-life/termination.ts';
import { plannedFor } from '../mailboxes/planned.ts';
import { CHECKLIST, checkBox } from '../tickets/checklist.ts';
import { resolveTicket } from '../tickets/resolution.ts';
import { openTicket } from '../tickets/ticket.ts';
import type { DemoAgency } from './agency.ts';
import { helpdeskOf } from './contacts.ts';
import { DEMO_PEOPLE } from './officers.ts';

/** Something that was done some days ago. */
type Act = { daysAgo: number; act(id: number, at: Date): Promise<unknown> };
/** What became of one of the demo's people, by the place in their list. */
type Story = { person: number; acts: Act[] };
type Scene = { db: Db; admin: Actor; helpdesk: Actor; now: Date };

/** Accounts in every state of SOP 4.9 to 4.12, by the verbs that the pages use, at the times at which it would have been. */
export async function seedLife(db: Db, agencies: DemoAgency[], now: Date) {
  const helpdesk = await helpdeskOf(db);
  const [first, second] = agencies;
  const done = [
    ...(first ? scenes({ db, admin: first.admin, helpdesk, now }).first : []),
    ...(second ? scenes({ db, admin: second.admin, helpdesk, now }).second : []),
  ].flatMap(({ person, acts }) => acts.map((act) => ({ person, ...act })));
  for (const { person, daysAgo, act } of done.toSorted((one, other) => other.daysAgo - one.daysAgo)) {
    const { id } = await db
      .selectFrom('mailbox')
      .select('id')
      .where('ic_number', '=', DEMO_PEOPLE[person]?.ic ?? '')
      .executeTakeFirstOrThrow();
    await act(id, later(startOfDay(dayOf(later(now, -daysAgo * DAY))), 9 * HOUR + person * 13 * MINUTE));
  }
  await dueReminders(db, now, UNSET);
}

function scenes(scene: Scene): Record<'first' | 'second', Story[]> {
  const { disabled, enabled, cancelled, asked, withdrawn, deleted, restored, worked } = verbs(scene);
  return {
    first: [
      { person: 4, acts: [disabled(60, 'study_leave', { until: 300, byItself: true }, 'Sarjana, Universiti Malaya.')] },
      { person: 7, acts: [disabled(20, 'unpaid_leave', { until: 2 })] },
      { person: 9, acts: [disabled(10, 'disciplinary', {}, 'Surat tunjuk sebab JC.600-3/1/12.')] },
      { person: 13, acts: [disabled(3, 'security_investigation', {})] },
      { person: 16, acts: [disabled(40, 'transfer', { until: -2 })] },
      { person: 19, acts: [disabled(90, 'unpaid_leave', { until: -31 }), enabled(30)] },
      { person: 21, acts: [disabled(2, 'retirement', { from: 12 }, 'Bersara wajib.')] },
      { person: 22, acts: [disabled(1, 'study_leave', { from: 5, until: 370, byItself: true })] },
      { person: 15, acts: [disabled(8, 'other', { from: 30 }), cancelled(5)] },
      { person: 24, acts: [asked(4, 9, 'Bersara wajib; akaun diserahkan kepada penyandang baru.')] },
      { person: 12, acts: [asked(1, 20, 'Bertukar ke agensi lain.')] },
      { person: 10, acts: [asked(15, 30, 'Tamat kontrak.'), withdrawn(12)] },
      { person: 18, acts: [deleted(45, 'Meninggal dunia.'), worked(44, true)] },
      { person: 25, acts: [deleted(15, 'Tamat kontrak.'), worked(14, false)] },
      { person: 6, acts: [deleted(6, 'Bertukar ke agensi lain.')] },
      { person: 3, acts: [deleted(25, 'Tersilap pilih rekod.'), restored(22)] },
    ],
    second: [
      { person: 5, acts: [disabled(30, 'study_leave', { until: 60 })] },
      { person: 8, acts: [disabled(2, 'retirement', { from: 20 })] },
      { person: 11, acts: [asked(3, 15, 'Bersara pilihan.')] },
      { person: 14, acts: [deleted(9, 'Tamat kontrak.')] },
    ],
  };
}

type Period = { from?: number; until?: number; byItself?: boolean };

function verbs({ db, admin, helpdesk, now }: Scene) {
  const inDays = (days: number) => dayOf(later(now, days * DAY));
  const disabled = (daysAgo: number, reason: Reason, period: Period, description = ''): Act => ({
    daysAgo,
    act: (id, at) => {
      const order: DisableOrder = {
        reason,
        description,
        disabled_from: period.from === undefined ? null : inDays(period.from),
        disabled_until: period.until === undefined ? null : inDays(period.until),
        restrict_senders: true,
        enable_by_itself: period.byItself ?? false,
        leave_without: false,
      };
      return inAct(db, { actor: admin, now: at, settings: UNSET }, (act) => disableMailbox(act, id, order));
    },
  });
  const ending = (daysAgo: number, reason: string, effectiveOn: (at: Date) => string): Act => ({
    daysAgo,
    act: (id, at) => {
      const heirs = { all: admin.email, byGroup: new Map() };
      const order = { effective_on: effectiveOn(at), reason, heirs, leave_without: false };
      return inAct(db, { actor: admin, now: at, settings: UNSET }, (act) => requestDeletion(act, id, order));
    },
  });
  const openOf = async (id: number) => (await plannedFor(db, id)).disabling?.id ?? 0;
  const requestOf = async (id: number) => (await plannedFor(db, id)).termination?.id ?? 0;
  return {
    disabled,
    enabled: (daysAgo: number): Act => ({
      daysAgo,
      act: (id, at) => inAct(db, { actor: admin, now: at, settings: UNSET }, (act) => enableMailbox(act, id, 'all')),
    }),
    cancelled: (daysAgo: number): Act => ({
      daysAgo,
      act: async (id, at) => {
        const open = await openOf(id);
        return inAct(db, { actor: admin, now: at, settings: UNSET }, (act) => cancelDisabling(act, open));
      },
    }),
    asked: (daysAgo: number, days: number, reason: string) => ending(daysAgo, reason, () => inDays(days)),
    deleted: (daysAgo: number, reason: string) => ending(daysAgo, reason, dayOf),
    withdrawn: (daysAgo: number): Act => ({
      daysAgo,
      act: async (id, at) => {
        const given = await requestOf(id);
        return inAct(db, { actor: admin, now: at, settings: UNSET }, (act) => withdrawDeletion(act, given));
      },
    }),
    restored: (daysAgo: number): Act => ({
      daysAgo,
      act: (id, at) => inAct(db, { actor: admin, now: at, settings: UNSET }, (act) => restoreMailbox(act, id)),
    }),
    /** The helpdesk ends the account's services: all three, or the first so far. */
    worked: (daysAgo: number, all: boolean): Act => ({
      daysAgo,
      act: async (id, at) => {
        const ticket = await db
          .selectFrom('ticket')
          .select('id')
          .where('item_type', '=', 'mailbox')
          .where('item_id', '=', id)
          .executeTakeFirstOrThrow();
        await inAct(db, { actor: helpdesk, now: at, settings: UNSET }, (act) => openTicket(act, ticket.id));
        for (const box of all ? CHECKLIST : CHECKLIST.slice(0, 1))
          await inAct(db, { actor: helpdesk, now: at, settings: UNSET }, (act) =>
            checkBox(act, ticket.id, { box, undo: false }),
          );
        const nothing = { resolution: '', contact: null, version: null };
        if (all)
          await inAct(db, { actor: helpdesk, now: at, settings: UNSET }, (act) =>
            resolveTicket(act, ticket.id, nothing),
          );
      },
    }),
  };
}
