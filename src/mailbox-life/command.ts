import { Conflict } from '../base/errors.ts';
import { refuseRepeat } from '../data/act.ts';
import { flag } from '../forms/fields.ts';
import type { Form, FormState, openForm } from '../forms/form.ts';
import { type Disabling, plannedFor, type Termination } from '../mailboxes/planned.ts';
import { findMailbox, type Mailbox } from '../mailboxes/queries.ts';
import type { Sop } from '../sop/index.ts';
import type { Label } from '../texts.ts';
import type { App, WithId } from '../web/app-types.ts';
import type { Flash } from '../web/flash.ts';

/** How things stand with a mailbox: which commands apply, and what their forms say at first. */
export type Standing = {
  mailbox: Mailbox;
  isSelf: boolean;
  disabling: Disabling | undefined;
  termination: Termination | undefined;
  restorable: boolean;
  today: string;
};

/** One command of Manage Account. */
export type Command = {
  /** What its address ends in. */
  name: string;
  sop: Sop;
  title: Label;
  /** What is in its form; without a view, the text and the fields. */
  view?: string;
  text?: Label;
  form: Form;
  applies(standing: Standing): boolean;
  opened?(standing: Standing): Parameters<typeof openForm>[1];
  /** A refused form, where it has fields that depend on the mailbox. */
  again?(refused: FormState, body: unknown, owned: { id: number }[]): FormState;
  act(app: App, request: WithId): Promise<Flash>;
};

/** Disable and Delete Account ask it of an agency's last administrator. */
export const leave_without = flag({ label: 'administrator.leaveWithout' });

/** The number of the order that a command is about. A repeat of what ended it leads to its result. @throws Conflict when it is over */
export async function openOrder({ db }: App, { actor, params }: WithId, kind: 'disabling' | 'termination') {
  const mailbox = await findMailbox(db, actor, params.id);
  const order = (await plannedFor(db, mailbox.id))[kind];
  if (order !== undefined) return order.id;
  await refuseRepeat(db, actor);
  throw new Conflict('life.isOver');
}
