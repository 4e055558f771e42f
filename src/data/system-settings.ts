import { CompiledQuery } from 'kysely';
import type { Settings } from '../base/settings.ts';
import type { Db, Trx } from './database.ts';
import type { Row } from './schema.ts';
import { whileUnchanged } from './unchanged.ts';

/** What the helpdesk may set while IPMS runs. */
export type SystemSettings = {
  accessCodeDays: number;
  addressReservationDays: number;
  restoreDays: number;
  idleMinutes: number;
  absoluteHours: number;
  owaUrl: string | null;
  helpdeskEmail: string | null;
};

/** Every request asks this: it is compiled once. */
const ALL = CompiledQuery.raw('select name, value from system_setting');

type FromEnvironment = Pick<Settings, 'owaUrl' | 'helpdeskEmail'>;

/** The present values: what the helpdesk has set, else the environment's, else the usual. */
export async function readSystemSettings(
  db: Db | Trx,
  environment: FromEnvironment = { owaUrl: null, helpdeskEmail: null },
): Promise<SystemSettings> {
  const stored = await storedSettings(db);
  const number = (name: string, usual: number) => Number(stored.get(name) ?? usual);
  return {
    accessCodeDays: number('accessCodeDays', 30),
    addressReservationDays: number('addressReservationDays', 365),
    restoreDays: number('restoreDays', 20),
    idleMinutes: number('idleMinutes', 30),
    absoluteHours: number('absoluteHours', 12),
    owaUrl: stored.get('owaUrl') || environment.owaUrl,
    helpdeskEmail: stored.get('helpdeskEmail') || environment.helpdeskEmail,
  };
}

/** What has been set, by name, also what single features have their pages for. */
export async function storedSettings(db: Db | Trx): Promise<Map<string, string>> {
  return whileUnchanged(db, 'system settings', async () => {
    const { rows } = await db.executeQuery<Row<'system_setting'>>(ALL);
    return new Map(rows.map((row) => [row.name, row.value]));
  });
}

/** Writes the values that are given. */
export async function writeSystemSettings(trx: Trx, values: Partial<SystemSettings>) {
  for (const [name, value] of Object.entries(values)) await storeSetting(trx, name, String(value ?? ''));
}

export async function storeSetting(trx: Trx, name: string, value: string) {
  await trx
    .insertInto('system_setting')
    .values({ name, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute();
}
