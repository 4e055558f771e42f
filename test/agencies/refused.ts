import type { Test } from 'tap';
import type { Ipms } from '../helper.ts';

/** The addresses of some pages and forms: nobody but the helpdesk gets in, and nothing is written for the others. */
export async function onlyForHelpdesk(t: Test, ipms: Ipms, pages: string[], forms: string[]) {
  const counts = async () => ({
    audit: (await ipms.db.selectFrom('audit').select('id').where('action', '!=', 'user.signed-in').execute()).length,
    mails: (await ipms.db.selectFrom('outbox').select('id').execute()).length,
    submissions: (await ipms.db.selectFrom('submission').select('act').execute()).length,
  });
  const before = await counts();
  const visitor = ipms.visitor();
  const visitorToken = await visitor.token('/login');
  for (const url of pages)
    t.equal((await visitor.get(url)).location, `/login?next=${encodeURIComponent(url)}`, `a visitor at ${url}`);
  for (const url of forms)
    t.equal((await visitor.post(url, { _csrf: visitorToken })).location, '/login', `a visitor's form to ${url}`);
  for (const login of ['pegawai.jabatan', 'admin.jabatan', 'admin.kementerian']) {
    const person = await ipms.signIn(login);
    const token = await person.token('/me/password');
    for (const url of pages) t.equal((await person.get(url)).status, 403, `${login} at ${url}`);
    for (const url of forms) t.equal((await person.post(url, { _csrf: token })).status, 403, `${login}: ${url}`);
  }
  const helpdesk = await ipms.signIn('meja.bantuan');
  for (const url of forms) t.equal((await helpdesk.post(url, {})).status, 403, `${url} without a token`);
  t.strictSame(await counts(), before, 'nothing was written');
}
