import { attachments, date, email, flag, longText, rowId, text } from '../forms/fields.ts';
import { defineForm } from '../forms/form.ts';
import { wholePackage } from '../mailboxes/general-form.ts';
import { detailFields, positionFields } from '../officers/details.ts';
import { packageFields } from '../officers/package-fields.ts';

const common = {
  effective_on: date({ label: 'field.transfer_day', hint: 'transfer.dayHint', optional: true }),
  note: longText({ label: 'field.note', hint: 'transfer.noteHint', optional: true, max: 500 }),
};

/** The receiving agency: whom it asks for. */
export const AskForm = defineForm('ask', {
  who: text({ label: 'transfer.sought', hint: 'transfer.soughtHint', max: 254, autocomplete: 'off' }),
  ...common,
  attachments: attachments(),
});

const heir = email({ label: 'life.newOwner', hint: 'transfer.heirHint', optional: true });

/** The releasing agency's terms. */
const releaseFields = {
  keep_address: flag({ label: 'transfer.keep', hint: 'transfer.keepHint' }),
  new_owner: { ...heir, attributes: { ...heir.attributes, autocomplete: 'off' } },
  leave_without: flag({ label: 'administrator.leaveWithout' }),
};

/** The releasing agency: to whom it offers one of its officers. */
export const ReleaseForm = defineForm('release', {
  agency_id: rowId({ label: 'transfer.to' }),
  ...common,
  ...releaseFields,
  attachments: attachments(),
});

const allocationFields = {
  primary_email: packageFields.primary_email,
  ...wholePackage,
  supervisor_email: email({ label: 'field.supervisor_email', optional: true }),
  ...detailFields,
  ...positionFields,
};

/** Both sides agree on one page, each with its own part of this. */
export const AgreeForm = defineForm('agree', { ...releaseFields, ...allocationFields });
export const TermsForm = defineForm('agree', releaseFields);
export const AllocationForm = defineForm('agree', allocationFields);

export const RefuseForm = defineForm('refuse', {
  reason: longText({ label: 'field.reason', hint: 'transfer.refuseHint' }),
});
export const WithdrawForm = defineForm('withdraw', {});
