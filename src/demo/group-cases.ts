import { type Actor, asPerson, SYSTEM } from '../base/actor.ts';
import { DAY, later } from '../base/time.ts';
import { type Act as DbAct, inAct, UNSET } from '../data/act.ts';
import type { Db } from '../data/database.ts';
import { approveRequest, refuseRequest } from '../groups/change-requests/answering.ts';
import { type AskedChange, askForChange } from '../groups/change-requests/group-change-request.ts';
import { askForList, moveOneself } from '../groups/change-requests/own-membership.ts';
import { deleteGroup } from '../groups/deletion.ts';
import { createGroup } from '../groups/group.ts';
import { presentDetails, setMailFlows, updateGroup } from '../groups/group-details.ts';
import { addMembers, removeMembers } from '../groups/members/members.ts';
import { groupById } from '../groups/queries.ts';
import type { DemoAgency } from './agency.ts';
import { DEMO_CONTACTS } from './contacts.ts';
import { insertGroup } from './groups.ts';

type Act = { daysAgo: number; act(at: Date): Promise<unknown> };

/** Lists in every state of SOP 4.13 to 4.19, by the verbs that the pages use, at the times and in the order in which it would have been. */
export async function seedGroupCases(db: Db, agency: DemoAgency, now: Date) {
  const acts = [...(await groupActs(db, agency)), ...(await requestActs(db, agency))];
  for (const { daysAgo, act } of acts.toSorted((one, other) => other.daysAgo - one.daysAgo))
    await act(later(now, -daysAgo * DAY));
}

async function groupActs(db: Db, { id: agencyId, admin, domain }: DemoAgency): Promise<Act[]> {
  const people = await officersOf(db, agencyId);
  const [contact = '', contractor = '', lecturer = ''] = DEMO_CONTACTS.map((each) => each.email);
  const idOf = (local: string) => groupId(db, `${local}@${domain}`);
  const made = (daysAgo: number, local: string, display_name: string, owners: string[]): Act => ({
    daysAgo,
    act: (at) =>
      inAct(db, { actor: admin, now: at, settings: UNSET }, (act) =>
        createGroup(act, { display_name, primary_email: `${local}@${domain}`, owners }),
      ),
  });
  const unowned = (daysAgo: number, local: string, display_name: string): Act => ({
    daysAgo,
    act: (at) =>
      db.transaction().execute((trx) =>
        insertGroup(trx, agencyId, {
          display_name,
          primary_email: `${local}@${domain}`,
          created_at: at.toISOString(),
        }),
      ),
  });
  const added = (daysAgo: number, local: string, members: string[]): Act => ({
    daysAgo,
    act: async (at) => {
      const id = await idOf(local);
      return inAct(db, { actor: admin, now: at, settings: UNSET }, (act) => addMembers(act, id, members));
    },
  });
  const removed = (daysAgo: number, local: string, members: string[]): Act => ({
    daysAgo,
    act: async (at) => {
      const id = await idOf(local);
      return inAct(db, { actor: admin, now: at, settings: UNSET }, (act) => removeMembers(act, id, members));
    },
  });
  const groups = ['dl.kewangan', 'dl.dasar', 'dl.ict', 'dl.sukan'].map((local) => `${local}@${domain}`);
  return [
    made(390, 'dl.naziran', 'DL Pasukan Naziran', people.slice(0, 1)), // empty, and unchanged ever since
    unowned(200, 'dl.projek', 'DL Projek Lama'),
    added(199, 'dl.projek', people.slice(0, 4)),
    made(150, 'dl.sukan', 'DL Kelab Sukan', people.slice(1, 2)),
    added(149, 'dl.sukan', people.slice(1, 6)),
    made(110, NESTED, 'DL Semua Bahagian', people.slice(0, 2)),
    added(109, NESTED, groups),
    {
      daysAgo: 108,
      act: async (at) => {
        const flows = { accept_from: 'listed', senders: people.slice(0, 2) } as const;
        const id = await idOf(NESTED);
        return inAct(db, { actor: admin, now: at, settings: UNSET }, (act) => setMailFlows(act, id, flows, null));
      },
    },
    added(90, 'dl.latihan', [contact, contractor, lecturer]),
    {
      daysAgo: 40,
      act: async (at) => {
        const id = await idOf('dl.sukan');
        return inAct(db, { actor: admin, now: at, settings: UNSET }, (act) => deleteGroup(act, id));
      },
    },
    removed(30, 'dl.ict', people.slice(0, 1)),
    added(24, 'dl.ict', people.slice(0, 1)),
    removed(12, 'dl.latihan', [contractor]),
  ];
}

