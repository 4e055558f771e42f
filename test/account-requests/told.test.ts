import { t } from 'tap';
import { type Ipms, startIpms, type Visitor } from '../helper.ts';
import { recordsOf } from '../read.ts';
import { PACKAGE, VERIFIED } from './joining.ts';

// SOP 4.6 steps 2 and 3, SOP 4.2 steps 3 and 4: whoever is said to have been told has a mail in the outbox

const SUPERVISOR = 'ketua@jabatan.test';
const APPLICANT = 'izzah@rumah.test';
const ADMIN = 'admin.jabatan@jabatan.test';
const PERSON = {
  category: 'civil_servant',
  full_name: 'Nurul Izzah binti Kamaruddin',
  ic_number: '900101145678',
};
const NEW = '/admin/account-requests/new';

async function registered(admin: Visitor, who: Record<string, string>) {
  const answer = await admin.submit(NEW, NEW, {
    ...PERSON,
    ...VERIFIED,
    ...PACKAGE,
    primary_email: 'izzah.kamaruddin',
    login_id: 'izzah.kamaruddin',
    ...who,
  });
  return { page: answer.location, id: Number(answer.location.split('/').at(-1)) };
}

async function mailsOf({ db }: Ipms, mail: string) {
  const rows = await db.selectFrom('outbox').select(['to_address', 'letter']).where('mail', '=', mail).execute();
  return new Map(
    rows.map(({ to_address, letter }) => {
      const { paragraphs, closing } = JSON.parse(letter) as Record<'paragraphs' | 'closing', { ms: string }[]>;
      return [to_address, [...paragraphs, ...closing].map(({ ms }) => ms).join(' ')];
    }),
  );
}

const WAYS: { name: string; who: Record<string, string>; reached: string[] }[] = [
  {
    name: 'supervisor and applicant',
    who: { notify_kind: 'personal', notify_email: APPLICANT, supervisor_email: SUPERVISOR },
    reached: [SUPERVISOR, APPLICANT],
  },
  { name: 'supervisor only', who: { notify_kind: 'admin', supervisor_email: SUPERVISOR }, reached: [SUPERVISOR] },
  {
    name: 'the supervisor has the code',
    who: { notify_kind: 'supervisor', notify_email: SUPERVISOR },
    reached: [SUPERVISOR],
  },
  { name: 'applicant only', who: { notify_kind: 'personal', notify_email: APPLICANT }, reached: [APPLICANT] },
  { name: 'neither', who: { notify_kind: 'admin' }, reached: [] },
];

for (const { name, who, reached } of WAYS)
  t.test(`nobody is named as told who was not mailed: ${name}`, async (t) => {
    const ipms = await startIpms(t);
    const admin = await ipms.signIn('admin.jabatan');
    await ipms.db.deleteFrom('outbox').execute();
    const { page, id } = await registered(admin, who);
    const before = await admin.get(page);
    const knows = (text: string, what: string) => {
      for (const address of [SUPERVISOR, APPLICANT])
        t.equal(text.includes(address), reached.includes(address), `${what}: ${address}`);
    };
    const preview = before.dom.querySelector(`form[action="${page}/approve"]`)?.textContent ?? '';
    knows(preview, 'the preview');
    const asks = before.dom.querySelector(`form[action="${page}/approve"] [name=supervisor_email]`) !== null;
    t.equal(asks, !reached.includes(SUPERVISOR), "a supervisor's address is asked for where none is known");
    await ipms.db.deleteFrom('outbox').execute();
    await admin.submit(page, `${page}/approve`);
    const mails = await mailsOf(ipms, 'N6');
    t.strictSame([...mails.keys()].sort(), [...reached, ADMIN].sort(), 'these have a mail, and no others');
    const own = mails.get(ADMIN) ?? '';
    knows(own, "the administrator's mail");
    t.equal(/Pegawai atasan \(/.test(own), reached.includes(SUPERVISOR));
    t.equal(/pengguna tahu|maklumkan kepada pengguna/.test(own), !reached.includes(SUPERVISOR), 'or tells the user');
    const after = await admin.get(page);
    const flash = after.dom.querySelector('.flash')?.textContent ?? after.text;
    t.equal(/pegawai atasan memaklumkan/.test(flash), reached.includes(SUPERVISOR), 'the flash');
    t.equal(/anda memaklumkan kepada pengguna/.test(flash), !reached.includes(SUPERVISOR), 'the flash');
    const rail = after.dom.querySelectorAll('.rail').find((each) => each.textContent.includes('SOP 4.6'));
    t.equal(
      /sistem memaklumkan pegawai atasan/.test(rail?.textContent ?? ''),
      reached.includes(SUPERVISOR),
      'the rail',
    );
    const [record] = await recordsOf(ipms, 'account_request', id, '4.6');
    t.strictSame(
      [...JSON.parse(record?.content ?? '').mailed].sort(),
      [...mails.keys()].sort(),
      'the record names the same',
    );
  });

t.test("a supervisor's address that is given with Approve is used at once, and kept", async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const { page, id } = await registered(admin, { notify_kind: 'personal', notify_email: APPLICANT });
  const wrong = await admin.submit(page, `${page}/approve`, { supervisor_email: 'bukan alamat' });
  t.equal(wrong.status, 422);
  t.ok(wrong.problems.supervisor_email);
  await admin.submit(page, `${page}/approve`, { supervisor_email: SUPERVISOR });
  const mails = await mailsOf(ipms, 'N6');
  t.ok(mails.get(SUPERVISOR)?.includes('Sila maklumkan kepada pengguna'));
  const { supervisor_email } = await ipms.db
    .selectFrom('mailbox')
    .select('supervisor_email')
    .where('account_request_id', '=', id)
    .executeTakeFirstOrThrow();
  t.equal(supervisor_email, SUPERVISOR);
});

t.test('N3 asks all but the user to explain how to register, whoever gets the code', async (t) => {
  for (const [notify_kind, notify_email] of [
    ['supervisor', SUPERVISOR],
    ['personal', APPLICANT],
    ['admin', ADMIN],
  ] as const) {
    const ipms = await startIpms(t);
    const admin = await ipms.signIn('admin.jabatan');
    await ipms.db.deleteFrom('outbox').execute();
    const form = '/admin/access-codes/new';
    const issued = await admin.submit(form, form, {
      ...PERSON,
      ...VERIFIED,
      notify_kind,
      notify_email,
      supervisor_email: SUPERVISOR,
    });
    const mails = await mailsOf(ipms, 'N3');
    for (const [to, text] of mails)
      t.equal(text.includes('Sila terangkan tatacara mendaftar'), to !== APPLICANT, `${notify_kind}: ${to}`);
    for (const [to, text] of mails) t.match(text, 'Cara mendaftar: buka pautan', `${notify_kind}: ${to}, how`);
    const rail = (await admin.get(issued.location)).dom.querySelector('.rail')?.textContent ?? '';
    t.equal(rail.includes('tiada alamat pengguna'), notify_kind !== 'personal', `${notify_kind}: the rail`);
  }
});
