import type { Row } from './platform/schema.ts';
import type { AuditAction, Bilingual } from './texts.ts';

export type Officer = 'user' | 'admin' | 'supervisor' | 'helpdesk' | 'owner';

/** One step of a procedure, as its table in the SOP has it; `done` names the audited actions that carry it out. */
export type Step = { task: Bilingual; who: Officer; done?: AuditAction[] };

export type Procedure = {
  sop: string;
  title: Bilingual;
  /** The page where it begins. */
  page: string;
  steps: Step[];
};

export const OFFICERS: Record<Officer, Bilingual> = {
  user: { ms: 'Pengguna', en: 'User' },
  admin: { ms: 'Pentadbir UC', en: 'UC administrator' },
  supervisor: { ms: 'Pegawai atasan', en: 'Supervisor' },
  helpdesk: { ms: 'Meja Bantuan 1GovUC', en: '1GovUC helpdesk' },
  owner: { ms: 'Pengendali DL', en: 'List owner' },
};

const step = (who: Officer, ms: string, en: string, ...done: AuditAction[]): Step => ({
  task: { ms, en },
  who,
  ...(done.length > 0 ? { done } : {}),
});

/** The SOP's procedures that IPMS carries out. Page captions, the rail of steps and the tests come from here. */
export const PROCEDURES: Procedure[] = [
  {
    sop: '4.1',
    title: { ms: 'Permintaan Kod Akses', en: 'Access code request' },
    page: '/access-code-requests/new',
    steps: [
      step(
        'user',
        'Memohon kod akses daripada Pentadbir UC',
        'Ask the UC administrator for an access code',
        'access-code-request.submitted',
      ),
      step(
        'admin',
        'Menyemak kesahihan permohonan dengan sumber manusia atau bahagian',
        'Verify the request with human resources or the division',
        'access-code-request.verified',
      ),
      step(
        'admin',
        'Mendaftarkan pengguna dan menjana kod akses, atau menolak dengan sebab',
        'Register the user and generate the code, or refuse with a reason',
        'access-code.issued',
        'access-code-request.refused',
      ),
      step(
        'admin',
        'Memberi notifikasi kod akses dan kategori akaun (oleh sistem)',
        'Notify of the code and the account category (by the system)',
        'access-code.issued',
        'access-code-request.refused',
      ),
    ],
  },
  {
    sop: '4.2',
    title: { ms: 'Penjanaan Kod Akses', en: 'Generating an access code' },
    page: '/admin/access-codes/new',
    steps: [
      step(
        'admin',
        'Memilih jenis pendaftaran setelah ketulenan disahkan',
        'Choose the kind of registration once verified',
        'access-code.issued',
      ),
      step(
        'admin',
        'Memasukkan nama, kad pengenalan dan alamat e-mel',
        'Enter the name, identity card and e-mail address',
        'access-code.issued',
      ),
      step(
        'admin',
        'Menjana kod akses; sistem memaklumkan pengguna, pegawai atasan dan Pentadbir UC',
        'Generate the code; the system tells the user, the supervisor and the UC administrator',
        'access-code.resent',
        'access-code.corrected',
        'access-code.issued',
      ),
      step('supervisor', 'Memaklumkan tatacara mendaftar kepada pengguna', 'Tell the user how to register'),
      step(
        'user',
        'Menyemak maklumat: sahkan, atau pulangkan untuk dibetulkan',
        'Check the details: confirm, or return them to be corrected',
        'access-code.confirmed',
      ),
    ],
  },
];

const BY_NUMBER = new Map(PROCEDURES.map((procedure) => [procedure.sop, procedure]));

export function titleOf(sop: string) {
  return BY_NUMBER.get(sop)?.title;
}

export type RailStep = {
  task: Bilingual;
  who: Bilingual;
  state: 'done' | 'now' | 'todo' | 'byHand';
  by?: string;
  at?: string;
};
export type Rail = { sop: string; title: Bilingual; steps: RailStep[] };

/**
 * A procedure's steps with who did each and when, from the audit rows of its case, and which is next.
 * @throws Error for a procedure that does not exist
 */
export function railOf(sop: string, rows: Row<'audit'>[]): Rail {
  const procedure = BY_NUMBER.get(sop);
  if (procedure === undefined) throw new Error(`There is no procedure ${sop}`);
  let waiting = true;
  const steps = procedure.steps.map(({ task, who, done }): RailStep => {
    const officer = OFFICERS[who];
    if (done === undefined) return { task, who: officer, state: 'byHand' };
    const row = rows.findLast((each) => done.some((action) => action === each.action));
    if (row !== undefined) return { task, who: officer, state: 'done', by: row.actor_name, at: row.at };
    const state = waiting ? 'now' : 'todo';
    waiting = false;
    return { task, who: officer, state };
  });
  return { sop, title: procedure.title, steps };
}
