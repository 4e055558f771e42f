import type { Actor } from '../base/actor.ts';

/** A demo agency, and the administrator who acts for it. */
export type DemoAgency = { id: number; code: string; domain: string; admin: Actor };
