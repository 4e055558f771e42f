import type { Test } from 'tap';
import { takeOverUsage } from '../../src/usage/take-over.ts';
import { formWithFile, NOWHERE } from '../bulk/runs.ts';
import type { Ipms, Visitor } from '../helper.ts';

const PLACE = '/helpdesk/usage/new';
export const HEAD = 'address,used_mb,date,last_mail';

/** Sends a file of the mail system, through the page. */
export async function sendUsage(browser: Visitor, lines: string[], head = HEAD) {
  const _csrf = await browser.token(PLACE);
  const bytes = [head, ...lines].join('\n');
  const { body, headers } = formWithFile({ _csrf }, { name: 'kuota.csv', bytes });
  return browser.send('POST', PLACE, body, headers);
}

export const takeOver = ({ db, clock }: Ipms, ending?: AbortSignal) =>
  takeOverUsage({ db, settings: NOWHERE, clock: () => clock.now }, ending);

/** Sends a file, confirms it, and has it taken over; its address. */
export async function takenOver(t: Test, ipms: Ipms, browser: Visitor, lines: string[]) {
  const { status, location } = await sendUsage(browser, lines);
  t.equal(status, 303);
  t.equal((await browser.submit(location, `${location}/confirm`)).status, 303);
  await takeOver(ipms);
  return location;
}

export async function fileAt({ db }: Ipms, place: string) {
  const id = Number(place.split('/').at(-1));
  return db.selectFrom('usage_file').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
}

/** What was refused of a file: line and key of each problem. */
export async function refusedOf({ db }: Ipms, place: string) {
  const id = Number(place.split('/').at(-1));
  const rows = await db
    .selectFrom('usage_row')
    .selectAll()
    .where('file_id', '=', id)
    .where('state', '=', 'refused')
    .orderBy('line')
    .execute();
  return rows.map(({ line, said }) => [line, ...(JSON.parse(said) as { key: string }[]).map(({ key }) => key)]);
}
