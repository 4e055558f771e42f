import type { AddressCheck } from '../account-requests/allocation.ts';
import type { Db } from '../data/database.ts';
import { type FormState, openForm } from '../forms/form.ts';
import { attachmentsOf } from '../trail/attachment-queries.ts';
import type { Reply, WithId } from '../web/app-types.ts';
import { page } from '../web/pages.ts';
import { allocationOf, mailboxOf } from './allocation.ts';
import { allocationForm } from './allocation-form.ts';
import { RefuseForm, TermsForm, WithdrawForm } from './forms.ts';
import { TONES } from './list.ts';
import { findSeen, historyFor, type Seen, type Transfer, transferById } from './queries.ts';
import { releasePreview } from './release-officer.ts';
import { endedBy, hindranceOf, isOwn, whoCan } from './transfer.ts';

export type Open = 'agree' | 'allocation' | 'refuse' | 'withdraw';
type Forms = { agree?: FormState; refuse?: FormState; withdraw?: FormState };

/** Which forms an administrator has on a transfer as it stands; whom it is about has none. */
function mayDo({ status, side: seenFrom, begun_by }: Seen, own: boolean) {
  const side = own ? null : seenFrom;
  const asked = status === 'requested' && side !== null && side !== begun_by;
  return {
    terms: asked && side === 'releasing',
    offer: asked && side === 'receiving',
    allocation: status === 'agreed' && side === 'receiving',
    refuse: asked,
    withdraw: side !== null && (status === 'agreed' || (status === 'requested' && side === begun_by)),
  };
}

/** The page of one transfer, for either side and the helpdesk: what its reader may know, and the forms that are open. */
export async function showTransfer(
  request: WithId,
  reply: Reply,
  forms: Forms = {},
  open?: Open,
  check?: AddressCheck,
) {
  const { db } = request.server;
  const seen = await findSeen(db, request.actor, request.params.id);
  const row = await transferById(db, seen.id);
  const own = (seen.status === 'requested' || seen.status === 'agreed') && (await isOwn(db, request.actor, row));
  const may = mayDo(seen, own);
  const part = may.terms ? 'keep_address' : 'primary_email'; // what came back may be the other side's part
  return page(request, reply, 'transfers/transfer', {
    sop: undefined, // each side's approval is 5.0; the page is of no procedure
    seen,
    tone: TONES[seen.status],
    may,
    yourself: own ? await whoCan(db, request.actor) : null,
    open,
    check,
    ...(await factsOf(db, seen, row)),
    ...(may.terms ? await releasePreview(db, await mailboxOf(db, row)) : {}),
    history: await historyFor(db, request.actor, seen.id),
    attachments: await attachmentsOf(db, { kind: 'transfer', id: seen.id }),
    forms: {
      refuse: openForm(RefuseForm),
      withdraw: openForm(WithdrawForm),
      ...forms,
      agree: forms.agree && part in forms.agree.form.fields ? forms.agree : await agreeForm(db, row, may),
    },
  });
}

/** What is told of a transfer, by what its reader may know. */
async function factsOf(db: Db, seen: Seen, row: Transfer) {
  const known = seen.from_agency !== '';
  const requester = await db
    .selectFrom('user')
    .select('full_name')
    .where('id', '=', row.requested_by)
    .executeTakeFirstOrThrow();
  const waits =
    row.status === 'agreed' && row.mailbox_id !== null ? await hindranceOf(db, await mailboxOf(db, row)) : null;
  return {
    known,
    note: row.note,
    reason: row.reason,
    requester: known || seen.begun_by === seen.side ? requester.full_name : '',
    agreedBy: row.agreed_by,
    endedBy: endedBy(row, seen.side),
    waits,
    formerEmail: known ? row.former_email : '',
    keepsAddress: known && (row.begun_by === 'releasing' || row.agreed_at !== null) ? row.keep_address === 1 : null,
    keptUntil: row.kept_until,
    allocation: allocationOf(row),
    mailboxId:
      row.status === 'carried-out'
        ? seen.side === 'receiving'
          ? row.mailbox_id
          : null
        : seen.side === 'releasing'
          ? row.mailbox_id
          : null,
  };
}

function agreeForm(db: Db, row: Transfer, { offer, allocation }: ReturnType<typeof mayDo>) {
  return offer || allocation ? allocationForm(db, row) : openForm(TermsForm, { keep_address: true });
}
