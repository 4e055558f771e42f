import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Attribute, Change as Modification } from 'ldapts';
import { t } from 'tap';
import type { DirectorySettings } from '../../src/base/settings.ts';
import { type Directory, openDirectory } from '../../src/directory/connector.ts';
import type { ObjectKind, ObjectOf, Wanted } from '../../src/directory/objects.ts';
import { DirectoryAway, DirectoryRefused } from '../../src/directory/refusals.ts';
import { type Lab, startLab, strangeAuthority } from '../lab/lab.ts';

const FIELDS = {
  attributes: ['displayName', 'mail', 'proxyAddresses', 'sAMAccountName'],
  links: ['member', 'managedBy', 'authOrig'],
};
const BIND = 0x60;
const CONTAINER = ['Pengguna', 'JC'];

let last = 0;
function wanted(kind: ObjectKind, name: string, more: Partial<Wanted> = {}): Wanted {
  last += 1;
  const of: ObjectOf =
    kind === 'container' ? { type: 'helper', id: name } : { type: kind === 'user' ? 'mailbox' : kind, id: last };
  const mark = `ipms:${of.type}:${of.id}`;
  // a contact of Active Directory has no employeeNumber
  const marked: Record<string, string[]> =
    kind === 'container' ? {} : { [kind === 'user' ? 'employeeNumber' : 'info']: [mark] };
  const account: Record<string, string[]> = kind === 'user' || kind === 'group' ? { sAMAccountName: [`a${last}`] } : {};
  return {
    of,
    agencyId: 1,
    kind,
    container: CONTAINER,
    name,
    links: {},
    isOpen: kind === 'user' ? true : null,
    ...more,
    attributes: { ...marked, ...account, ...more.attributes },
  };
}

async function create(directory: Directory, object: Wanted) {
  return (await directory.carryOut({ action: 'create', wanted: object }, () => null)).guid;
}

async function read(directory: Directory, guid: string) {
  const real = await directory.readObject(guid);
  if (real === null) throw new Error(`${guid} is not there`);
  return real;
}

/** A part of the directory with the containers of an agency. */
async function open(
  lab: Lab,
  t: { teardown(end: () => Promise<void>): void },
  options = {},
  more: Partial<DirectorySettings> = {},
) {
  const settings = { ...(await lab.part()), ...more };
  const directory = openDirectory(settings, FIELDS, options);
  t.teardown(() => directory.close());
  await create(directory, wanted('container', 'JC', { container: [] }));
  await create(directory, wanted('container', 'Pengguna', { container: ['JC'] }));
  return { settings, directory };
}

