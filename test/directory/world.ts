import fc from 'fast-check';
import { createAgency, updateAgency } from '../../src/agencies/agency.ts';
import { grantRole, withdrawRole } from '../../src/agencies/people/role.ts';
import { agencyById } from '../../src/agencies/queries.ts';
import { NotFound, RuleBroken } from '../../src/base/errors.ts';
import { DAY, dayOf, later } from '../../src/base/time.ts';
import { addContact, changeContact, removeContact } from '../../src/contacts/contact.ts';
import { type Act, inAct, UNSET } from '../../src/data/act.ts';
import { runDue } from '../../src/due.ts';
import { InvalidForm } from '../../src/forms/form.ts';
import { deleteGroup } from '../../src/groups/deletion.ts';
import { createGroup } from '../../src/groups/group.ts';
import { setMailFlows, updateGroup } from '../../src/groups/group-details.ts';
import { addMembers, removeMembers } from '../../src/groups/members/members.ts';
import { disableMailbox } from '../../src/mailbox-life/disabling.ts';
import { enableMailbox } from '../../src/mailbox-life/enabling.ts';
import { restoreMailbox } from '../../src/mailbox-life/restoring.ts';
import { changeAcceptFrom } from '../../src/mailbox-life/senders.ts';
import { requestDeletion, withdrawDeletion } from '../../src/mailbox-life/termination.ts';
import { generalOf, updateGeneral } from '../../src/mailboxes/details.ts';
import { aliasesOf } from '../../src/mailboxes/queries.ts';
import { profileOf, updateOwnProfile } from '../../src/my-account/own-profile.ts';
import { findOwn } from '../../src/my-account/queries.ts';
import { detailsOf } from '../../src/officers/details.ts';
import { allocate } from '../../src/transfers/allocate.ts';
import { releaseOfficer } from '../../src/transfers/transfer-request.ts';
import type { Ipms } from '../helper.ts';
import { actorOf, JC, KC, makeOfficer } from '../make.ts';
import { mailboxNow } from '../read.ts';

// The program's own verbs, one after the other, by whoever may.

const DOMAINS = { [JC]: 'jabatan.test', [KC]: 'kementerian.test' } as Record<number, string>;
/** Another one of the first agency's: only so may two of its lists have the same local part. */
const SECOND_DOMAIN = 'unit.jabatan.test';
const ADMINS = { [JC]: 'admin.jabatan', [KC]: 'admin.kementerian' } as Record<number, string>;

export const step = fc.record({
  verb: fc.nat(),
  person: fc.nat(),
  list: fc.nat(),
  contact: fc.nat(),
  /** One of a few local parts, some of which are alike but for a number. */
  local: fc.constantFrom('unit', 'unit-2', 'unit-3', 'unit2', 'semua', 'sulit'),
  choice: fc.nat({ max: 5 }),
  hours: fc.nat({ max: 60 }),
});
export type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

export class World {
  readonly ipms: Ipms;
  readonly people: number[] = [];
  readonly lists: number[] = [];
  readonly contacts: number[] = [];
  readonly agencies: number[] = [];
  readonly done = new Map<string, number>();
  now: Date;

