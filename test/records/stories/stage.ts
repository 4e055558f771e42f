import type { Test } from 'tap';
import { type Act, inAct, UNSET } from '../../../src/data/act.ts';
import type { Ipms, Visitor } from '../../helper.ts';
import { actorOf } from '../../make.ts';

/** Who does it: each is signed in once. */
export type Stage = { t: Test; ipms: Ipms; admin: Visitor; other: Visitor; helpdesk: Visitor; officer: Visitor };

/** Sends a form, and says at once when it was not taken. */
export async function send(
  t: Test,
  who: Visitor,
  page: string,
  action = page,
  fields: Record<string, string | string[]> = {},
) {
  const answer = await who.submit(page, action, fields);
  if (answer.status !== 303)
    t.fail(`${action}: ${answer.status} ${answer.text.slice(0, 300)} ${JSON.stringify(answer.problems)}`);
  return answer.location;
}

/** Carries verbs out in an act of somebody. */
export async function actAs<T>(ipms: Ipms, login: string, work: (act: Act) => Promise<T>) {
  const actor = await actorOf(ipms, login);
  return inAct(ipms.db, { actor, now: ipms.clock.now, settings: UNSET }, work);
}

export type Stories = Record<string, (stage: Stage) => Promise<void>>;
