import { t } from 'tap';
import { DAY, later } from '../../src/base/time.ts';
import { START, startIpms } from '../helper.ts';
import { makeOfficer } from '../make.ts';
import {
  askForOfficer,
  lettersNumbered,
  newestTransfer,
  offerOfficer,
  prepareTransfer,
  sendTransferForm,
} from './transfers.ts';

// What neither of two agencies can do to the other, nor anybody to the own transfer.

const MINUTE = 60_000;

t.test('the same officer is asked for three times a day, whether or not there is one', async (t) => {
  const ipms = await startIpms(t);
  const { to } = await prepareTransfer(ipms);
  for (const who of ['pindah@jabatan.test', 'tiada-orang@jabatan.test', '900101-14-5678']) {
    ipms.clock.now = START;
    for (const minutes of [0, 1, 2]) {
      ipms.clock.now = later(START, minutes * MINUTE);
      await sendTransferForm(to, await askForOfficer(to, who), 'withdraw');
    }
    const { id } = await newestTransfer(ipms);
    const mails = (await lettersNumbered(ipms, 'transfer')).length;
    ipms.clock.now = later(START, 3 * MINUTE);
    const refused = await to.submit('/admin/transfers/new', '/admin/transfers/new', { who, note: 'Surat' });
    t.equal(refused.status, 422, who);
    t.match(refused.problems.who, /3 kali dalam 24 jam.*Cuba lagi selepas 25 Nov 2026/);
    t.match(refused.html, 'Surat', 'what was typed is still there');
    t.equal((await newestTransfer(ipms)).id, id, 'nothing is written');
    t.equal((await lettersNumbered(ipms, 'transfer')).length, mails, 'and nobody is told');
  }
  ipms.clock.now = later(START, DAY);
  const again = await ipms.signIn('admin.kementerian');
  t.match(await askForOfficer(again, 'pindah@jabatan.test'), /^\/admin\/transfers\/\d+$/, 'a day after the first');
  const twice = await again.submit('/admin/transfers/new', '/admin/transfers/new', { who: 'pindah@jabatan.test' });
  t.equal(twice.status, 409, 'one that is open is named before that');
});

t.test('nor is the same officer offered more often, to whichever agency', async (t) => {
  const ipms = await startIpms(t);
  const { mover, from } = await prepareTransfer(ipms);
  for (const _ of [1, 2, 3]) await sendTransferForm(from, await offerOfficer(from, mover), 'withdraw');
  const place = `/admin/mailboxes/${mover.id}/transfer`;
  const refused = await from.submit(place, place, { agency_id: '2' });
  t.equal(refused.status, 422);
  t.match(refused.text, '3 kali dalam 24 jam');
  t.equal((await lettersNumbered(ipms, 'transfer')).length, 6);
  t.match(
    await offerOfficer(from, await makeOfficer(ipms, 'lain')),
    /^\/admin\/transfers\/\d+$/,
    'another officer may be',
  );
});

t.test('who may not: whom it is about neither refuses nor withdraws it, and is told who can', async (t) => {
  const ipms = await startIpms(t);
  const { to } = await prepareTransfer(ipms);
  await makeOfficer(ipms, 'ketua', { role: 'admin' });
  const self = await ipms.signIn('ketua');
  const page = await askForOfficer(to, 'ketua@jabatan.test');
  const shown = await self.get(page);
  t.match(shown.text, 'mengenai diri anda');
  t.match(shown.text, 'Rosnah binti Ismail');
  t.equal(shown.dom.querySelectorAll(`main form[action^="${page}"]`).length, 0, 'no form to decide with');
  const force = async (name: string, fields: Record<string, string> = {}) =>
    self.post(`${page}/${name}`, { ...fields, _csrf: await self.token('/me/password') });
  const refused = await force('refuse', { reason: 'Saya tidak mahu' });
  t.equal(refused.status, 422);
  t.match(refused.text, 'Minta pentadbir lain agensi anda: Rosnah binti Ismail');
  t.match(await newestTransfer(ipms), { status: 'requested', version: 1 });

  const other = await ipms.signIn('admin.jabatan');
  t.equal((await sendTransferForm(other, page, 'agree', {})).status, 303, 'the other administrator may');
  t.equal((await force('withdraw')).status, 422);
  t.match(await newestTransfer(ipms), { status: 'agreed' });

  await ipms.db.updateTable('user').set({ status: 'disabled' }).where('login_id', '=', 'admin.jabatan').execute();
  t.match((await self.get(page)).text, 'minta Meja Bantuan melantik seorang');
});
