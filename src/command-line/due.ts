import { headRenewed, keepAuditHead } from '../audit-head.ts';
import { readDay } from '../base/time.ts';
import { workOff } from '../bulk/worker.ts';
import { doubtLine } from '../clock/clock.ts';
import { watchClock } from '../clock/due.ts';
import { runDue } from '../due.ts';
import { openPresent } from '../installation.ts';
import { takeOverUsage } from '../usage/take-over.ts';
import { type Command, Refused, Usage } from './command.ts';

export const due: Command = {
  usage: '[--now TIME]',
  does: 'Does what is due by now; a running server does the same every minute.',
  help: `
  --now TIME   what is due by that time instead: ISO 8601, for example 2026-11-24T08:00:00+08:00`,
  options: { now: { type: 'string' } },
  async run({ settings, values }) {
    const now = readTime(values.now);
    const { db, close } = await openPresent(settings);
    try {
      // a time that somebody has typed is meant
      const doubt = values.now === undefined ? await watchClock(db, now, settings) : null;
      if (doubt !== null) throw new Refused(doubtLine(doubt, now));
      const done = await runDue(db, now, settings);
      const rows = await workOff(db, settings, () => now);
      if (rows > 0) done.push(`rows of bulk work: ${rows}`);
      const figures = await takeOverUsage({ db, settings, clock: () => now });
      if (figures > 0) done.push(`figures of storage used: ${figures}`);
      console.log(done.length > 0 ? done.join('\n') : 'Nothing was due.');
      const renewed = await keepAuditHead(db, settings.secretFile, new Date());
      if (renewed !== null) console.error(headRenewed(settings.secretFile, renewed));
    } finally {
      await close();
    }
  },
};

const ISO = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/;

function readTime(text: unknown) {
  if (text === undefined) return new Date();
  const time = new Date(String(text));
  if (!ISO.test(String(text)) || readDay(String(text).slice(0, 10)) === null || Number.isNaN(time.getTime()))
    throw new Usage(`--now ${text} is no time like 2026-11-24T08:00:00+08:00.`);
  return time;
}
