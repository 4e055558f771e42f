import fc from 'fast-check';
import { t } from 'tap';
import { createAgency, updateAgency } from '../../src/agencies/agency.ts';
import { grantRole, withdrawRole } from '../../src/agencies/people/role.ts';
import { agencyById } from '../../src/agencies/queries.ts';
import { NotFound, RuleBroken } from '../../src/base/errors.ts';
import { DAY, dayOf, HOUR, later } from '../../src/base/time.ts';
import { addContact, changeContact, removeContact } from '../../src/contacts/contact.ts';
import { confirmCorrection, requestCorrection } from '../../src/corrections/correction.ts';
import { type Act, inAct, UNSET } from '../../src/data/act.ts';
import type { Sqlite } from '../../src/data/database.ts';
import { markOf } from '../../src/directory/objects.ts';
import { wantedOfAgency, wantedOfAll } from '../../src/directory/wanted.ts';
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
import { NOT_ASKED, storePassword } from '../../src/sign-in/password.ts';
import { allocate } from '../../src/transfers/allocate.ts';
import { releaseOfficer } from '../../src/transfers/transfer-request.ts';
import { type Ipms, START, startIpms } from '../helper.ts';
import { actorOf, JC, KC, makeContact, makeGroup, makeOfficer } from '../make.ts';
import { dueInDirectory, mailboxNow } from '../read.ts';

// Whatever the program's own verbs do: where the directory is to be another one afterwards, the object is marked.

const DOMAINS = { [JC]: 'jabatan.test', [KC]: 'kementerian.test' } as Record<number, string>;
/** Another one of the first agency's: only so may two of its lists have the same local part. */
const SECOND_DOMAIN = 'unit.jabatan.test';
const ADMINS = { [JC]: 'admin.jabatan', [KC]: 'admin.kementerian' } as Record<number, string>;

