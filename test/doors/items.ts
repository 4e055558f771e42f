import { randomUUID } from 'node:crypto';
import { attachFiles } from '../../src/trail/attachments.ts';
import { bringFile, pdf } from '../attached-files.ts';
import type { Ipms } from '../helper.ts';
import { actOf, type Ground, MOMENT, PERSON } from './ground.ts';
import { plantJoining, plantSignIn } from './joining-items.ts';

/** One item of each kind, in the state that most of its forms need, all of one agency. */
export type Items = Awaited<ReturnType<typeof plantItems>>;

/** The demo agency whose items the tests look at; the other one's administrator must not find them. */
export const HOME_AGENCY = 'JC';

/** Puts one item of each kind into the database and names what leads to it. */
export async function plantItems({ db }: Pick<Ipms, 'db'>) {
  return db.transaction().execute(async (trx) => {
    const agency = await trx.selectFrom('agency').selectAll().where('code', '=', HOME_AGENCY).executeTakeFirstOrThrow();
    const officer = (login: string) =>
      trx.selectFrom('user').selectAll().where('login_id', '=', login).executeTakeFirstOrThrow();
    const [admin, user] = [await officer('admin.jabatan'), await officer('pegawai.jabatan')];
    const { id: ownMailbox } = await trx
      .selectFrom('mailbox')
      .select('id')
      .where('user_id', '=', user.id)
      .executeTakeFirstOrThrow();
    const ground = { trx, agency, admin, user, ownMailbox };
    const contact = await trx
      .selectFrom('contact')
      .select('id')
      .where('status', '=', 'active')
      .orderBy('id')
      .executeTakeFirstOrThrow();
    const first = async (table: 'holiday' | 'weekend') =>
      (await trx.selectFrom(table).select('id').orderBy('id').executeTakeFirstOrThrow()).id;
    const planted = {
      ...(await plantJoining(ground)),
      ...(await plantSignIn(ground, await officer('pegawai.kementerian'))),
      ...(await plantList(ground)),
      ...(await plantOrders(ground)),
      ...(await plantTransfer(ground)),
      ...(await plantCorrection(ground)),
      ...(await plantFiles(ground)),
      ...(await plantSecondAccount(ground)),
    };
    const newest = async (table: 'outbox' | 'audit' | 'record' | 'attachment') =>
      (await trx.selectFrom(table).select('id').orderBy('id', 'desc').executeTakeFirstOrThrow()).id;
    return {
      ...planted,
      agency: agency.id,
      admin: admin.id,
      user: user.id,
      helpdesk: (await officer('meja.bantuan')).id,
      outbox: await newest('outbox'),
      audit: await newest('audit'),
      record: await newest('record'),
      attachment: await newest('attachment'),
      contact: contact.id,
      holiday: await first('holiday'),
      weekend: await first('weekend'),
    };
  });
}

