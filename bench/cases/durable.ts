import { join } from 'node:path';
import { issueCode } from '../../src/access-codes/access-code.ts';
import { approveRequest } from '../../src/account-requests/decision.ts';
import { registerDirectly } from '../../src/account-requests/direct-registration.ts';
import { type Actor, agencyOf } from '../../src/base/actor.ts';
import { inAct, UNSET } from '../../src/data/act.ts';
import { type Db, openSqlite } from '../../src/data/database.ts';
import { seedSynthetic } from '../../src/demo/synthetic.ts';
import { createGroup } from '../../src/groups/group.ts';
import { addMembers } from '../../src/groups/members/members.ts';
import { openInstallation } from '../../src/installation.ts';
import type { Allocation } from '../../src/officers/allocation.ts';
import { detailsOf } from '../../src/officers/details.ts';
import { type Bench, type Case, type Figure, median, mustAnswer, percent, perSecond } from '../case.ts';
import { makeDataFolder, settingsFor } from '../installed.ts';
import { open, signIn } from '../visitor.ts';

const ROUNDS = 3;
const LEAST = 0.5;
const SECONDS = 1;
/** Acts that a round can do at most: so many are prepared. */
const MOST = 1000;

/** Something that one commit makes durable; each call does another one. */
type Act = { what: string; one(): Promise<unknown> };

/** Quality §5: changes a second against bare commits of one row, with the same pragmas on the same disk, taking turns with each. */
export const durable: Case = {
  name: 'durable',
  async run(bench) {
    const folder = await makeDataFolder(fill);
    try {
      const bare = bareCommits(folder.dataDir);
      const { acts, close } = await verbs(folder.dataDir);
      const figures: Figure[] = [];
      for (const { what, one } of acts) figures.push(await compare(what, bare.one, () => timed(one)));
      await close();
      figures.push(await compare('making an access code, by a form', bare.one, await posts(bench)));
      bare.close();
      return figures;
    } finally {
      folder.remove();
    }
  },
};

async function compare(what: string, bareOne: () => unknown, act: () => Promise<number>): Promise<Figure> {
  const rounds: { bare: number; act: number }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) rounds.push({ bare: await timed(bareOne), act: await act() });
  const ratio = median(rounds.map((each) => each.act / each.bare));
  const [acts, bares] = [median(rounds.map((each) => each.act)), median(rounds.map((each) => each.bare))];
  return {
    what,
    figure: `${perSecond(acts)} of ${perSecond(bares)}`,
    ratio: percent(ratio),
    target: `>= ${percent(LEAST)}`,
    ok: ratio >= LEAST,
  };
}

/** How often in a second. */
async function timed(one: () => unknown) {
  const begun = performance.now();
  let done = 0;
  while (done < MOST && performance.now() - begun < SECONDS * 1000) {
    await one();
    done += 1;
  }
  return done / ((performance.now() - begun) / 1000);
}

function bareCommits(dataDir: string) {
  const sqlite = openSqlite(join(dataDir, 'bare.db'), Buffer.alloc(32));
  sqlite.exec('create table if not exists row (id integer primary key, text text not null) strict');
  const insert = sqlite.prepare('insert into row (text) values (?)');
  const text = 'x'.repeat(400);
  return { one: () => insert.run(text), close: () => sqlite.close() };
}

/** Members to add. */
async function fill(dataDir: string) {
  const { sqlite, close } = await openInstallation(settingsFor(dataDir));
  seedSynthetic(sqlite, { mailboxes: 10_000, agencies: 1, groups: 0 }, new Date(), () => undefined);
  await close();
}

/** Each time for somebody else: a person has one code. */
const VERIFIED = { verified_with: 'division', verification_note: '' } as const;
const DETAILS = {
  category: 'other',
  full_name: 'Kaunter Nurul Izzah',
  ic_number: null,
  notify_kind: 'personal',
  notify_email: 'nurul@rumah.test',
  supervisor_email: 'ketua@jabatan.test',
} as const;