/** The list that holds lists. */
const NESTED = 'dl.bahagian';

/** What the list's owner has asked for, and was answered the day after; what other officers ask waits. */
async function requestActs(db: Db, { id, admin, domain }: DemoAgency): Promise<Act[]> {
  const people = await officersOf(db, id);
  const as = (email: string, at: Date) => actorOf(db, email).then((actor) => ({ actor, now: at, settings: UNSET }));
  const owner = people[1] ?? '';
  const unchanged = { display_name: '', owners: null, add: [], remove: [], text: '' };
  const asked = (daysAgo: number, input: Partial<AskedChange>): Act => ({
    daysAgo,
    act: async (at) => {
      const nestedId = await groupId(db, `${NESTED}@${domain}`);
      return inAct(db, await as(owner, at), (act) => askForChange(act, nestedId, { ...unchanged, ...input }));
    },
  });
  const answered = (daysAgo: number, work: (act: DbAct, id: number) => Promise<unknown>): Act => ({
    daysAgo,
    act: async (at) => {
      const requestId = await newestRequest(db);
      return inAct(db, { actor: admin, now: at, settings: UNSET }, (act) => work(act, requestId));
    },
  });
  return [
    asked(50, { add: people.slice(3, 5), text: 'Pegawai baru Unit Bayaran yang telah melapor diri.' }),
    answered(49, (act, requestId) => approveRequest(act, requestId, { answer: '' })),
    asked(20, { display_name: 'DL Semua' }),
    answered(19, (act, requestId) => refuseRequest(act, requestId, 'Nama ini terlalu umum; nyatakan bahagiannya.')),
    asked(2, { remove: people.slice(3, 4), text: 'Telah bertukar ke bahagian lain.' }),
    {
      daysAgo: 10,
      act: async (at) => {
        for (const [local, joining, leaving] of OPEN) {
          const group = await groupId(db, `${local}@${domain}`);
          await inAct(db, { actor: admin, now: at, settings: UNSET }, async (act) => {
            const present = await presentDetails(act.trx, await groupById(act.trx, group));
            return updateGroup(act, group, { ...present, joining, leaving }, null);
          });
        }
      },
    },
    {
      daysAgo: 3,
      act: async (at) => {
        const nestedId = await groupId(db, `${NESTED}@${domain}`);
        return inAct(db, await as(people[2] ?? '', at), (act) => moveOneself(act, nestedId, 'join'));
      },
    },
    {
      daysAgo: 1,
      act: async (at) => {
        const wish = {
          display_name: 'DL Pasukan Inovasi',
          primary_email: `dl.inovasi@${domain}`,
          owners: [],
          add: people.slice(0, 3),
          text: 'Penyelarasan projek inovasi agensi.',
        };
        return inAct(db, await as(people[4] ?? '', at), (act) => askForList(act, wish));
      },
    },
  ];
}

/** Which lists people may join and leave, and how. */
const OPEN = [
  [NESTED, 'approval', 'approval'],
  ['dl.latihan', 'oneself', 'oneself'],
] as const;

async function officersOf(db: Db, agencyId: number) {
  const rows = await db
    .selectFrom('mailbox')
    .select('primary_email')
    .where('agency_id', '=', agencyId)
    .where('status', '=', 'active')
    .orderBy('id')
    .execute();
  return rows.map((row) => row.primary_email);
}

async function groupId(db: Db, address: string) {
  const query = db.selectFrom('group').select('id').where('primary_email', '=', address);
  return (await query.executeTakeFirstOrThrow()).id;
}

async function newestRequest(db: Db) {
  const query = db.selectFrom('list_change_request').select('id').orderBy('id', 'desc').limit(1);
  return (await query.executeTakeFirstOrThrow()).id;
}

async function actorOf(db: Db, email: string): Promise<Actor> {
  const user = await db.selectFrom('user').selectAll().where('email', '=', email).executeTakeFirstOrThrow();
  return asPerson({ ...SYSTEM, address: '127.0.0.1' }, user);
}
