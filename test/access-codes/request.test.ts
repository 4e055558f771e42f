import { t } from 'tap';
import { APPLICATION } from '../account-requests/joining.ts';
import { type Ipms, startIpms } from '../helper.ts';
import { mailsOf, person, recordsOf, trailOf } from '../read.ts';

// SOP 4.1: Permintaan Kod Akses

async function ask(ipms: Ipms, more: Record<string, string> = {}, visitor = ipms.visitor()) {
  const form = '/access-code-requests/new';
  return visitor.submit(form, form, { ...APPLICATION, supervisor_email: 'ketua@jabatan.test', ...more });
}

async function newest(ipms: Ipms) {
  return ipms.db.selectFrom('access_code_request').selectAll().orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow();
}

t.test('a visitor asks, and the administrators of that agency alone hear of it', async (t) => {
  const ipms = await startIpms(t);
  const applicant = ipms.visitor();
  const answer = await ask(ipms, { email: 'bukan.pengenalan@luar.test' }, applicant);
  t.equal(answer.status, 303);
  const request = await newest(ipms);
  t.match(request, { full_name: APPLICATION.full_name, ic_number: '900101145678', status: 'submitted', agency_id: 1 });
  t.equal(request.email, null, 'a civil servant is known by the identity card number alone');
  t.equal(answer.location, `/access-code-requests/${request.reference}`);

  const standing = await applicant.get(answer.location);
  t.match(standing.text, request.reference);
  t.equal((await ipms.visitor().get(answer.location)).status, 303, 'another browser has to say who it is about');
  t.notMatch(standing.text, APPLICATION.full_name, 'the standing tells nothing of the person');

  const mails = await mailsOf(ipms, 'access_code_request', request.id, 'N1');
  t.strictSame(
    mails.map((mail) => mail.to_address),
    ['admin.jabatan@jabatan.test'],
  );
  t.notMatch(mails[0]?.letter, request.ic_number, 'the identity card number is masked in it');
  const rows = await trailOf(ipms, 'access_code_request', request.id);
  t.strictSame(
    rows.map((row) => [row.action, row.sop, row.actor_role]),
    [['access-code-request.submitted', '4.1', 'visitor']],
  );
});

t.test('what is wrong comes back beside its field, with all that was typed', async (t) => {
  const ipms = await startIpms(t);
  const before = await ipms.db.selectFrom('access_code_request').select('id').execute();
  const wrong: [Record<string, string>, string][] = [
    [{ ic_number: '900231-14-5678' }, 'ic_number'],
    [{ ic_number: '900101-00-5678' }, 'ic_number'],
    [{ ic_number: '' }, 'ic_number'],
    [{ category: 'other', email: '' }, 'email'],
    [{ category: 'pesara' }, 'category'],
    [{ contact_email: 'bukan alamat' }, 'contact_email'],
    [{ full_name: '   ' }, 'full_name'],
    [{ full_name: 'x'.repeat(151) }, 'full_name'],
    [{ agency_id: '999' }, 'agency_id'],
  ];
  for (const [fields, name] of wrong) {
    const answer = await ask(ipms, fields);
    t.equal(answer.status, 422, JSON.stringify(fields));
    t.strictSame(Object.keys(answer.problems), [name]);
    t.ok(answer.dom.querySelector(`.summary a[href="#request-${name}"]`), 'the summary leads to the field');
    t.equal(
      answer.dom.querySelector('#request-reporting_division')?.getAttribute('value'),
      APPLICATION.reporting_division,
    );
  }
  t.strictSame(await ipms.db.selectFrom('access_code_request').select('id').execute(), before);
});

t.test('where nobody would hear of it, it is not said to be sent: the page says whom to ask', async (t) => {
  const ipms = await startIpms(t);
  const admins = ipms.db.updateTable('user').where('agency_id', '=', 1).where('role', '=', 'admin');
  await admins.set({ status: 'disabled' }).execute();
  const before = await newest(ipms);
  const answer = await ask(ipms);
  t.equal(answer.status, 422);
  t.match(answer.problems.agency_id, 'belum ada Pentadbir UC');
  t.equal(answer.dom.querySelector('[name=full_name]')?.getAttribute('value'), APPLICATION.full_name);
  t.strictSame(await newest(ipms), before);
});

