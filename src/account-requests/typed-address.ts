import { RuleBroken } from '../base/errors.ts';
import type { Db } from '../data/database.ts';
import { asTheyStand, type FormState } from '../forms/form.ts';
import type { Sentence } from '../texts.ts';
import { checkAddress } from './allocation.ts';

/**
 * A form that was refused, with what is wrong with the address in it, or others that are free (SOP 4.5 step 5): that is
 * told at once, and not only when all other fields are right.
 */
export async function withAddress(
  db: Db,
  agencyId: number,
  form: FormState,
  forRequest: Parameters<typeof checkAddress>[3],
) {
  const { typed, problems } = form;
  const [wanted = ''] = typed.primary_email ?? [];
  if (wanted === '' || problems.primary_email !== undefined) return { form };
  const refused = (primary_email: Sentence) => ({
    ...form,
    problems: asTheyStand(form.form, { ...problems, primary_email }),
  });
  try {
    const check = await checkAddress(db, agencyId, wanted, forRequest);
    if (check.available) return { form };
    return { form: refused({ key: 'address.taken', params: { address: check.address } }), check };
  } catch (error) {
    if (!(error instanceof RuleBroken)) throw error;
    return { form: refused({ key: error.key, params: error.params }) };
  }
}
