import { SYSTEM } from '../../src/base/actor.ts';
import { DAY, later } from '../../src/base/time.ts';
import { UNSET } from '../../src/data/act.ts';
import type { Trx } from '../../src/data/database.ts';
import type { Row } from '../../src/data/schema.ts';
import { START } from '../helper.ts';

// What the items of the tests are planted in, and when.

export const MOMENT = START.toISOString();
export const EXPIRES_AT = later(START, DAY).toISOString();
export const PERSON = {
  category: 'civil_servant',
  full_name: 'Siti Aminah binti Yusof',
  ic_number: '880412105672',
} as const;

/** What the items are planted in: the agency, its administrator, an officer and that officer's mailbox. */
export type Ground = { trx: Trx; agency: Row<'agency'>; admin: Row<'user'>; user: Row<'user'>; ownMailbox: number };

export const actOf = ({ trx }: Pick<Ground, 'trx'>) => ({ trx, actor: SYSTEM, now: START, settings: UNSET });
