import fc from 'fast-check';
import { t } from 'tap';
import { type Holder, KINDS, type Known, sortFound } from '../../src/directory/adoption/sorting.ts';
import type { Real } from '../../src/directory/objects.ts';

// Into which kind an object of a directory falls, without a directory and without a database.

let numbered = 0;

function user(attributes: Record<string, string | string[]>, more: Partial<Real> = {}): Real {
  numbered += 1;
  const all = {
    givenName: 'Ali',
    sn: 'bin Abu',
    displayName: 'Ali bin Abu',
    sAMAccountName: `ali${numbered}`,
    ...attributes,
  };
  return {
    guid: `guid-${numbered}`,
    kind: 'user',
    container: ['Staf'],
    name: `Ali ${numbered}`,
    links: {},
    isOpen: true,
    mark: null,
    attributes: Object.fromEntries(
      Object.entries(all).map(([name, value]) => [name, [value].flat().filter((each) => each !== '')]),
    ),
    ...more,
  };
}

const NOBODY: Known = {
  agencyId: 1,
  domains: new Set(['jabatan.test']),
  otherDomains: new Set(['kementerian.test']),
  items: new Map(),
  addresses: new Map(),
  logins: new Map(),
  identities: new Map(),
  waiting: new Map(),
};
const SITI: Holder = { what: 'mailbox', item: { type: 'mailbox', id: 7 }, agencyId: 1, name: 'Siti' };
const ELSEWHERE: Holder = { ...SITI, item: { type: 'mailbox', id: 9 }, agencyId: 2, name: 'Rahsia' };
const WAITING = { agencyId: 1, icNumber: null, isActive: true };
const IC = '820315145566';

function sort(objects: Real[], known: Partial<Known> = {}, all = objects) {
  return sortFound(all, objects, { ...NOBODY, ...known });
}

function kindOf(object: Real, known: Partial<Known> = {}) {
  const [sorted] = sort([object], known);
  return [sorted?.kind, sorted?.why?.key.replace('directory.adopt.why.', '') ?? '', sorted?.taking !== null];
}

t.test('what the object itself says', async (t) => {
  const mail = 'ali@jabatan.test';
  const cases: [string, Real, unknown[]][] = [
    ['a person', user({ mail }), ['new', '', true]],
    [
      'an address in its other attribute alone',
      user({ proxyAddresses: ['smtp:a@jabatan.test', 'SMTP:ali@jabatan.test'] }),
      ['new', '', true],
    ],
    ['no address', user({}), ['no-address', 'noAddress', false]],
    ['what is no address', user({ mail: 'ali' }), ['no-address', 'noAddress', false]],
    ['another domain', user({ mail: 'ali@kementerian.test' }), ['foreign', 'foreign', false]],
    ['a domain that nobody has', user({ mail: 'ali@luar.test' }), ['foreign', 'foreign', false]],
    [
      'a further address of another agency',
      user({ mail, proxyAddresses: ['SMTP:ali@jabatan.test', 'smtp:ali@kementerian.test'] }),
      ['foreign', 'foreign', false],
    ],
    [
      'a further address of the cloud',
      user({ mail, proxyAddresses: ['SMTP:ali@jabatan.test', 'smtp:ali@a.onmicrosoft.test'] }),
      ['new', '', true],
    ],
    ['protected', user({ mail, adminCount: '1' }), ['protected', 'protected', false]],
    ['of the system', user({ mail, isCriticalSystemObject: 'TRUE' }), ['protected', 'protected', false]],
    ['a service by its name', user({ mail, sAMAccountName: 'svc-mel' }), ['protected', 'service', false]],
    ['a service by its principal', user({ mail, servicePrincipalName: 'http/web' }), ['protected', 'service', false]],
    ['a meeting room', user({ mail, msExchRecipientTypeDetails: '16' }), ['protected', 'service', false]],
    ['nobody', user({ mail, givenName: '', sn: '', displayName: 'Pengimbas' }), ['protected', 'service', false]],
    ['a person whose name stands in one piece', user({ mail, givenName: '', sn: '' }), ['new', '', true]],
    ['a name that only begins so', user({ mail, sAMAccountName: 'apparao' }), ['new', '', true]],
    ['closed', user({ mail }, { isOpen: false }), ['closed', 'closed', false]],
    ['a login ID with a space', user({ mail, sAMAccountName: 'ali abu' }), ['unfit', 'unfit', false]],
    ['a login ID of two letters', user({ mail, sAMAccountName: 'al' }), ['unfit', 'unfit', false]],
    ['a name that nobody can read', user({ mail, displayName: '\u200b' }), ['unfit', 'unfit', false]],
    ['a name of 151 letters', user({ mail, displayName: 'a'.repeat(151) }), ['unfit', 'unfit', false]],
    ['an address that IPMS gives nobody', user({ mail: "o'neil@jabatan.test" }), ['unfit', 'unfit', false]],
    ['with a mark of IPMS', user({ mail }, { mark: 'ipms:mailbox:3' }), ['ours', '', false]],
    ['a contact', user({ mail: 'ali@luar.test' }, { kind: 'contact', isOpen: null }), ['new', '', true]],
    [
      'a contact with an address of an agency',
      user({ mail }, { kind: 'contact', isOpen: null }),
      ['foreign', 'foreign', false],
    ],
  ];
  for (const [name, object, expected] of cases) t.strictSame(kindOf(object), expected, name);
});

