import { administratorsOf } from '../agencies/administrators.ts';
import type { Actor } from '../base/actor.ts';
import type { Db } from '../data/database.ts';
import { readSystemSettings } from '../data/system-settings.ts';
import { whileUnchanged } from '../data/unchanged.ts';
import type { App } from '../web/app-types.ts';

/** Who helps a person by name: the agency's administrators, oneself left out; where there is none, the helpdesk. */
export async function whomToAsk(app: App, actor: Actor) {
  const { helpdeskEmail } = await readSystemSettings(app.db, app.settings);
  const all = actor.agencyId === null ? [] : await administratorsNow(app.db, actor.agencyId);
  return { administrators: all.filter((each) => each.address !== actor.email), helpdeskEmail };
}

/** A whole agency asks for the same few. */
function administratorsNow(db: Db, agencyId: number) {
  return whileUnchanged(db, `administrators ${agencyId}`, () => administratorsOf(db, agencyId));
}
