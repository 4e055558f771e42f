import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { Access, Actor } from '../base/actor.ts';
import type { Secrets } from '../base/secrets.ts';
import type { Settings } from '../base/settings.ts';
import type { Clock } from '../base/time.ts';
import type { Act } from '../data/act.ts';
import type { Db } from '../data/database.ts';
import type { DirectoryStanding } from '../directory/standing.ts';
import type { Form, FormState } from '../forms/form.ts';
import type { DirectoryPasswords } from '../sign-in/password.ts';
import type { Sop } from '../sop/index.ts';
import type { Item } from '../trail/items.ts';
import { parameters, type SchemaTypes } from './parameters.ts';

export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression<RawServerDefault>,
  RawReplyDefaultExpression<RawServerDefault>,
  FastifyBaseLogger,
  SchemaTypes
>;

/** Shows the page of a form that was refused. */
// biome-ignore lint/suspicious/noExplicitAny: each route has its own parameters, and the error handler passes its own request
export type ShowAgain = (request: any, reply: FastifyReply, form: FormState) => unknown;

declare module 'fastify' {
  interface FastifyInstance {
    db: Db;
    /** The same, for what looks at very many rows: nobody else waits for it. */
    reader: Db;
    clock: Clock;
    /** Ends so many milliseconds later, for an answer that must not tell how long its work took. */
    answerAfter(milliseconds: number): Promise<void>;
    settings: Settings;
    secrets: Secrets;
    directoryPasswords: DirectoryPasswords;
    /** How an item that the page has found stands in the directory. */
    directoryStanding(item: Pick<Item, 'type' | 'id'>): Promise<DirectoryStanding>;
    /** Where people reach IPMS, without a slash at the end. */
    baseUrl: () => string;
    /** Opens an act of whoever asks, at this moment: the one way in which a page changes anything. @throws Repeated */
    act<T>(by: { actor: Actor }, work: (act: Act) => Promise<T>): Promise<T>;
  }
  interface FastifyRequest {
    actor: Actor;
    /** The page of what the person must do before anything else: choose a password, set up the second factor. */
    mustFirst: MustFirst | null;
    /** Of a form: says when its sender hangs up before the answer. */
    gone: AbortSignal | null;
    /** The form that is asked for before the route's own, with what shows it. */
    asking: { form: Form; show: ShowAgain } | null;
    /** The session under which its form was shown, as it is being compared. */
    formOf: string;
    /** The agency that the person belongs to, for the page's head. */
    agencyName: string | null;
  }
  interface FastifyContextConfig {
    /** Who may use the route; a route without it stops the start. */
    access?: readonly Access[];
    /** The SOP procedures that the route is a part of; the page's caption is the first, where the page names no other. */
    sop?: Sop | readonly Sop[];
    /** The form that a POST reads, and the page to show again when it is refused. */
    form?: Form;
    show?: ShowAgain;
    /** A POST that changes credentials: the present password is asked for, unless it was right just before. */
    asksPassword?: boolean;
    /** What must be done first is done here: the route stays open to whoever must. */
    first?: MustFirst;
  }
}

/** Pages that somebody who has signed in may be led to, and kept at, until what they ask is done. */
export type MustFirst = '/me/password' | '/me/second-factor';

export type Request = FastifyRequest;
export type Reply = FastifyReply;

/** `/:id`: a row's number. */
export const Id = parameters({ id: { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER } }, 'id');
export type WithId = FastifyRequest & { params: { id: number } };
