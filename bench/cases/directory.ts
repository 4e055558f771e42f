import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import { readSecrets } from '../../src/base/secrets.ts';
import { openSqlite } from '../../src/data/database.ts';
import { DEMO_PASSWORD } from '../../src/demo/seed.ts';
import { seedSynthetic } from '../../src/demo/synthetic.ts';
import { databaseFile, openInstallation } from '../../src/installation.ts';
import type { Case, Figure } from '../case.ts';
import type { Order, Ready } from '../controller.ts';
import { COST, makeDataFolder, programOf, settingsFor, startServer } from '../installed.ts';
import { inWords, pageTimes } from '../meanwhile.ts';
import { processorTime, residentMemory } from '../programs.ts';
import { open, signIn } from '../visitor.ts';

const ROOT = join(import.meta.dirname, '../..');
const MOST_MEMORY = 250;
const LOOK_EVERY = 200;
const NEW_PASSWORD = 'Kuning#Langit77';
const LOST = 200;
const REMEMBERED = 5;
/** Members of the large list; fewer on a computer with little time. */
const MEMBERS = Number(process.env.IPMS_BENCH_MEMBERS ?? 40_000);

type Lists = { accounts: number; lists: number; members: number };
type Targets = { filling?: number; plan?: number };

/** What an agency of that size asks of a directory's keeper, and how long people wait meanwhile. */
export const directory: Case = {
  name: 'directory',
  isLong: true,
  run: () => measure({ accounts: 5000, lists: 500, members: 100 }, { filling: 180, plan: 6 }),
};

/** One list of everybody: a controller gives at most 1,500 values of an attribute at once. */
export const largeList: Case = {
  name: 'large-list',
  isLong: true,
  run: () => measure({ accounts: MEMBERS, lists: 1, members: MEMBERS }, {}),
};

async function measure(size: Lists, targets: Targets): Promise<Figure[]> {
  const folder = await makeDataFolder((dataDir) => fill(dataDir, size));
  const controller = await startDomain(folder.dataDir);
  if ('why' in controller) {
    folder.remove();
    return [{ what: 'a domain controller cannot start here', figure: controller.why }];
  }
  const settings = controller.settings;
  const server = await startServer(folder.dataDir, settings);
  const sqlite = openSqlite(databaseFile(folder.dataDir), readSecrets(join(folder.dataDir, 'secret.key')).audit);
  const figures: Figure[] = [];
  const say = (...more: Figure[]) => {
    figures.push(...more);
    for (const { what, figure, ratio = '' } of more) console.error(`  ${what}: ${figure} ${ratio}`);
  };
  try {
    const cookie = await signIn(server.port, 'admin.jabatan');
    const during = async (what: string, target: number | undefined, work: Promise<unknown>) => {
      const [begun, used] = [performance.now(), processorTime(server.pid) ?? 0];
      let took = 0;
      const ended = work.then(() => {
        took = (performance.now() - begun) / 1000;
      });
      const [times, memory] = await Promise.all([pageTimes(server.port, cookie, ended), mostMemory(server.pid, ended)]);
      const processor = ((processorTime(server.pid) ?? 0) - used) / 1000;
      say(
        {
          what,
          figure: `${took.toFixed(1)} s`,
          ratio: `${processor.toFixed(1)} s of processor time`,
          ...(target === undefined ? {} : { target: `≤ ${target} s`, ok: took <= target }),
        },
        { what: '  pages meanwhile', figure: inWords(times) },
        {
          what: '  resident memory meanwhile, at most',
          figure: `${Math.round(memory)} MB`,
          target: `≤ ${MOST_MEMORY} MB`,
          ok: memory <= MOST_MEMORY,
        },
      );
    };
    const list = sqlite.prepare('select max(id) from "group"').pluck().get() as number;
    begin(sqlite);
    await during('first filling', targets.filling, inStep(sqlite));
    say({ what: '  not in step', figure: inCounts(states(sqlite)) });
    await during('nothing to do', undefined, pause(10_000));
    await during('a new display name', undefined, changed(sqlite));
    await during('a member leaves the last list', undefined, memberLeft(sqlite, list));
    await during('everything is read and compared', undefined, compared(sqlite));
    await controller.order({ order: 'loseMembers', list, count: LOST });
    await during(`${LOST} members lost by hand are found`, undefined, compared(sqlite));
    say({ what: '  shown as changed', figure: inCounts(openChanges(sqlite)) });
    sqlite.exec("update agency set directory_drift = 'repair'");
    await during('they are put back', undefined, compared(sqlite));
    say({ what: '  shown as changed', figure: inCounts(openChanges(sqlite)) });
    await during(
      'a plan without differences, by a command',
      undefined,
      plan(folder.dataDir, settings, say, targets.plan),
    );
    say(...(await hung(server.port, cookie, controller)));
    return figures;
  } finally {
    sqlite.close();
    await server.stop();
    await controller.order({ order: 'end' });
    folder.remove();
  }
}

