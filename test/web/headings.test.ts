import { t } from 'tap';
import { issueCode, PEOPLE, signInWithCode } from '../account-requests/joining.ts';
import { type Page, startIpms } from '../helper.ts';

// What pages begin with: a form that comes back is headed by what did not happen

const heading = ({ dom }: Page) => dom.querySelector('.summary .failed')?.textContent;

t.test('what failed stands above what is wrong', async (t) => {
  const ipms = await startIpms(t);
  const visitor = ipms.visitor();
  const wrong = { login: 'admin.jabatan', password: 'Bukan@2026salah' };
  t.equal(heading(await visitor.submit('/login', '/login', wrong)), 'Log masuk tidak berjaya');
  const asked = await visitor.submit('/access-code-requests/new', '/access-code-requests/new', { category: '' });
  t.equal(heading(asked), 'Permintaan belum dihantar');
  const lines = asked.dom.querySelectorAll('.summary li').map((line) => line.textContent.trim());
  t.ok(lines.includes('Kategori akaun: Buat satu pilihan.'), lines.join('\n'));
  t.ok(
    lines.some((line) => line.endsWith(': Wajib diisi.')),
    lines.join('\n'),
  );
  const admin = await ipms.signIn('admin.jabatan');
  t.equal(heading(await admin.submit('/admin/groups/new', '/admin/groups/new')), 'Senarai mel belum diwujudkan');
  admin.carry('ipms-language', 'en');
  t.equal(heading(await admin.submit('/admin/groups/new', '/admin/groups/new')), 'The mailing list was not created');
});

t.test('what visitors see has a description, and what belongs to somebody has none', async (t) => {
  const ipms = await startIpms(t);
  const said = ({ dom }: Page) => dom.querySelector('meta[name=description]')?.getAttribute('content');
  t.match(said(await ipms.visitor().get('/')), 'akaun e-mel rasmi');
  t.equal(said(await (await ipms.signIn('admin.jabatan')).get('/admin')), undefined);
});

t.test('a label that asks is not followed by a colon', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const { code } = await issueCode(admin, PEOPLE.malay);
  const { applicant } = await signInWithCode(ipms, PEOPLE.malay, code);
  const refused = await applicant.submit('/register/confirm', '/register/confirm');
  t.equal(refused.status, 422);
  t.match(refused.dom.querySelector('.summary li')?.textContent, 'tepat? Buat satu pilihan.');
});
