import type { Test } from 'tap';
import type { DirectorySettings } from '../../src/base/settings.ts';
import { UNSET } from '../../src/data/act.ts';
import { agenciesOf } from '../../src/directory/comparing.ts';
import { openDirectory } from '../../src/directory/connector.ts';
import { FIELDS } from '../../src/directory/mapping.ts';
import { fieldOf, markOf, objectOf } from '../../src/directory/objects.ts';
import { openPasses } from '../../src/directory/pass.ts';
import { sealPassword } from '../../src/directory/passwords/waiting.ts';
import { type Ipms, secrets } from '../helper.ts';
import type { Lab } from '../lab/lab.ts';
import { type Mailbox, makeGroup, makeOfficer } from '../make.ts';
import { goLive } from './follower.ts';

const WAITING = 5;
const PASSWORD = 'Kuning#Langit77';

export type Filling = { officers: Mailbox[]; lists: number[] };

/** So many accounts that nobody has carried into a directory, all of them in two lists; the first few bring their passwords. */
export async function makeFilling(ipms: Ipms, count: number): Promise<Filling> {
  const officers: Mailbox[] = [];
  for (let index = 0; index < count; index += 1) officers.push(await makeOfficer(ipms, `uji.${index}`));
  const owners = officers.slice(0, 1);
  const lists: number[] = [];
  for (const name of ['semua.pegawai', 'lagi.pegawai'])
    lists.push(await makeGroup(ipms, name, { owners, members: officers }));
  const waiting = officers.slice(0, WAITING).map(({ user_id }) => ({
    user_id,
    sealed: sealPassword(secrets.passwords, user_id, PASSWORD),
    made_at: new Date().toISOString(), // a process of its own has no other clock
  }));
  await ipms.db.insertInto('directory_password').values(waiting).execute();
  await goLive(ipms);
  return { officers, lists };
}

/** What a plan would do now, by the clock of the test; it has a connection and a memory of its own. */
export async function planNow({ db, clock }: Pick<Ipms, 'db' | 'clock'>, settings: DirectorySettings) {
  const directory = openDirectory(settings, FIELDS);
  const passes = openPasses({
    db,
    directory,
    passwordKey: secrets.passwords,
    signInSuffix: null,
    brake: settings.brake,
    told: UNSET,
    clock: () => clock.now,
    holder: 'plan',
  });
  try {
    const agencies = (await agenciesOf(db)).filter(({ directory_mode }) => directory_mode === 'live');
    return await passes.plan({ agencies, isShared: true });
  } finally {
    await directory.close();
  }
}

/** Asks the directory itself, and not what IPMS thinks of it: all of the filling is there, once. */
export async function assertFilled(
  t: Test,
  lab: Lab,
  ipms: Pick<Ipms, 'db' | 'clock'>,
  settings: DirectorySettings,
  { officers, lists }: Filling,
) {
  const { db } = ipms;
  const { changes, refusals, passwords } = await planNow(ipms, settings);
  t.strictSame(
    changes.map((change) => [change.action, markOf(objectOf(change)), fieldOf(change)]),
    [],
    'a plan has nothing to do',
  );
  t.strictSame([[...refusals.keys()], passwords], [[], []], 'nothing is refused, no password waits');
  const found = async (filter: string, attributes: string[]) =>
    (await lab.admin.search(settings.baseDn, { filter, attributes, paged: true })).searchEntries;
  const marks = (await found('(|(employeeNumber=ipms:*)(info=ipms:*)(adminDescription=ipms:*))', ['*'])).map((entry) =>
    [entry.employeeNumber, entry.info, entry.adminDescription].flat().find((mark) => String(mark).startsWith('ipms:')),
  );
  t.equal(new Set(marks).size, marks.length, 'no object twice');
  const rows = await db.selectFrom('directory_object').select(['item_type', 'item_id', 'guid']).execute();
  const stored = new Map(rows.map(({ item_type, item_id, guid }) => [`ipms:${item_type}:${item_id}`, guid]));
  t.strictSame(
    marks.filter((mark) => !stored.get(String(mark))),
    [],
    'each is known by its GUID',
  );
  const accounts = await found('(sAMAccountName=uji.*)', ['sAMAccountName', 'userAccountControl']);
  t.equal(accounts.length, officers.length, 'nobody is lost');
  const open = accounts.filter((entry) => entry.userAccountControl === '512').map((entry) => entry.sAMAccountName);
  const brought = officers.slice(0, WAITING).map(({ login_id }) => login_id);
  t.strictSame(open.toSorted(), brought.toSorted(), 'open is who brought a password');
  for (const login of brought) t.ok(await lab.accepts(login, PASSWORD), login);
  for (const list of lists) {
    const [entry] = await found(`(info=ipms:group:${list})`, ['member']);
    t.equal([entry?.member].flat().length, officers.length, 'nor a member');
  }
}