/** People and lists that no directory has heard of, of agencies whose directory is not written to yet. */
async function fill(dataDir: string, { accounts, lists, members }: Lists) {
  const { sqlite, close } = await openInstallation(settingsFor(dataDir));
  seedSynthetic(sqlite, { mailboxes: accounts, agencies: 0, groups: 0 }, new Date(), () => undefined);
  const agency = sqlite.prepare('select id from agency order by id limit 1').pluck().get() as number;
  const people = sqlite
    .prepare("select id from mailbox where status = 'active' order by id desc limit ?")
    .pluck()
    .all(accounts) as number[];
  const now = new Date().toISOString();
  const addList = sqlite
    .prepare(
      'insert into "group" (agency_id, display_name, primary_email, created_at) values (?, ?, ?, ?) returning id',
    )
    .pluck();
  const addAddress = sqlite.prepare(
    "insert into address (address, kind, agency_id, item_id) values (?, 'group', ?, ?)",
  );
  const addOwner = sqlite.prepare('insert into group_owner (group_id, mailbox_id) values (?, ?)');
  const addMember = sqlite.prepare(
    `insert into membership (group_id, member_type, member_id, member_name, member_address, since, added_by)
     select ?, 'mailbox', id, display_name, primary_email, ?, 'IPMS' from mailbox where id = ?`,
  );
  sqlite
    .transaction(() => {
      for (let at = 0; at < lists; at += 1) {
        const address = `ukuran.${at}@jabatan.test`;
        const id = addList.get(agency, `Ukuran ${at}`, address, now) as number;
        addAddress.run(address, agency, id);
        addOwner.run(id, people[at % people.length]);
        for (let member = 0; member < members; member += 1)
          addMember.run(id, now, people[(at * members + member) % people.length]);
      }
    })
    .immediate();
  // the last five are held against a new one
  const remember = sqlite.prepare(
    "insert into past_password (user_id, password_hash, created_at) select id, password_hash, ? from user where login_id = 'admin.jabatan'",
  );
  const remembered = sqlite
    .prepare("select count(*) from past_password join user on user.id = user_id where login_id = 'admin.jabatan'")
    .pluck();
  while ((remembered.get() as number) < REMEMBERED) remember.run(now);
  await close();
}

async function startDomain(folder: string) {
  const child = fork(join(ROOT, 'bench/controller.ts'), [folder]);
  const [ready] = (await once(child, 'message')) as [Ready];
  if ('why' in ready) return ready;
  return { ...ready, order: (order: Order) => orderOf(child, order) };
}

async function orderOf(child: ChildProcess, order: Order) {
  const done = once(child, order.order === 'end' ? 'exit' : 'message');
  child.send(order);
  await done;
}

/** Everything of the agencies is sent from now on. */
function begin(sqlite: Database) {
  sqlite.prepare("update agency set directory_mode = 'live', directory_agreed_at = ?").run(new Date().toISOString());
}

type Count = { what: string; count: number };

function states(sqlite: Database) {
  return sqlite
    .prepare("select state as what, count(*) as count from directory_object where state <> 'step' group by 1")
    .all() as Count[];
}

function openChanges(sqlite: Database) {
  return sqlite
    .prepare(
      "select reason || ' ' || item_type || ' ' || action || ' ' || field as what, count(*) as count from directory_change group by 1",
    )
    .all() as Count[];
}

