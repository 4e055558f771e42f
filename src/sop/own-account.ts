import { type Procedure, step } from './procedure.ts';

/** SOP 4.20: what people do with their own account. */
export const OWN_ACCOUNT = {
  '4.20': {
    title: { ms: 'Kemaskini Katalaluan oleh Pengguna', en: 'Password change by the user' },
    at: 'my-account/password',
    page: '/me/password',
    steps: [
      // IPMS adds a second factor to this step, for whoever has or must have one: its acts carry the number 4.20, too
      step('user', 'Log masuk ke Portal Pengguna', 'Log in to the user portal', 'user.signed-in'),
      step(
        'user',
        'Memilih tab Pengurusan Katalaluan dan memasukkan katalaluan yang baru dua kali',
        'Choose the tab Pengurusan Katalaluan and enter the new password twice',
        'user.password-changed',
      ),
      step('user', 'Menekan butang Tukar Katalaluan', 'Press the button Tukar Katalaluan', 'user.password-changed'),
      step(
        'user',
        'Menguji katalaluan baru dengan log masuk ke akaun e-mel melalui OWA',
        'Test the new password by logging in to the mailbox through OWA',
      ),
      step('user', 'Jika berjaya, proses tamat', 'If it works, the procedure ends'),
      step(
        'user',
        'Jika gagal, memaklumkan kepada Pentadbir UC untuk reset',
        'If it fails, tell the UC administrator, who resets it',
      ),
    ],
  },
} as const satisfies Record<string, Procedure>;
