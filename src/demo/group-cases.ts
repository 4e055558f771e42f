import { deleteGroup } from '../groups/deletion.ts';
import { createGroup } from '../groups/group.ts';
import { setMailFlows } from '../groups/group-details.ts';
import { answerRequest, askForChange } from '../groups/list-change-request.ts';
import { addMembers, removeMembers } from '../groups/members.ts';
import type { Actor } from '../platform/actor.ts';
import type { Db } from '../platform/database.ts';
import { DAY, later } from '../platform/time.ts';
import type { DemoAgency } from './agency.ts';

const CONTACTS = [
  {
    full_name: 'Lau Siew Ping',
    email: 'siewping@pembekal.test',
    company: 'Pembekal Rangkaian Sdn. Bhd.',
    position: 'Pengurus Akaun',
  },
  {
    full_name: 'Hariharan a/l Maniam',
    email: 'hari@kontraktor.test',
    company: 'Kontraktor Sistem Sdn. Bhd.',
    position: 'Jurutera',
  },
  {
    full_name: 'Norhayati binti Md Zain',
    email: 'norhayati@universiti.test',
    company: 'Universiti Contoh',
    position: 'Pensyarah Kanan',
  },
];

/** People outside 1GovUC, whom every agency may put into its lists. */
export async function seedContacts(db: Db, now: Date) {
  await db.transaction().execute(async (trx) => {
    for (const contact of CONTACTS) {
      const { id } = await trx
        .insertInto('contact')
        .values({ ...contact, phone: '03-8000 1000', created_at: later(now, -200 * DAY).toISOString() })
        .returning('id')
        .executeTakeFirstOrThrow();
      await trx
        .insertInto('address')
        .values({ address: contact.email, kind: 'contact', agency_id: null, item_id: id, reserved_until: null })
        .execute();
    }
  });
}

/** Lists in every state of SOP 4.13 to 4.19, by the verbs that the pages use, at the times at which it would have been. */
export async function seedGroupCases(db: Db, agency: DemoAgency, now: Date) {
  const { admin, domain } = agency;
  const people = await officersOf(db, agency);
  const owner = await actorOf(db, people[1] ?? '');
  const at = (daysAgo: number) => later(now, -daysAgo * DAY);
  const make = (daysAgo: number, display_name: string, local: string, owners: (string | undefined)[]) =>
    createGroup(
      db,
      admin,
      { display_name, primary_email: `${local}@${domain}`, owners: owners.filter((each) => each !== undefined) },
      at(daysAgo),
    );
  const idOf = (local: string) => groupId(db, `${local}@${domain}`);
  const lists = (...locals: string[]) => locals.map((local) => `${local}@${domain}`);

  await make(390, 'DL Pasukan Naziran', 'dl.naziran', [people[0]]); // empty, and unchanged ever since
  const leaderless = await make(200, 'DL Projek Lama', 'dl.projek', [people[2]]);
  await addMembers(db, admin, leaderless, people.slice(0, 4), at(199));
  await db.deleteFrom('group_owner').where('group_id', '=', leaderless).execute(); // as lists were before IPMS looked after them
  const sports = await make(150, 'DL Kelab Sukan', 'dl.sukan', [people[1]]);
  await addMembers(db, admin, sports, people.slice(1, 6), at(149));
  const nested = await make(110, 'DL Semua Bahagian', 'dl.bahagian', [people[1], people[0]]);
  await addMembers(db, admin, nested, lists('dl.kewangan', 'dl.dasar', 'dl.ict', 'dl.sukan'), at(110));
  await setMailFlows(db, admin, nested, { accept_from: 'listed', senders: people.slice(0, 2) }, null, at(108));
  await addMembers(
    db,
    admin,
    await idOf('dl.latihan'),
    CONTACTS.map((each) => each.email),
    at(90),
  );
  await deleteGroup(db, admin, sports, at(40));
  await removeMembers(db, admin, await idOf('dl.ict'), people.slice(0, 1), at(30));
  await addMembers(db, admin, await idOf('dl.ict'), people.slice(0, 1), at(24));
  await removeMembers(db, admin, await idOf('dl.latihan'), [CONTACTS[1]?.email ?? ''], at(12));

  const asked = [
    {
      daysAgo: 50,
      text: 'Tambah pegawai baru Unit Bayaran selepas mereka melapor diri.',
      status: 'approved',
      answer: '',
    },
    {
      daysAgo: 20,
      text: 'Tukar alamat senarai ini kepada kewangan@.',
      status: 'refused',
      answer: 'Alamat utama tidak boleh ditukar; minta alamat tambahan.',
    },
    { daysAgo: 2, text: 'Keluarkan pegawai yang telah bertukar ke bahagian lain.', status: null, answer: '' },
  ] as const;
  for (const { daysAgo, text, status, answer } of asked) {
    await askForChange(db, owner, nested, { text }, at(daysAgo));
    if (status !== null) await answerRequest(db, admin, await newestRequest(db), status, answer, at(daysAgo - 1));
  }
}

async function officersOf(db: Db, agency: DemoAgency) {
  const rows = await db
    .selectFrom('mailbox')
    .select('primary_email')
    .where('agency_id', '=', agency.id)
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
  return {
    role: user.role,
    userId: user.id,
    accessCodeId: null,
    agencyId: user.agency_id,
    name: user.full_name,
    email: user.email,
    address: '127.0.0.1',
    act: null,
  };
}