/** The agency's newest. */
async function newestOf({ trx, agency }: Ground, table: 'mailbox' | 'group') {
  const row = await trx
    .selectFrom(table)
    .select('id')
    .where('agency_id', '=', agency.id)
    .where('status', '=', 'active')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** A list of the officer's, and what is asked for it. */
async function plantList(ground: Ground) {
  const { trx, agency, user, ownMailbox } = ground;
  const group = await newestOf(ground, 'group');
  await trx
    .insertInto('group_owner')
    .values({ group_id: group, mailbox_id: ownMailbox })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const groupChange = await trx
    .insertInto('list_change_request')
    .values({
      kind: 'free-text',
      group_id: group,
      agency_id: agency.id,
      requested_by: user.id,
      text: 'Tambah ahli',
      created_at: MOMENT,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { group, list_change_request: groupChange.id };
}

/** A mailbox's disabling and deletion, with the ticket and a file. */
async function plantOrders(ground: Ground) {
  const { trx, agency, admin, ownMailbox } = ground;
  const disabling = await trx
    .insertInto('disabling')
    .values({
      mailbox_id: ownMailbox,
      agency_id: agency.id,
      reason: 'study_leave',
      disabled_from: '2026-12-01',
      disabled_until: '2027-12-01',
      ordered_by: admin.id,
      ordered_at: MOMENT,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const ticket = await trx
    .insertInto('ticket')
    .values({
      agency_id: agency.id,
      kind: 'termination',
      subject: PERSON.full_name,
      item_type: 'mailbox',
      item_id: ownMailbox,
      content: JSON.stringify({ email: false, lync: false, ad: false }),
      due_on: '2026-11-24',
      requested_by: admin.id,
      created_at: MOMENT,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await attachFiles(
    actOf(ground),
    { kind: 'ticket', id: ticket.id },
    { type: 'ticket', id: ticket.id, name: PERSON.full_name, agencyId: agency.id },
    [await bringFile(trx, pdf())],
  );
  const termination = await trx
    .insertInto('termination')
    .values({
      mailbox_id: ownMailbox,
      agency_id: agency.id,
      effective_on: '2026-12-24',
      reason: 'Bersara',
      ticket_id: ticket.id,
      requested_by: admin.id,
      requested_at: MOMENT,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { disabling: disabling.id, ticket: ticket.id, termination: termination.id };
}

/** Asked for by this agency, of nobody: no other agency has a part in it. */
async function plantTransfer({ trx, agency, admin }: Ground) {
  const transfer = await trx
    .insertInto('transfer')
    .values({
      begun_by: 'receiving',
      to_agency_id: agency.id,
      sought_email: 'siti@lain.test',
      effective_on: '2026-12-01',
      requested_by: admin.id,
      requested_at: MOMENT,
      expires_on: '2026-12-24',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { transfer: transfer.id };
}

/** A correction of what the officer is known by. */
async function plantCorrection({ trx, agency, user, ownMailbox }: Ground) {
  const mistaken = await trx.selectFrom('mailbox').selectAll().where('id', '=', ownMailbox).executeTakeFirstOrThrow();
  const correction = await trx
    .insertInto('correction')
    .values({
      mailbox_id: ownMailbox,
      agency_id: agency.id,
      person_name: mistaken.display_name,
      former_ic_number: mistaken.ic_number,
      former_passport: mistaken.passport,
      former_login_id: mistaken.login_id,
      ic_number: mistaken.ic_number,
      passport: mistaken.passport,
      login_id: 'pegawai.betul',
      reason: 'Tersalah taip',
      requested_by: user.id,
      requested_at: MOMENT,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { correction: correction.id };
}

/** What comes in files: bulk work, figures of use; and what was found in the directory. */
async function plantFiles(ground: Ground) {
  const { trx, agency, admin, user } = ground;
  const bulkRun = await trx
    .insertInto('bulk_run')
    .values({
      agency_id: agency.id,
      kind: 'access-codes',
      state: 'checked',
      file_name: 'pengambilan.csv',
      file_hash: 'hash',
      total: 1,
      act: randomUUID(),
      created_by: admin.id,
      created_by_name: admin.full_name,
      created_at: MOMENT,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await trx
    .insertInto('bulk_row')
    .values({ run_id: bulkRun.id, line: 2, label: PERSON.full_name, input: '{}', state: 'waiting' })
    .execute();
  const usageFile = await trx
    .insertInto('usage_file')
    .values({
      state: 'checked',
      file_name: 'kuota.csv',
      file_hash: 'hash',
      total: 1,
      created_by: null,
      created_by_name: 'IPMS',
      created_at: MOMENT,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const adoption = await trx
    .insertInto('directory_adoption')
    .values({
      agency_id: agency.id,
      ou: 'OU=Staf,DC=agensi,DC=test',
      state: 'reported',
      found: 1,
      clean: 1,
      asked_by: admin.id,
      asked_by_name: 'Meja Bantuan',
      asked_at: MOMENT,
      reported_at: MOMENT,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const mailbox = await newestOf(ground, 'mailbox');
  const figure = { line: 2, address: user.email, mailbox_id: mailbox, used_mb: 900, used_on: '2026-11-24' };
  await trx
    .insertInto('usage_row')
    .values({ ...figure, file_id: usageFile.id, last_mail_on: null, state: 'waiting' })
    .execute();
  return { bulk_run: bulkRun.id, usage_file: usageFile.id, adoption: adoption.id, mailbox };
}

/** Leave to serve a person twice, and a mailbox that serves somebody twice without. */
async function plantSecondAccount(ground: Ground) {
  const { trx, agency, admin } = ground;
  const mailbox = await newestOf(ground, 'mailbox');
  const secondAccount = await trx
    .insertInto('second_account')
    .values({
      kind: 'ic_number',
      value: '780412105522',
      agency_id: agency.id,
      full_name: admin.full_name,
      reason: 'Dua jawatan',
      granted_by: admin.id,
      granted_at: MOMENT,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await trx
    .updateTable('identity_claim')
    .set({ surplus: 1 })
    .where('holder', '=', 'mailbox')
    .where('holder_id', '=', mailbox)
    .execute();
  return { second_account: secondAccount.id, double: `mailbox-${mailbox}` };
}
