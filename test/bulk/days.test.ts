import { t } from 'tap';
import { daysAfter, typedDay } from '../../src/base/days.ts';
import { isoDate, isoTime, showDate, showTime, startOfDay } from '../../src/base/time.ts';
import { carriedOutRun, runAt, someMailboxes, startBulk } from './runs.ts';

/** Every way in which IPMS shows or exports a day, and in which spreadsheets write down what they were given. */
function waysOf(day: string) {
  const [year, month, date] = day.split('-');
  const short = `${Number(date)}/${Number(month)}/${year}`;
  return [
    showDate('ms', day),
    showDate('en', day),
    showTime('ms', startOfDay(day)),
    showTime('en', startOfDay(day)),
    isoDate(day),
    isoTime(startOfDay(day)),
    typedDay(day) ?? '',
    `${day}T00:00:00`,
    `${day}T00:00:00.000Z`,
    `${short} 0:00`,
    `${short} 12:00:00 AM`,
    `${short} 12:00:00 PG`,
  ];
}

/** What months are called in full, in each language. */
const NAMES = {
  ms: 'Januari Februari Mac April Mei Jun Julai Ogos September Oktober November Disember'.split(' '),
  en: 'January February March April May June July August September October November December'.split(' '),
};

/** A day of each month of 2027. */
const DAYS = Array.from({ length: 12 }, (_, month) => `2027-${String(month + 1).padStart(2, '0')}-24`);

const dayAfter = (day: string) => daysAfter(day, 1);

t.test(
  'a day is read as IPMS shows and exports it: in a file and in a form, each month in both languages',
  async (t) => {
    const { ipms, admin } = await startBulk(t);
    const { db } = ipms;
    const cases = DAYS.flatMap((day, month) => [
      ...waysOf(day).map((typed) => ({ typed, day })),
      { typed: `24 ${NAMES.ms[month]} 2027`, day },
      { typed: `24 ${NAMES.en[month]} 2027`, day },
    ]);

    // each month twice, and over the year each way of writing it in both columns
    const mailboxes = await someMailboxes(ipms, 'JC', DAYS.length);
    t.equal(mailboxes.length, DAYS.length);
    const typed = DAYS.map((day, at) => ({ from: waysOf(day)[at], until: waysOf(dayAfter(day)).at(-1 - at) }));
    const rows = mailboxes.map(
      ({ primary_email }, at) => `${primary_email},Cuti belajar,"${typed[at]?.from}","${typed[at]?.until}"`,
    );
    const file = `mailbox,reason,disabled_from,disabled_until\n${rows.join('\n')}\n`;
    const run = await runAt(ipms, await carriedOutRun(t, ipms, admin, 'disabling', file));
    t.match(run, { state: 'done', done: DAYS.length, failed: 0 });
    for (const [at, { id }] of mailboxes.entries()) {
      const planned = await db
        .selectFrom('disabling')
        .select(['disabled_from', 'disabled_until'])
        .where('mailbox_id', '=', id)
        .where('status', '=', 'planned')
        .executeTakeFirst();
      t.strictSame(
        planned,
        { disabled_from: DAYS[at], disabled_until: dayAfter(DAYS[at] ?? '') },
        JSON.stringify(typed[at]),
      );
    }

    const helpdesk = await ipms.signIn('meja.bantuan');
    const place = '/helpdesk/holidays/new';
    const _csrf = await helpdesk.token(place);
    for (const [at, { typed, day }] of cases.entries()) {
      const name = `Hari ${at}`;
      const answer = await helpdesk.post(place, { _csrf, day: typed, name, where: 'states', states: 'Kedah' });
      t.equal(answer.status, 303, `${typed}: ${answer.status === 303 ? '' : answer.text.slice(0, 300)}`);
      const { day: read } = await db
        .selectFrom('holiday')
        .select('day')
        .where('name', '=', name)
        .executeTakeFirstOrThrow();
      t.equal(read, day, typed);
      await db.deleteFrom('holiday').where('name', '=', name).execute();
    }
  },
);
