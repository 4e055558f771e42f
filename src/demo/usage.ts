import { createHash } from 'node:crypto';
import { DAY, dayOf, HOUR, later } from '../base/time.ts';
import { inAct, UNSET } from '../data/act.ts';
import type { Db } from '../data/database.ts';
import { readUsage } from '../usage/check.ts';
import { takeOverUsage } from '../usage/take-over.ts';
import { addRows, beginUsage, confirmUsage, endReading } from '../usage/usage-file.ts';
import { helpdeskOf } from './contacts.ts';

/** Of so many mailboxes one was not in the mail system's file: how much it uses is not known. */
const ONE_LEFT_OUT = 9;

/** Figures of the mail system as they would have come: a file that was taken over, and one that waits, of which some rows are refused. */
export async function seedUsage(db: Db, now: Date) {
  const helpdesk = await helpdeskOf(db);
  const send = async (fileName: string, lines: string[], at: Date) => {
    const bytes = Buffer.from(['address;used_mb;date;last_mail', ...lines].join('\r\n'));
    const rows = await readUsage(db, bytes, dayOf(at));
    const hash = createHash('sha256').update(bytes).digest('base64url');
    return inAct(db, { actor: helpdesk, now: at, settings: UNSET }, async (act) => {
      const id = await beginUsage(act, { fileName, hash, total: rows.length });
      await addRows(act, id, rows);
      await endReading(act, id);
      return id;
    });
  };
  const then = later(now, -3 * DAY);
  const first = await send('kuota-minggu-lalu.csv', await figuresOf(db, later(then, -DAY)), then);
  const confirmed = later(then, HOUR);
  await inAct(db, { actor: helpdesk, now: confirmed, settings: UNSET }, (act) => confirmUsage(act, first));
  await takeOverUsage({ db, settings: UNSET, clock: () => confirmed });

  const today = later(now, -2 * HOUR);
  const some = (await figuresOf(db, later(today, -DAY))).slice(2, 8);
  const [day, long] = [dayOf(later(today, -DAY)), dayOf(later(today, -30 * DAY))];
  const wrong = [
    `peti.bersama@jabatan.test;120;${day};`,
    `pegawai.jabatan@jabatan.test;640;${long};`,
    `admin.jabatan@jabatan.test;-5;${day};`,
  ];
  await send('kuota-semalam.csv', [...some, ...wrong], today);
}

/** What the mail system would have said of the mailboxes that were there on a day. */
async function figuresOf(db: Db, at: Date) {
  const mailboxes = await db
    .selectFrom('mailbox')
    .select(['id', 'primary_email', 'storage_mb'])
    .where('status', '!=', 'deleted')
    .where('created_at', '<', at.toISOString())
    .where('login_id', 'not in', ['pegawai.jabatan', 'admin.jabatan'])
    .orderBy('id')
    .execute();
  const own = [
    `pegawai.jabatan@jabatan.test;742;${dayOf(at)};${dayOf(at)}`,
    `admin.jabatan@jabatan.test;1310;${dayOf(at)};`,
  ];
  const others = mailboxes
    .filter(({ id }) => id % ONE_LEFT_OUT !== 0)
    .map(({ id, primary_email, storage_mb }) => {
      const used = Math.round((storage_mb * ((id * 37) % 96)) / 100);
      const lastMail = id % 3 === 0 ? '' : dayOf(later(at, -((id * 23) % 140) * DAY));
      return `${primary_email};${used};${dayOf(at)};${lastMail}`;
    });
  return [...own, ...others];
}
