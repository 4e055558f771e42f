import { type Kysely, sql } from 'kysely';

const COLUMNS = ['name', 'email', 'login', 'identity'];

/**
 * SOP 4.7 step 1: half an identity card number finds its mailboxes as quickly as a name. What stands in the search index
 * is now in one view: each text, the line break that ends it, and its long numbers once more with three digits in a
 * character (`digit_triples`). A trigram of those is five digits in a row, which few people have.
 */
export async function up(db: Kysely<unknown>) {
  const texts = COLUMNS.map((column) => `${column} || char(10) || digit_triples(${column}) as ${column}`);
  await sql`create view mailbox_indexed as select docid, ${sql.raw(texts.join(', '))} from mailbox_search`.execute(db);
  await sql`drop trigger mailbox_search_indexed`.execute(db);
  await sql`drop table mailbox_fts_term`.execute(db);
  await sql`drop table mailbox_fts`.execute(db);
  const columns = sql.raw(COLUMNS.join(', '));
  await sql`
    create virtual table mailbox_fts using fts5 (
      ${columns}, content = '', contentless_delete = 1, tokenize = 'trigram case_sensitive 1'
    )`.execute(db);
  await sql`create virtual table mailbox_fts_term using fts5vocab (mailbox_fts, 'row')`.execute(db);
  const index = sql`insert into mailbox_fts (rowid, ${columns}) select docid, ${columns} from mailbox_indexed`;
  await sql`
    create trigger mailbox_search_indexed after insert on mailbox_search
    begin ${index} where docid = new.docid; end`.execute(db);
  await sql`${index} order by docid`.execute(db);
  await sql`insert into mailbox_fts (mailbox_fts) values ('optimize')`.execute(db);
}
