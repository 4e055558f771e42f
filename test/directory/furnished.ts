import type { Lab } from '../lab/lab.ts';

// A directory as an agency has it before it has IPMS.

type Attributes = Record<string, string | string[] | Buffer>;

let numbered = 0;

/** People, lists and contacts as an agency has them before it has IPMS. */
export async function furnish(lab: Lab, baseDn: string) {
  numbered += 1;
  const n = numbered;
  const ou = `OU=Staf,${baseDn}`;
  await lab.admin.add(ou, { objectClass: 'organizationalUnit' });
  await lab.admin.add(`OU=Aset,${ou}`, { objectClass: 'organizationalUnit' });
  const add = async (cn: string, kind: 'user' | 'group' | 'contact', attributes: Attributes, at = ou) => {
    const dn = `CN=${cn},${at}`;
    const classes = { user: ['user'], group: ['group'], contact: ['contact'] }[kind];
    await lab.admin.add(dn, { objectClass: classes, ...attributes } as never);
    return dn;
  };
  const person = (account: string, more: Attributes = {}) => ({
    sAMAccountName: `${account}${n}`,
    userPrincipalName: `${account}${n}@agensi.test`,
    userAccountControl: '512',
    unicodePwd: Buffer.from('"Kuning#Langit77"', 'utf16le'),
    givenName: account,
    sn: 'bin Abu',
    displayName: `${account} bin Abu`,
    mail: `${account}@jabatan.test`,
    ...more,
  });
  const withoutMail = ({ mail: _mail, ...attributes }: Attributes) => attributes;
  const ali = await add(
    'Ali bin Abu (Aset)',
    'user',
    {
      ...person('Ali'),
      proxyAddresses: ['SMTP:Ali@jabatan.test', 'smtp:ali.abu@jabatan.test', 'X500:/o=agensi/cn=ali'],
      mailNickname: 'aliabu',
      title: 'Pegawai Tadbir',
      department: 'Bahagian Aset',
      postalCode: 'Peti 5',
      l: 'Putrajaya',
      employeeNumber: '77001',
      employeeID: '820315-14-5566',
      mDBOverHardQuotaLimit: '3145728',
      msExchHideFromAddressLists: 'TRUE',
    },
    `OU=Aset,${ou}`,
  );
  const siti = await add('Siti', 'user', person('siti'));
  const service = await add('svc backup', 'user', { ...person('svc-backup'), sAMAccountName: `svc-backup${n}` });
  await add('Ketua', 'user', { ...person('ketua'), adminCount: '1' });
  await add('Bekas', 'user', { ...person('bekas'), userAccountControl: '514' });
  await add('Tanpa', 'user', withoutMail(person('tanpa')));
  await add('Asing', 'user', person('asing', { mail: 'asing@kementerian.test' }));
  await add('Kembar 1', 'user', person('kembar1', { mail: 'kembar@jabatan.test' }));
  await add('Kembar 2', 'user', person('kembar2', { mail: 'kembar@jabatan.test' }));
  await add('Panjang', 'user', person('nama', { sAMAccountName: `nama ada ${n}`, mail: 'nama@jabatan.test' }));
  const luar = await add('Encik Luar', 'contact', {
    displayName: 'Encik Luar',
    sn: 'Luar',
    mail: 'encik@luar.test',
    targetAddress: 'SMTP:encik@luar.test',
  });
  const aset = await add('Senarai Aset', 'group', {
    sAMAccountName: `Aset List ${n}`,
    groupType: '8',
    mail: 'aset@jabatan.test',
    displayName: 'Semua Aset',
    member: [ali, luar, service],
    managedBy: siti,
    authOrig: [siti],
  });
  const semua = await add('Senarai Semua', 'group', {
    sAMAccountName: `Semua List ${n}`,
    groupType: '8',
    mail: 'semua.lama@jabatan.test',
    member: [aset, siti],
  });
  return { ou, ali, siti, service, luar, aset, semua, account: `Ali${n}` };
}

/** Everything that the directory says of what lies below a place, as it is sent. */
export async function snapshotOf(lab: Lab, base: string) {
  const { searchEntries } = await lab.admin.search(base, {
    scope: 'sub',
    attributes: ['*', 'uSNChanged'],
    paged: true,
  });
  return JSON.stringify(searchEntries);
}
