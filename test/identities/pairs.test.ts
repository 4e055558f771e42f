import { type Test, t } from 'tap';
import { DAY, later } from '../../src/base/time.ts';
import { findFaults } from '../../src/command-line/faults.ts';
import { PACKAGE, VERIFIED } from '../account-requests/joining.ts';
import { preparedRun, rowsAt, workOffRuns } from '../bulk/runs.ts';
import { type Ipms, startIpms, type Visitor } from '../helper.ts';
import { JC, KC, makeOfficer, makeUser } from '../make.ts';
import { numberOf } from '../read.ts';

// One person is entered in two agencies in the same instant, as what a civil servant is known by and as what others are, also by
// what puts a wrong key right: a code (SOP 4.2 step 5) and a mailbox (SOP 4.7). One installation, another person for each pair.

type Key = { category: 'civil_servant' | 'other'; ic_number: string; email: string };
type Side = { t: Test; ipms: Ipms; admin: Visitor; second: Visitor; agency: number; local: string };
/** Each way is made ready first; what it returns is the one request that begins to serve, and whether it did. */
type Way = (side: Side, key: Key) => Promise<() => Promise<boolean>>;

const full_name = 'Nurul Izzah binti Kamaruddin';
const CODE = '/admin/access-codes/new';
const DIRECT = '/admin/account-requests/new';
const entered = (key: Key) => ({ ...key, full_name, ...VERIFIED, notify_kind: 'admin' });

const known = (category: Key['category'], serial: number): Key =>
  category === 'other'
    ? { category, ic_number: '', email: `orang${serial}@luar.test` }
    : { category, ic_number: `900101145${100 + serial}`, email: '' };

let wrong = 500;
const wrongKey = ({ category }: Key) => known(category, wrong++);

async function issued({ admin }: Side, key: Key) {
  const { status, location, problems } = await admin.submit(CODE, CODE, entered(key));
  if (status !== 303) throw new Error(`no code: ${JSON.stringify(problems)}`);
  return location;
}

const WAYS: Record<string, Way> = {
  async 'a code'({ admin }, key) {
    const fields = { ...entered(key), _csrf: await admin.token(CODE) };
    return async () => (await admin.post(CODE, fields)).status === 303;
  },
  async 'a code put right'(side, key) {
    const place = await issued(side, wrongKey(key));
    const fields = { ...entered(key), _csrf: await side.admin.token(place) };
    return async () => (await side.admin.post(`${place}/correct`, fields)).status === 303;
  },
  async 'an expired code sent anew'(side, key) {
    const place = await issued(side, key);
    const expires_at = later(side.ipms.clock.now, -DAY).toISOString();
    await side.ipms.db.updateTable('access_code').set({ expires_at }).where('id', '=', numberOf(place)).execute();
    const _csrf = await side.admin.token(place);
    return async () => (await side.admin.post(`${place}/resend`, { _csrf })).status === 303;
  },
  async 'direct registration'({ admin, local }, key) {
    const account = { ...PACKAGE, primary_email: local, login_id: local };
    const fields = { ...entered(key), ...account, _csrf: await admin.token(DIRECT) };
    return async () => (await admin.post(DIRECT, fields)).status === 303;
  },
  async 'a bulk row'({ t, ipms, admin, local }, { category, ic_number, email }) {
    const head =
      'category,full_name,ic_number,email,notify_kind,notify_email,primary_email,login_id,package,grade,storage_mb,service_type';
    const word = category === 'other' ? 'Lain-lain' : 'Penjawat Awam';
    const row = `${word},${full_name},${ic_number},${email},personal,p@rumah.test,${local},${local},B,41,2048,Pengguna biasa`;
    const place = await preparedRun(t, ipms, admin, 'direct-registration', `${head}\n${row}\n`);
    return async () => {
      await admin.submit(place, `${place}/confirm`);
      await workOffRuns(ipms);
      return (await rowsAt(ipms, place))[0]?.state === 'done';
    };
  },
  async 'a mailbox put right'({ ipms, admin, second, agency, local }, key) {
    const { category, ic_number, email } = key;
    const isOther = category === 'other';
    const values = isOther ? { category } : { category, ic_number: wrongKey(key).ic_number };
    const { id } = await makeOfficer(ipms, local, { agency, ...values });
    const page = `/admin/mailboxes/${id}/correction`;
    const asked = await admin.submit(page, page, { ...(isOther ? { email } : { ic_number }), reason: 'Tersalah' });
    const _csrf = await second.token(asked.location);
    return async () => (await second.post(`${asked.location}/confirm`, { _csrf })).status === 303;
  },
  async 'a mailbox restored'({ ipms, admin, agency, local }, { category, ic_number, email }) {
    const { id } = await makeOfficer(ipms, local, { agency, category });
    const place = `/admin/mailboxes/${id}`;
    await admin.submit(`${place}/account`, `${place}/delete`, { effective_on: '24/11/2026', reason: 'Bersara' });
    const key = category === 'other' ? { known_email: email } : { ic_number };
    await ipms.db.updateTable('mailbox').set(key).where('id', '=', id).execute();
    const _csrf = await admin.token(`${place}/account`);
    return async () => (await admin.post(`${place}/restore`, { _csrf })).status === 303;
  },
};

t.test('by any two ways, one of the two agencies serves the person', async (t) => {
  const ipms = await startIpms(t);
  await makeUser(ipms, 'rosli', { role: 'admin' });
  await makeUser(ipms, 'kim', { role: 'admin', agency: KC });
  const here = { admin: await ipms.signIn('admin.jabatan'), second: await ipms.signIn('rosli'), agency: JC };
  const there = { admin: await ipms.signIn('admin.kementerian'), second: await ipms.signIn('kim'), agency: KC };
  const ways = Object.entries(WAYS);
  let serial = 0;
  for (const category of ['civil_servant', 'other'] as const)
    for (const [at, [one, enter]] of ways.entries())
      for (const [other, enterToo] of ways.slice(at)) {
        serial += 1;
        const key = known(category, serial);
        const first = await enter({ t, ipms, ...here, local: `satu${serial}` }, key);
        const second = await enterToo({ t, ipms, ...there, local: `dua${serial}` }, key);
        const won = await Promise.all([first(), second()]);
        t.equal(won.filter(Boolean).length, 1, `${category}: ${one} and ${other}: ${won}`);
      }
  t.strictSame(await findFaults(ipms.db), []);
});
