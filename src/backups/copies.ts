import type { BackupSettings } from '../base/settings.ts';
import { DAY, dayOf, isoDate, isoTime, later, SECOND, startOfDay } from '../base/time.ts';

/** What a file's name says: only a copy that was verified has such a name. */
export type Copy = { name: string; madeAt: Date; hasFaults: boolean };

const NAME = /^ipms-(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)(-faults)?\.db\.gz(\.age)?$/;
/** Of a copy that is being made: one that is still there when the next begins was cut off. */
export const UNFINISHED = /^\.ipms-.*\.unfinished$/;

/** The name of a copy that was begun at a moment, in Kuala Lumpur's time. */
export function nameOf({ madeAt, hasFaults, isEncrypted }: Omit<Copy, 'name'> & { isEncrypted: boolean }) {
  const seconds = String(Math.floor(madeAt.getTime() / SECOND) % 60).padStart(2, '0');
  const stamp = `${isoTime(madeAt).replace(/[-:]/g, '').replace(' ', '-')}${seconds}`;
  return `ipms-${stamp}${hasFaults ? '-faults' : ''}.db.gz${isEncrypted ? '.age' : ''}`;
}

/** What a name says, or null when it is no copy's. */
export function copyOf(name: string): Copy | null {
  const [, year, month, day, hour, minute, second, faults] = NAME.exec(name) ?? [];
  const madeAt = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}+08:00`);
  return Number.isNaN(madeAt.getTime()) ? null : { name, madeAt, hasFaults: faults !== undefined };
}

/** The last moment by which a copy was to be made. */
export function lastDue({ at }: Pick<BackupSettings, 'at'>, now: Date) {
  const today = new Date(`${dayOf(now)}T${at}:00+08:00`);
  return today <= now ? today : later(today, -DAY);
}

/** When the next copy is made by itself. */
export const nextDue = (settings: Pick<BackupSettings, 'at'>, now: Date) => later(lastDue(settings, now), DAY);

/** The Monday of its week. */
function weekOf(moment: Date) {
  const day = startOfDay(dayOf(moment));
  const sinceMonday = (later(day, DAY / 2).getUTCDay() + 6) % 7; // at noon it is the same day everywhere
  return isoDate(later(day, -sinceMonday * DAY));
}

/**
 * Which copies others have made superfluous: of each of the last days, weeks and months that have any, the newest stays.
 * Time alone removes nothing: where no copy comes any more, all that are there stay.
 */
export function superfluous(copies: Copy[], keep: BackupSettings['keep']): Copy[] {
  const newestFirst = copies.toSorted((one, other) => other.madeAt.getTime() - one.madeAt.getTime());
  const kept = new Set<Copy>();
  const keepNewestOf = (most: number, spanOf: (moment: Date) => string) => {
    const spans = new Set<string>();
    for (const copy of newestFirst) {
      const span = spanOf(copy.madeAt);
      if (spans.has(span)) continue;
      if (spans.size >= most) break;
      spans.add(span);
      kept.add(copy);
    }
  };
  keepNewestOf(keep.days, dayOf);
  keepNewestOf(keep.weeks, weekOf);
  keepNewestOf(keep.months, (moment) => dayOf(moment).slice(0, 7));
  return newestFirst.filter((copy) => !kept.has(copy));
}
