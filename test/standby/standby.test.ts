import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { type Test, t } from 'tap';
import { HOUR, later, MINUTE, SECOND } from '../../src/base/time.ts';
import { UNSET } from '../../src/data/act.ts';
import { beatOnly, lookingAt, watchStandby } from '../../src/standby/due.ts';
import { newestOfReplica } from '../../src/standby/replica.ts';
import { lastBeat, standing } from '../../src/standby/standby.ts';
import { texts } from '../../src/texts.ts';
import { dataFolder } from '../command-line/folder.ts';
import { type Ipms, START, startIpms } from '../helper.ts';
import { came, segment, transactions } from './replica.ts';

// How old the copy on a second machine is, and who is told.

const mails = (ipms: Ipms) =>
  ipms.db.selectFrom('outbox').selectAll().where('mail', '=', 'standby').orderBy('id').execute();

/** IPMS whose replica would lie in a folder, and what looks there. */
async function watched(t: Test) {
  const folder = dataFolder(t);
  const ipms = await startIpms(t, { environment: { IPMS_STANDBY_DIR: folder } });
  const look = lookingAt(folder);
  const watch = (seconds: number) => {
    ipms.clock.now = later(START, seconds * SECOND);
    return watchStandby(ipms.db, { look, since: START, now: ipms.clock.now, settings: UNSET });
  };
  return { folder, ipms, watch };
}
const aged = async (ipms: Ipms) =>
  /^ipms_standby_age_seconds (\S+)$/m.exec((await ipms.visitor().get('/metrics')).html)?.[1];

t.test('one that follows bothers nobody; one that stops is shown, counted, and mailed once', async (t) => {
  const { folder, ipms, watch } = await watched(t);
  const page = async (path = '/helpdesk') => (await (await ipms.signIn('meja.bantuan')).get(path)).text;
  for (const [at, seconds] of [
    [0, 5],
    [30, 40],
    [60, 75],
  ] as const) {
    came(folder, segment(at), later(START, at * SECOND));
    t.match(await watch(seconds), { isBehind: false, fault: null });
    t.equal((await lastBeat(ipms.db))?.at, ipms.clock.now.toISOString(), 'there is something new for the replica');
  }
  t.equal(await aged(ipms), '15');
  t.notMatch(await page(), texts['standby.behind'].ms);
  t.strictSame(await mails(ipms), []);

  t.match(await watch(120), { isBehind: false });
  t.match(await watch(121), { isBehind: true, seconds: 61 });
  for (const seconds of [136, 900, 8000]) t.match(await watch(seconds), { isBehind: true });
  t.equal(await aged(ipms), '7940');
  const warned = await page();
  for (const words of ['standby.behind', 'standby.held', 'standby.todo'] as const) t.match(warned, texts[words].ms);
  t.match(warned, '14:01', 'since when');
  const [mail, ...more] = await mails(ipms);
  t.strictSame(more, [], 'one mail, to the one person of the helpdesk');
  t.match(mail?.letter, texts['standby.held'].en);
  t.match(await page('/helpdesk/outbox'), texts['outbox.mail.standby'].ms);

  came(folder, segment(99), later(START, 8010 * SECOND));
  t.match(await watch(8015), { isBehind: false });
  t.notMatch(await page(), texts['standby.behind'].ms);
  await watch(8100);
  t.equal((await mails(ipms)).length, 2, 'the next time it is told again');
  came(folder, segment(100), later(START, 8105 * SECOND));
  await watch(8110);
  await watch(8180);
  t.equal((await mails(ipms)).length, 2, 'but not each time, where it comes and goes');
});

t.test('what is not there, or cannot be read, is behind a minute after the start, and says why', async (t) => {
  const { folder, ipms, watch } = await watched(t);
  t.match(await watch(30), { newest: null, isBehind: false, fault: null });
  t.match(await watch(61), { newest: null, isBehind: true, seconds: 61, fault: null });
  t.match((await (await ipms.signIn('meja.bantuan')).get('/helpdesk')).text, texts['standby.none'].ms);
  const look = lookingAt(join(folder, 'gone'));
  const found = await watchStandby(ipms.db, { look, since: START, now: later(START, MINUTE), settings: UNSET });
  t.match(found.fault?.message, /ENOENT/);
});

