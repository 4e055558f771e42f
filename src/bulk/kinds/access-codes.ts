import { makeCode, refuseOpenRequest, revokeCode } from '../../access-codes/access-code.ts';
import { doublesOf } from '../../access-codes/queries.ts';
import { agencyOf } from '../../base/actor.ts';
import { Conflict, RuleBroken } from '../../base/errors.ts';
import { choice, email } from '../../forms/fields.ts';
import { defineForm } from '../../forms/form.ts';
import { identityFields, identityOf, withIdentity } from '../../officers/identity.ts';
import { type BulkAct, defineKind, type Message } from '../kind.ts';

/** A code is in one mail and kept nowhere, so in bulk it needs somebody else's address: nobody is shown 5,000 of them once. */
export const codeFields = {
  ...identityFields,
  notify_kind: choice({
    label: 'access-code.notifyKind',
    options: [
      { value: 'supervisor', label: 'notify.supervisor' },
      { value: 'personal', label: 'notify.personal' },
    ],
  }),
  notify_email: email({ label: 'access-code.notifyEmail' }),
};

/** A person as a row could name one. */
export const codeExample = {
  category: 'civil_servant',
  full_name: 'Aminah binti Yusof',
  ic_number: '900101-14-5678',
  email: '',
  notify_kind: 'personal',
  notify_email: 'aminah@rumah.test',
  supervisor_email: 'ketua@jabatan.test',
};

/** What the file says for all of its people. @throws RuleBroken when it was sent before that was asked */
export function verificationOf({ verification }: BulkAct) {
  if (verification === null) throw new RuleBroken('bulk.notVerified');
  return verification;
}

/** SOP 4.2: access codes for an intake. */
export const accessCodes = defineKind({
  title: 'bulk.access-codes',
  intro: 'bulk.access-codes.intro',
  sop: '4.2',
  isVerified: true,
  form: defineForm('bulk', codeFields, identityOf),
  example: codeExample,
  label: (values) => values.full_name,
  identities: (values) =>
    values.category === 'civil_servant'
      ? [{ column: 'ic_number', value: values.ic_number ?? '' }]
      : [{ column: 'email', value: values.email ?? '' }],
  async apply(act, values) {
    const details = withIdentity(values);
    await refuseOpenRequest(act, details);
    const issued = await makeCode(act, details, {
      verification: verificationOf(act),
      contact_email: details.email,
      status: 'issued',
    });
    return {
      item: { type: 'access_code', id: issued.id, name: details.full_name, agencyId: agencyOf(act.actor) },
      message: { key: 'bulk.said.code', params: { address: details.notify_email ?? '' } },
      before: {},
    };
  },
  async notes({ trx, actor, now }, values) {
    const doubles = await doublesOf(trx, { ...withIdentity(values), agency_id: agencyOf(actor) }, {}, now);
    // the others are refused, with words of their own
    return doubles.flatMap(({ kind, name }): Message[] =>
      kind === 'restorable' ? [{ key: 'bulk.note.restorable', params: { name } }] : [],
    );
  },
  async undo(act, { id }) {
    const code = await act.trx
      .selectFrom('access_code')
      .select('status')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    if (code.status !== 'issued' && code.status !== 'returned') throw new Conflict('bulk.codeUsed');
    await revokeCode(act, id, { reason: act.reason });
    return { key: 'bulk.said.codeRevoked' };
  },
  undoText: 'bulk.access-codes.undo',
});
