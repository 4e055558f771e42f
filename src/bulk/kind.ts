import type { Verification } from '../access-codes/verification.ts';
import type { Actor } from '../base/actor.ts';
import type { Act } from '../data/act.ts';
import type { Db } from '../data/database.ts';
import type { Field, Form, Values } from '../forms/form.ts';
import type { Sop } from '../sop/index.ts';
import type { Label, Sentence } from '../texts.ts';
import type { Item } from '../trail/items.ts';

/** A sentence that is kept with a row and shown in the reader's language; with the column that it is about. */
export type Message = Sentence & { column?: string };

/** One thing that a file may hold only once. */
export type Identity = { column: string; value: string };

/** What a verb did for one row. */
export type Applied = {
  item: Item;
  message: Message;
  /** It was so already. */
  same?: boolean;
  /** What takes it back needs to know; null when there is nothing to take back. */
  before: unknown;
};

/** The act in which a row is carried out, the reason that was given for the run, and with whom its people were verified. */
export type BulkAct = Act & { reason: string; verification: Verification | null };

/** Rows that say the same in one column, as one act of the verb: who looks after a list gets one mail, not hundreds. */
export type Batched<V> = {
  column: string;
  /**
   * @returns what was done for each row, in their order
   * @throws as `apply` does, when it refuses any of them; then they are tried in smaller batches
   */
  apply(act: BulkAct, rows: V[]): Promise<Applied[]>;
  /** Takes back what was done to one item by several rows; the same of each. */
  undo(act: BulkAct, item: Pick<Item, 'id'>, befores: never[]): Promise<Message>;
};

/**
 * One kind of bulk work: its columns are the very fields of the single forms, and what it does to a row is the very verb.
 * The next kind is one file like those in `kinds/`, and a line in `kinds.ts`.
 */
export type Kind<F extends Record<string, Field> = Record<string, Field>> = {
  title: Label;
  intro: Label;
  /** The SOP procedure that each row carries out. */
  sop: Sop;
  /** The columns, in the order of the template; its `check` sees a whole row. */
  form: Form<F>;
  /** New people come in by it: the file says once with whom they were verified (SOP 4.1 step 2). */
  isVerified?: true;
  /** An empty cell changes nothing; only these must be there. */
  changes?: { needed: readonly string[] };
  /** One row as it could be, in the forms' own values. */
  example: Record<keyof F, string | string[]>;
  /** How people call a row: a name, an address. */
  label(values: Values<Form<F>>): string;
  identities(values: Values<Form<F>>): Identity[];
  /** @throws RuleBroken, Conflict, NotFound or InvalidForm, as the verb does */
  apply(act: BulkAct, values: Values<Form<F>>): Promise<Applied>;
  /** What should be known of a row before it is confirmed, though nothing forbids it. */
  notes?(act: BulkAct, values: Values<Form<F>>): Promise<Message[]>;
  /** Takes back what `apply` did; null when nothing can. */
  undo: ((act: BulkAct, item: Pick<Item, 'id'>, before: never) => Promise<Message>) | null;
  batched?: Batched<Values<Form<F>>>;
  /** Why it cannot be taken back, or what taking back means. */
  undoText: Label;
  /** The rows of the present state, as the template has them: to be changed and sent back. */
  present?(
    db: Db,
    actor: Actor,
    after: number,
    limit: number,
  ): Promise<{ id: number; values: Record<string, string | string[]> }[]>;
};

/** What reading a file of rows must know: its columns, and what names a row. */
export type Columns = Pick<Kind, 'form' | 'changes' | 'label' | 'identities'>;

/** A kind whose types are found out from its form. */
export function defineKind<F extends Record<string, Field>>(kind: Kind<F>): Kind {
  return kind as unknown as Kind;
}
