import { sql } from 'kysely';
import type { Ipms, Page } from '../helper.ts';

// Reports as they are read, and counts made by hand to hold them against.

export const OWN = "(select id from agency where code = 'JC')";

/** Whose deletion is asked for counts as that alone. */
export const STAYING = "id not in (select mailbox_id from termination where status = 'requested')";

export const OTHER = "(select id from agency where code = 'KC')";

export async function ask<Row>(ipms: Ipms, query: string) {
  return (await sql<Row>`${sql.raw(query)}`.execute(ipms.db)).rows;
}

export async function count(ipms: Ipms, query: string) {
  return (await ask<{ count: number }>(ipms, `select count(*) as count from ${query}`))[0]?.count ?? 0;
}

/** The cells of the report's table, row by row. */
export function table(page: Page) {
  const rows = page.dom.querySelectorAll('main table.cards tbody tr');
  return rows.map((row) => row.querySelectorAll('td').map((cell) => cell.textContent.replace(/\s+/g, ' ').trim()));
}

/** The figures under a report, by their label. */
export function figures(page: Page) {
  const facts = page.dom.querySelectorAll('.facts div');
  return Object.fromEntries(
    facts.map((fact) => [fact.querySelector('dt')?.textContent, fact.querySelector('dd')?.textContent]),
  );
}

export const total = (page: Page) => Number(/(\d+) rekod/.exec(page.text)?.[1] ?? 0);
