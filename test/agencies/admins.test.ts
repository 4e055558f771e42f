t.test('nobody becomes an administrator unseen: the others of the agency are told', async (t) => {
  const ipms = await startIpms(t);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const fields = { agency_id: '1', full_name: 'Aminah binti Kadir', login_id: 'aminah.k', email: 'aminah@luar.test' };
  t.equal((await helpdesk.submit('/helpdesk/admins/new', '/helpdesk/admins/new', fields)).status, 303);
  const mails = await ipms.db
    .selectFrom('outbox')
    .innerJoin('user', 'user.id', 'outbox.item_id')
    .select(['mail', 'to_address'])
    .where('user.login_id', '=', 'aminah.k')
    .where('item_type', '=', 'user')
    .execute();
  t.strictSame(mails, [
    { mail: 'invitation', to_address: 'aminah@luar.test' },
    { mail: 'role', to_address: 'admin.jabatan@jabatan.test' },
  ]);
});
