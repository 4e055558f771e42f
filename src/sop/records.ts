import { type Procedure, step } from './procedure.ts';

/** SOP 5.0 and 6.0: what is approved, and what is filed. */
export const RECORDS = {
  '5.0': {
    title: { ms: 'Kelulusan', en: 'Approval' },
    at: 'dashboard/admin',
    page: '/admin',
    steps: [
      step('admin', 'Melihat permohonan yang menunggu kelulusan', 'See the requests that wait for approval'),
      step(
        'admin',
        'Meluluskan atau menolak setiap permohonan; sebelum itu tiada yang berkuat kuasa',
        'Approve or refuse each request; before that, none takes effect',
        'account-request.approved',
        'account-request.refused',
        'access-code.issued',
        'access-code-request.refused',
        'group.change-approved',
        'group.change-refused',
      ),
    ],
  },
  '6.0': {
    title: { ms: 'Kawalan Rekod', en: 'Control of records' },
    at: 'records/pack',
    page: '/admin/records',
    steps: [
      step(
        'admin',
        'Memfailkan borang di dalam fail yang telah ditetapkan (oleh sistem, apabila prosedur selesai)',
        'File the form in the file that is set for it (by the system, when the procedure ends)',
      ),
      step(
        'admin',
        'Mencari, mencetak dan menyerahkan rekod apabila terdapat isu',
        'Find, print and hand over records when an issue comes up',
        'record.pack-made',
      ),
    ],
  },
} as const satisfies Record<string, Procedure>;
