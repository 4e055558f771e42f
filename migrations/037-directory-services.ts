import { type Kysely, sql } from 'kysely';

/** SOP 4.5: the groups of the directory by which a site's own rules know a package, a service, or a person of rank. */
const GROUPS = [
  ...['A', 'B', 'C'].map((name) => `pakej:${name}`),
  ...['SSO', 'BMT', 'ADRMS', 'Online Archiving', 'Multi Conferencing', 'Enterprise Voice'].map(
    (name) => `servis:${name}`,
  ),
  'vip',
];
const ALL = `select value as name from json_each('${JSON.stringify(GROUPS)}')`;
const READ = ['package', 'services', 'service_type', 'status', 'agency_id'];

export async function up(db: Kysely<unknown>) {
  // SOP 4.11: the helpdesk hears once that something of an account that has ended is still to be ended
  await sql`alter table termination add column reminded_at text`.execute(db);
  const changed = READ.map((name) => `old.${name} is not new.${name}`).join(' or ');
  const triggers = {
    service_added: `after insert on mailbox begin ${mark(of('new'))} end`,
    service_changed: `after update of ${READ.join(', ')} on mailbox when ${changed} begin ${mark(of('old'))} ${mark(of('new'))} end`,
    services_begun: `after update of directory_mode on agency when old.directory_mode <> new.directory_mode begin ${mark(ALL)} end`,
  };
  await sql.raw(mark(ALL)).execute(db);
  for (const [name, statement] of Object.entries(triggers))
    await sql.raw(`create trigger directory_follows_${name} ${statement}`).execute(db);
}

/** The groups that a mailbox belongs in. */
function of(row: 'old' | 'new') {
  return `select name from (${ALL}) where name = 'pakej:' || ${row}.package or (name = 'vip' and ${row}.service_type = 'vip')
    or name in (select 'servis:' || value from json_each(${row}.services))`;
}

function mark(names: string) {
  return `
    insert into directory_object (item_type, item_id, agency_id, wanted_at)
    select 'helper', name, null, strftime('%Y-%m-%dT%H:%M:%fZ', 'now') from (${names}) where true
    on conflict (item_type, item_id) do update set state = 'due', tries = 0, next_try_at = null,
      wanted_at = iif(state = 'due', wanted_at, excluded.wanted_at)
    where state <> 'due' or next_try_at is not null;`;
}
