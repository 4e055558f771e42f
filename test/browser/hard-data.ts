import { issueCode, revokeCode } from '../../src/access-codes/access-code.ts';
import { refuseRequest, submitRequest, verifyRequest } from '../../src/access-codes/access-code-request.ts';
import type { Actor } from '../../src/base/actor.ts';
import { requestCorrection } from '../../src/corrections/correction.ts';
import { inAct, UNSET } from '../../src/data/act.ts';
import type { Db } from '../../src/data/database.ts';
import { permitSecondAccount } from '../../src/identities/second-account.ts';
import { makeLink } from '../../src/sign-in/sign-in.ts';
import { actorOf } from '../make.ts';
import type { FoundPage } from './page-finder.ts';

/** Names that try a page: usual, with an apostrophe, of many words, and without any place to break. */
const NAMES = [
  'Nurul Izzah binti Kamaruddin',
  "Dayang Nur Syafiqah D'Cruz binti Awang Haji Mohd. Salleh",
  'Subramaniam a/l Thirunavukkarasu Venkataraman',
  `Puan${'Sharifah'.repeat(18)}`,
];
const LONG_ADDRESS = `${'pegawai-perkhidmatan-awam.'.repeat(2)}wilayah@perbadanan-kemajuan-wilayah.kementerian.test`;

/**
 * Fills the lists of the first agency beyond a page, in every state and with texts that are hard to show.
 * @returns pages that no other page leads to
 */
export async function addHardData(db: Db): Promise<FoundPage[]> {
  const admin = await actorOf({ db }, 'admin.jabatan');
  const now = new Date();
  const request = (name: string, index: number) =>
    inAct(db, { actor: { ...admin, role: 'visitor', userId: null }, now, settings: UNSET }, (act) =>
      submitRequest(act, {
        category: 'civil_servant',
        full_name: name,
        ic_number: `90010114${String(1000 + index)}`,
        email: null,
        contact_email: index % 3 === 0 ? LONG_ADDRESS : `pemohon${index}@rumah.test`,
        agency_id: admin.agencyId ?? 0,
        reporting_division: 'Bahagian Pengurusan Maklumat dan Transformasi Perkhidmatan Digital',
        supervisor_email: 'ketua@jabatan.test',
        note: `Melapor diri pada 1 Disember.\nhttps://${'contoh-pautan-yang-panjang-'.repeat(5)}.test/`,
      }),
    );
  const references: string[] = [];
  for (let index = 0; index < 28; index += 1) references.push(await request(NAMES[index % NAMES.length] ?? '', index));
  const verified = await requestId(db, references[0]);
  await inAct(db, { actor: admin, now, settings: UNSET }, (act) =>
    verifyRequest(act, verified, { verified_with: 'human_resources', verification_note: 'Puan Lim' }),
  );
  const asked = await requestId(db, references[1]);
  await inAct(db, { actor: admin, now, settings: UNSET }, (act) =>
    refuseRequest(act, asked, { reason: 'Belum melapor diri.' }),
  );
  const codes: Awaited<ReturnType<typeof issueTo>>[] = [];
  for (let index = 0; index < 30; index += 1)
    codes.push(await issueTo(db, admin, NAMES[index % NAMES.length] ?? '', index));
  await inAct(db, { actor: admin, now, settings: UNSET }, (act) =>
    revokeCode(act, codes.at(-1)?.id ?? 0, { reason: 'Tersalah orang' }),
  );
  await db
    .updateTable('access_code')
    .set({ status: 'returned', return_note: 'Nombor kad pengenalan saya salah.' })
    .where('id', '=', codes.at(-2)?.id ?? 0)
    .execute();
  const helpdesk = await actorOf({ db }, 'meja.bantuan');
  for (const [index, full_name] of NAMES.entries()) {
    const value = codes[index]?.ic_number ?? '';
    const permission = {
      identity: { kind: 'ic_number' as const, value },
      full_name,
      reason: 'Dua jawatan: JPA 7/2026',
    };
    await inAct(db, { actor: helpdesk, now, settings: UNSET }, (act) =>
      permitSecondAccount(act, { ...permission, agency_id: admin.agencyId ?? 0 }),
    );
  }
  await addCorrections(db, admin, now);
  // two from before doubles were refused
  await db
    .updateTable('identity_claim')
    .set({ surplus: 1 })
    .where('holder', '=', 'access_code')
    .where('holder_id', 'in', [codes.at(-3)?.id ?? 0, codes.at(-4)?.id ?? 0])
    .execute();
  const user = await db
    .selectFrom('user')
    .select('id')
    .where('login_id', '=', 'pegawai.kementerian')
    .executeTakeFirstOrThrow();
  const reset = await db.transaction().execute((trx) => makeLink(trx, 'reset', user.id, now));
  return [
    { name: 'access-code-requests-reference', path: `/access-code-requests/${references[0]}` },
    { name: 'password-reset-token', path: reset },
  ];
}

async function requestId(db: Db, reference = '') {
  const query = db.selectFrom('access_code_request').select('id').where('reference', '=', reference);
  return (await query.executeTakeFirstOrThrow()).id;
}

/** An access code for somebody, and the code itself. */
export async function issueTo(db: Db, admin: Actor, full_name: string, index: number) {
  const ic_number = `91020214${String(1000 + index)}`;
  const issued = await inAct(db, { actor: admin, now: new Date(), settings: UNSET }, (act) =>
    issueCode(
      act,
      {
        category: 'civil_servant',
        full_name,
        ic_number,
        email: null,
        notify_kind: 'personal',
        notify_email: index % 3 === 0 ? LONG_ADDRESS : `pegawai${index}@rumah.test`,
        supervisor_email: 'ketua@jabatan.test',
      },
      { verified_with: 'division', verification_note: 'Catatan yang panjang '.repeat(20).trim() },
    ),
  );
  return { ...issued, ic_number };
}

/** One that the administrator asked for, and one that the administrator can decide on, each of somebody with a long name. */
async function addCorrections(db: Db, admin: Actor, now: Date) {
  const { userId } = await actorOf({ db }, 'pegawai.jabatan');
  const mailboxes = await db
    .selectFrom('mailbox')
    .selectAll()
    .where('agency_id', '=', admin.agencyId)
    .where('category', '=', 'civil_servant')
    .where('status', '=', 'active')
    .where('user_id', 'not in', [admin.userId ?? 0, userId ?? 0])
    .orderBy('id', 'desc')
    .limit(2)
    .execute();
  for (const [index, { id, ic_number, passport }] of mailboxes.entries()) {
    const actor = index === 0 ? admin : { ...admin, userId };
    const reason = 'Digit akhir tersalah taip semasa pendaftaran; salinan K/P disemak pada 20 November 2026';
    const login_id = `nur.syafiqah.awang.${index}`;
    await inAct(db, { actor, now, settings: UNSET }, (act) =>
      requestCorrection(act, id, { ic_number, passport, email: null, login_id, reason }),
    );
  }
}
