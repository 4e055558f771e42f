import * as codes from '../../access-codes/mails.ts';
import type { AccessCode, AccessCodeRequest } from '../../access-codes/queries.ts';
import * as accounts from '../../account-requests/mails.ts';
import type { AccountRequest } from '../../account-requests/queries.ts';
import { SYSTEM } from '../../base/actor.ts';
import { DAY, later, MINUTE } from '../../base/time.ts';
import type { Mailbox } from '../../mailboxes/queries.ts';
import { accessCodeItem, accessCodeRequestItem, accountRequestItem, mailboxItem } from '../../trail/items.ts';
import { drawMailbox } from '../synthetic-person.ts';
import { doing, type Office, recipient, type World } from './world.ts';
import { digestOf } from './writer.ts';

const VERIFIED = { verified_with: 'human_resources', verification_note: 'Disahkan melalui telefon.' } as const;
const VALID = 30 * DAY;

/** Days from the request of a code to the mailbox. */
export const TO_JOIN = 2;

const referenceOf = (id: number) => {
  const letters = (id + 1_000_000_000).toString(36).toUpperCase().padStart(8, '0').slice(-8);
  return `KA-${letters.slice(0, 4)}-${letters.slice(4)}`;
};
const visitor = { ...SYSTEM, role: 'visitor', name: 'Pelawat', address: '60.48.11.9' } as const;

type Person = { full_name: string; ic_number: string; division: string };

/** SOP 4.1 to 4.6, of a mailbox that is there at the end: asked for, verified, registered, allocated and approved. */
export function join(world: World, mailbox: Mailbox, office: Office, day: number, minutes: number) {
  const { write, calendar } = world;
  const person = { full_name: mailbox.full_name, ic_number: mailbox.ic_number ?? '', division: mailbox.division };
  let request: AccessCodeRequest;
  let code: AccessCode;
  calendar.add(day, minutes, (now) => {
    request = ask(world, office, person, now);
  });
  calendar.add(day, minutes + 90, (now) => {
    [request, code] = issue(world, office, request, now);
  });
  calendar.add(day + 1, minutes, (now) => {
    const applicant = { ...visitor, role: 'applicant' as const, accessCodeId: code.id, name: person.full_name };
    const act = doing({ ...applicant, agencyId: office.id }, now);
    write.audit(act, {
      action: 'access-code.confirmed',
      sop: '4.2',
      item: accessCodeItem(code),
      after: { status: 'confirmed' },
    });
    const registered = accountRow(write, mailbox, code, office, now);
    const item = accountRequestItem(registered);
    write.audit(act, { action: 'account-request.registered', sop: '4.3', item, after: detailsOf(registered) });
    write.file(act, {
      agencyId: office.id,
      sop: '4.3',
      title: 'record.account-registered',
      item,
      content: { ...detailsOf(registered), submitted_at: registered.submitted_at },
    });
    write.mail(act, accounts.accountRequested(registered, [recipient(office.admin)]));
    calendar.add(day + TO_JOIN, minutes, (then) => approve(world, office, mailbox, registered, code, then));
  });
}

function ask({ write }: World, office: Office, person: Person, now: Date): AccessCodeRequest {
  const act = doing(visitor, now);
  const known = {
    agency_id: office.id,
    category: 'civil_servant' as const,
    full_name: person.full_name,
    ic_number: person.ic_number,
    email: null,
    contact_email: `p${person.ic_number}@rumah.test`,
    reporting_division: person.division,
    supervisor_email: office.admin.email,
    note: '',
    created_at: now.toISOString(),
  };
  const next = 1 + (write.one<{ id: number }>('select coalesce(max(id), 0) as id from access_code_request')?.id ?? 0);
  const id = write.insert('access_code_request', { ...known, reference: referenceOf(next) });
  const request = write.one<AccessCodeRequest>(
    'select * from access_code_request where id = ?',
    id,
  ) as AccessCodeRequest;
  const { agency_id, created_at, ...after } = known;
  write.audit(act, {
    action: 'access-code-request.submitted',
    sop: '4.1',
    item: accessCodeRequestItem(request),
    after: { ...after, agency_id },
  });
  write.mail(act, codes.requestSubmitted(request, [recipient(office.admin)]));
  return request;
}

