import type { Columns } from '../bulk/kind.ts';
import { date, email } from '../forms/fields.ts';
import { defineForm, type Field, FieldRefused, type Values } from '../forms/form.ts';
import type { Sentence } from '../texts.ts';

const MOST_MB = 99_999_999;

/** Megabytes, as mail systems write them: whole or with a fraction, which is rounded. */
const megabytes: Field<number> = {
  kind: 'text',
  label: 'usage.used',
  optional: false,
  max: 20,
  attributes: { type: 'text', inputmode: 'decimal' },
  read([typed = '']) {
    const text = typed.trim();
    if (text === '') throw new FieldRefused('form.required');
    if (/^-\s*\d/.test(text)) throw new FieldRefused('usage.negative');
    if (!/^\d{1,8}(\.\d{1,9})?$/.test(text)) throw new FieldRefused('usage.number', { most: MOST_MB });
    return Math.round(Number(text));
  },
};

const UsageForm = defineForm(
  'usage',
  {
    address: email({ label: 'usage.address' }),
    used_mb: megabytes,
    date: date({ label: 'usage.on' }),
    last_mail: date({ label: 'usage.lastMail', optional: true }),
  },
  (values) => {
    const empty: Sentence = { key: 'form.required' };
    return {
      ...(values.address === null ? { address: empty } : {}),
      ...(values.date === null ? { date: empty } : {}),
    };
  },
);

export type Figures = Values<typeof UsageForm>;

/** What a file of the mail system holds, a row a mailbox. */
export const usageColumns = {
  form: UsageForm,
  label: ({ address }: Figures) => address ?? '',
  identities: ({ address }: Figures) => [{ column: 'address', value: address ?? '' }],
} as unknown as Columns;
