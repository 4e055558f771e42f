import { addresses, email, flag, named, needed, text } from '../forms/fields.ts';
import { defineForm, type FormState, openForm } from '../forms/form.ts';
import { shownField } from '../forms/stale.ts';
import { detailFields, positionFields } from '../officers/details.ts';
import { packageFields } from '../officers/package-fields.ts';
import type { General } from './details.ts';

/** A package of which all is chosen but the grade. */
export const wholePackage = {
  package: needed(packageFields.package),
  grade: packageFields.grade,
  storage_mb: needed(packageFields.storage_mb),
  services: packageFields.services,
  service_type: needed(packageFields.service_type),
};

/** SOP 4.7: what tables 3A and 3B hold, how the mailbox is called and reached, and its package. */
export const GeneralForm = defineForm('general', {
  display_name: named({ label: 'field.display_name', hint: 'mailbox.displayHint', max: 150, autocomplete: 'off' }),
  full_name: named({ label: 'field.full_name', max: 150, autocomplete: 'off' }),
  primary_email: { ...packageFields.primary_email, hint: 'mailbox.emailHint' as const },
  keep_address: flag({ label: 'mailbox.keepAddress' }),
  aliases: addresses({ label: 'field.aliases', hint: 'mailbox.aliasesHint', optional: true, max: 4000 }),
  passport: text({
    label: 'field.passport',
    hint: 'mailbox.passportHint',
    optional: true,
    max: 20,
    autocomplete: 'off',
    pattern: /^[a-z0-9]{6,20}$/i,
    wrong: 'mailbox.passportWrong',
  }),
  supervisor_email: email({ label: 'field.supervisor_email', optional: true }),
  ...detailFields,
  ...positionFields,
  ...wholePackage,
  shown: shownField(),
});

/** The form as the mailbox is now. @param shown the newest change of it, where the form is to say so */
export function presentForm(general: General, shown: number | null): FormState {
  return openForm(GeneralForm, {
    ...general,
    aliases: general.aliases.join('\n'),
    keep_address: true,
    shown,
  });
}

/** A body that did not ask for everything: what it left out stays as it is. */
export function withPresent({ typed }: FormState, body: unknown): Record<string, unknown> {
  return { ...typed, ...(body as Record<string, unknown> | undefined) };
}
