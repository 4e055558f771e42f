import { type AddressCheck, suggestAddresses } from '../account-requests/allocation.ts';
import { agencyDomains } from '../addresses/addresses.ts';
import type { Db } from '../data/database.ts';
import { type FormState, openForm } from '../forms/form.ts';
import type { App, Reply, WithId } from '../web/app-types.ts';
import { page } from '../web/pages.ts';
import { AllocationForm, RefuseForm, TermsForm, WithdrawForm } from './forms.ts';
import { allocationOf, mailboxOf } from './given.ts';
import { TONES } from './list.ts';
import { agencyById, findSeen, historyFor, type Seen, type Transfer, transferById } from './queries.ts';
import { releasePreview } from './release.ts';
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
  app: App,
  request: WithId,
  reply: Reply,
  forms: Forms = {},
  open?: Open,
  check?: AddressCheck,
) {
  const { db } = app;
  const seen = await findSeen(db, request.actor, request.params.id);
  const row = await transferById(db, seen.id);
  const own = (seen.status === 'requested' || seen.status === 'agreed') && (await isOwn(db, request.actor, row));
  const may = mayDo(seen, own);
  const part = may.terms ? 'keep_address' : 'primary_email'; // what came back may be the other side's part
  return page(request, reply, 'transfers/transfer', {
    seen,
    tone: TONES[seen.status],
    may,
    yourself: own ? await whoCan(db, request.actor) : null,
    open,
    check,
    ...(await factsOf(db, seen, row)),
    ...(may.terms ? await releasePreview(db, await mailboxOf(db, row)) : {}),
    history: await historyFor(db, request.actor, seen.id),
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

/** The package as it was given, or to begin with: what the officer had, at the new agency, and an address made from the name. */
async function allocationForm(db: Db, row: Transfer) {
  const given = allocationOf(row);
  if (given !== null) return openForm(AllocationForm, given);
  const mailbox = await mailboxOf(db, row);
  const [domain = ''] = await agencyDomains(db, row.to_agency_id);
  const [primary_email] = await suggestAddresses(db, mailbox.full_name, domain);
  const agency = await agencyById(db, row.to_agency_id);
  return openForm(AllocationForm, {
    primary_email,
    ministry: agency?.ministry,
    department: agency?.name,
    position_title: mailbox.position_title,
    position: mailbox.position,
    grade: mailbox.grade,
    country: mailbox.country,
    mobile_phone: mailbox.mobile_phone,
    package: mailbox.package,
    storage_mb: mailbox.storage_mb,
    services: JSON.parse(mailbox.services) as string[],
    service_type: mailbox.service_type,
  });
}
