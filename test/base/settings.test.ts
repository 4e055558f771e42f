import { join, resolve } from 'node:path';
import { t } from 'tap';
import { readSettings, WrongSetting } from '../../src/base/settings.ts';

const WRONG: [name: string, values: string[]][] = [
  ['IPMS_PORT', ['x', '-1', '65536', '80.5', '1e3', ' 0x50']],
  [
    'IPMS_BASE_URL',
    [
      'ipms.test',
      'ftp://ipms.test',
      'javascript:1',
      '//ipms.test',
      'https://agensi.test/ipms',
      'https://agensi.test/ipms/',
      'https://a@agensi.test',
      'https://agensi.test?a=1',
      'https://agensi.test/#a',
    ],
  ],
  ['IPMS_TRUST_PROXY', ['true', '1', 'proxy.test', '300.1.1.1']],
  ['IPMS_SMTP_URL', ['mail.test', 'http://mail.test', '25']],
  ['IPMS_MAIL_FROM', ['nobody', 'IPMS <a b@c>', 'a@b\r\nBcc: c@d', '<>']],
  ['IPMS_HELPDESK_EMAIL', ['nobody', 'a b@c', 'a@b@c', '<a@b>']],
  ['IPMS_OWA_URL', ['mail.test', 'smtp://mail.test']],
  ['IPMS_LOG_LEVEL', ['loud', 'INFO', '3']],
  ['IPMS_LDAP_URL', ['dc1.test', 'https://dc1.test', 'ldaps://', 'ldaps://a@dc1.test', 'ldaps://dc1.test dc2.test']],
  ['IPMS_LDAP_BASE_DN', ['IPMS', 'OU=IPMS', 'OU=IPMS;DC=test']],
  ['IPMS_LDAP_BIND_DN', ['svc-ipms', 'svc@agensi.test']],
  ['IPMS_LDAP_PASSWORD_FILE', ['/nowhere/password', '/dev/null']],
  ['IPMS_LDAP_CA_FILE', ['/nowhere/ca', '/dev/null', import.meta.filename]],
  ['IPMS_BACKUP_AT', ['1:30', '24:00', '01:60', 'night']],
  ['IPMS_BACKUP_KEEP', ['14', '0 8 12', '14 8', '14,8,12', '14 8 12 1']],
  [
    'IPMS_BACKUP_RECIPIENT',
    ['age1short', 'ssh-ed25519 AAAA', `AGE-SECRET-KEY-1${'Q'.repeat(58)}`, `age1${'q'.repeat(58)}`],
  ],
  [
    'IPMS_BACKUP_DIR',
    [
      'backups',
      './backups',
      resolve('data/backup-scratch'),
      resolve('data/backup-scratch/a/'),
      resolve('data/scan-scratch'),
    ],
  ],
  ['IPMS_BACKUP_COPY_TO', ['share', '/mnt/share']],
  ['IPMS_SCAN_COMMAND', ['clamdscan', './scan --fast', '"/usr/bin/scan', '"" /usr/bin/scan']],
  ['IPMS_STANDBY_DIR', ['standby', './standby', 'Elsewhere']],
  ['IPMS_BCRYPT_COST', ['9', '16', 'twelve', '10.5', '-12']],
];

t.test('each wrong value is named in one line', async (t) => {
  for (const [name, values] of WRONG)
    for (const value of values) {
      const failure = (() => {
        try {
          readSettings({ [name]: value });
        } catch (error) {
          return error;
        }
        return null;
      })();
      t.ok(failure instanceof WrongSetting, `${name}=${JSON.stringify(value)} is refused`);
      t.match((failure as Error | null)?.message, name);
      t.notMatch((failure as Error | null)?.message, '\n', 'in one line');
    }
});

