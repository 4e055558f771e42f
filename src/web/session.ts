import type { Session } from 'fastify';
import { digest } from '../base/secrets.ts';
import { type Clock, HOUR, later, MINUTE, SECOND } from '../base/time.ts';
import { type Db, isDiskTrouble, type Trx } from '../data/database.ts';
import { fixedRead } from '../data/fixed-read.ts';
import { whileUnchanged } from '../data/unchanged.ts';

declare module 'fastify' {
  interface Session {
    userId?: number;
    accessCodeId?: number;
    /** Whose password was right: nobody is signed in until the code of the second factor is right, too. */
    pending?: PendingSignIn;
    /** When the present password was right last in this session. */
    passwordAt?: string;
    /** When the second factor was shown last in this session. */
    secondFactorAt?: string;
    /** The mark of the session that this one goes on from, under a new id. */
    renewedFrom?: string;
    address?: string;
    agent?: string;
    /** Came from the store: may be updated, never made anew. */
    stored?: boolean;
  }
}

export type PendingSignIn = {
  userId: number;
  /** A digest of the password's hash: a new password ends the waiting. */
  passwordMark: string;
  until: string;
};

export type SessionLifetimes = { idleMinutes: number; absoluteHours: number };

type Callback = (error?: unknown) => void;
const SEEN_EVERY = MINUTE;

/**
 * Sessions in the database, under the digest of their id. A session that was ended elsewhere is not made again by a
 * request that was still under way: what came from the store is only ever updated.
 */
export function sessionStore(db: Db, clock: Clock, lifetimes: () => Promise<SessionLifetimes>) {
  const store = {
    async set(id: string, session: Session) {
      const now = clock();
      const { idleMinutes } = await lifetimes();
      const { cookie: _cookie, ...data } = session as unknown as Record<string, unknown>;
      const row = {
        user_id: session.userId ?? null,
        access_code_id: session.accessCodeId ?? null,
        pending_user_id: session.pending?.userId ?? null,
        data: JSON.stringify(data),
        address: session.address ?? '',
        agent: session.agent ?? '',
        seen_at: now.toISOString(),
        expires_at: later(now, idleMinutes * MINUTE).toISOString(),
      };
      if (session.stored) await db.updateTable('session').set(row).where('id', '=', digest(id)).execute();
      else
        await db
          .insertInto('session')
          .values({ id: digest(id), created_at: now.toISOString(), ...row })
          .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
          .execute();
    },

    async get(id: string) {
      const now = clock();
      const { idleMinutes, absoluteHours } = await lifetimes();
      const key = digest(id);
      const row = await findSession(db, key);
      const isAlive =
        row !== undefined &&
        row.expires_at > now.toISOString() &&
        row.seen_at > later(now, -idleMinutes * MINUTE).toISOString() && // a shorter setting holds at once
        row.created_at > later(now, -absoluteHours * HOUR).toISOString();
      if (!isAlive) return null;
      if (row.seen_at < later(now, -SEEN_EVERY).toISOString())
        await db
          .updateTable('session')
          .set({ seen_at: now.toISOString(), expires_at: later(now, idleMinutes * MINUTE).toISOString() })
          .where('id', '=', key)
          .execute()
          .catch((error: unknown) => {
            if (!isDiskTrouble(error)) throw error; // what is there can still be read
          });
      return { ...JSON.parse(row.data), stored: true } as Session;
    },

    async destroy(id: string) {
      await db.deleteFrom('session').where('id', '=', digest(id)).execute();
    },
  };
  return {
    set: (id: string, session: Session, done: Callback) => void store.set(id, session).then(() => done(), done),
    get: (id: string, done: (error: unknown, session?: Session | null) => void) =>
      void store.get(id).then((session) => done(null, session), done),
    destroy: (id: string, done: Callback) => void store.destroy(id).then(() => done(), done),
  };
}

/** What is kept of a session that was not ended. @param key the digest of its id */
export function findSession(db: Db, key: string) {
  return whileUnchanged(db, `session ${key}`, () => sessionOf(db, key));
}

const sessionOf = fixedRead((db, key: string) =>
  db.selectFrom('session').select(['data', 'seen_at', 'created_at', 'expires_at']).where('id', '=', key),
);

/**
 * In how many seconds a session ends: when nobody asks for a page meanwhile, and whatever is asked for.
 * @returns null when there is none in the database
 */
export async function secondsLeft(db: Db, sessionId: string, lifetimes: SessionLifetimes, now: Date) {
  const row = await findSession(db, digest(sessionId));
  if (row === undefined) return null;
  const until = (from: string, milliseconds: number) =>
    Math.max(0, Math.floor((later(new Date(from), milliseconds).getTime() - now.getTime()) / SECOND));
  const { idleMinutes, absoluteHours } = lifetimes;
  return { idle: until(row.seen_at, idleMinutes * MINUTE), whole: until(row.created_at, absoluteHours * HOUR) };
}

/** Ends every session of a person, but the one named, and those that wait for the person's code. Returns how many there were. */
export async function endSessions(trx: Trx, userId: number, exceptId?: string) {
  const { numDeletedRows } = await trx
    .deleteFrom('session')
    .where((eb) => eb.or([eb('user_id', '=', userId), eb('pending_user_id', '=', userId)]))
    .$if(exceptId !== undefined, (query) => query.where('id', '!=', digest(exceptId ?? '')))
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}

/** Ends the sessions that were opened with an access code. */
export async function endApplicantSessions(trx: Trx, accessCodeId: number) {
  await trx.deleteFrom('session').where('access_code_id', '=', accessCodeId).execute();
}