let counters = 0;
function someAddress() {
  counters += 1;
  return `kaunter.${counters}@rumah.test`;
}

async function verbs(dataDir: string) {
  const { db, close } = await openInstallation(settingsFor(dataDir));
  const user = await db
    .selectFrom('user')
    .selectAll()
    .where('login_id', '=', 'admin.jabatan')
    .executeTakeFirstOrThrow();
  const admin: Actor = {
    role: 'admin',
    userId: user.id,
    accessCodeId: null,
    agencyId: user.agency_id,
    name: user.full_name,
    email: user.email,
    address: '127.0.0.1',
    act: null,
  };
  const now = () => new Date();
  const members = await db
    .selectFrom('mailbox')
    .select('primary_email')
    .where('agency_id', '=', agencyOf(admin))
    .where('status', '=', 'active')
    .execute();
  const addresses = members.map((member) => member.primary_email);
  const domain = addresses[0]?.split('@')[1];
  let groups = 0;
  const makeGroup = async () => {
    groups += 1;
    const input = { display_name: `Senarai ${groups}`, primary_email: `senarai.${groups}@${domain}` };
    const { id } = await inAct(db, { actor: admin, now: now(), settings: UNSET }, (act) =>
      createGroup(act, { ...input, owners: addresses.slice(0, 1) }),
    );
    return id;
  };
  const group = await makeGroup();
  const requests = await waiting(db, admin, domain ?? '');
  const acts: Act[] = [
    { what: 'creating a list', one: makeGroup },
    {
      what: 'adding a member',
      one: () =>
        inAct(db, { actor: admin, now: now(), settings: UNSET }, (act) => addMembers(act, group, addresses.splice(-1))),
    },
    {
      what: 'approving',
      one: () =>
        inAct(db, { actor: admin, now: now(), settings: UNSET }, (act) =>
          approveRequest(act, requests.pop() ?? 0, null),
        ),
    },
    {
      what: 'making an access code',
      one: () =>
        inAct(db, { actor: admin, now: now(), settings: UNSET }, (act) =>
          issueCode(act, { ...DETAILS, email: someAddress() }, VERIFIED),
        ),
    },
  ];
  return { acts, close };
}

/** Account requests with a package, ready to be approved. */
async function waiting(db: Db, admin: Actor, domain: string) {
  const requests: number[] = [];
  for (let at = 0; at < ROUNDS * MOST; at += 1) {
    const full_name = `Nurul Izzah ${at}`;
    const registration = { ...detailsOf({}), full_name, stated_grade: '' };
    const allocation: Allocation = {
      primary_email: `nurul.izzah.${at}@${domain}`,
      login_id: `nurul.izzah.${at}`,
      package: 'C',
      grade: null,
      storage_mb: 500,
      services: [],
      service_type: 'ordinary',
    };
    const person = { ...DETAILS, full_name, email: someAddress() };
    requests.push(
      (
        await inAct(db, { actor: admin, now: new Date(), settings: UNSET }, (act) =>
          registerDirectly(act, person, VERIFIED, registration, allocation),
        )
      ).id,
    );
  }
  return requests;
}

async function posts({ ipms, load }: Bench) {
  const session = await signIn(ipms.port, 'admin.jabatan');
  const { cookie, token } = await open(ipms.port, '/admin/access-codes/new', session);
  const body = new URLSearchParams({
    _csrf: token,
    category: DETAILS.category,
    notify_kind: DETAILS.notify_kind,
    notify_email: DETAILS.notify_email,
    supervisor_email: DETAILS.supervisor_email,
    ...VERIFIED,
  });
  return async () => {
    const result = await load({
      port: ipms.port,
      method: 'POST',
      path: '/admin/access-codes/new',
      headers: { cookie },
      body: `${body}&full_name=Nurul+Izzah+{n}&email=borang.{n}%40rumah.test`,
      connections: 8,
      seconds: SECONDS,
    });
    mustAnswer(result, '303', 'making an access code');
    return result.perSecond;
  };
}
