import type { Test } from 'tap';
import { workOff } from '../../src/bulk/worker.ts';
import { UNSET } from '../../src/data/act.ts';
import { VERIFIED } from '../account-requests/joining.ts';
import { type Ipms, startIpms, type Visitor } from '../helper.ts';

export const NOWHERE = UNSET;

/** Of a file that asks for an access code. */
export const HEAD = 'category,full_name,ic_number,notify_kind,notify_email';
export const ROW = 'civil_servant,Aminah binti Yusof,900101-14-5678,personal,aminah@rumah.test';

const COMING_IN = ['access-codes', 'direct-registration'];
const BOUNDARY = 'ipms-test-boundary';

/** A form with a file, as a browser sends it. */
export function formWithFile(fields: Record<string, string>, file?: { name: string; bytes: string | Buffer }) {
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const head = file
    ? `--${BOUNDARY}\r\ncontent-disposition: form-data; name="file"; filename="${file.name}"\r\ncontent-type: text/csv\r\n\r\n`
    : '';
  const body = Buffer.concat([
    Buffer.from(parts.join('') + head),
    Buffer.from(file?.bytes ?? ''),
    Buffer.from(`${file ? '\r\n' : ''}--${BOUNDARY}--\r\n`),
  ]);
  return { body, headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` } };
}

/** Sends a file of a kind, through the page; where new people come in by it, they were verified. */
export async function uploadFile(browser: Visitor, kind: string, bytes: string | Buffer, token?: string) {
  const _csrf = token ?? (await browser.token(`/admin/bulk/new?kind=${kind}`));
  const { body, headers } = formWithFile(
    { _csrf, kind, ...(COMING_IN.includes(kind) ? VERIFIED : {}) },
    { name: `${kind}.csv`, bytes },
  );
  return browser.send('POST', '/admin/bulk/new', body, headers);
}

export const workOffRuns = ({ db, clock }: Ipms) => workOff(db, NOWHERE, () => clock.now);

/** Sends a file and tries its rows; the run's address. */
export async function preparedRun(t: Test, ipms: Ipms, browser: Visitor, kind: string, bytes: string | Buffer) {
  const answer = await uploadFile(browser, kind, bytes);
  t.equal(answer.status, 303, answer.text.slice(0, 400));
  await workOffRuns(ipms);
  return answer.location;
}

/** Sends a file, confirms it, and carries it out; the run's address. */
export async function carriedOutRun(t: Test, ipms: Ipms, browser: Visitor, kind: string, bytes: string) {
  const place = await preparedRun(t, ipms, browser, kind, bytes);
  const answer = await browser.submit(place, `${place}/confirm`);
  t.equal(answer.status, 303);
  await workOffRuns(ipms);
  return place;
}

export const runIdOf = (place: string) => Number(place.split('/').at(-1));

export async function runAt({ db }: Ipms, place: string) {
  return db.selectFrom('bulk_run').selectAll().where('id', '=', runIdOf(place)).executeTakeFirstOrThrow();
}

export async function rowsAt({ db }: Ipms, place: string) {
  return db.selectFrom('bulk_row').selectAll().where('run_id', '=', runIdOf(place)).orderBy('line').execute();
}

export async function startBulk(t: Test) {
  const ipms = await startIpms(t);
  return { ipms, admin: await ipms.signIn('admin.jabatan') };
}

/** So many people for an intake, each with an IC number of its own. */
export function intakeFile(count: number, from = 0) {
  const lines = ['category,full_name,ic_number,notify_kind,notify_email,supervisor_email'];
  for (let at = from; at < from + count; at += 1) {
    const ic = `900101-14-${String(1000 + at).padStart(4, '0')}`;
    lines.push(`Penjawat Awam,Pegawai Baru ${at},${ic},personal,baru${at}@rumah.test,ketua@jabatan.test`);
  }
  return `${lines.join('\n')}\n`;
}

/** Active mailboxes of an agency that are no administrator's. */
export async function someMailboxes({ db }: Ipms, code: 'JC' | 'KC', count: number) {
  return db
    .selectFrom('mailbox')
    .innerJoin('agency', 'agency.id', 'mailbox.agency_id')
    .innerJoin('user', 'user.id', 'mailbox.user_id')
    .selectAll('mailbox')
    .where('agency.code', '=', code)
    .where('mailbox.status', '=', 'active')
    .where('user.role', '=', 'user')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('disabling')
            .select('disabling.id')
            .whereRef('disabling.mailbox_id', '=', 'mailbox.id')
            .where('disabling.status', '=', 'planned'),
        ),
      ),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('termination')
            .select('termination.id')
            .whereRef('termination.mailbox_id', '=', 'mailbox.id')
            .where('termination.status', '=', 'requested'),
        ),
      ),
    )
    .orderBy('mailbox.id')
    .limit(count)
    .execute();
}
