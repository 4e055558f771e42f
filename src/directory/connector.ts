import { type Client, GreaterThanEqualsFilter } from 'ldapts';
import type { DirectorySettings } from '../base/settings.ts';
import { type Done, openChanging } from './ldap/changing.ts';
import { type Connection, openConnection } from './ldap/connection.ts';
import { asAway, asFault } from './ldap/faults.ts';
import { type Fields, learnSchema, openReading, type Reading, type Schema } from './ldap/reading.ts';
import type { Change, ObjectOf, Real } from './objects.ts';

export type { Schema } from './ldap/reading.ts';

/** A directory that IPMS writes into. Everything fails with `DirectoryAway` or `DirectoryRefused`. */
export type Directory = {
  readAll(): Promise<Reading>;
  /** What has changed since; a lost link does not show in here. */
  readChanged(since: number): Promise<Reading>;
  readObject(guid: string): Promise<Real | null>;
  learnSchema(): Promise<Schema>;
  /** @param guidOf which object stands for an item; null: none yet */
  carryOut(change: Change, guidOf: (of: ObjectOf) => string | null): Promise<Done>;
  /** @param mustChange Windows asks for another one at the next sign-in there */
  setPassword(guid: string, password: string, mustChange?: boolean): Promise<void>;
  close(): Promise<void>;
};

type Options = { seconds?: number; clock?: () => number };

/** The directory of these settings. Connects when it is first asked, and again whenever the connection was lost. */
export function openDirectory(settings: DirectorySettings, fields: Fields, options: Options = {}): Directory {
  const { seconds = 15, clock = Date.now } = options;
  const { connected, close } = openConnection(settings, seconds, clock);
  const { readBelow, readObject } = openReading(settings.baseDn, fields);
  const { carryOut, setPassword } = openChanging(settings.baseDn);

  /** What cannot be read is not known: every failure is one of the whole pass. */
  async function reading<T>(read: (connection: Connection) => Promise<T>) {
    try {
      return await read(await connected());
    } catch (error) {
      throw asAway(error);
    }
  }

  async function changing<T>(change: (client: Client) => Promise<T>) {
    try {
      return await change((await connected()).client);
    } catch (error) {
      throw asFault(error);
    }
  }

  return {
    readAll: () => reading((connection) => readBelow(connection, null)),
    readChanged: (since) => {
      const changed = new GreaterThanEqualsFilter({ attribute: 'uSNChanged', value: String(since) });
      return reading((connection) => readBelow(connection, changed));
    },
    readObject: (guid) => reading(({ client }) => readObject(client, guid)),
    learnSchema: () => reading(learnSchema),
    carryOut: (change, guidOf) => changing((client) => carryOut(client, change, guidOf)),
    setPassword: (guid, password, mustChange = false) =>
      changing((client) => setPassword(client, guid, password, mustChange)),
    close,
  };
}