  constructor(ipms: Ipms) {
    this.ipms = ipms;
    this.now = ipms.clock.now;
  }
  async act<T>(login: string, work: (act: Act) => Promise<T>) {
    const actor = await actorOf(this.ipms, login);
    return inAct(this.ipms.db, { actor, now: this.now, settings: UNSET }, work);
  }
  helpdesk<T>(work: (act: Act) => Promise<T>) {
    return this.act('meja.bantuan', work);
  }
  admin<T>(agency: number, work: (act: Act) => Promise<T>) {
    return this.act(ADMINS[agency] ?? '', work);
  }
  async person(wanted: number) {
    return mailboxNow(this.ipms, { id: this.people[wanted % this.people.length] ?? 0 });
  }
  /** Somebody whose account is so, if there is anybody. */
  async personWho(wanted: number, status: 'disabled' | 'deleted') {
    const rows = this.ipms.db.selectFrom('mailbox').select('id').where('id', 'in', this.people);
    const ids = await rows.where('status', '=', status).orderBy('id').execute();
    return mailboxNow(this.ipms, ids[wanted % ids.length] ?? { id: this.people[0] ?? 0 });
  }
  async list(wanted: number) {
    const id = this.lists[wanted % Math.max(1, this.lists.length)] ?? 0;
    return this.ipms.db.selectFrom('group').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  }
  async contact(wanted: number) {
    const id = this.contacts[wanted % Math.max(1, this.contacts.length)] ?? 0;
    return this.ipms.db.selectFrom('contact').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  }
  /** Addresses of every kind that somebody may be sent mail by. */
  async addresses(wanted: Step, agency: number) {
    const { email } = await this.contact(wanted.contact);
    const all = [(await this.person(wanted.person)).primary_email, email, (await this.list(wanted.list)).primary_email];
    const postmaster = (await agencyById(this.ipms.db, agency)).postmaster_email;
    return [[all[0]], [all[1]], [all[2]], [postmaster], all, [all[0], postmaster]][wanted.choice] as string[];
  }
}

const REFUSALS = [RuleBroken, NotFound, InvalidForm];
const ORDER = { reason: 'other' as const, description: '', restrict_senders: true, enable_by_itself: false };
const NONE = { heirs: { all: null, byGroup: new Map() }, leave_without: true };
const CONTACT = { position: '', company: '', phone: '', address: '' };
let numbered = 0;

export type Verb = (world: World, step: Step) => Promise<unknown>;

