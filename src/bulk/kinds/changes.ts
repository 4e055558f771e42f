import { agencyOf } from '../../base/actor.ts';
import { defineForm } from '../../forms/form.ts';
import { newestChange } from '../../forms/stale.ts';
import { type General, generalOf, updateGeneral } from '../../mailboxes/details.ts';
import { GeneralForm } from '../../mailboxes/general-form.ts';
import { aliasesOf, findMailbox } from '../../mailboxes/queries.ts';
import { mailboxItem } from '../../trail/items.ts';
import { mailboxField, mailboxNamed, onlyOnce } from '../find-mailbox.ts';
import { defineKind } from '../kind.ts';

const {
  primary_email: _primary,
  keep_address: _keep,
  aliases: _aliases,
  passport: _passport,
  shown: _shown,
  ...changeable
} = GeneralForm.fields;

type Before = { values: Partial<General>; shown: number };

/** SOP 4.7: what General holds, for many mailboxes at once. */
export const changes = defineKind({
  title: 'bulk.changes',
  intro: 'bulk.changes.intro',
  sop: '4.7',
  form: defineForm('bulk', { mailbox: mailboxField, ...changeable }),
  changes: { needed: ['mailbox'] },
  example: {
    mailbox: 'aminah.yusof@jabatan.test',
    display_name: '',
    full_name: '',
    supervisor_email: 'ketua@jabatan.test',
    ministry: '',
    department: '',
    division: 'Bahagian Kewangan',
    section: '',
    unit: 'Unit Bayaran',
    address: '',
    postcode: '',
    city: '',
    state: '',
    country: '',
    office_phone: '03-8888 1234',
    mobile_phone: '',
    note: '',
    position_title: '',
    position: '',
    package: 'A',
    grade: '41',
    storage_mb: '2048',
    services: ['SSO', 'BMT'],
    service_type: 'ordinary',
  },
  label: (values) => values.mailbox,
  identities: onlyOnce,
  async apply(act, { mailbox: typed, storage_mb, ...values }) {
    const mailbox = await mailboxNamed(act.trx, act.actor, typed);
    const present = generalOf(mailbox, await aliasesOf(act.trx, mailbox));
    // of a row, only the cells that were filled in are there
    const given: Partial<General> = storage_mb === undefined ? values : { ...values, storage_mb: Number(storage_mb) };
    const how = { keepAddress: true, shown: null };
    const item = mailboxItem(mailbox);
    const changed = await updateGeneral(act, mailbox.id, { ...present, ...given }, how);
    if (!changed) return { item, message: { key: 'bulk.said.same' }, same: true, before: null };
    const names = Object.keys(given) as (keyof General)[];
    const differing = names.filter((name) => JSON.stringify(given[name]) !== JSON.stringify(present[name]));
    const before: Before = {
      values: Object.fromEntries(differing.map((name) => [name, present[name]])),
      shown: await newestChange(act.trx, item),
    };
    return { item, message: { key: 'bulk.said.changed', params: { count: differing.length } }, before };
  },
  async undo(act, { id }, { values, shown }: Before) {
    const mailbox = await findMailbox(act.trx, act.actor, id);
    const present = generalOf(mailbox, await aliasesOf(act.trx, mailbox));
    await updateGeneral(act, id, { ...present, ...values }, { keepAddress: true, shown });
    return { key: 'bulk.said.changedBack', params: { count: Object.keys(values).length } };
  },
  undoText: 'bulk.changes.undo',
  async present(db, actor, after, limit) {
    const rows = await db
      .selectFrom('mailbox')
      .selectAll()
      .where('agency_id', '=', agencyOf(actor))
      .where('status', '!=', 'deleted')
      .where('id', '>', after)
      .orderBy('id')
      .limit(limit)
      .execute();
    return rows.map((row) => {
      const { aliases: _all, storage_mb, ...general } = generalOf(row, []);
      const filled = Object.entries(general).map(([name, value]) => [name, value ?? '']);
      return {
        id: row.id,
        values: { ...Object.fromEntries(filled), mailbox: row.primary_email, storage_mb: String(storage_mb) },
      };
    });
  },
});