t.test('a double click asks once', async (t) => {
  const ipms = await startIpms(t);
  const visitor = ipms.visitor();
  const fields = {
    ...APPLICATION,
    supervisor_email: 'ketua@jabatan.test',
    _csrf: await visitor.token('/access-code-requests/new'),
  };
  const before = (await ipms.db.selectFrom('access_code_request').select('id').execute()).length;
  const answers = await Promise.all([1, 2, 3].map(() => visitor.post('/access-code-requests/new', fields)));
  t.strictSame(
    answers.map((answer) => answer.status),
    [303, 303, 303],
  );
  t.equal((await ipms.db.selectFrom('access_code_request').select('id').execute()).length, before + 1);
});

t.test('the administrator verifies, then refuses with a reason that is mailed and filed', async (t) => {
  const ipms = await startIpms(t);
  await ask(ipms);
  const request = await newest(ipms);
  const admin = await ipms.signIn('admin.jabatan');
  const page = `/admin/access-code-requests/${request.id}`;
  const verified = await admin.submit(page, `${page}/verify`, {
    verified_with: 'human_resources',
    verification_note: 'Puan Lim, 24/11',
  });
  t.equal(verified.location, page);
  const { id: rosnah } = await person(ipms, 'admin.jabatan');
  t.match(await newest(ipms), {
    verified_with: 'human_resources',
    verification_note: 'Puan Lim, 24/11',
    verified_by: rosnah,
    verified_at: ipms.clock.now.toISOString(),
  });

  t.equal((await admin.submit(page, `${page}/refuse`, { reason: '' })).status, 422);
  const refused = await admin.submit(page, `${page}/refuse`, { reason: 'Belum melapor diri' });
  t.equal(refused.status, 303);
  t.match(await newest(ipms), {
    status: 'refused',
    refusal_reason: 'Belum melapor diri',
    decided_by: rosnah,
    decided_at: ipms.clock.now.toISOString(),
  });
  const [mail] = await mailsOf(ipms, 'access_code_request', request.id, 'N2');
  t.equal(mail?.to_address, APPLICATION.contact_email);
  t.match(mail?.letter, 'Belum melapor diri');
  const audit = await trailOf(ipms, 'access_code_request', request.id);
  const records = await recordsOf(ipms, 'access_code_request', request.id);
  t.match(records, [{ sop: '4.1', title: 'record.access-code-refused', number: /^JC\/IPMS\/2026\/\d{6}$/ }]);
  t.match(JSON.parse(records[0]?.content ?? ''), {
    verification_note: 'Puan Lim, 24/11',
    status: 'refused',
    refusal_reason: 'Belum melapor diri',
    decided_by_name: 'Rosnah binti Ismail',
  });
  t.match(audit, [
    { action: 'access-code-request.submitted' },
    { action: 'access-code-request.verified', actor_user_id: rosnah, after: /Puan Lim/ },
    { action: 'access-code-request.refused', actor_user_id: rosnah, after: /Belum melapor diri/ },
  ]);
  t.equal(audit.length, 3);

  const again = await admin.post(`${page}/refuse`, { reason: 'Lagi', _csrf: await admin.token(page) });
  t.equal(again.status, 409, 'a decided request stays as it is');
  t.match(await newest(ipms), { refusal_reason: 'Belum melapor diri' });
});

t.test('answered with a code, the request itself says so: history, trail and the rail of its page', async (t) => {
  const ipms = await startIpms(t);
  await ask(ipms);
  const { id } = await newest(ipms);
  const admin = await ipms.signIn('admin.jabatan');
  const page = `/admin/access-code-requests/${id}`;
  await admin.submit(page, `${page}/verify`, { verified_with: 'division' });
  const { full_name, ic_number, category, contact_email } = APPLICATION;
  const person = { category, full_name, ic_number, notify_kind: 'personal', notify_email: contact_email };
  const form = `/admin/access-codes/new?request=${id}`;
  const issued = await admin.submit(form, '/admin/access-codes/new', { ...person, request_id: String(id) });
  t.match(issued.location, /^\/admin\/access-codes\/\d+$/, 'the result is the code');
  t.match(await trailOf(ipms, 'access_code_request', id), [
    { action: 'access-code-request.submitted' },
    { action: 'access-code-request.verified' },
    {
      action: 'access-code-request.granted',
      sop: '4.1',
      before: '{"status":"submitted"}',
      after: '{"status":"issued"}',
    },
  ]);
  const shown = await admin.get(page);
  t.match(shown.dom.querySelector('.timeline')?.textContent, 'Permintaan dijawab dengan kod akses');
  const steps = shown.dom.querySelectorAll('.rail li').map((step) => step.getAttribute('class'));
  t.strictSame(steps, ['done', 'done', 'done', 'done']);
});

