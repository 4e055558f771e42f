import type { Test } from 'tap';
import type { DirectorySettings } from '../../src/base/settings.ts';
import { UNSET } from '../../src/data/act.ts';
import { type Directory, openDirectory } from '../../src/directory/connector.ts';
import { openFollower } from '../../src/directory/follower.ts';
import { FIELDS } from '../../src/directory/mapping.ts';
import type { ObjectOf } from '../../src/directory/objects.ts';
import { type Ipms, secrets, type Visitor } from '../helper.ts';
import { JC, KC } from '../make.ts';

/** What carries the decisions of one IPMS into a part of the directory; each `turn` is a later minute. */
export function follow(t: Test, ipms: Ipms, settings: DirectorySettings, wrap = (directory: Directory) => directory) {
  const directory = openDirectory(settings, FIELDS);
  t.teardown(() => directory.close());
  const follower = openFollower({
    db: ipms.db,
    directory: wrap(directory),
    passwordKey: secrets.passwords,
    signInSuffix: settings.signInSuffix,
    brake: settings.brake,
    told: UNSET,
    passwordHours: settings.passwordHours,
    clock: () => ipms.clock.now,
    holder: 'test',
  });
  return {
    ...follower,
    directory,
    /** Whatever is due now, however often it takes. */
    async settle() {
      for (let turns = 0; turns < 5; turns += 1) if (!(await follower.turn())) return;
    },
  };
}

/** As the server does where there is no directory: only the steps are listed. */
export async function listSteps({ db, clock }: Ipms) {
  const follower = openFollower({
    db,
    directory: null,
    passwordKey: secrets.passwords,
    signInSuffix: null,
    brake: 5,
    told: UNSET,
    passwordHours: null,
    clock: () => clock.now,
    holder: 'test',
  });
  while (await follower.turn());
}

/** A form that no page shows to this person. */
export async function force(visitor: Visitor, action: string, fields: Record<string, string | string[]>) {
  return visitor.post(action, { ...fields, _csrf: await visitor.token('/me/password') });
}

/** Sends what is decided for the agencies of the demo data from now on. */
export async function goLive({ db, clock }: Ipms, agencies = [JC, KC]) {
  await db
    .updateTable('agency')
    .set({ directory_mode: 'live', directory_agreed_at: clock.now.toISOString() })
    .where('id', 'in', agencies)
    .execute();
}

export async function trackedOf({ db }: Pick<Ipms, 'db'>, { type, id }: ObjectOf) {
  return db
    .selectFrom('directory_object')
    .selectAll()
    .where('item_type', '=', type)
    .where('item_id', '=', id)
    .executeTakeFirstOrThrow();
}