export const VERBS: Record<string, Verb> = {
  async register(world, { choice }) {
    numbered += 1;
    const agency = choice % 2 === 0 ? JC : KC;
    // a login ID that a list of the agency could be called like
    const login = choice > 3 ? `${agency === JC ? 'jc' : 'kc'}-unit${numbered}` : `baru${numbered}`;
    const { id } = await makeOfficer({ db: world.ipms.db, clock: { now: world.now } }, login, { agency });
    world.people.push(id);
  },
  async disable(world, { person, choice }) {
    const { id, agency_id } = await world.person(person);
    const until = choice > 2 ? dayOf(later(world.now, 2 * DAY)) : null;
    const from = choice > 3 ? dayOf(later(world.now, DAY)) : null;
    const order = { ...ORDER, disabled_from: from, disabled_until: until, leave_without: true };
    await world.admin(agency_id, (act) => disableMailbox(act, id, { ...order, enable_by_itself: until !== null }));
  },
  async enable(world, { person }) {
    const { id, agency_id } = await world.personWho(person, 'disabled');
    await world.admin(agency_id, (act) => enableMailbox(act, id, 'as-before'));
  },
  async end(world, { person, choice }) {
    const { id, agency_id } = await world.person(person);
    const effective_on = dayOf(later(world.now, choice * DAY));
    await world.admin(agency_id, (act) => requestDeletion(act, id, { ...NONE, effective_on, reason: 'x' }));
  },
  async withdrawEnd(world, { person }) {
    const { id, agency_id } = await world.person(person);
    const open = world.ipms.db.selectFrom('termination').select('id').where('mailbox_id', '=', id);
    const termination = await open.where('status', '=', 'requested').executeTakeFirst();
    await world.admin(agency_id, (act) => withdrawDeletion(act, termination?.id ?? 0));
  },
  async restore(world, { person }) {
    const { id, agency_id } = await world.personWho(person, 'deleted');
    await world.admin(agency_id, (act) => restoreMailbox(act, id));
  },
  async general(world, { person, local, choice }) {
    const mailbox = await world.person(person);
    const aliases = await aliasesOf(world.ipms.db, mailbox);
    const domain = DOMAINS[mailbox.agency_id];
    const changes = [
      { display_name: `Nama ${numbered}` },
      { full_name: `Ali bin ${local}` },
      { primary_email: `${local}.${numbered}@${domain}` },
      { aliases: [...aliases, `${local}@${domain}`] },
      { storage_mb: mailbox.storage_mb === 1024 ? 2048 : 1024 },
      { division: local, aliases: [] },
    ];
    numbered += 1;
    const input = { ...generalOf(mailbox, aliases), ...changes[choice] };
    await world.admin(mailbox.agency_id, (act) =>
      updateGeneral(act, mailbox.id, input, { keepAddress: numbered % 2 === 0, shown: null }),
    );
  },
  async acceptFrom(world, step) {
    const { id, agency_id } = await world.person(step.person);
    const senders = await world.addresses({ ...step, person: step.person + 1 }, agency_id);
    const accept_from = step.hours % 3 === 0 ? 'all' : 'listed';
    await world.admin(agency_id, (act) => changeAcceptFrom(act, id, { accept_from, senders }, null));
  },
  async ownProfile(world, { person, local }) {
    const { login_id } = await world.person(person);
    await world.act(login_id, async (act) => {
      const input = { ...profileOf(await findOwn(act.trx, act.actor)), city: local };
      return updateOwnProfile(act, input, null);
    });
  },
  async role(world, { person, choice }) {
    const { user_id } = await world.person(person);
    await world.helpdesk((act) => (choice > 2 ? grantRole(act, user_id) : withdrawRole(act, user_id, true)));
  },
  async transfer(world, { person, choice }) {
    const mailbox = await world.person(person);
    numbered += 1;
    const to = mailbox.agency_id === JC ? KC : JC;
    const offer = { agency_id: to, effective_on: null, note: '', keep_address: choice > 2, new_owner: null };
    const { id } = await world.admin(mailbox.agency_id, (act) =>
      releaseOfficer(act, mailbox.id, { ...offer, leave_without: true }),
    );
    const primary_email = `pindah${numbered}@${DOMAINS[to]}`;
    const { package: size, grade, storage_mb, service_type, supervisor_email } = mailbox;
    const input = { ...detailsOf(mailbox), primary_email, package: size, grade, storage_mb, service_type };
    await world.admin(to, (act) => allocate(act, id, { ...input, supervisor_email, services: [] }));
  },
  async list(world, { local, choice, person }) {
    numbered += 1;
    const agency = choice % 2 === 0 ? JC : KC;
    const owner = choice > 2 ? (await world.person(person)).primary_email : `${ADMINS[agency]}@${DOMAINS[agency]}`;
    const domain = choice === 0 ? SECOND_DOMAIN : DOMAINS[agency];
    const input = { display_name: `DL ${numbered}`, primary_email: `${local}@${domain}`, owners: [owner] };
    world.lists.push((await world.admin(agency, (act) => createGroup(act, input))).id);
  },
  async endList(world, { list }) {
    const { id, agency_id } = await world.list(list);
    await world.admin(agency_id, (act) => deleteGroup(act, id));
  },
  async details(world, { list, local, person, choice }) {
    const { id, agency_id, display_name } = await world.list(list);
    const { primary_email } = await world.person(person);
    numbered += 1;
    const input = [
      { display_name: `DL ${numbered}`, owners: null, aliases: null },
      { display_name, owners: [primary_email], aliases: null },
      { display_name, owners: null, aliases: [`${local}.dl@${DOMAINS[agency_id]}`] },
    ][choice % 3] as Parameters<typeof updateGroup>[2];
    await world.admin(agency_id, (act) => updateGroup(act, id, input, null));
  },
  async flows(world, step) {
    const { id, agency_id } = await world.list(step.list);
    const accept_from = (['all', 'agency', 'members', 'listed', 'listed', 'listed'] as const)[step.hours % 6] ?? 'all';
    const senders = await world.addresses({ ...step, list: step.list + 1 }, agency_id);
    await world.admin(agency_id, (act) => setMailFlows(act, id, { accept_from, senders }, null));
  },
  async join(world, step) {
    const { id, agency_id } = await world.list(step.list);
    const members = await world.addresses({ ...step, list: step.list + 1 }, agency_id);
    await world.admin(agency_id, (act) => addMembers(act, id, members));
  },
  async leave(world, { list, choice }) {
    const { id, agency_id } = await world.list(list);
    const present = world.ipms.db.selectFrom('membership').select('member_address').where('group_id', '=', id);
    const rows = await present.where('until', 'is', null).orderBy('id').execute();
    const one = rows[choice % Math.max(1, rows.length)]?.member_address ?? '';
    await world.admin(agency_id, (act) => removeMembers(act, id, [one]));
  },
  async contact(world, { choice }) {
    numbered += 1;
    const details = { ...CONTACT, full_name: `Luar ${numbered}`, email: `luar${numbered}@universiti.test` };
    const { id } = await world.helpdesk((act) => addContact(act, { ...details, company: `${choice}` }, '4.21'));
    world.contacts.push(id);
  },
  async changeContact(world, { contact, choice }) {
    numbered += 1;
    const row = await world.contact(contact);
    const email = choice > 3 ? `luar${numbered}@universiti.test` : row.email;
    await world.helpdesk((act) => changeContact(act, row.id, null, { ...row, email, position: `${choice}` }, '4.22'));
  },
  async removeContact(world, { contact }) {
    const { id } = await world.contact(contact);
    await world.helpdesk((act) => removeContact(act, id, '4.23'));
  },
  async agency(world, { choice }) {
    numbered += 1;
    const [code, domain] = [`AG${numbered}`, `agensi${numbered}.test`];
    const details = { name: `Agensi ${choice}`, code, ministry: '', mail_domains: [domain], file_reference: '' };
    world.agencies.push(
      await world.helpdesk((act) => createAgency(act, { ...details, postmaster_email: `postmaster@${domain}` })),
    );
  },
  async changeAgency(world, { choice, person }) {
    numbered += 1;
    const id = [JC, KC, ...world.agencies][person % (world.agencies.length + 2)] ?? JC;
    const { id: _id, created_at: _at, ...agency } = await agencyById(world.ipms.db, id);
    const changes = [
      { name: `Agensi ${numbered}` },
      { postmaster_email: `postmaster${numbered}@${agency.mail_domains[0]}` },
      { code: `AG${numbered}` },
    ];
    await world.helpdesk((act) => updateAgency(act, id, { ...agency, ...changes[choice % 3] }, null));
  },
  async time(world, { choice }) {
    world.now = later(world.now, choice > 4 ? 370 * DAY : choice * DAY);
    await runDue(world.ipms.db, world.now);
  },
};

/** Carries a verb out. Returns whether a rule of IPMS let it be. */
export async function isDone(verb: Verb, world: World, step: Step) {
  try {
    await verb(world, step);
    return true;
  } catch (error) {
    if (REFUSALS.some((kind) => error instanceof kind)) return false;
    throw error;
  }
}

/** Three people, three lists, of which two are alike but for their domain, and a contact. */
export async function openWorld(ipms: Ipms, step: Step) {
  // what accounts were given counts only where a directory is written to
  await ipms.db.updateTable('agency').set({ directory_mode: 'live' }).where('id', '=', KC).execute();
  const world = new World(ipms);
  const { id, created_at: _at, ...agency } = await agencyById(ipms.db, JC);
  const mail_domains = [...agency.mail_domains, SECOND_DOMAIN];
  await world.helpdesk((act) => updateAgency(act, id, { ...agency, mail_domains }, null));
  for (const choice of [0, 1, 2]) await VERBS.register?.(world, { ...step, choice });
  for (const choice of [0, 1, 2]) await VERBS.list?.(world, { ...step, choice, local: 'unit' });
  await VERBS.contact?.(world, step);
  return world;
}
