import { t } from 'tap';
import { SYSTEM } from '../../src/base/actor.ts';
import { resetOfSecondFactor } from '../../src/command-line/reset-second-factor.ts';
import { inAct, UNSET } from '../../src/data/act.ts';
import { openInstallation, openPresent } from '../../src/installation.ts';
import { NOT_ASKED } from '../../src/sign-in/password.ts';
import { sealSecret } from '../../src/sign-in/second-factor/totp.ts';
import { createFirstHelpdesk } from '../../src/sign-in/set-up.ts';
import { ipms, startedFolder } from './folder.ts';
import { run } from './run.ts';

// The only person of the helpdesk has lost the phone: whoever runs the installation helps

const reason = 'Telefon hilang; disahkan di pejabat.';

t.test('takes it away with a reason, once; the person is mailed and the sessions end', async (t) => {
  const folder = await startedFolder(t);
  const place = { dataDir: folder, secretFile: `${folder}/secret.key` };
  const { db, secrets, close } = await openInstallation(place);
  const helpdesk = { login_id: 'meja', email: 'meja@bantuan.test', full_name: 'Puan Meja' };
  const id = await inAct(db, { actor: SYSTEM, now: new Date(), settings: UNSET }, (act) =>
    createFirstHelpdesk(act, helpdesk, { hash: 'no password has this hash', directory: NOT_ASKED }),
  );
  const sealed_secret = sealSecret(secrets.authenticators, id, 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP');
  const moment = new Date().toISOString();
  await db
    .insertInto('authenticator')
    .values({ user_id: id, sealed_secret, last_used_step: 0, set_up_at: moment })
    .execute();
  await db
    .insertInto('session')
    .values({
      id: 'x',
      user_id: id,
      access_code_id: null,
      data: '{}',
      created_at: moment,
      seen_at: moment,
      expires_at: moment,
    })
    .execute();
  await close();

  t.match(await run(t, folder, resetOfSecondFactor, ['--login', 'meja']), {
    code: 2,
    err: /^--login and --reason are needed/,
  });
  t.match(await run(t, folder, resetOfSecondFactor, ['--login', 'tiada', '--reason', reason]), {
    code: 1,
    err: 'There is no sign-in "tiada".\n',
  });
  t.match(await ipms(folder, ['reset-second-factor', '--login', ' MEJA ', '--reason', reason]), {
    code: 0,
    out: /of meja is gone/,
  });
  t.match(await run(t, folder, resetOfSecondFactor, ['--login', 'meja', '--reason', reason]), {
    code: 1,
    err: /has no second factor now/,
  });

  const after = await openPresent(place);
  t.teardown(() => after.close());
  t.strictSame(await after.db.selectFrom('authenticator').selectAll().execute(), []);
  t.strictSame(await after.db.selectFrom('session').selectAll().execute(), []);
  const rows = await after.db
    .selectFrom('audit')
    .selectAll()
    .where('action', '=', 'user.second-factor-reset')
    .execute();
  t.match(rows, [{ actor_role: 'system', item_id: id, after: JSON.stringify({ reason }) }]);
  const mails = await after.db.selectFrom('outbox').selectAll().execute();
  t.match(mails, [{ mail: 'second-factor-reset', to_address: 'meja@bantuan.test' }]);
});
