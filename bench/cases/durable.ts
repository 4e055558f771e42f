import { join } from 'node:path';
import { issueCode } from '../../src/access-codes/access-code.ts';
import { openInstallation } from '../../src/installation.ts';
import type { Actor } from '../../src/platform/actor.ts';
import { openSqlite } from '../../src/platform/database.ts';
import { type Bench, type Case, type Figure, median, mustAnswer, percent, perSecond } from '../case.ts';
import { makeDataFolder, settingsFor } from '../installed.ts';
import { open, signIn } from '../visitor.ts';

const ROUNDS = 3;
const LEAST = 0.5;
const SECONDS = 1.2;

/** Quality §5: changes a second against bare commits of one row, with the same pragmas on the same disk. */
export const durable: Case = {
  name: 'durable',
  async run(bench) {
    const folder = await makeDataFolder();
    try {
      const bare = bareCommits(folder.dataDir);
      const verb = await verbs(folder.dataDir);
      const post = await posts(bench);
      const rounds = { bare: [] as number[], verb: [] as number[], post: [] as number[] };
      for (let round = 0; round < ROUNDS; round += 1) {
        rounds.bare.push(bare.run());
        rounds.verb.push(await verb.run());
        rounds.post.push(await post());
      }
      bare.close();
      await verb.close();
      const line = (what: string, values: number[]): Figure => {
        const ratio = median(values) / median(rounds.bare);
        return {
          what,
          figure: `${perSecond(median(values))} of ${perSecond(median(rounds.bare))}`,
          ratio: percent(ratio),
          target: `>= ${percent(LEAST)}`,
          ok: ratio >= LEAST,
        };
      };
      return [
        line('making an access code, the verb in this process', rounds.verb),
        line('making an access code, a POST over HTTP', rounds.post),
      ];
    } finally {
      folder.remove();
    }
  },
};

function bareCommits(dataDir: string) {
  const sqlite = openSqlite(join(dataDir, 'bare.db'), Buffer.alloc(32));
  sqlite.exec('create table if not exists row (id integer primary key, text text not null) strict');
  const insert = sqlite.prepare('insert into row (text) values (?)');
  const text = 'x'.repeat(400);
  return {
    run() {
      const begun = performance.now();
      let done = 0;
      while (performance.now() - begun < SECONDS * 1000) {
        insert.run(text);
        done += 1;
      }
      return done / ((performance.now() - begun) / 1000);
    },
    close: () => sqlite.close(),
  };
}

const DETAILS = {
  category: 'civil_servant',
  full_name: 'Nurul Izzah binti Kamaruddin',
  ic_number: '900101145678',
  email: null,
  notify_kind: 'personal',
  notify_email: 'nurul@rumah.test',
  supervisor_email: 'ketua@jabatan.test',
} as const;

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
  return {
    async run() {
      const begun = performance.now();
      let done = 0;
      while (performance.now() - begun < SECONDS * 1000) {
        await issueCode(db, admin, DETAILS, null, new Date());
        done += 1;
      }
      return done / ((performance.now() - begun) / 1000);
    },
    close,
  };
}

async function posts({ ipms, load }: Bench) {
  const session = await signIn(ipms.port, 'admin.jabatan');
  const { cookie, token } = await open(ipms.port, '/admin/access-codes/new', session);
  const body = new URLSearchParams({
    _csrf: token,
    category: DETAILS.category,
    ic_number: DETAILS.ic_number,
    notify_kind: DETAILS.notify_kind,
    notify_email: DETAILS.notify_email,
    supervisor_email: DETAILS.supervisor_email,
  });
  return async () => {
    const result = await load({
      port: ipms.port,
      method: 'POST',
      path: '/admin/access-codes/new',
      headers: { cookie },
      body: `${body}&full_name=Nurul+Izzah+{n}`,
      connections: 8,
      seconds: SECONDS,
    });
    mustAnswer(result, '303', 'making an access code');
    return result.perSecond;
  };
}