t.test('the list shows what waits, or what was decided, and finds by name, number and reference', async (t) => {
  const ipms = await startIpms(t);
  await ask(ipms);
  const refused = await newest(ipms);
  const admin = await ipms.signIn('admin.jabatan');
  const page = `/admin/access-code-requests/${refused.id}`;
  await admin.submit(page, `${page}/refuse`, { reason: 'Tersilap' });
  await ask(ipms);
  const waits = await newest(ipms);
  const shown = async (query: string) => {
    const { dom } = await admin.get(`/admin/access-code-requests?${query}`);
    const has = ({ id }: { id: number }) =>
      dom.querySelector(`tbody a[href="/admin/access-code-requests/${id}"]`) !== null;
    return { waits: has(waits), refused: has(refused) };
  };
  const name = 'q=nurul+izzah';
  t.strictSame(await shown(name), { waits: true, refused: false }, 'what waits, unless asked otherwise');
  t.strictSame(await shown(`${name}&status=refused`), { waits: false, refused: true });
  t.strictSame(await shown(`${name}&status=`), { waits: true, refused: true });
  t.strictSame(await shown('q=900101-14-5678&status='), { waits: true, refused: true });
  t.strictSame(await shown(`q=${waits.reference}&status=`), { waits: true, refused: false });
  t.strictSame(await shown('q=orang+lain&status='), { waits: false, refused: false });
});

t.test('a request that was verified is no longer new', async (t) => {
  const ipms = await startIpms(t);
  await ask(ipms);
  const { id } = await newest(ipms);
  const admin = await ipms.signIn('admin.jabatan');
  const helpdesk = await ipms.signIn('meja.bantuan');
  const page = `/admin/access-code-requests/${id}`;
  const listedUnder = async () => {
    const found: string[] = [];
    for (const status of ['submitted', 'new', 'verified', 'issued']) {
      const { dom } = await admin.get(`/admin/access-code-requests?q=nurul+izzah&status=${status}`);
      if (dom.querySelector(`tbody a[href="${page}"]`)) found.push(status);
    }
    return found;
  };
  const tags = async () => {
    const pages = [await admin.get(page), await helpdesk.get(`/helpdesk/access-code-requests/${id}`)];
    return pages.map(({ dom }) => dom.querySelector('main .tag')?.textContent.trim());
  };
  t.strictSame(await listedUnder(), ['submitted', 'new']);
  t.strictSame(await tags(), ['Baharu', 'Baharu']);
  await admin.submit(page, `${page}/verify`, { verified_with: 'division', verification_note: 'Puan Lim' });
  t.strictSame(await listedUnder(), ['submitted', 'verified']);
  t.strictSame(await tags(), ['Disahkan', 'Disahkan']);
  t.match((await admin.get('/admin/access-code-requests?q=nurul+izzah')).dom.querySelector('tbody')?.text, 'Disahkan');
});

t.test('who may not', async (t) => {
  const ipms = await startIpms(t);
  await ask(ipms);
  const { id } = await newest(ipms);
  const page = `/admin/access-code-requests/${id}`;
  t.equal((await ipms.visitor().get(page)).location, `/login?next=${encodeURIComponent(page)}`);
  t.equal((await (await ipms.signIn('pegawai.jabatan')).get(page)).status, 403);
  const other = await ipms.signIn('admin.kementerian');
  for (const url of [page, `${page}/verify`, `${page}/refuse`]) t.equal((await other.get(url)).status, 404, url);
  const fields = { _csrf: await other.token('/admin/access-codes'), reason: 'x', verified_with: 'division' };
  for (const url of [`${page}/verify`, `${page}/refuse`]) t.equal((await other.post(url, fields)).status, 404, url);
  t.match(await newest(ipms), { status: 'submitted', verified_at: null });
});
