import { t } from 'tap';
import { ownersToldOtherwise } from '../../src/command-line/checking/owners-told.ts';
import { openSqlite } from '../../src/data/database.ts';
import { type Ipms, secrets, startIpms } from '../helper.ts';
import { makeGroup, makeOfficer } from '../make.ts';
import { askForOfficer, PACKAGE, prepareTransfer, sendTransferForm } from '../transfers/transfers.ts';

// check: who owns a list, against the trail, which names owners by the addresses that they had.

function found(ipms: Ipms, planted = '') {
  const sqlite = openSqlite(ipms.serialize(), secrets.audit);
  sqlite.exec(planted);
  const faults = ownersToldOtherwise(sqlite);
  sqlite.close();
  return faults;
}

t.test('owners who get another address, leave or are followed by others are no fault', async (t) => {
  const ipms = await startIpms(t);
  const { mover, from, to } = await prepareTransfer(ipms);
  const [first, heir] = [await makeOfficer(ipms, 'pertama'), await makeOfficer(ipms, 'waris')];
  const shared = await makeGroup(ipms, 'kongsi', { owners: [first, mover] });
  const alone = await makeGroup(ipms, 'sendiri', { owners: [first] });
  t.strictSame(found(ipms), []);

  const place = (id: number, rest = '') => `/admin/mailboxes/${id}${rest}`;
  const renamed = { primary_email: 'pertama.baharu@jabatan.test', keep_address: 'no' };
  t.equal((await from.submit(place(first.id), place(first.id), renamed)).status, 303);
  t.strictSame(found(ipms), [], 'an owner has another address');

  await ipms.db.deleteFrom('address').where('address', '=', 'pertama@jabatan.test').execute();
  const second = { primary_email: 'pertama@jabatan.test', keep_address: 'no' };
  t.equal((await from.submit(place(heir.id), place(heir.id), second)).status, 303);
  t.strictSame(found(ipms), [], 'and somebody else has the address now');

  const page = await askForOfficer(to, mover.primary_email);
  t.equal((await sendTransferForm(from, page, 'agree')).status, 303);
  t.equal((await sendTransferForm(to, page, 'allocation', PACKAGE)).status, 303);
  const owners = ipms.db.selectFrom('group_owner').select('mailbox_id').where('group_id', '=', shared);
  t.strictSame(await owners.execute(), [{ mailbox_id: first.id }]);
  t.strictSame(found(ipms), [], 'an owner is of another agency now');

  const ending = { effective_on: '24/11/2026', reason: 'Bersara', new_owner: 'pertama@jabatan.test' };
  const deleted = await from.submit(place(first.id, '/delete'), place(first.id, '/delete'), ending);
  t.equal(deleted.status, 303);
  t.strictSame(found(ipms), [], 'what was owned alone is handed over');
  const owned = `/admin/groups/${alone}`;
  t.equal((await from.submit(owned, owned, { owners: 'pegawai.jabatan@jabatan.test' })).status, 303);
  t.strictSame(found(ipms), [], 'others are made owners');

  t.match(found(ipms, `update group_owner set mailbox_id = ${first.id} where group_id = ${alone}`), [
    /^group \d+ is not as the audit trail says last \(row \d+\): owned by pertama.baharu@jabatan.test, and was by pegawai.jabatan@jabatan.test$/,
  ]);
  t.match(found(ipms, `insert into group_owner (group_id, mailbox_id) values (${shared}, ${mover.id})`), [
    /owned by pindah@kementerian.test, \S+, and was by /,
  ]);
  t.match(found(ipms, 'delete from group_owner').at(-1), /owned by nobody/);
});
