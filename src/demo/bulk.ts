import { createHash } from 'node:crypto';
import { DAY, HOUR, later } from '../base/time.ts';
import { packRows } from '../bulk/arriving.ts';
import { confirmRun, uploadRun } from '../bulk/bulk-run.ts';
import { readRows } from '../bulk/file.ts';
import { KINDS, type KindName } from '../bulk/kinds.ts';
import { checkRows } from '../bulk/rows.ts';
import { workOff } from '../bulk/worker.ts';
import { inAct, UNSET } from '../data/act.ts';
import type { Db } from '../data/database.ts';
import type { DemoAgency } from './agency.ts';

const VERIFIED = { verified_with: 'human_resources', verification_note: 'Senarai lantikan baharu.' } as const;

const NEWCOMERS = [
  ['Nurul Huda binti Zainal', '970815-10-5540', 'nurul.huda'],
  ['Lim Wei Jie', '960302-07-5217', 'lim.weijie'],
  ['Thivya a/p Rajendran', '980121-08-5946', 'thivya'],
  ['Jackson anak Nyalau', '950604-13-5381', 'jackson.nyalau'],
  ['Siti Khadijah binti Omar', '990917-11-5118', 'khadijah'],
  ['Jessica Lojungin', '970428-12-5626', 'jessica.l'],
];

const intake = [
  'Jenis pendaftaran;Nama penuh (seperti di K/P);No. Kad Pengenalan;notify_kind;notify_email',
  ...NEWCOMERS.map(([name, ic, at]) => `Penjawat Awam;${name};${ic};personal;${at}@rumah.test`),
].join('\r\n');

/** Bulk work as it would have come about: an intake that is done, changes of which some failed, a move that waits, a file with mistakes. */
export async function seedBulk(db: Db, agencies: DemoAgency[], now: Date) {
  const [agency] = agencies;
  if (agency === undefined) return;
  const send = async (kind: KindName, fileName: string, text: string, at: Date) => {
    const bytes = Buffer.from(text);
    const rows = await checkRows(KINDS[kind], await readRows(KINDS[kind], bytes));
    const hash = createHash('sha256').update(bytes).digest('base64url');
    const sent = { kind, fileName, hash, total: rows.length, packed: await packRows(rows) };
    const id = await inAct(db, { actor: agency.admin, now: at, settings: UNSET }, (act) =>
      uploadRun(act, { ...sent, verification: KINDS[kind].isVerified ? VERIFIED : null }),
    );
    await workOff(db, UNSET, () => at);
    return id;
  };
  const confirm = async (id: number, at: Date) => {
    await inAct(db, { actor: agency.admin, now: at, settings: UNSET }, (act) => confirmRun(act, id));
    await workOff(db, UNSET, () => at);
  };
  const first = later(now, -5 * DAY);
  await confirm(await send('access-codes', 'pengambilan-november.csv', intake, first), later(first, HOUR));

  const officers = await officersOf(db, agency.id);
  const { group, strangers } = await groupWithRoom(db, agency.id, 4);
  const second = later(now, -2 * DAY);
  const rows = strangers.map((member) => `${group};${member}`);
  const asFile = (some: string[]) => ['E-mel senarai mel;E-mel ahli', ...some].join('\n');
  await confirm(await send('members-added', 'kursus-disember.csv', asFile(rows), second), later(second, HOUR));
  const all = await send('members-removed', 'kursus-dibatalkan.csv', asFile(rows), later(second, 2 * HOUR));
  const some = await send('members-removed', 'tarik-diri.csv', asFile(rows.slice(0, 1)), later(second, 3 * HOUR));
  await confirm(some, later(second, 4 * HOUR));
  await confirm(all, later(second, 5 * HOUR));

  const third = later(now, -3 * HOUR);
  const upgraded = officers.slice(8, 14).map((email) => `${email},A,4 GB`);
  await send('changes', 'naik-taraf-pakej.csv', ['mailbox,package,storage_mb', ...upgraded].join('\n'), third);
  const wrong = ['mailbox,package,storage_mb', `${officers[0]},D,4 GB`, 'tiada.orang@jabatan.test,A,3 TB'].join('\n');
  await send('changes', 'pakej-salah.csv', wrong, later(now, -HOUR));
}

/** The addresses of the agency's active officers, in the order of their mailboxes. */
async function officersOf(db: Db, agencyId: number) {
  const rows = await db
    .selectFrom('mailbox')
    .innerJoin('user', 'user.id', 'mailbox.user_id')
    .select('mailbox.primary_email')
    .where('mailbox.agency_id', '=', agencyId)
    .where('mailbox.status', '=', 'active')
    .where('user.role', '=', 'user')
    .where('mailbox.deleted_at', 'is', null)
    .orderBy('mailbox.id')
    .execute();
  return rows.map((row) => row.primary_email);
}

/** The agency's first list that so many officers are not in, with the first of them. */
async function groupWithRoom(db: Db, agencyId: number, count: number) {
  const officers = await officersOf(db, agencyId);
  const groups = await db
    .selectFrom('group')
    .select(['id', 'primary_email'])
    .where('agency_id', '=', agencyId)
    .where('status', '=', 'active')
    .orderBy('id')
    .execute();
  for (const { id, primary_email } of groups) {
    const members = await db
      .selectFrom('membership')
      .select('member_address')
      .where('group_id', '=', id)
      .where('until', 'is', null)
      .execute();
    const inside = new Set(members.map((member) => member.member_address));
    const strangers = officers.filter((officer) => !inside.has(officer)).slice(0, count);
    if (strangers.length === count) return { group: primary_email, strangers };
  }
  throw new Error('the demo has no list with room');
}
