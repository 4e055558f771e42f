import type { Test } from 'tap';
import type { TextKey } from '../../../src/texts.ts';
import type { Ipms, Page, Visitor } from '../../helper.ts';
import { makeGroup } from '../../make.ts';
import { OFFICER } from '../../people.ts';

export const APPLICANT = 'izzah@rumah.test';
export const LEAVING = { effective_on: '1/12/2026', reason: 'Bersara', leave_without: '1' };

export type Stage = {
  t: Test;
  ipms: Ipms;
  as(login: string): Promise<Visitor>;
  /** From now on mails count. */
  begin(): Promise<void>;
  /** Does something of which that address must have a mail. */
  tells<T>(address: string, work: () => Promise<T>): Promise<T>;
  /** Sends a form, which must be taken, and shows what the page then says. */
  send(
    who: Visitor,
    page: string,
    action?: string,
    fields?: Record<string, string | string[]>,
  ): Promise<Page & { at: string }>;
};
/** Where the texts were read, whom they speak of, and of whom they say that they are not told. */
export type Outcome = { read: (Page | string)[]; told: string[]; untold?: string[] };
export type Story = { says: TextKey[]; tell(stage: Stage): Promise<Outcome> };

/** The agency loses all of its administrators in the middle of a case. */
export async function loseAdministrators({ ipms }: Stage) {
  await ipms.db
    .updateTable('user')
    .set({ status: 'disabled' })
    .where('agency_id', '=', 1)
    .where('role', '=', 'admin')
    .execute();
}

/** A list in which somebody is, and whose owner is the demo's officer. */
export async function makeList({ ipms }: Stage, members: string[] = []) {
  const id = await makeGroup(ipms, 'uji', { owners: [OFFICER], members });
  await ipms.db.updateTable('group').set({ joining: 'approval', leaving: 'approval' }).where('id', '=', id).execute();
  return `/admin/groups/${id}`;
}
