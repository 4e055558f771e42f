import { RuleBroken } from '../base/errors.ts';
import { DAY, HOUR } from '../base/time.ts';
import { type Listing, ListSchema, showList, type Tone } from '../lists/listing.ts';
import type { App } from '../web/app-types.ts';
import { setFlash } from '../web/flash.ts';
import { askForBackup } from './backup.ts';
import { nextDue } from './copies.ts';
import { type Backup, backupTroubles, listBackups, newestGood, readBackupWork } from './queries.ts';

const MEGABYTE_TENTH = (1024 * 1024) / 10;

const TONES: Record<Backup['state'], Tone> = {
  good: 'good',
  faults: 'bad',
  failed: 'bad',
  found: 'wait',
  spoilt: 'bad',
  gone: 'bad',
  removed: 'plain',
};

const BackupListing: Listing<Backup> = {
  title: 'backup.title',
  empty: 'backup.empty',
  searchLabel: 'backup.search',
  exportName: 'backups',
  sort: 'began_at',
  descending: true,
  filters: [
    {
      name: 'state',
      label: 'field.status',
      options: (['kept', ...(Object.keys(TONES) as Backup['state'][])] as const).map((value) => ({
        value,
        label: `backup.state.${value}` as const,
      })),
    },
  ],
  columns: [
    { label: 'backup.file', value: (row, say) => row.file_name || say.t('backup.noFile'), sort: 'file_name' },
    { label: 'field.status', value: (row, say) => say.t(`backup.state.${row.state}`), tone: (row) => TONES[row.state] },
    { label: 'backup.began', value: (row, say) => say.time(row.began_at), sort: 'began_at' },
    {
      label: 'backup.size',
      value: (row, say) => (row.bytes === null ? '' : say.number(Math.ceil(row.bytes / MEGABYTE_TENTH) / 10)),
      sort: 'bytes',
      numeric: true,
    },
    { label: 'backup.read', value: (row, say) => (row.read_at === null ? '' : say.time(row.read_at)), sort: 'read_at' },
    { label: 'backup.copied', value: (row, say) => (row.copied_at === null ? '' : say.time(row.copied_at)) },
    {
      label: 'backup.lastRow',
      value: (row, say) => (row.last_audit_row === null ? '' : say.number(row.last_audit_row)),
      numeric: true,
    },
    { label: 'backup.askedBy', value: (row) => row.asked_by_name },
    { label: 'backup.said', value: (row) => row.said ?? '' },
  ],
};

/** The copies of the database: how old the newest is, what is there, and what went wrong; for the helpdesk alone. */
export function list(app: App) {
  const config = { access: ['helpdesk'] } as const;

  app.get('/helpdesk/backups', { schema: { querystring: ListSchema }, config }, async (request, reply) => {
    const { backup } = app.settings;
    const now = app.clock();
    const good = await newestGood(app.db);
    return showList(request, reply, BackupListing, (query, db) => listBackups(db, query), {
      view: 'backups/list',
      backup,
      work: await readBackupWork(app.db),
      troubles: backup === null ? [] : await backupTroubles(app.db, now),
      newest: good === undefined ? null : { at: good.ended_at, ...ageOf(good.ended_at, now) },
      next: backup === null ? null : nextDue(backup, now).toISOString(),
    });
  });

  app.get('/helpdesk/backups/make', { config }, (_request, reply) => reply.redirect('/helpdesk/backups', 303));

  app.post('/helpdesk/backups/make', { config }, async (request, reply) => {
    if (app.settings.backup === null) throw new RuleBroken('backup.isOff');
    const isNew = await app.act(request, askForBackup);
    setFlash(reply, isNew ? { key: 'backup.asked' } : { key: 'backup.askedAlready', isWarning: true });
    return reply.redirect('/helpdesk/backups', 303);
  });
}

function ageOf(moment: string, now: Date) {
  const age = Math.max(0, now.getTime() - new Date(moment).getTime());
  return { hours: Math.floor(age / HOUR), days: Math.floor(age / DAY) };
}
