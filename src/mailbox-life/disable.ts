import { typedDay } from '../base/days.ts';
import { attachments, choice, date, flag, longText } from '../forms/fields.ts';
import { defineForm, readForm } from '../forms/form.ts';
import { withAttachments } from '../web/uploads.ts';
import { type Command, leave_without, openOrder } from './command.ts';
import { cancelDisabling, changeDisabling, disableMailbox, REASONS } from './disabling.ts';

const period = {
  disabled_from: date({ label: 'field.disabled_from', hint: 'life.fromHint', optional: true }),
  disabled_until: date({ label: 'field.disabled_until', hint: 'life.untilHint', optional: true }),
};
const enable_by_itself = flag({ label: 'life.byItself', hint: 'life.byItselfHint' });

/** SOP 4.9 steps 4 to 8. */
export const DisableForm = defineForm('disable', {
  reason: choice({
    label: 'life.reasonOf',
    options: REASONS.map((value) => ({ value, label: `life.reason.${value}` as const })),
  }),
  ...period,
  description: longText({ label: 'field.description', optional: true }),
  restrict_senders: flag({ label: 'life.restrict', hint: 'life.restrictHint' }),
  enable_by_itself,
  leave_without,
  attachments: attachments(),
});

/** Another start for what is planned, another until-date for what is planned or in force. */
const ChangeForm = defineForm('change', { ...period, enable_by_itself });

/** SOP 4.9: Disable Account, and what is planned or in force put on another day. */
export const DISABLE: Command[] = [
  {
    name: 'disable',
    sop: '4.9',
    title: 'life.disable',
    view: 'mailbox-life/disable',
    form: DisableForm,
    applies: ({ mailbox, disabling, isSelf }) => mailbox.status === 'active' && disabling === undefined && !isSelf,
    opened: ({ today }) => ({ disabled_from: typedDay(today), restrict_senders: true }),
    act: (app, request) =>
      withAttachments(request, DisableForm, async (files) => {
        const { id } = request.params;
        const order = readForm(DisableForm, request.body);
        const { carriedOut, mailed } = await app.act(request, (act) => disableMailbox(act, id, order, files));
        if (!carriedOut) return { key: 'life.disablingPlanned', next: 'life.disablingNext' };
        return { key: 'life.disabled', mailed, next: 'life.enableNext' };
      }),
  },
  {
    name: 'change-disable',
    sop: '4.9',
    title: 'life.change',
    view: 'mailbox-life/change-disable',
    form: ChangeForm,
    applies: ({ mailbox, disabling }) => mailbox.status !== 'deleted' && disabling !== undefined,
    opened: ({ disabling }) => ({
      disabled_from: typedDay(disabling?.disabled_from ?? null),
      disabled_until: typedDay(disabling?.disabled_until ?? null),
      enable_by_itself: disabling?.enable_by_itself === 1,
    }),
    async act(app, request) {
      const id = await openOrder(app, request, 'disabling');
      const { disabled_from, ...rest } = readForm(ChangeForm, request.body);
      const changes = { ...rest, ...(disabled_from === null ? {} : { disabled_from }) };
      const { carriedOut, mailed } = await app.act(request, (act) => changeDisabling(act, id, changes));
      return { key: carriedOut ? 'life.disabled' : 'life.disablingChanged', mailed };
    },
  },
  {
    name: 'cancel-disable',
    sop: '4.9',
    title: 'life.cancelPlan',
    text: 'life.cancelPlanText',
    form: defineForm('cancel', {}),
    applies: ({ mailbox, disabling }) => mailbox.status !== 'deleted' && disabling?.status === 'planned',
    async act(app, request) {
      const id = await openOrder(app, request, 'disabling');
      await app.act(request, (act) => cancelDisabling(act, id));
      return { key: 'life.disablingCancelled' };
    },
  },
];
