import { sql } from 'kysely';
import type { Db } from '../data/database.ts';
import type { Run } from './queries.ts';

/** What confirming would do, in figures and names. */
export async function previewOf(db: Db, run: Run) {
  if (run.state !== 'checked') return null;
  const isLeaving = run.kind === 'disabling' || run.kind === 'deletion';
  return {
    mails: await mailsOf(db, run.id),
    groups: isLeaving ? await groupsLosing(db, run) : { losing: await groupsTouched(db, run.id), alone: [] },
  };
}

/** Who would be mailed, as the dry run has shown: by the mail's number. */
async function mailsOf(db: Db, runId: number) {
  const { rows } = await sql<{ mail: string; count: number; people: number }>`
    select mail.value ->> 0 as mail, count(*) as count, count(distinct mail.value ->> 1) as people
    from bulk_row, json_each(bulk_row.mails) as mail where run_id = ${runId} group by 1 order by length(mail.value ->> 0), 1`.execute(
    db,
  );
  return rows;
}

/** What the mailboxes of a run would leave behind: lists that lose members, and lists whose last active owner is among them. */
async function groupsLosing(db: Db, run: Pick<Run, 'id' | 'agency_id'>) {
  const mailboxes = sql`(select item_id from bulk_row where run_id = ${run.id} and item_type = 'mailbox')`;
  const { rows: losing } = await sql<{ name: string; count: number }>`
    select display_name as name, count(*) as count from membership join "group" on "group".id = group_id
    where member_type = 'mailbox' and member_id in ${mailboxes} and until is null and "group".status = 'active'
      and "group".agency_id = ${run.agency_id}
    group by group_id order by count(*) desc, display_name`.execute(db);
  const { rows: alone } = await sql<{ name: string }>`
    select display_name as name from "group" where status = 'active' and agency_id = ${run.agency_id}
    and id in (select group_id from group_owner where mailbox_id in ${mailboxes})
    and not exists (select 1 from group_owner join mailbox on mailbox.id = mailbox_id
      where group_id = "group".id and mailbox.status = 'active' and mailbox_id not in ${mailboxes})
    order by display_name`.execute(db);
  return { losing, alone };
}

/** Lists that gain or lose members by rows that name them. */
async function groupsTouched(db: Db, runId: number) {
  const { rows } = await sql<{ name: string; count: number }>`
    select display_name as name, count(*) as count from bulk_row join "group" on "group".id = item_id
    where run_id = ${runId} and item_type = 'group' and same = 0 group by item_id order by count(*) desc, display_name`.execute(
    db,
  );
  return rows;
}