t.test('without any, everything has its usual value', async (t) => {
  t.match(readSettings({}), {
    dataDir: 'data',
    host: '127.0.0.1',
    port: 3000,
    baseUrl: null,
    secretFile: 'data/secret.key',
    trustProxy: null,
    smtpUrl: null,
    mailFrom: { name: 'IPMS', address: 'ipms@localhost' },
    logLevel: 'info',
    bcryptCost: 12,
    directory: null,
  });
  t.strictSame(readSettings({ IPMS_PORT: '', IPMS_BASE_URL: '  ' }), readSettings({}), 'an empty one is none');
});

t.test('right values are read', async (t) => {
  const settings = readSettings({
    IPMS_DATA_DIR: '/srv/ipms',
    IPMS_PORT: '0',
    IPMS_BASE_URL: 'https://ipms.agensi.gov.my/',
    IPMS_TRUST_PROXY: '10.0.0.0/8',
    IPMS_SMTP_URL: 'smtp://mail.test:2525',
    IPMS_MAIL_FROM: '"Sistem IPMS" <ipms@agensi.gov.my>',
    IPMS_BCRYPT_COST: '10',
  });
  t.match(settings, {
    dataDir: '/srv/ipms',
    secretFile: '/srv/ipms/secret.key',
    port: 0,
    baseUrl: 'https://ipms.agensi.gov.my',
    trustProxy: '10.0.0.0/8',
    smtpUrl: 'smtp://mail.test:2525',
    mailFrom: { name: 'Sistem IPMS', address: 'ipms@agensi.gov.my' },
  });
  t.strictSame(readSettings({ IPMS_SCAN_COMMAND: '"/opt/virus scanner/scan" --fast  --log "/tmp/a b"' }).scanCommand, [
    '/opt/virus scanner/scan',
    '--fast',
    '--log',
    '/tmp/a b',
  ]);
  t.match(readSettings({ IPMS_MAIL_FROM: 'ipms@agensi.gov.my' }).mailFrom, { name: '', address: 'ipms@agensi.gov.my' });
  t.equal(readSettings({ IPMS_BCRYPT_COST: '4' }, 4).bcryptCost, 4, 'the demo may hash fast');
  t.throws(() => readSettings({ IPMS_BCRYPT_COST: '4' }), { message: /from 10 to 15/ }, 'production may not');
});

t.test('a directory needs all that leads into it', async (t) => {
  const passwordFile = join(t.testdir({ password: 'Rahsia#2026\n' }), 'password');
  const needed = {
    IPMS_LDAP_URL: 'ldaps://dc1.agensi.test  ldap://dc2.agensi.test:3890',
    IPMS_LDAP_BASE_DN: 'OU=IPMS\\, baharu,DC=agensi,DC=test',
    IPMS_LDAP_BIND_DN: 'CN=svc-ipms,CN=Users,DC=agensi,DC=test',
    IPMS_LDAP_PASSWORD_FILE: passwordFile,
  };
  t.strictSame(readSettings(needed).directory, {
    urls: ['ldaps://dc1.agensi.test', 'ldap://dc2.agensi.test:3890'],
    baseDn: needed.IPMS_LDAP_BASE_DN,
    bindDn: needed.IPMS_LDAP_BIND_DN,
    passwordFile,
    ca: null,
    signInSuffix: null,
    brake: 5,
    passwordHours: 24,
  });
  const more = { IPMS_LDAP_UPN_SUFFIX: '@agensi.test', IPMS_DIRECTORY_BRAKE: '0', IPMS_DIRECTORY_PASSWORD_HOURS: '2' };
  t.match(readSettings({ ...needed, ...more }).directory, { signInSuffix: 'agensi.test', brake: 0, passwordHours: 2 });
  for (const [name, value] of Object.entries({ ...more, IPMS_LDAP_UPN_SUFFIX: 'a b' }))
    t.throws(() => readSettings({ ...needed, [name]: `${value}!` }), { message: new RegExp(name) }, name);
  for (const name of Object.keys(needed).slice(1))
    t.throws(() => readSettings({ ...needed, [name]: '' }), { message: new RegExp(`${name} is not`) }, name);
});