t.test('after a start, an old replica has a minute to follow', async (t) => {
  const newest = later(START, -HOUR).toISOString();
  t.match(standing({ since: START.toISOString(), newest }, later(START, MINUTE)), { isBehind: false });
  t.match(standing({ since: START.toISOString(), newest }, later(START, MINUTE + 1)), { isBehind: true });
});

t.test('a share whose clock is ahead does not hide that nothing comes', async (t) => {
  const since = later(START, -HOUR).toISOString();
  const newest = later(START, 2 * MINUTE).toISOString();
  t.match(standing({ since, newest }, START), { isBehind: true });
  t.match(standing({ since, newest: later(START, SECOND).toISOString() }, START), { isBehind: false });
});

t.test('without the setting nothing is said, whatever was', async (t) => {
  const { ipms: kept, watch } = await watched(t);
  await watch(3600);
  const beat = await lastBeat(kept.db);
  const ipms = await startIpms(t);
  await ipms.db
    .insertInto('system_setting')
    .values({ name: 'standby', value: JSON.stringify(beat) })
    .execute();
  ipms.clock.now = later(START, HOUR);
  t.equal(await aged(ipms), undefined);
  t.notMatch((await (await ipms.signIn('meja.bantuan')).get('/helpdesk')).text, texts['standby.behind'].ms);
  t.equal((await ipms.visitor().get('/helpdesk')).status, 303, 'nor to anybody but the helpdesk');
});

t.test('elsewhere: the beat goes on, and nothing is said of what cannot be seen', async (t) => {
  const ipms = await startIpms(t, { environment: { IPMS_STANDBY_DIR: 'elsewhere' } });
  for (const at of [later(START, SECOND), later(START, HOUR)]) {
    ipms.clock.now = at;
    await beatOnly(ipms.db, { since: START, now: at, settings: UNSET });
    t.match(await lastBeat(ipms.db), { at: at.toISOString() });
  }
  t.equal(await aged(ipms), undefined);
  t.notMatch((await (await ipms.signIn('meja.bantuan')).get('/helpdesk')).text, texts['standby.behind'].ms);
  t.strictSame(await mails(ipms), []);
});

t.test('what is newest: of Litestream 0.3', async (t) => {
  const folder = dataFolder(t);
  t.equal(await newestOfReplica(folder), null);
  mkdirSync(join(folder, 'generations'));
  t.equal(await newestOfReplica(folder), null);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(1000), { minLength: 1, maxLength: 8 }), async (gaps) => {
      const one = dataFolder(t);
      let at = START;
      for (const [number, gap] of gaps.entries()) {
        at = later(at, gap * SECOND);
        const generation = (number < gaps.length / 2 ? 'f' : '0').repeat(16); // names say nothing of which is newer
        came(one, segment(number, generation), at);
      }
      came(one, `${segment(5000, '0'.repeat(16))}.tmp`, later(at, MINUTE)); // not finished
      came(one, 'generations/lost+found/wal/x', later(at, MINUTE));
      t.equal(Number(await newestOfReplica(one)), Number(at));
    }),
    { numRuns: 20 },
  );
  came(folder, `generations/${'b'.repeat(16)}/snapshots/00000003.snapshot.lz4`, START);
  t.equal(await newestOfReplica(folder), null, 'without its log it is no copy');
  came(folder, segment(3, 'b'.repeat(16)), START);
  t.strictSame(await newestOfReplica(folder), START);
});

t.test('what is newest: of Litestream 0.5; a file that is only written anew is not', async (t) => {
  const folder = dataFolder(t);
  came(folder, transactions(0, 7, 7), START);
  came(folder, transactions(0, 6, 6), later(START, -SECOND));
  came(folder, transactions(1, 1, 6), later(START, HOUR));
  t.strictSame(await newestOfReplica(folder), START);
  came(folder, transactions(1, 7, 7), later(START, HOUR));
  came(folder, transactions(9, 1, 7), later(START, 2 * HOUR));
  t.strictSame(await newestOfReplica(folder), START);
  came(folder, transactions(0, 8, 8), later(START, MINUTE));
  t.strictSame(await newestOfReplica(folder), later(START, MINUTE));
});
