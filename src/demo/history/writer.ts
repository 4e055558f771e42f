import { createHash } from 'node:crypto';
import type { Actor } from '../../base/actor.ts';
import { later, MINUTE } from '../../base/time.ts';
import { actName, UNSET } from '../../data/act.ts';
import type { Sqlite } from '../../data/database.ts';
import type { Row, Schema } from '../../data/schema.ts';
import type { Sop } from '../../sop/index.ts';
import type { Label } from '../../texts.ts';
import { type AuditEntry, auditRow } from '../../trail/audit.ts';
import { sealingInBulk } from '../../trail/chain.ts';
import type { Item } from '../../trail/items.ts';
import { openPart, packed } from '../../trail/letters.ts';
import { type Mail, outboxRow } from '../../trail/outbox.ts';
import type { openBeside, Value } from './beside.ts';

type Database = Sqlite.Database;

const SENT = [
  ...(['act', 'mail', 'agency_id', 'item_type', 'item_id', 'to_name', 'to_address', 'message_id'] as const),
  ...(['created_at', 'next_try_at'] as const),
];
/** As the worker keeps it; a letter that is not yet packed is packed in passing. */
const SENT_MAIL = `
  insert into outbox (state, tries, ${SENT.join(', ')}, letter, packed_letter, sent_at)
  values ('sent', 1, ${SENT.map(() => '?').join(', ')}, ?, coalesce(?, packed(?)), ?)`;

/** How long a mail is under way. */
const UNDER_WAY = MINUTE;

/** The moment and actor of one act; its rows share a name. */
export type Doing = { actor: Actor; now: Date };
export type Filing = { agencyId: number; sop: Sop; title: Label; item: Item; content: Record<string, unknown> };

export type Writer = ReturnType<typeof openWriter>;

/** Writes rows by the million, each as the verbs would have left it; a statement for each kind is compiled once. */
export function openWriter(sqlite: Database, beside: Awaited<ReturnType<typeof openBeside>>) {
  const statements = new Map<string, Sqlite.Statement>();
  const prepared = (sql: string) => {
    const statement = statements.get(sql) ?? sqlite.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  const insert = (table: keyof Schema, row: Record<string, Value>) => {
    const columns = Object.keys(row);
    const sql = `insert into "${table}" (${columns.map((name) => `"${name}"`).join(', ')}) values (${columns.map(() => '?').join(', ')})`;
    return Number(prepared(sql).run(Object.values(row)).lastInsertRowid);
  };
  const seal = { audit: sealingInBulk(beside.run, 'audit'), record: sealingInBulk(beside.run, 'record') };
  const agencies = sqlite.prepare('select * from agency').all() as Row<'agency'>[];
  const offices = new Map(agencies.map((row) => [row.id, row]));
  const newest = sqlite
    .prepare('select sequence from record where agency_id = +? and year = +? order by sequence desc limit 1')
    .pluck();
  const sequences = new Map<string, number>();

  return {
    insert,
    run: (sql: string, ...values: Value[]) => void prepared(sql).run(values),
    one: <T>(sql: string, ...values: Value[]) => prepared(sql).get(values) as T | undefined,
    all: <T>(sql: string, ...values: Value[]) => prepared(sql).all(values) as T[],

    audit: (doing: Doing, entry: AuditEntry) => seal.audit(auditRow(doing, entry)),

    /** Mails that have gone out a minute later: packed, as the worker keeps them. */
    mail({ actor, now }: Doing, mails: Mail[]) {
      const name = actName(actor);
      for (const mail of mails) {
        const { secret, ...row } = outboxRow({ name, now, settings: UNSET }, { ...mail, secret: null });
        const sent_at = later(now, UNDER_WAY).toISOString();
        const letter = beside.isBehind() ? [packed(row.letter), null] : [null, row.letter];
        beside.run(SENT_MAIL, [...SENT.map((column) => row[column]), openPart(mail.letter), ...letter, sent_at]);
      }
    },

    /** SOP 6.0. */
    file({ actor, now }: Doing, { agencyId, sop, title, item, content }: Filing) {
      const year = now.getUTCFullYear(); // within office hours, Kuala Lumpur's
      const key = `${agencyId} ${year}`;
      const sequence = 1 + (sequences.get(key) ?? (newest.get(agencyId, year) as number | undefined) ?? 0);
      sequences.set(key, sequence);
      const { code, file_reference } = offices.get(agencyId) as Row<'agency'>;
      seal.record({
        agency_id: agencyId,
        year,
        sequence,
        number: `${code}/IPMS/${year}/${String(sequence).padStart(6, '0')}`,
        file_reference,
        sop,
        title,
        item_type: item.type,
        item_id: item.id,
        content: JSON.stringify(content),
        filed_by_name: actor.name,
        filed_at: now.toISOString(),
        item_name: item.name,
        act: actName(actor),
      });
    },
  };
}

/** Text as long as a digest, the same for the same words: for codes that nobody will ever enter. */
export const digestOf = (words: string) => createHash('sha256').update(words).digest('base64url');
