import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { t } from 'tap';
import { later, MINUTE } from '../../src/base/time.ts';
import { UNSET } from '../../src/data/act.ts';
import { openSqlite, queryBuilder } from '../../src/data/database.ts';
import type { FollowedBy } from '../../src/directory/recurring.ts';
import { readWork } from '../../src/directory/work.ts';
import { secrets, startIpms } from '../helper.ts';
import { startLab } from '../lab/lab.ts';
import { assertFilled, makeFilling } from './filling.ts';
import { follow } from './follower.ts';

const ACCOUNTS = 60;
const KILLS = 5;
/** So many requests after the last kill the next one comes: in the middle of reading, making, linking, opening. */
const AFTER = [9, 23, 41, 12, 58];

const lab = await startLab(t);
if (lab !== null) {
  const onRequest = (count: number, work: () => void) => {
    let left = count;
    lab.watchRequest = () => {
      left -= 1;
      if (left > 0) return;
      lab.watchRequest = null;
      work();
    };
  };

  t.test('a controller that is killed again and again during the first filling', async (t) => {
    const ipms = await startIpms(t);
    const filling = await makeFilling(ipms, ACCOUNTS);
    const settings = await lab.part();
    const { turn, settle } = follow(t, ipms, settings);
    for (let kills = 0; kills < KILLS; kills += 1) {
      let gone: Promise<void> | null = null;
      onRequest(AFTER[kills % AFTER.length] ?? 1, () => {
        gone = lab.kill();
      });
      await turn();
      t.not(gone, null, 'it was killed at work');
      await gone;
      t.not((await readWork(ipms.db)).last_error, null, 'and that is said');
      await lab.start();
      ipms.clock.now = later(ipms.clock.now, MINUTE);
    }
    await settle();
    await assertFilled(t, lab, ipms, settings, filling);
  });

  t.test('what carries decisions is killed between any two steps', async (t) => {
    const ipms = await startIpms(t);
    const filling = await makeFilling(ipms, ACCOUNTS);
    await lab.clear();
    const settings = await lab.part();
    const folder = t.testdir();
    const [file, secretFile] = [join(folder, 'ipms.db'), join(folder, 'secret.key')];
    writeFileSync(file, ipms.serialize());
    writeFileSync(secretFile, Buffer.alloc(32, 7).toString('base64url'));
    const db = queryBuilder(openSqlite(file, secrets.audit));
    t.teardown(() => db.destroy());
    const work: FollowedBy = { file, secretFile, settings, told: UNSET };
    const carrier = () => spawn(process.execPath, [join(import.meta.dirname, 'carrier.ts'), JSON.stringify(work)]);
    const ended = (child: ChildProcess) => new Promise((resolve) => child.once('close', resolve));
    for (let kills = 0; kills < KILLS; kills += 1) {
      const child = carrier();
      t.teardown(() => void child.kill('SIGKILL'));
      const end = ended(child);
      onRequest(AFTER[kills % AFTER.length] ?? 1, () => child.kill('SIGKILL'));
      await end;
      t.equal(child.signalCode, 'SIGKILL');
      // it cannot give the work back: another one takes it when it has not been heard of for half a minute
      await db.updateTable('directory_work').set({ claimed_until: '2026-01-01T00:00:00.000Z' }).execute();
    }
    const after = { ...ipms, db };
    const { settle } = follow(t, after, settings);
    await settle();
    await assertFilled(t, lab, after, settings, filling);
  });
}