const inCounts = (all: Count[]) => all.map(({ what, count }) => `${what.trim()} ${count}`).join(', ') || 'nothing';

/** Until nothing is due, and nobody is at work. What is only listed has not been taken up since its agency became live. */
async function inStep(sqlite: Database) {
  const due = sqlite
    .prepare("select count(*) from directory_object where state in ('listed', 'due', 'under-way')")
    .pluck();
  const holder = sqlite.prepare('select holder from directory_work').pluck();
  while ((due.get() as number) > 0 || holder.get() !== null) await pause(LOOK_EVERY);
}

async function changed(sqlite: Database) {
  sqlite.exec(
    `update mailbox set display_name = display_name || ' Baharu' where id = (select max(id) from mailbox where status = 'active')`,
  );
  await inStep(sqlite);
}

async function memberLeft(sqlite: Database, list: number) {
  sqlite
    .prepare(
      `update membership set until = ?, ending = 'removed', ended_by = 'IPMS'
       where id = (select min(id) from membership where group_id = ? and until is null)`,
    )
    .run(new Date().toISOString(), list);
  await inStep(sqlite);
}

/** Until everything was read anew and compared. */
async function compared(sqlite: Database) {
  const whole = sqlite.prepare('select last_whole_at from directory_work').pluck();
  const before = whole.get();
  sqlite.prepare('update directory_work set asked_at = ?').run(new Date().toISOString());
  while (whole.get() === before) await pause(LOOK_EVERY);
  await inStep(sqlite);
}

async function mostMemory(pid: number, ends: Promise<unknown>) {
  let [most, isOver] = [0, false];
  const end = ends.finally(() => {
    isOver = true;
  });
  while (!isOver) {
    most = Math.max(most, residentMemory(pid) || 0); // of a process that has just ended it is not said
    await pause(LOOK_EVERY / 4);
  }
  await end;
  return most;
}

async function plan(
  dataDir: string,
  settings: Record<string, string>,
  say: (figure: Figure) => void,
  target: number | undefined,
) {
  const begun = performance.now();
  const { environment, node } = programOf('ipms');
  const child = spawn(process.execPath, [...node, 'directory', 'plan'], {
    cwd: ROOT,
    env: { ...process.env, ...environment, IPMS_DATA_DIR: dataDir, IPMS_BCRYPT_COST: String(COST), ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const ended = once(child, 'close');
  const memory = await mostMemory(child.pid ?? 0, ended);
  const took = (performance.now() - begun) / 1000;
  say({
    what: 'a plan by a command',
    figure: `${took.toFixed(1)} s`,
    ratio: `${Math.round(memory)} MB, ${said.trim().split('\n').at(-1)}`,
    ...(target === undefined ? {} : { target: `≤ ${target} s`, ok: took <= target }),
  });
}

/** The controller answers nothing: what pages take, and somebody's own new password. */
async function hung(
  port: number,
  cookie: string,
  controller: { order(order: Order): Promise<void> },
): Promise<Figure[]> {
  const before = await pageTimes(port, cookie, pause(3000));
  await controller.order({ order: 'hang' });
  try {
    const meanwhile = await pageTimes(port, cookie, pause(5000));
    const begun = performance.now();
    const { cookie: own, token } = await open(port, '/me/password', cookie);
    const answer = await fetch(`http://127.0.0.1:${port}/me/password`, {
      method: 'POST',
      headers: { cookie: own, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        _csrf: token,
        current_password: DEMO_PASSWORD,
        new_password: NEW_PASSWORD,
        confirm_password: NEW_PASSWORD,
      }),
      redirect: 'manual',
    });
    const took = (performance.now() - begun) / 1000;
    return [
      { what: 'pages before the directory hangs', figure: inWords(before) },
      { what: 'pages while it hangs', figure: inWords(meanwhile), target: '≤ 200 ms more' },
      {
        what: 'own password while it hangs',
        figure: `${took.toFixed(1)} s, ${answer.status}`,
        target: '≤ 4 s',
        ok: took <= 4 && answer.status === 303,
      },
    ];
  } finally {
    await controller.order({ order: 'goOn' });
  }
}
