import { sql } from 'kysely';
import type { Db, Sqlite } from '../../src/data/database.ts';

/** Has a database remember every mail that comes into its outbox, whatever becomes of it there. */
export function keepMails(sqlite: Sqlite.Database) {
  sqlite.exec(`
    create temp table kept_mail (id integer primary key, act text, mail text, item_type text, item_id integer, to_address text, letter text);
    create temp trigger keep_mail after insert on main.outbox begin
      insert into kept_mail (act, mail, item_type, item_id, to_address, letter)
        values (new.act, new.mail, new.item_type, new.item_id, new.to_address, new.letter);
    end`);
}

export type KeptMail = { id: number; act: string; mail: string; to_address: string; letter: string };

/** The mails that came after one, oldest first. */
export async function keptMails(db: Db, after = 0) {
  return (await sql<KeptMail>`select * from kept_mail where id > ${after} order by id`.execute(db)).rows;
}

/** Whom each act mailed. */
export async function mailedByAct(db: Db) {
  const mailed = new Map<string, Set<string>>();
  for (const { act, to_address } of await keptMails(db))
    mailed.set(act, (mailed.get(act) ?? new Set()).add(to_address));
  return mailed;
}
