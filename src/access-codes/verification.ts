import { longText, optionalChoice } from '../forms/fields.ts';
import { type Field, FieldRefused } from '../forms/form.ts';
import type { Sentence } from '../texts.ts';

/** SOP 4.1 step 2: with whom it was verified that a person is genuine, and what was found. */
export type Verification = { verified_with: 'human_resources' | 'division'; verification_note: string };

const ifAsked = optionalChoice({
  label: 'verify.with',
  as: 'radio',
  options: [
    { value: 'human_resources', label: 'verify.human_resources' },
    { value: 'division', label: 'verify.division' },
  ],
});

const verified_with: Field<Verification['verified_with']> = {
  ...ifAsked,
  optional: false,
  read(typed) {
    const value = ifAsked.read(typed);
    if (value === null) throw new FieldRefused('verify.missing');
    return value;
  },
};

const verification_note = longText({ label: 'verify.note', hint: 'verify.noteHint', optional: true });

export const verificationFields = { verified_with, verification_note };

/** Where a form asks for it only sometimes; `verificationMissing` says when it must be there. */
export const verificationIfAsked = { verified_with: { ...ifAsked, optional: false }, verification_note };

export const verificationMissing: Record<string, Sentence> = { verified_with: { key: 'verify.missing' } };