const step = fc.record({
  verb: fc.nat(),
  person: fc.nat(),
  list: fc.nat(),
  contact: fc.nat(),
  /** One of a few local parts, some of which are alike but for a number. */
  local: fc.constantFrom('unit', 'unit-2', 'unit-3', 'unit2', 'semua', 'sulit'),
  choice: fc.nat({ max: 5 }),
  hours: fc.nat({ max: 60 }),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

class World {
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

type Verb = (world: World, step: Step) => Promise<unknown>;

const VERBS: Record<string, Verb> = {
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

/** What is wanted of every agency and of all together, by the mark of each object; always as of one day, since days mark nothing. */
async function snapshot({ db }: Ipms) {
  const agencies = await db.selectFrom('agency').selectAll().orderBy('id').execute();
  const options = { now: START, signInSuffix: null };
  const parts = [await wantedOfAll(db)];
  for (const agency of agencies) parts.push(await wantedOfAgency(db, agency, options));
  const objects = parts.flatMap((part) => part.objects);
  return new Map(objects.map((object) => [markOf(object.of), JSON.stringify(object)]));
}

async function dueMarks({ db }: Ipms) {
  const rows = await db
    .selectFrom('directory_object')
    .select(['item_type', 'item_id'])
    .where('state', '=', 'due')
    .execute();
  return new Set(rows.map((row) => `ipms:${row.item_type}:${row.item_id}`));
}

async function settle({ db }: Ipms) {
  await db.updateTable('directory_object').set({ state: 'step' }).where('state', '<>', 'step').execute();
}

/** Carries a verb out. Returns whether a rule of IPMS let it be. */
async function isDone(verb: Verb, world: World, step: Step) {
  try {
    await verb(world, step);
    return true;
  } catch (error) {
    if (REFUSALS.some((kind) => error instanceof kind)) return false;
    throw error;
  }
}

/** Three people, three lists, of which two are alike but for their domain, and a contact. */
async function openWorld(ipms: Ipms, step: Step) {
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

t.test('after every verb, what is wanted otherwise is marked', async (t) => {
  const names = Object.keys(VERBS);
  const counts = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 30, maxLength: 50 }), async (steps) => {
      const ipms = await startIpms(t);
      const world = await openWorld(ipms, steps[0] as Step);
      let before = await snapshot(ipms);
      for (const each of steps) {
        const name = names[each.verb % names.length] ?? '';
        world.now = later(world.now, each.hours * HOUR);
        await settle(ipms);
        const done = await isDone(VERBS[name] as Verb, world, each);
        const [after, marked] = [await snapshot(ipms), await dueMarks(ipms)];
        for (const mark of new Set([...before.keys(), ...after.keys()]))
          if (before.get(mark) !== after.get(mark) && !marked.has(mark))
            throw new Error(`${name}: ${mark} is not marked\n${before.get(mark)}\n${after.get(mark)}`);
        before = after;
        if (done) counts.set(name, (counts.get(name) ?? 0) + 1);
      }
    }),
    // a history is not worth shrinking: each has a database of its own
    { numRuns: 40, seed: 20261124, endOnFailure: true },
  );
  for (const name of names) t.ok((counts.get(name) ?? 0) > 1, `${name} was carried out ${counts.get(name) ?? 0} times`);
});

t.test('ten changes are one mark, which keeps the moment of the first', async (t) => {
  const ipms = await startIpms(t);
  const mailbox = await makeOfficer(ipms, 'tanda');
  const row = () =>
    ipms.db
      .selectFrom('directory_object')
      .selectAll()
      .where('item_type', '=', 'mailbox')
      .where('item_id', '=', mailbox.id)
      .execute();
  const since = '2026-01-01T00:00:00.000Z';
  await ipms.db.updateTable('directory_object').set({ wanted_at: since }).execute();
  const change = (title: string) =>
    ipms.db.updateTable('mailbox').set({ position: title }).where('id', '=', mailbox.id);
  for (let number = 0; number < 10; number += 1) await change(`${number}`).execute();
  t.match(await row(), [{ state: 'due', wanted_at: since }]);
  await ipms.db.updateTable('directory_object').set({ state: 'refused', tries: 3, next_try_at: since }).execute();
  await change('9').execute();
  t.match(await row(), [{ state: 'refused' }], 'what is the same is no change');
  await change('10').execute();
  const [marked] = await row();
  t.match(marked, { state: 'due', tries: 0, next_try_at: null }, 'a change is a reason to try again');
  t.not(marked?.wanted_at, since);
  await settle(ipms);
  await ipms.db
    .updateTable('mailbox')
    .set({ version: 99, used_mb: 5, note: 'x' })
    .where('id', '=', mailbox.id)
    .execute();
  t.strictSame(await dueInDirectory(ipms, 'mailbox'), [], 'what no directory holds marks nothing');
});

t.test('an account opens with its first password; another one marks nothing yet', async (t) => {
  const ipms = await startIpms(t);
  const { id, user_id } = await makeOfficer(ipms, 'laluan');
  const isOpen = async () => {
    const agency = await ipms.db.selectFrom('agency').selectAll().where('id', '=', JC).executeTakeFirstOrThrow();
    const { objects } = await wantedOfAgency(ipms.db, agency, { now: START, signInSuffix: null });
    return objects.find(({ of }) => of.type === 'mailbox' && of.id === id)?.isOpen;
  };
  await ipms.db.updateTable('user').set({ password_hash: null }).where('id', '=', user_id).execute();
  t.equal(await isOpen(), false);
  const store = async (hash: string) => {
    await settle(ipms);
    await ipms.db
      .transaction()
      .execute((trx) => storePassword(trx, user_id, { hash, directory: NOT_ASKED }, ipms.clock.now));
    return dueInDirectory(ipms, 'mailbox');
  };
  t.strictSame(await store('one'), [id]);
  t.equal(await isOpen(), true);
  t.strictSame(await store('two'), []);
});

const SOMEBODY = `select id from mailbox where login_id = 'seorang'`;
const GROUP = `select id from "group" where primary_email = 'satu@jabatan.test'`;
const OUTER = `select id from "group" where primary_email = 'luar@jabatan.test'`;
const CONTACT_ID = `select id from contact where email = 'luar@universiti.test'`;

/** One statement for each trigger that nothing else marks, and what is due after it. */
const CHANGES: Record<string, [statement: string, due: string[]]> = {
  mailbox_added: [
    `insert into mailbox (agency_id, user_id, category, display_name, full_name, primary_email, login_id, package, grade,
      storage_mb, service_type, created_at)
      values (1, (select id from user where login_id = 'meja.bantuan'), 'other', '', '', '', 'jc-satu', 'C', '', 1, 'vip', '')`,
    ['new mailbox', 'semua:1', 'satu', 'luar'],
  ],
  mailbox_changed: [`update mailbox set division = 'x' where id = (${SOMEBODY})`, ['seorang']],
  mailbox_completed: [`update mailbox set to_complete = 1 where id = (${SOMEBODY})`, ['seorang']],
  mailbox_life: [`update mailbox set status = 'disabled' where id = (${SOMEBODY})`, ['semua:1', 'satu', 'luar']],
  mailbox_login: [`update mailbox set login_id = 'jc-luar' where id = (${SOMEBODY})`, ['seorang', 'satu', 'luar']],
  mailbox_services: [`update mailbox set services = '["SSO"]' where id = (${SOMEBODY})`, ['seorang']],
  user_changed: [`update user set status = 'disabled' where login_id = 'seorang'`, ['seorang']],
  group_added: [
    `insert into "group" (agency_id, display_name, primary_email, created_at) values (1, '', 'baru@jabatan.test', '')`,
    ['new group'],
  ],
  group_changed: [`update "group" set display_name = 'x' where id = (${GROUP})`, ['satu']],
  group_name: [`update "group" set primary_email = 'luar-2@jabatan.test' where id = (${GROUP})`, ['luar']],
  group_life: [`update "group" set status = 'deleted' where id = (${GROUP})`, ['luar']],
  group_owner_added: [`insert into group_owner values ((${OUTER}), 2)`, ['luar']],
  group_owner_changed: [`update group_owner set mailbox_id = 2 where group_id = (${OUTER})`, ['luar']],
  group_owner_removed: [`delete from group_owner where group_id = (${OUTER})`, ['luar']],
  group_sender_added: [`insert into group_sender values ((${GROUP}), 'y@jauh.test')`, ['satu']],
  group_sender_changed: [`update group_sender set address = 'y@jauh.test' where group_id = (${GROUP})`, ['satu']],
  group_sender_removed: [`delete from group_sender where group_id = (${GROUP})`, ['satu']],
  accepted_sender_added: [`insert into accepted_sender values ((${SOMEBODY}), 'y@jauh.test')`, ['seorang']],
  accepted_sender_changed: [
    `update accepted_sender set address = 'y@jauh.test' where mailbox_id = (${SOMEBODY})`,
    ['seorang'],
  ],
  accepted_sender_removed: [`delete from accepted_sender where mailbox_id = (${SOMEBODY})`, ['seorang']],
  membership_added: [
    `insert into membership (group_id, member_type, member_id, member_name, member_address, since, added_by)
      values ((${GROUP}), 'mailbox', 1, '', '', '', '')`,
    ['satu'],
  ],
  membership_changed: [`update membership set until = '', ending = 'removed' where group_id = (${OUTER})`, ['luar']],
  membership_removed: [`delete from membership where group_id = (${OUTER})`, ['luar']],
  contact_added: [`insert into contact (full_name, email, created_at) values ('', '', '')`, ['new contact']],
  contact_changed: [`update contact set phone = '1' where id = (${CONTACT_ID})`, ['contact']],
  contact_life: [`update contact set status = 'deleted' where id = (${CONTACT_ID})`, ['satu']],
  address_added: [
    `insert into address (address, kind, agency_id, item_id) values ('x@jauh.test', 'contact', null, 1)`,
    ['seorang', 'satu'],
  ],
  address_changed: [
    `update address set kind = 'reserved', reserved_until = '' where address = 'seorang@jabatan.test'`,
    ['seorang'],
  ],
  address_removed: [`delete from address where address = 'satu@jabatan.test'`, ['satu']],
  agency_added: [
    `insert into agency (name, code, postmaster_email, created_at) values ('', 'BARU', '', '')`,
    ['ou:3', 'ou:3:Pengguna', 'ou:3:Senarai', 'ou:3:Dihapus', 'semua:3', 'postmaster:3'],
  ],
  agency_changed: [
    `update agency set name = 'x' where id = 1`,
    ['ou:1', 'ou:1:Pengguna', 'ou:1:Senarai', 'ou:1:Dihapus', 'semua:1', 'postmaster:1', 'seorang', 'satu', 'luar'],
  ],
  termination_added: [
    `insert into termination (mailbox_id, agency_id, effective_on, reason, requested_by, requested_at)
      values ((${SOMEBODY}), 1, '2027-01-01', '', 1, '')`,
    ['seorang'],
  ],
  termination_changed: [`update termination set effective_on = '2027-02-01' where mailbox_id = 1`, ['mailbox 1']],
  service_added: [
    `insert into mailbox (agency_id, user_id, category, display_name, full_name, primary_email, login_id, package, grade,
      storage_mb, services, service_type, created_at)
      values (1, (select id from user where login_id = 'meja.bantuan'), 'other', '', '', '', 'z', 'C', '', 1, '["SSO"]', 'vip', '')`,
    ['pakej:C', 'servis:SSO', 'vip:'],
  ],
  service_changed: [
    `update mailbox set package = 'A', services = '["Online Archiving"]', service_type = 'vip' where id = (${SOMEBODY})`,
    ['pakej:B', 'pakej:A', 'servis:Online Archiving', 'vip:'],
  ],
  services_begun: [
    `update agency set directory_mode = 'live' where id = 2`,
    ['pakej:A', 'pakej:B', 'pakej:C', 'servis:SSO', 'servis:Enterprise Voice', 'vip:'],
  ],
};

t.test(
  'after a corrected login ID, what is wanted otherwise is marked: the account, and lists called like it',
  async (t) => {
    const ipms = await startIpms(t);
    const world = new World(ipms);
    world.people.push((await makeOfficer(ipms, 'seorang')).id);
    await makeGroup(ipms, 'unit');
    const { id, agency_id, ic_number, passport } = await world.person(0);
    for (const login_id of ['jc-unit', 'betul']) {
      await settle(ipms);
      const before = await snapshot(ipms);
      const wish = { ic_number, passport, email: null, login_id, reason: 'x' };
      const asked = await world.admin(agency_id, (act) => requestCorrection(act, id, wish));
      await world.helpdesk((act) => confirmCorrection(act, asked.id));
      const [after, marked] = [await snapshot(ipms), await dueMarks(ipms)];
      const changed = [...after.keys()].filter((mark) => before.get(mark) !== after.get(mark));
      t.ok(changed.length > 1, `${login_id}: the account and a list are another one`);
      for (const mark of changed) t.ok(marked.has(mark), `${login_id}: ${mark} is marked`);
    }
  },
);

t.test('each trigger marks what no other one does', async (t) => {
  let sqlite: Sqlite.Database | undefined;
  const ipms = await startIpms(t, {
    watch: (opened) => {
      sqlite = opened;
    },
  });
  const database = sqlite as Sqlite.Database;
  const person = await makeOfficer(ipms, 'seorang');
  const contact = await makeContact(ipms, { full_name: 'Luar', email: 'luar@universiti.test' });
  const list = await makeGroup(ipms, 'satu', { owners: [person], members: [person] });
  const outer = await makeGroup(ipms, 'luar', { owners: [person], members: [person, 'satu@jabatan.test'] });
  database.exec(`
    insert into membership (group_id, member_type, member_id, member_name, member_address, since, added_by)
      values (${list}, 'contact', ${contact}, '', '', '', '');
    insert into group_sender values (${list}, 'x@jauh.test');
    insert into accepted_sender values (${person.id}, 'x@jauh.test');
    insert into termination (mailbox_id, agency_id, effective_on, reason, requested_by, requested_at)
      values (1, 1, '2027-01-01', '', 1, '')`);
  const names: Record<string, string> = {
    seorang: `mailbox ${person.id}`,
    satu: `group ${list}`,
    luar: `group ${outer}`,
    contact: `contact ${contact}`,
  };
  const due = database.prepare(`select item_type || ' ' || item_id from directory_object where state = 'due'`).pluck();
  const newest = (table: string) =>
    database.prepare(`select seq + 1 from sqlite_sequence where name = ?`).pluck().get(table);
  const called = (name: string) => {
    const [, kind] = /^new (\w+)$/.exec(name) ?? [];
    if (kind !== undefined) return `${kind} ${newest(kind)}`;
    return names[name] ?? (name.includes(':') ? `helper ${name.replace(/:$/, '')}` : name);
  };
  const dueAfter = (statement: string) => {
    database.exec(`update directory_object set state = 'step'; ${statement}`);
    return new Set(due.all());
  };
  const triggers = database.prepare(
    `select name from sqlite_schema where type = 'trigger' and name like 'directory_follows_%'`,
  );
  const all = (triggers.pluck().all() as string[]).map((name) => name.replace('directory_follows_', ''));
  t.strictSame(Object.keys(CHANGES).sort(), all.sort(), 'each has its change');
  for (const [name, [statement, expected]] of Object.entries(CHANGES)) {
    const wanted = expected.map(called);
    database.exec('savepoint planted');
    const marked = dueAfter(statement);
    t.ok(
      wanted.every((each) => marked.has(each)),
      `${name}: ${wanted} of ${[...marked]}`,
    );
    database.exec(`rollback to planted; drop trigger directory_follows_${name}`);
    const left = dueAfter(statement);
    t.ok(
      wanted.some((each) => !left.has(each)),
      `${name}: nothing else does so`,
    );
    database.exec('rollback to planted; release planted');
  }
});
