import { RuleBroken } from '../../base/errors.ts';
import { changeContact, contactFacts } from '../../contacts/contact.ts';
import { contactFields } from '../../contacts/contact-form.ts';
import { contactById } from '../../contacts/queries.ts';
import type { Act } from '../../data/act.ts';
import type { Row } from '../../data/schema.ts';
import { type Field, FieldRefused } from '../../forms/form.ts';
import { updateGroup } from '../../groups/group-details.ts';
import { groupById } from '../../groups/queries.ts';
import { type General, generalOf, updateGeneral } from '../../mailboxes/details.ts';
import { GeneralForm } from '../../mailboxes/general-form.ts';
import { aliasesOf, findMailbox } from '../../mailboxes/queries.ts';
import type { Change } from '../objects.ts';

/** Of each kind, the attributes whose values IPMS can take: one field stands behind each, and a person may change it. */
const MAILBOX_FIELDS = {
  displayName: 'display_name',
  title: 'position',
  department: 'division',
  company: 'department',
  physicalDeliveryOfficeName: 'section',
  streetAddress: 'address',
  l: 'city',
  postalCode: 'postcode',
  st: 'state',
  co: 'country',
  telephoneNumber: 'office_phone',
  mobile: 'mobile_phone',
} as const;
const CONTACT_FIELDS = {
  displayName: 'full_name',
  title: 'position',
  company: 'company',
  telephoneNumber: 'phone',
  streetAddress: 'address',
} as const;

/**
 * What somebody wrote into the directory becomes IPMS's own, as if it had been typed into the form of the item: by the same verb,
 * under the same rules.
 * @returns whether it did; not where no form has the field, or its rules refuse the value
 */
export async function takeValue(act: Act, object: Row<'directory_object'>, change: Change): Promise<boolean> {
  if (change.action !== 'update' || object.item_type === 'helper' || change.from.length > 1) return false;
  const value = change.from[0] ?? '';
  try {
    return await TAKE[object.item_type](act, Number(object.item_id), change.field, value);
  } catch (error) {
    // what a person could not save either
    if (error instanceof FieldRefused || error instanceof RuleBroken) return false;
    throw error;
  }
}

type Take = (act: Act, id: number, attribute: string, value: string) => Promise<boolean>;
const TAKE: Record<'mailbox' | 'group' | 'contact', Take> = {
  mailbox: takeIntoMailbox,
  group: takeIntoGroup,
  contact: takeIntoContact,
};

const has = <Fields extends object>(fields: Fields, name: string): name is Extract<keyof Fields, string> =>
  Object.hasOwn(fields, name);

const read = (field: Field<string>, value: string) => field.read(value === '' ? [] : [value]);

async function takeIntoMailbox(act: Act, id: number, attribute: string, value: string) {
  if (!has(MAILBOX_FIELDS, attribute)) return false;
  const mailbox = await findMailbox(act.trx, act.actor, id);
  const field = MAILBOX_FIELDS[attribute];
  // two fields stand in this attribute: nobody can say which part is which
  if (field === 'section' && mailbox.unit !== '') return false;
  // an empty division shows the department: taken as it is, that would become the division
  if ((field === 'division' || field === 'department') && value === '') return false;
  const present = generalOf(mailbox, await aliasesOf(act.trx, mailbox));
  const input: General = { ...present, [field]: read(GeneralForm.fields[field], value) };
  return await updateGeneral(act, id, input, { keepAddress: true, shown: null });
}

async function takeIntoGroup(act: Act, id: number, attribute: string, value: string) {
  if (attribute !== 'displayName') return false;
  const { display_name: _present, ...group } = await groupById(act.trx, id);
  const display_name = read(GeneralForm.fields.display_name, value);
  const same = { owners: null, aliases: null, joining: group.joining, leaving: group.leaving };
  return (await updateGroup(act, id, { display_name, ...same }, null)).changed;
}

async function takeIntoContact(act: Act, id: number, attribute: string, value: string) {
  if (!has(CONTACT_FIELDS, attribute)) return false;
  const field = CONTACT_FIELDS[attribute];
  const contact = await contactById(act.trx, id);
  const details = { ...contactFacts(contact), [field]: read(contactFields[field], value) };
  if (details[field] === contact[field]) return false;
  await changeContact(act, id, null, details, '4.22');
  return true;
}
