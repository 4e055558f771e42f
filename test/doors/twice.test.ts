import { t } from 'tap';
import { PACKAGE, PEOPLE, VERIFIED } from '../account-requests/joining.ts';
import { formValues, startIpms, type Visitor } from '../helper.ts';
import { JC, KC, makeGroup } from '../make.ts';
import { routesOf } from './routes.ts';

// A double click: the browser shows the answer to the second submission, which has no effect and must lead to the first one's result.

/** Those whose every act leaves a row that leads to its result, or that are of no consequence. */
const LED_ELSEWHERE = ['/language', '/logout'];

async function twice(visitor: Visitor, page: string, action: string, fields: Record<string, string | string[]> = {}) {
  const form = { ...fields, _csrf: await visitor.token(page) };
  const [first, second] = await Promise.all([visitor.post(action, form), visitor.post(action, form)]);
  return { first, second, shown: await visitor.get(second.location) };
}

t.test('whatever is posted, its address can be opened', async (t) => {
  const { app } = await startIpms(t);
  const opened = new Set(routesOf(app, 'GET').map(({ url }) => url));
  const missing = routesOf(app, 'POST').filter(({ url }) => !opened.has(url));
  t.strictSame(missing.map(({ url }) => url).sort(), LED_ELSEWHERE);
});

t.test('who asks for a code twice is shown the reference', async (t) => {
  const { visitor, db } = await startIpms(t);
  const page = '/access-code-requests/new';
  const { first, second, shown } = await twice(visitor(), page, page, {
    category: 'other',
    full_name: 'Ali bin Abu',
    email: 'ali@luar.test',
    contact_email: 'ali@luar.test',
    agency_id: String(JC),
    reporting_division: 'Kewangan',
  });
  t.match(first.location, /KA-/);
  t.equal(second.location, first.location);
  t.equal(shown.status, 200);
  t.equal(
    (await db.selectFrom('access_code_request').select('id').where('email', '=', 'ali@luar.test').execute()).length,
    1,
  );
});

t.test(
  'who registers somebody directly twice is shown the request, and not the code that was made for it',
  async (t) => {
    const ipms = await startIpms(t);
    const admin = await ipms.signIn('admin.jabatan');
    const page = '/admin/account-requests/new';
    const { first, second, shown } = await twice(admin, page, page, {
      ...formValues((await admin.get(page)).dom, page, page),
      ...PACKAGE,
      ...VERIFIED,
      category: 'civil_servant',
      ...PEOPLE.iban,
      notify_kind: 'personal',
      notify_email: 'jugah@rumah.test',
      supervisor_email: 'ketua@jabatan.test',
      primary_email: 'jugah',
      login_id: 'jugah.b',
      unit: 'Unit Hasil',
    });
    t.match(first.location, /^\/admin\/account-requests\/\d+$/);
    t.equal(second.location, first.location);
    t.equal(shown.status, 200);
  },
);

t.test('a look asked for twice, and a list left twice, lead to their lists', async (t) => {
  const ipms = await startIpms(t);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const look = await twice(helpdesk, '/me/password', '/helpdesk/directory/look');
  t.strictSame([look.second.location, look.shown.status], ['/helpdesk/directory', 200]);
  const id = await makeGroup(ipms, 'senarai.dua');
  await ipms.db.updateTable('group').set({ joining: 'oneself', leaving: 'oneself' }).where('id', '=', id).execute();
  const officer = await ipms.signIn('pegawai.jabatan');
  const left = await twice(officer, '/me/password', `/me/groups/${id}/leave`);
  t.equal(left.first.location, '/me/groups');
  t.equal(left.shown.status, 303, 'nothing was written that could be shown');
  const joined = await twice(officer, '/me/password', `/me/groups/${id}/join`);
  t.equal(joined.shown.status, 200);
  t.equal((await officer.post(`/me/groups/${KC}e20/join`, { _csrf: await officer.token('/me/password') })).status, 404);
});
