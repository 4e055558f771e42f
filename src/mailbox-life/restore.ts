import { defineForm } from '../forms/form.ts';
import type { Command } from './command.ts';
import { restoreMailbox } from './restoring.ts';

/** SOP 4.12: a deleted mailbox comes back. */
export const RESTORE: Command[] = [
  {
    name: 'restore',
    sop: '4.12',
    title: 'life.restore',
    view: 'mailbox-life/restore',
    form: defineForm('restore', {}),
    applies: ({ restorable }) => restorable,
    async act(app, { actor, params }) {
      const { back, mailed } = await app.act({ actor }, (act) => restoreMailbox(act, params.id));
      return { key: 'life.restored', params: { count: back }, mailed };
    },
  },
];
