import { flag } from '../forms/fields.ts';
import { defineForm, readForm } from '../forms/form.ts';
import type { Flash } from '../web/flash.ts';
import type { Command } from './command.ts';
import { enableMailbox } from './enabling.ts';
import { namesOf } from './handing-over.ts';

/** SOP 4.10 steps 3 and 4. */
export const EnableForm = defineForm('enable', {
  all_senders: flag({ label: 'life.allSenders', hint: 'life.allSendersHint' }),
});

/** SOP 4.10: Enable Account. */
export const ENABLE: Command[] = [
  {
    name: 'enable',
    sop: '4.10',
    title: 'life.enable',
    view: 'mailbox-life/enable',
    form: EnableForm,
    applies: ({ mailbox }) => mailbox.status === 'disabled',
    opened: ({ mailbox }) => ({ all_senders: mailbox.accept_from === 'listed' }),
    async act(app, { actor, params, body }) {
      const senders = readForm(EnableForm, body).all_senders ? 'all' : 'as-before';
      const { back, missing, mailed } = await app.act({ actor }, (act) => enableMailbox(act, params.id, senders));
      const flash: Flash = { key: 'life.enabled', params: { count: back }, mailed };
      if (missing.length === 0) return flash;
      return { ...flash, key: 'life.enabledWithout', params: { count: back, lists: namesOf(missing) } };
    },
  },
];
