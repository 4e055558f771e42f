import { sql } from 'kysely';
import type { Db } from '../../data/database.ts';

type Figures = Record<'due' | 'refused' | 'held' | 'differs' | 'oldestSeconds' | 'lastWhole' | 'failures', number>;

/** How the work in the directories stands that IPMS writes to, in numbers for whoever watches it. */
export async function readFigures(db: Db, now: Date): Promise<Figures> {
  const { rows } = await sql<Figures>`
    with object as (
      select directory_object.state, wanted_at from directory_object left join agency on agency.id = directory_object.agency_id
      where directory_object.state <> 'step' and iif(directory_object.agency_id is null,
        exists (select 1 from agency where directory_mode = 'live' and directory_agreed_at is not null),
        agency.directory_mode = 'live' and agency.directory_agreed_at is not null)
    )
    select count(*) filter (where state in ('due', 'under-way')) as due,
      count(*) filter (where state = 'refused') as refused, count(*) filter (where state = 'held') as held,
      count(*) filter (where state = 'differs') as differs,
      coalesce(max(0, unixepoch(${now.toISOString()}) - unixepoch(min(wanted_at) filter (where state in ('due', 'under-way')))), 0)
        as oldestSeconds,
      (select coalesce(unixepoch(last_whole_at), 0) from directory_work) as lastWhole,
      (select failures from directory_work) as failures
    from object`.execute(db);
  const [figures] = rows;
  if (figures === undefined) throw new Error('a count has no row');
  return figures;
}
