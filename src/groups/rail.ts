import type { Actor } from '../base/actor.ts';
import { railOf, type Sop } from '../sop/index.ts';
import { actsInHand } from '../trail/audit.ts';
import type { App } from '../web/app-types.ts';

/**
 * The rail on a page of a list: of what was done under that number just now, as Member Of (SOP 4.18) adds members, too.
 * @param ending the procedure that leads to this page in the end: shown while nothing else was done since
 */
export async function railInHand(app: App, actor: Actor, { id }: { id: number }, own: Sop, ending?: Sop) {
  const acts = await actsInHand(app.db, actor, { type: 'group', id }, app.clock());
  const newest = acts.at(-1)?.sop;
  const sop = ending !== undefined && newest === ending ? ending : own;
  return railOf(
    sop,
    acts.filter((row) => row.sop === sop),
  );
}