t.test('what IPMS knows already', async (t) => {
  const mail = 'siti@jabatan.test';
  const known = (more: Partial<Known>): Partial<Known> => ({
    addresses: new Map([[mail, SITI]]),
    waiting: new Map([['mailbox:7', WAITING]]),
    ...more,
  });
  const siti = user({ mail, sAMAccountName: 'siti', employeeID: '820315-14-5566' });
  t.strictSame(kindOf(siti, { items: new Map([[siti.guid, { type: 'mailbox', id: 7 }]]) }), ['ours', '', false]);
  t.strictSame(kindOf(siti, known({})), ['same', 'linked', true]);
  t.equal(sort([siti], known({}))[0]?.taking?.link, 7);
  t.strictSame(kindOf(siti, known({ waiting: new Map() })), ['same', 'hasObject', false], 'she has another object');
  t.strictSame(kindOf(siti, known({ waiting: new Map([['mailbox:7', { ...WAITING, isActive: false }]]) })), [
    'same',
    'notActive',
    false,
  ]);
  t.strictSame(kindOf(siti, known({ waiting: new Map([['mailbox:7', { ...WAITING, icNumber: '900101145678' }]]) })), [
    'same',
    'otherNumber',
    false,
  ]);
  t.strictSame(kindOf(siti, known({ identities: new Map([[IC, SITI]]) })), ['same', 'linked', true]);
  t.strictSame(
    kindOf(siti, known({ identities: new Map([[IC, ELSEWHERE]]) })),
    ['same', 'otherwise', false],
    'the number is somebody else’s',
  );
  t.strictSame(
    kindOf(siti, { logins: new Map([['siti', SITI]]) }),
    ['same', 'otherwise', false],
    'by the login ID alone',
  );
  t.strictSame(
    kindOf(siti, { identities: new Map([[IC, SITI]]) }),
    ['same', 'otherwise', false],
    'by the number alone',
  );
  t.strictSame(
    kindOf(siti, { addresses: new Map([[mail, ELSEWHERE]]) }),
    ['double', 'held', false],
    'another agency’s',
  );
  t.strictSame(
    kindOf(siti, { addresses: new Map([[mail, { ...SITI, what: 'group', item: { type: 'group', id: 7 } }]]) }),
    ['double', 'held', false],
  );
  t.strictSame(kindOf(siti, { addresses: new Map([[mail, { ...SITI, what: 'reserved', item: null }]]) }), [
    'double',
    'held',
    false,
  ]);
  t.strictSame(kindOf(siti, { addresses: new Map([[mail, { ...SITI, what: 'sign-in', item: null }]]) }), [
    'same',
    'held',
    false,
  ]);
  for (const [sorted] of [
    sort([siti], { identities: new Map([[IC, ELSEWHERE]]) }),
    sort([siti], { addresses: new Map([[mail, ELSEWHERE]]) }),
  ]) {
    t.notMatch(JSON.stringify(sorted?.why), /Rahsia/, 'another agency’s people are not named');
    t.notMatch(JSON.stringify(sorted?.why), IC, 'nor is a number');
  }
});

t.test('of two with one address, one person or one login ID neither is taken', async (t) => {
  const [one, two] = [
    user({ mail: 'Kembar@jabatan.test' }),
    user({ mail: 'k2@jabatan.test', proxyAddresses: ['SMTP:k2@jabatan.test', 'smtp:kembar@jabatan.test'] }),
  ];
  t.strictSame(
    sort([one, two]).map(({ kind, taking }) => [kind, taking]),
    [
      ['double', null],
      ['double', null],
    ],
  );
  t.strictSame(
    sort([one], {}, [one, two]).map(({ kind }) => kind),
    ['double'],
    'also where the other lies elsewhere',
  );
  const [left, right] = [
    user({ mail: 'a@jabatan.test', employeeID: IC }),
    user({ mail: 'b@jabatan.test', employeeNumber: '820315-14-5566' }),
  ];
  t.strictSame(
    sort([left, right]).map(({ kind, why }) => [kind, why?.key]),
    [
      ['same', 'directory.adopt.why.twoObjects'],
      ['same', 'directory.adopt.why.twoObjects'],
    ],
  );
});

t.test('whatever a directory holds: each object has one kind, and no two that are taken share anything', async () => {
  const value = fc.oneof(
    fc.constantFrom('', 'a@jabatan.test', 'b@jabatan.test', 'c@kementerian.test', IC, 'siti', 'ali'),
    fc.string(),
  );
  const object = fc.record({
    mail: value,
    proxyAddresses: fc.array(
      value.map((each) => `smtp:${each}`),
      { maxLength: 2 },
    ),
    sAMAccountName: value,
    displayName: value,
    employeeID: value,
    kind: fc.constantFrom('user' as const, 'group' as const, 'contact' as const),
  });
  fc.assert(
    fc.property(fc.array(object, { maxLength: 8 }), (all) => {
      const objects = all.map(({ kind, ...attributes }) =>
        user(attributes, { kind, isOpen: kind === 'user' ? true : null }),
      );
      const sorted = sort(objects);
      const takings = sorted.flatMap(({ taking }) => taking ?? []);
      const addresses = takings.flatMap(({ address, aliases }) => [address, ...aliases]);
      const unique = [
        addresses,
        takings.map(({ login }) => login).filter(Boolean),
        takings.flatMap(({ icNumber }) => icNumber ?? []),
      ];
      return (
        sorted.length === objects.length &&
        sorted.every(
          ({ kind, taking }) => KINDS.includes(kind) && (taking === null || kind === 'new' || kind === 'same'),
        ) &&
        unique.every((values) => new Set(values).size === values.length)
      );
    }),
    { numRuns: 500 },
  );
});