/** SOP 4.1 step 3, 4.2: verified, and the code issued. */
function issue(world: World, office: Office, request: AccessCodeRequest, now: Date): [AccessCodeRequest, AccessCode] {
  const { write } = world;
  const act = doing(office.admin, now);
  const at = now.toISOString();
  const by = office.admin.userId as number;
  write.audit(act, {
    action: 'access-code-request.verified',
    sop: '4.1',
    item: accessCodeRequestItem(request),
    before: { verified_with: null, verification_note: null },
    after: VERIFIED,
  });
  const { full_name, ic_number, contact_email, supervisor_email } = request;
  const issued = {
    agency_id: office.id,
    category: request.category,
    full_name,
    ic_number,
    email: null,
    contact_email,
    notify_kind: 'personal' as const,
    notify_email: contact_email,
    supervisor_email,
    ...VERIFIED,
    status: 'activated' as const, // its mailbox is there already, and serves the person
    salt: digestOf(`salt ${request.id}`).slice(0, 22),
    code_hash: digestOf(`code ${request.id}`),
    issued_by: by,
    issued_at: at,
    expires_at: later(now, VALID).toISOString(),
  };
  const id = write.insert('access_code', issued);
  const code: AccessCode = { ...issued, id, return_note: null };
  write.run(
    `update access_code_request set status = 'issued', verified_with = ?, verification_note = ?, verified_by = ?,
       verified_at = ?, decided_by = ?, decided_at = ?, access_code_id = ? where id = ?`,
    VERIFIED.verified_with,
    VERIFIED.verification_note,
    by,
    at,
    by,
    at,
    id,
    request.id,
  );
  const decided = write.one<AccessCodeRequest>('select * from access_code_request where id = ?', request.id);
  const facts = {
    category: code.category,
    full_name,
    ic_number,
    email: null,
    notify_kind: code.notify_kind,
    notify_email: contact_email,
    supervisor_email,
    ...VERIFIED,
    expires_at: code.expires_at,
  };
  write.audit(act, { action: 'access-code.issued', sop: '4.2', item: accessCodeItem(code), after: facts });
  write.audit(act, {
    action: 'access-code-request.granted',
    sop: '4.1',
    item: accessCodeRequestItem(request),
    before: { status: 'submitted' },
    after: { status: 'issued' },
  });
  write.file(act, {
    agencyId: office.id,
    sop: '4.1',
    title: 'record.access-code-granted',
    item: accessCodeRequestItem(request),
    content: { ...decided },
  });
  write.file(act, {
    agencyId: office.id,
    sop: '4.2',
    title: 'record.access-code-issued',
    item: accessCodeItem(code),
    content: { ...facts, status: 'issued', issued_by: by },
  });
  write.mail(act, codes.codeIssued(code, office.admin, ''));
  return [decided as AccessCodeRequest, code];
}

const DETAILS = [
  ...(['ministry', 'department', 'division', 'section', 'unit', 'position', 'postcode', 'city', 'state'] as const),
  ...(['country', 'office_phone', 'mobile_phone'] as const),
];

