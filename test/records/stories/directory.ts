import { sql } from 'kysely';
import { agencyById } from '../../../src/agencies/queries.ts';
import { knownOf } from '../../../src/directory/adoption/queries.ts';
import { askForReport, orderTaking } from '../../../src/directory/adoption/reports.ts';
import { sortFound } from '../../../src/directory/adoption/sorting.ts';
import { takeOver as adopt } from '../../../src/directory/adoption/take-over.ts';
import {
  acceptDrift,
  agreeToPlan,
  askForLook,
  auditApplied,
  beginWithAll,
  keepPlan,
  putBack,
  releaseHeld,
  retryRefused,
  tickSteps,
} from '../../../src/directory/pages/verbs.ts';
import { takeOverResult } from '../../../src/directory/script/take-over.ts';
import { sha256 } from '../../attached-files.ts';
import { JC, makeOfficer } from '../../make.ts';
import { actAs, type Stories } from './stage.ts';

export const DIRECTORY: Stories = {
  async directory({ ipms }) {
    const { db, clock } = ipms;
    const [one, two] = [await makeOfficer(ipms, 'direktori.satu'), await makeOfficer(ipms, 'direktori.dua')];
    const since = clock.now.toISOString();
    const plant = async (mailbox: number, reason: 'drift' | 'held' | 'step', action: 'update' | 'create') => {
      const change = {
        action,
        guid: 'g',
        of: { type: 'mailbox', id: mailbox },
        field: 'title',
        from: ['Raja'],
        to: [],
      };
      const field = action === 'create' ? '' : 'title';
      const text = { from_text: 'Raja', to_text: '', controller: null, since, change: JSON.stringify(change) };
      const what = {
        agency_id: JC,
        item_type: 'mailbox' as const,
        item_id: sql<number>`cast(${mailbox} as integer)`,
        item_name: 'ali',
      };
      const row = { ...what, ...text, action, field, reason };
      return db.insertInto('directory_change').values(row).returningAll().executeTakeFirstOrThrow();
    };
    const objectOf = (id: number) =>
      db
        .selectFrom('directory_object')
        .selectAll()
        .where('item_type', '=', 'mailbox')
        .where('item_id', '=', id)
        .executeTakeFirstOrThrow();
    const mode = (directory_mode: 'checklist' | 'live', more = {}) =>
      db
        .updateTable('agency')
        .set({ directory_mode, ...more })
        .where('id', '=', JC)
        .execute();
    await db.updateTable('directory_object').set({ state: 'listed' }).where('agency_id', '=', JC).execute();
    await actAs(ipms, 'admin.jabatan', (act) => beginWithAll(act, JC, []));
    await db
      .updateTable('directory_object')
      .set({ real: '{"guid":"g","values":{}}' })
      .where('item_id', '=', one.id)
      .execute();
    const step = await plant(one.id, 'step', 'update');
    await actAs(ipms, 'admin.jabatan', (act) => tickSteps(act, [{ id: step.id, seen: since }]));
    await mode('live', { directory_planned_at: since, directory_agreed_at: null });
    await actAs(ipms, 'meja.bantuan', (act) => agreeToPlan(act, JC, since));
    for (const [mailbox, verb] of [
      [one, putBack],
      [two, acceptDrift],
    ] as const) {
      await plant(mailbox.id, 'drift', 'update');
      const object = await objectOf(mailbox.id);
      await actAs(ipms, 'admin.jabatan', async (act) => {
        await verb(act, object.id, 'title', since);
      });
    }
    await plant(two.id, 'held', 'update');
    await actAs(ipms, 'meja.bantuan', (act) => releaseHeld(act, JC, 'Pertukaran besar'));
    const agency = await agencyById(db, JC);
    await db.updateTable('directory_object').set({ state: 'refused' }).where('item_id', '=', two.id).execute();
    await actAs(ipms, 'meja.bantuan', async (act) => {
      await keepPlan(act, [agency], [], null);
      await auditApplied(act, [agency], true);
      await retryRefused(act, [JC]);
      await askForLook(act);
      const result = {
        fileName: 'jc.jsonl',
        sha256: sha256(Buffer.from('keputusan')),
        plan: 'p',
        isWhole: true,
        left: 0,
      };
      await takeOverResult(act, { ...result, objects: [] });
    });
  },
  async adoption({ ipms }) {
    const attributes = {
      mail: ['dahulu@jabatan.test'],
      displayName: ['Dahulu bin Lama'],
      sAMAccountName: ['dahulu.lama'],
      givenName: ['Dahulu'],
      sn: ['bin Lama'],
    };
    const there = { guid: 'g-1', kind: 'user' as const, container: ['Staf'], name: 'Dahulu' };
    const object = { ...there, attributes, links: {}, isOpen: true, mark: null };
    const agency = await agencyById(ipms.db, JC);
    const known = await knownOf(ipms.db, agency, [object], ipms.clock.now);
    const [sorted] = sortFound([object], [object], known);
    if (sorted?.taking == null) throw new Error(`it is not taken over: ${sorted?.kind}`);
    const taken = { ...sorted, taking: sorted.taking };
    const tools = { agency, all: new Map([[object.guid, object]]), items: new Map(known.items), signInSuffix: null };
    await actAs(ipms, 'meja.bantuan', (act) => adopt(act, taken, tools));
    const report = await actAs(ipms, 'meja.bantuan', (act) => askForReport(act, JC, 'OU=Staf,DC=agensi,DC=test'));
    await ipms.db.updateTable('directory_adoption').set({ state: 'reported', clean: 1 }).execute();
    await actAs(ipms, 'meja.bantuan', (act) => orderTaking(act, report));
  },
};
