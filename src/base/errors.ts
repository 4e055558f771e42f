import type { Params, TextKey } from '../texts.ts';

/** What is asked for does not exist, or not for this actor: the answer is the same. */
export class NotFound extends Error {}

/** Signed in, but without the right. */
export class Forbidden extends Error {
  readonly key: TextKey;
  constructor(key: TextKey = 'error.forbidden.text') {
    super(key);
    this.key = key;
  }
}

/** Nobody is signed in, or not all of it is done; the answer leads to the page at `signIn`, from the sign-in page also back. */
export class SignInRequired extends Error {
  readonly signIn: string;
  constructor(signIn: '/login' | '/register' | '/me/password' | '/me/second-factor') {
    super('sign in');
    this.signIn = signIn;
  }
}

/** A rule says no, in words for people. With a field: the message stands beside it. */
export class RuleBroken extends Error {
  readonly key: TextKey;
  readonly params: Params;
  readonly field: string | null;
  constructor(key: TextKey, params: Params = {}, field: string | null = null) {
    super(key);
    this.key = key;
    this.params = params;
    this.field = field;
  }
}

/** What was tried, and for whom, when there is somebody: for the log, and for no answer. */
export type Tried = { what: 'password' | 'code' | 'passkey' | 'access-code' | 'request'; userId: number | null };

/** What was tried, a password, a code or a passkey, is wrong: it counts as a wrong try. */
export class WrongTry extends RuleBroken {
  tried?: Tried;
}

/** Somebody else was first, or the step is not open now: the page shows the new state. */
export class Conflict extends RuleBroken {}

/** Too many wrong tries; `until` says from when it may be tried again. */
export class TooManyTries extends Error {
  readonly until: Date;
  readonly status: 422 | 429;
  tried?: Tried;
  /** What people are told: it was wrong too often, or sent too often. */
  readonly key: 'error.locked' | 'error.tooMany' | 'error.wait';
  constructor(until: Date, status: 422 | 429, key: TooManyTries['key'] = 'error.locked') {
    super('too many tries');
    this.until = until;
    this.status = status;
    this.key = key;
  }
}

/** More wait for the same thing than can be served soon: nothing was looked at, and it may be tried again shortly. */
export class Busy extends Error {}

/** Whoever asked has gone before it was looked at: nobody reads an answer. */
export class Gone extends Error {}

/** The same submission has been carried out already: `act` leads to its result. */
export class Repeated extends Error {
  readonly act: string;
  constructor(act: string) {
    super('repeated');
    this.act = act;
  }
}