function accountRow(write: World['write'], mailbox: Mailbox, code: AccessCode, office: Office, now: Date) {
  const by = office.admin.userId as number;
  const decided = later(now, DAY).toISOString();
  const row = {
    ...Object.fromEntries(DETAILS.map((name) => [name, mailbox[name]])),
    agency_id: office.id,
    access_code_id: code.id,
    source: 'applicant',
    category: 'civil_servant',
    status: 'approved',
    full_name: mailbox.full_name,
    ic_number: mailbox.ic_number,
    stated_grade: mailbox.grade,
    primary_email: mailbox.primary_email,
    login_id: mailbox.login_id,
    package: mailbox.package,
    grade: mailbox.grade,
    storage_mb: mailbox.storage_mb,
    services: mailbox.services,
    service_type: mailbox.service_type,
    allocated_by: by,
    allocated_at: decided,
    decided_by: by,
    decided_at: decided,
    mailbox_id: mailbox.id,
    submitted_at: now.toISOString(),
    version: 3,
  };
  const id = write.insert('account_request', row);
  write.run('update mailbox set account_request_id = ? where id = ?', id, mailbox.id);
  return write.one<AccountRequest>('select * from account_request where id = ?', id) as AccountRequest;
}

function detailsOf(request: AccountRequest) {
  const { category, full_name, ic_number, email, stated_grade } = request;
  const details = Object.fromEntries(DETAILS.map((name) => [name, request[name]]));
  return { category, full_name, ic_number, email, ...details, stated_grade };
}

/** SOP 4.5, 4.6. */
function approve(world: World, office: Office, mailbox: Mailbox, request: AccountRequest, code: AccessCode, now: Date) {
  const { write } = world;
  const allocating = doing(office.admin, now);
  const item = accountRequestItem(request);
  const { primary_email, login_id, package: size, grade, storage_mb, service_type } = request;
  const services = JSON.parse(request.services) as string[];
  const allocation = { primary_email, login_id, package: size, grade, storage_mb, services, service_type };
  const before = { primary_email: '', login_id: '', package: null, storage_mb: null, service_type: null };
  write.audit(allocating, { action: 'account-request.allocated', sop: '4.5', item, before, after: allocation });
  write.file(allocating, {
    agencyId: office.id,
    sop: '4.5',
    title: 'record.package-allocated',
    item,
    content: {
      full_name: request.full_name,
      ic_number: request.ic_number,
      ...allocation,
      changed_by: office.admin.name,
    },
  });
  const approving = doing(office.admin, later(now, MINUTE));
  const after = { mailbox_id: mailbox.id, primary_email, supervisor_email: code.supervisor_email };
  write.audit(approving, { action: 'account-request.approved', sop: '4.6', item, after });
  write.audit(approving, {
    action: 'mailbox.created',
    sop: '4.6',
    item: mailboxItem(mailbox),
    after: { primary_email, login_id, package: size, grade, storage_mb },
  });
  write.file(approving, {
    agencyId: office.id,
    sop: '4.6',
    title: 'record.account-created',
    item,
    content: { account_request: request },
  });
  write.mail(approving, accounts.accountCreated(request, code, office.admin));
  world.people.arrive(mailbox.id);
}

const REFUSALS = [
  'Pegawai belum melapor diri menurut rekod sumber manusia.',
  'Nombor kad pengenalan tidak sepadan dengan rekod.',
  'Pegawai bukan warga agensi ini.',
];

/** SOP 4.1: a request that is refused the next day. */
export function refuse(world: World, office: Office, day: number, minutes: number) {
  const { write, calendar, draw } = world;
  const person = drawMailbox(draw, office);
  const reason = REFUSALS[draw(REFUSALS.length)] as string;
  calendar.add(day, minutes, (now) => {
    const request = ask(world, office, person, now);
    calendar.add(day + 1, minutes, (then) => {
      const act = doing(office.admin, then);
      write.run(
        "update access_code_request set status = 'refused', refusal_reason = ?, decided_by = ?, decided_at = ? where id = ?",
        reason,
        office.admin.userId,
        then.toISOString(),
        request.id,
      );
      const item = accessCodeRequestItem(request);
      write.audit(act, { action: 'access-code-request.refused', sop: '4.1', item, after: { reason } });
      write.file(act, {
        agencyId: office.id,
        sop: '4.1',
        title: 'record.access-code-refused',
        item,
        content: { ...request, status: 'refused', refusal_reason: reason, decided_at: then.toISOString() },
      });
      write.mail(act, [codes.requestRefused(request, reason)]);
    });
  });
}