const lab = await startLab(t);
if (lab !== null) {
  t.test('each kind of object is made closed, changed field by field, renamed, moved and removed', async (t) => {
    const { directory } = await open(lab, t);
    const names = { user: 'ali', group: 'semua', contact: 'ali@luar.test', container: 'Senarai' };
    const guids: Record<string, string> = {};
    for (const [kind, name] of Object.entries(names))
      guids[kind] = await create(
        directory,
        wanted(kind as ObjectKind, name, { attributes: kind === 'container' ? {} : { displayName: [`Nama ${name}`] } }),
      );
    const { user = '', group = '', contact = '', container = '' } = guids;
    t.match(await read(directory, user), {
      kind: 'user',
      name: 'ali',
      container: CONTAINER,
      isOpen: false,
      attributes: { displayName: ['Nama ali'], mail: [] },
      mark: /^ipms:mailbox:\d+$/,
    });
    t.match(await read(directory, group), {
      kind: 'group',
      name: 'semua',
      isOpen: null,
      mark: /^ipms:group:/,
      links: { member: [] },
    });
    t.match(await read(directory, contact), { kind: 'contact', mark: /^ipms:contact:/ });
    t.match(await read(directory, container), { kind: 'container', name: 'Senarai', mark: null });

    const of: ObjectOf = { type: 'mailbox', id: 1 };
    const none = () => null;
    const addresses = ['SMTP:ali@jabatan.test', 'smtp:ali.lama@jabatan.test'];
    await directory.carryOut(
      { action: 'update', guid: user, of, field: 'proxyAddresses', from: [], to: addresses },
      none,
    );
    await directory.carryOut(
      { action: 'update', guid: user, of, field: 'displayName', from: ['Nama ali'], to: [] },
      none,
    );
    await directory.carryOut({ action: 'open', guid: user, of }, none);
    let real = await read(directory, user);
    t.strictSame(real.attributes.proxyAddresses?.toSorted(), addresses);
    t.strictSame([real.attributes.displayName, real.isOpen], [[], true]);

    const place = { from: '', to: '', container: CONTAINER, name: 'Ali' };
    for (const _ of [1, 2]) await directory.carryOut({ action: 'rename', guid: user, of, ...place }, none);
    t.equal((await read(directory, user)).name, 'Ali', 'a capital letter is a rename, too');
    for (const _ of [1, 2])
      await directory.carryOut(
        { action: 'move', guid: user, of, ...place, container: ['Senarai', ...CONTAINER] },
        none,
      );
    real = await read(directory, user);
    t.strictSame([real.guid, real.container], [user, ['Senarai', ...CONTAINER]], 'the same object, elsewhere');
    await directory.carryOut({ action: 'close', guid: user, of }, none);
    t.equal((await read(directory, user)).isOpen, false);

    await t.rejects(
      directory.carryOut({ action: 'remove', guid: container, of }, none),
      keyed('directory.refused.notEmpty'),
    );
    for (const _ of [1, 2]) await directory.carryOut({ action: 'remove', guid: user, of }, none);
    t.equal(await directory.readObject(user), null, 'removed, and no error the second time');
    await t.rejects(directory.carryOut({ action: 'open', guid: user, of }, none), keyed('directory.refused.gone'));
    t.equal((await directory.readAll()).objects.length, 5, 'two containers, a third, the list and the contact');
  });

  t.test("bits of an account that are not IPMS's stay", async (t) => {
    const { directory } = await open(lab, t);
    const guid = await create(directory, wanted('user', 'bits'));
    const bits = async () =>
      String((await lab.admin.search(`<GUID=${guid}>`, { scope: 'base' })).searchEntries[0]?.userAccountControl);
    await lab.admin.modify(`<GUID=${guid}>`, change('replace', 'userAccountControl', [String(512 + 2 + 65536)]));
    for (const action of ['open', 'close'] as const) {
      await directory.carryOut({ action, guid, of: { type: 'mailbox', id: 1 } }, () => null);
      t.equal(await bits(), String(512 + 65536 + (action === 'close' ? 2 : 0)));
    }
  });

  t.test('hostile names arrive whole, or are refused before anything is sent', async (t) => {
    const { directory } = await open(lab, t);
    const whole = [
      'a,b',
      '"petik"',
      '#satu',
      'a\\b',
      'hujung\\',
      'a<b>c',
      ' depan',
      'belakang ',
      '  ',
      'a+b=c;d',
      '*(x)*',
      '🙂 senyum',
      'محمد علي',
      '‘lengkung’',
      'a\\,b',
      '\\2C',
      'x'.repeat(64),
      ' ,\\#',
    ];
    for (const name of whole) {
      const guid = await create(directory, wanted('contact', name));
      t.match(await read(directory, guid), { name, container: CONTAINER }, `created: ${name}`);
      const inside = await create(directory, wanted('container', name));
      const moved = `${name.slice(0, 30)}${name.slice(-20)}`;
      await directory.carryOut(
        {
          action: 'move',
          guid,
          of: { type: 'contact', id: 1 },
          from: '',
          to: '',
          name: moved,
          container: [name, ...CONTAINER],
        },
        () => null,
      );
      t.match(await read(directory, guid), { name: moved, container: [name, ...CONTAINER] }, `moved: ${name}`);
      t.equal((await read(directory, inside)).name, name);
    }
    const { objects } = await directory.readAll();
    const before = lab.requests.length;
    for (const name of ['nul\0x,OU=lain', 'baris\nbaru', 'tab\t', '', 'separuh\ud83d'])
      await t.rejects(
        create(directory, wanted('contact', name)),
        keyed('directory.refused.name'),
        JSON.stringify(name),
      );
    t.equal(lab.requests.length, before, 'nothing was sent');
    await t.rejects(create(directory, wanted('contact', 'x'.repeat(65))), keyed('directory.refused.tooLong'));
    t.equal((await directory.readAll()).objects.length, objects.length);
  });

  t.test('more objects than a page, and more members than an answer', async (t) => {
    const { directory, settings } = await open(lab, t);
    const list = await create(directory, wanted('group', 'ramai'));
    for (let number = 0; number < 1600; number += 1)
      await lab.admin.add(`CN=ahli-${number},OU=Pengguna,OU=JC,${settings.baseDn}`, {
        objectClass: 'contact',
        info: `ipms:contact:${number}`,
      });
    const { objects } = await directory.readAll();
    t.equal(objects.length, 1603);
    // a controller may pause with an empty page, here the second one: it is not the end
    let entries = 0;
    lab.keepsBack = () => {
      entries += 1;
      return entries > 501 && entries <= 1001; // the first one is what the controller says about itself
    };
    t.equal((await directory.readAll()).objects.length, 1603);
    lab.keepsBack = () => true;
    await t.rejects(directory.readAll(), keyed('directory.away.brokenOff'));
    lab.keepsBack = null;

    const contacts = objects.filter((object) => object.kind === 'contact');
    const guids = new Map(contacts.map(({ mark, guid }) => [Number(mark?.split(':')[2]), guid]));
    t.equal(guids.size, 1600);
    const to = [...guids.keys()].map((id): ObjectOf => ({ type: 'contact', id: Number(id) }));
    const later: ObjectOf = { type: 'contact', id: 999_999 };
    const link = (from: string[], to: ObjectOf[]) =>
      directory.carryOut(
        { action: 'members', guid: list, of: { type: 'group', id: 1 }, field: 'member', from, to },
        (of) => guids.get(Number(of.id)) ?? null,
      );
    t.strictSame(await link([], [...to, later]), { guid: list, missing: [later] }, 'who is not there yet waits');
    const all = [...guids.values()].sort();
    t.strictSame((await read(directory, list)).links.member?.toSorted(), all);
    const found = (await directory.readAll()).objects.find((object) => object.guid === list);
    t.strictSame(found?.links.member?.toSorted(), all, 'also among all others');

    await link([], to);
    t.equal((await read(directory, list)).links.member?.length, 1600, 'members who are there already are no error');
    const goes = guids.get(Number(to.at(-1)?.id)); // not one of those that stay
    await lab.admin.modify(`<GUID=${list}>`, change('delete', 'member', [`<GUID=${goes}>`]));
    await link(all, to.slice(0, 10));
    t.strictSame(
      (await read(directory, list)).links.member?.toSorted(),
      to
        .slice(0, 10)
        .map((of) => guids.get(Number(of.id)))
        .sort(),
      'nor are those who are gone',
    );

    const strict = openDirectory(settings, { attributes: [], links: [] });
    t.teardown(() => strict.close());
    const { next } = await strict.readAll();
    await directory.carryOut(
      { action: 'update', guid: list, of: { type: 'group', id: 1 }, field: 'displayName', from: [], to: ['Ramai'] },
      () => null,
    );
    const changed = await strict.readChanged(next);
    t.strictSame(
      changed.objects.map((object) => object.guid),
      [list],
      'what has changed since is read alone',
    );
    t.strictSame((await strict.readChanged(changed.next)).objects, []);
  });

  t.test('allowed senders are never nobody for a moment', async (t) => {
    const { directory } = await open(lab, t);
    const list = await create(directory, wanted('group', 'terhad'));
    const senders = new Map<number | string, string>();
    for (const name of ['satu', 'dua', 'tiga']) {
      const object = wanted('contact', name);
      senders.set(object.of.id, await create(directory, object));
    }
    const [one, ...others] = [...senders.keys()].map((id): ObjectOf => ({ type: 'contact', id: Number(id) }));
    const link = (from: string[], to: ObjectOf[]) =>
      directory.carryOut(
        { action: 'members', guid: list, of: { type: 'group', id: 1 }, field: 'authOrig', from, to },
        (of) => senders.get(of.id) ?? null,
      );
    await link([], [one!]);
    const sent: string[] = [];
    lab.watchModify = (operation) => sent.push(operation);
    await link([senders.get(one!.id)!], others);
    lab.watchModify = null;
    t.strictSame(sent, ['add', 'delete']);
    const guids = others.map((of) => senders.get(of.id) ?? '').sort();
    t.strictSame((await read(directory, list)).links.authOrig?.toSorted(), guids);
    const found = (await directory.readAll()).objects.find((object) => object.guid === list);
    t.strictSame(
      found?.links.authOrig?.toSorted(),
      guids,
      'by their GUIDs, which the directory does not give with these',
    );
    await directory.carryOut(
      { action: 'rename', guid: guids[0] ?? '', of: others[0]!, from: '', to: '', name: 'a, b', container: CONTAINER },
      () => null,
    );
    t.strictSame((await read(directory, list)).links.authOrig?.toSorted(), guids, 'also of one with a comma');
  });

  t.test(
    'an object whose making was not heard of is found by its mark; one of somebody else is left alone',
    async (t) => {
      const { directory, settings } = await open(lab, t);
      const ali = wanted('user', 'ali2');
      const guid = await create(directory, ali);
      t.equal(await create(directory, ali), guid, 'made twice is made once');
      await directory.carryOut(
        { action: 'move', guid, of: ali.of, from: '', to: '', name: 'lain', container: ['JC'] },
        () => null,
      );
      t.equal(await create(directory, ali), guid, 'also where somebody has moved it');
      const foreign = await create(directory, wanted('contact', 'orang'));
      await lab.admin.modify(`<GUID=${foreign}>`, change('replace', 'info', ['7']));
      await t.rejects(create(directory, wanted('contact', 'orang')), keyed('directory.refused.nameInUse'));
      t.equal((await read(directory, foreign)).mark, null);

      const outside = await lab.part();
      const away = openDirectory(outside, FIELDS);
      t.teardown(() => away.close());
      for (const action of ['open', 'close', 'remove'] as const)
        await t.rejects(
          away.carryOut({ action, guid, of: ali.of }, () => null),
          keyed('directory.refused.outside'),
          action,
        );
      await t.rejects(away.setPassword(guid, 'Rahsia#2026-x9'), keyed('directory.refused.outside'));
      t.equal((await away.readAll()).objects.length, 0, 'an empty part is empty');
      t.not(settings.baseDn, outside.baseDn);
    },
  );

  t.test('a password is taken or refused by the rules of the directory, and no error says it', async (t) => {
    const { directory, settings } = await open(lab, t);
    const name = { attributes: { displayName: ['Ali bin Abu'], sAMAccountName: ['ali.abu'] } };
    const guid = await create(directory, wanted('user', 'ali.abu', name));
    const refused = await directory.setPassword(guid, 'Cabinet#Putih77').catch((error) => error);
    t.ok(refused instanceof DirectoryRefused);
    t.equal(refused.key, 'directory.refused.password');
    t.notMatch(`${refused.message}${refused.stack}`, 'Cabinet');
    await directory.setPassword(guid, 'Rahsia#2026-é9');
    await directory.carryOut({ action: 'open', guid, of: { type: 'mailbox', id: 1 } }, () => null);
    const passwordFile = join(t.testdir(), 'password');
    writeFileSync(passwordFile, 'Rahsia#2026-é9');
    const own = openDirectory(
      { ...settings, bindDn: `CN=ali.abu,OU=Pengguna,OU=JC,${settings.baseDn}`, passwordFile },
      FIELDS,
    );
    await t.resolves(own.learnSchema(), 'it opens the account');
    await own.close();
  });

  t.test('the schema says what there is, how long it may be, and how often', async (t) => {
    const { directory } = await open(lab, t);
    const schema = await directory.learnSchema();
    t.strictSame(schema.get('department'), { most: 64, isSingle: true });
    t.strictSame(schema.get('proxyaddresses'), { most: 1123, isSingle: false });
    t.strictSame(schema.get('mailnickname'), { most: null, isSingle: true }, 'of Exchange');
    t.equal(schema.get('msexchmailboxguid'), undefined);
  });

  t.test('what is not known is not empty', async (t) => {
    const { settings } = await open(lab, t);
    const failing = async (more: Partial<DirectorySettings>, key: string) => {
      const directory = openDirectory({ ...settings, ...more }, FIELDS);
      for (const read of [() => directory.readAll(), () => directory.readChanged(1)]) {
        const error = await read().catch((error) => error);
        t.ok(error instanceof DirectoryAway, key);
        t.equal(error.key, key, error.message);
      }
      await directory.close();
    };
    await failing({ baseDn: `OU=Tiada,${settings.baseDn}` }, 'directory.away.base');
    await failing({ baseDn: 'OU=IPMS,DC=lain,DC=test' }, 'directory.away.domain');
    await failing({ ca: strangeAuthority() }, 'directory.away.certificate');
    await failing({ urls: [`ldaps://${lab.address}:1`] }, 'directory.away.unreachable');
    await failing({ passwordFile: join(t.testdir(), 'none') }, 'directory.away.passwordFile');
  });

  t.test('controllers are tried in their order; one without TLS is spoken to by StartTLS', async (t) => {
    const { settings } = await open(lab, t);
    const directory = openDirectory(
      { ...settings, urls: [`ldaps://${lab.address}:1`, `ldap://${lab.address}`] },
      FIELDS,
    );
    t.equal((await directory.readAll()).objects.length, 2);
    await directory.close();
    const strange = openDirectory({ ...settings, urls: [`ldap://${lab.address}`], ca: strangeAuthority() }, FIELDS);
    await t.rejects(strange.readAll(), keyed('directory.away.certificate'));
  });

  t.test('a wrong password is tried once in ten minutes, and at one controller', async (t) => {
    const { settings } = await open(lab, t);
    const passwordFile = join(t.testdir(), 'password');
    writeFileSync(passwordFile, 'Salah#2026');
    let now = 0;
    const urls = [...settings.urls, ...settings.urls];
    const directory = openDirectory({ ...settings, urls, passwordFile }, FIELDS, { clock: () => now });
    t.teardown(() => directory.close());
    const binds = async (read: () => Promise<unknown>) => {
      const before = lab.requests.filter((tag) => tag === BIND).length;
      await read();
      return lab.requests.filter((tag) => tag === BIND).length - before;
    };
    const refused = () => t.rejects(directory.readAll(), keyed('directory.away.password'));
    t.equal(await binds(refused), 1);
    now = 599_999;
    t.equal(await binds(refused), 0);
    now = 600_000;
    t.equal(await binds(refused), 1);
    writeFileSync(passwordFile, 'Connector-Lab-2026!\n');
    t.equal(await binds(() => t.resolves(directory.readAll())), 1, 'another password is tried at once');
  });

  t.test('a controller that hangs or is killed ends the pass, and the next one goes on', async (t) => {
    const { directory } = await open(lab, t, { seconds: 4 });
    const guid = await create(directory, wanted('user', 'tahan'));
    const change = { action: 'open', guid, of: { type: 'mailbox', id: 1 } } as const;
    lab.hang();
    for (const work of [(): Promise<unknown> => directory.readAll(), () => directory.carryOut(change, () => null)])
      await t.rejects(work(), keyed('directory.away.unreachable'));
    lab.goOn();
    await directory.carryOut(change, () => null);
    t.equal((await read(directory, guid)).isOpen, true);

    await lab.kill();
    await t.rejects(directory.readAll(), keyed('directory.away.unreachable'));
    await t.rejects(
      directory.carryOut({ ...change, action: 'close' }, () => null),
      keyed('directory.away.unreachable'),
    );
    await lab.start();
    await directory.carryOut({ ...change, action: 'close' }, () => null);
    t.equal((await read(directory, guid)).isOpen, false);
  });
}

/** What `rejects` compares an error with. */
function keyed(key: string) {
  return { key } as unknown as Error;
}

function change(operation: 'delete' | 'replace', type: string, values: string[]) {
  return new Modification({ operation, modification: new Attribute({ type, values }) });
}
