import type { Sentence } from '../texts.ts';
import type { Reply } from '../web/app-types.ts';
import { setFlash, toldFlash } from '../web/flash.ts';
import { namesOf } from './members/addressees.ts';
import type { Outcome } from './members/members.ts';

/** A message names so many of some thousands of addresses; it travels in a cookie. */
const NAMED = 10;

/** The first of some addresses, and how many more there are. */
export function firstOf(addresses: string[]) {
  const more = addresses.length - NAMED;
  return more > 0 ? [...addresses.slice(0, NAMED), `… (+${more})`] : addresses;
}

/** Says that somebody was asked for something in a list, who answers it. */
export function tellAsked(reply: Reply, mailed: string[], asked: Sentence = { key: 'group.ask.sent' }) {
  const flash = { ...asked, mailed: firstOf(mailed), next: 'group.next.answer' } as const;
  setFlash(reply, toldFlash(mailed, flash, 'group.ask.sentUntold'));
}

/** Says what became of an order to add or remove members, with those whom it did not touch by name. */
export function tellOutcome(reply: Reply, act: 'added' | 'removed', { done, same, mailed }: Outcome, undo: string) {
  const some = done.length === 0 ? 'none' : same.length === 0 ? 'all' : 'some';
  setFlash(reply, {
    key: `group.${act}.${some}`,
    params: { count: done.length, same: namesOf(same, NAMED) },
    mailed: firstOf(mailed),
    ...(done.length > 0 ? { next: 'group.next.owa' as const, undo } : {}),
  });
}
