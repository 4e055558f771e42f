import { type AddressCheck, checkAddress, suggestAddresses } from '../account-requests/allocation.ts';
import { agencyAddress, agencyDomains } from '../addresses/addresses.ts';
import { type Actor, agencyOf } from '../base/actor.ts';
import type { Db } from '../data/database.ts';
import { type FormState, openForm, readForm, refusedForm } from '../forms/form.ts';
import { detailsOf } from '../officers/details.ts';
import type { WithId } from '../web/app-types.ts';
import { refuseGiving } from './allocate.ts';
import { type Allocation, allocationOf, mailboxOf } from './allocation.ts';
import { AllocationForm } from './forms.ts';
import { agencyById, findTransfer, isOwnAddress, type Transfer } from './queries.ts';

/** The package as it was given, or to begin with: what the officer had, at the new agency, and an address made from the name. */
export async function allocationForm(db: Db, row: Transfer) {
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

/** What was typed; an address without a domain is of the own agency. @throws InvalidForm */
export async function readAllocation(db: Db, actor: Actor, body: unknown): Promise<Allocation> {
  const values = readForm(AllocationForm, body);
  return {
    ...detailsOf(values),
    primary_email: await agencyAddress(db, agencyOf(actor), values.primary_email),
    package: values.package,
    grade: values.grade,
    storage_mb: Number(values.storage_mb),
    services: values.services,
    service_type: values.service_type,
    supervisor_email: values.supervisor_email,
  };
}

/** The form with the address that was asked about, and the answer; others are made from the officer's name. */
export async function checkAllocation(db: Db, request: WithId): Promise<{ form: FormState; check: AddressCheck }> {
  const { row, side } = await findTransfer(db, request.actor, request.params.id);
  refuseGiving(row, side); // what is made from the name would say it
  const { pick, primary_email } = request.body as Record<string, unknown>;
  const wanted = typeof pick === 'string' ? pick : typeof primary_email === 'string' ? primary_email : '';
  const mailbox = await mailboxOf(db, row);
  const check = await checkAddress(db, row.to_agency_id, wanted, null);
  const own =
    JSON.parse(row.allocation ?? '{}').primary_email === check.address ||
    (await isOwnAddress(db, mailbox, check.address));
  const form = refusedForm(AllocationForm, request.body, {}, null);
  form.typed.primary_email = [check.address];
  if (own) return { form, check: { ...check, available: true, suggestions: [] } };
  if (check.available) return { form, check };
  const domain = check.address.slice(check.address.lastIndexOf('@') + 1);
  return { form, check: { ...check, suggestions: await suggestAddresses(db, mailbox.full_name, domain) } };
}
