import { t } from 'tap';
import { seal } from '../../src/base/secrets.ts';
import { MINUTE } from '../../src/base/time.ts';
import { texts } from '../../src/texts.ts';
import { type Ipms, START, startIpms, type Visitor } from '../helper.ts';

// SOP 4.1: the applicant sees how the request stands, by its reference and what the person is known by.

const PLACE = '/access-code-requests/status';
const PERSON = {
  category: 'civil_servant',
  full_name: 'Nurul Izzah binti Kamaruddin',
  ic_number: '900101-14-5678',
  contact_email: 'Nurul@rumah.test',
  agency_id: '1',
  reporting_division: 'Bahagian Kewangan',
};

async function asked(ipms: Ipms, more: Record<string, string> = {}) {
  const path = '/access-code-requests/new';
  const answer = await ipms.visitor().submit(path, path, { ...PERSON, ...more });
  return answer.location.split('/').at(-1) ?? '';
}

const look = (visitor: Visitor, reference: string, identity: string) =>
  visitor.submit(PLACE, PLACE, { reference, identity });

t.test('the reference with the identity card number or an address leads to how it stands', async (t) => {
  const ipms = await startIpms(t);
  const reference = await asked(ipms);
  const other = await asked(ipms, { category: 'other', ic_number: '', email: 'jemputan@luar.test' });
  const home = await ipms.visitor().get('/');
  t.match(home.dom.querySelector(`a[href="${PLACE}"]`)?.text, texts['home.status'].ms);
  const bare = reference.slice(3).replace('-', '').toLowerCase();
  for (const [number, identity, found] of [
    [reference, '900101-14-5678', reference],
    [` ${reference.toLowerCase()} `, '900101145678', reference],
    [bare, 'NURUL@rumah.test', reference],
    [`KA ${bare}`, 'nurul@rumah.test', reference],
    [other, 'Jemputan@luar.test', other],
  ] as const) {
    const answer = await look(ipms.visitor(), number, identity);
    t.match(answer, { status: 303, location: `/access-code-requests/${found}` }, `${number} ${identity}`);
  }
  const visitor = ipms.visitor();
  await look(visitor, reference, 'nurul@rumah.test');
  const page = await visitor.get(`/access-code-requests/${reference}`);
  t.match(page.text, texts['standing.submitted'].ms);
  t.notMatch(page.text, PERSON.full_name);
});

t.test('a code that was revoked, or has expired, is not said to be on its way', async (t) => {
  const ipms = await startIpms(t);
  const reference = await asked(ipms);
  const visitor = ipms.visitor();
  await look(visitor, reference, 'nurul@rumah.test');
  const admin = await ipms.signIn('admin.jabatan');
  const request = ipms.db.selectFrom('access_code_request').select('id').where('reference', '=', reference);
  const { id } = await request.executeTakeFirstOrThrow();
  const place = `/admin/access-code-requests/${id}`;
  await admin.submit(place, `${place}/verify`, { verified_with: 'division' });
  const form = `/admin/access-codes/new?request=${id}`;
  const wish = { notify_kind: 'personal', notify_email: 'nurul@rumah.test' };
  const { location: code } = await admin.submit(form, '/admin/access-codes/new', wish);
  const stands = async () => (await visitor.get(`/access-code-requests/${reference}`)).text;
  t.match(await stands(), texts['standing.issued'].ms);
  t.match(texts['standing.issued'].ms, 'Pentadbir UC', 'who alone has the code where it went to the administrator');
  const codes = ipms.db.updateTable('access_code').where('id', '=', Number(code.split('/').at(-1)));
  const { expires_at } = await ipms.db
    .selectFrom('access_code')
    .select('expires_at')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
  await codes.set({ expires_at: START.toISOString() }).execute();
  t.match(await stands(), texts['standing.ended'].ms, 'expired');
  await codes.set({ expires_at }).execute();
  await admin.submit(code, `${code}/revoke`, { reason: 'Tersilap orang' });
  t.match(await stands(), texts['standing.ended'].ms, 'revoked');
  t.notMatch(await stands(), texts['home.register'].ms);
});

t.test('the number alone tells nothing: the same for one that is there, one that is not, and another’s', async (t) => {
  const ipms = await startIpms(t);
  const [mine, other] = [
    await asked(ipms),
    await asked(ipms, { ic_number: '880412-10-5672', contact_email: 'a@b.test' }),
  ];
  const visitor = ipms.visitor();
  await look(visitor, mine, '900101-14-5678');
  for (const reference of [other, 'KA-0000-0000']) {
    const answer = await visitor.get(`/access-code-requests/${reference}`);
    t.strictSame([answer.status, answer.location], [303, `${PLACE}?reference=${reference}`]);
    const form = await visitor.get(answer.location);
    t.equal(
      form.dom.querySelector('#status-reference')?.getAttribute('value'),
      reference,
      'only who it is is to be typed',
    );
    t.notMatch(form.text, texts['standing.submitted'].ms);
  }
  t.equal((await visitor.get(`/access-code-requests/${mine}`)).status, 200, 'who has shown it sees it again');
  ipms.clock.now = new Date(START.getTime() + 31 * MINUTE);
  t.equal((await visitor.get(`/access-code-requests/${mine}`)).status, 303, 'for half an hour');
  visitor.carry('ipms-request', 'x');
  t.equal((await visitor.get(`/access-code-requests/${mine}`)).status, 303, 'a cookie that IPMS did not seal');
});

t.test('a message of another page passes for no shown request, nor the reverse', async (t) => {
  const ipms = await startIpms(t);
  const reference = await asked(ipms);
  const { secrets } = ipms.app;
  const until = new Date(START.getTime() + MINUTE).toISOString();
  const [request, message] = [
    { reference, until },
    { key: 'home.status', userId: null, until },
  ].map((value) => JSON.stringify(value)) as [string, string];
  const status = async (key: Buffer) => {
    const visitor = ipms.visitor();
    visitor.carry('ipms-request', seal(key, request));
    return (await visitor.get(`/access-code-requests/${reference}`)).status;
  };
  t.strictSame([await status(secrets.shownRequest), await status(secrets.flash)], [200, 303]);
  const says = async (key: Buffer) => {
    const visitor = ipms.visitor();
    visitor.carry('ipms-flash', seal(key, message));
    return (await visitor.get('/login')).text.includes(texts['home.status'].ms);
  };
  t.strictSame([await says(secrets.flash), await says(secrets.shownRequest)], [true, false]);
});

t.test('no such number and another person’s have one answer, with what was typed', async (t) => {
  const ipms = await startIpms(t);
  const [mine, other] = [
    await asked(ipms),
    await asked(ipms, { ic_number: '880412-10-5672', contact_email: 'a@b.test' }),
  ];
  const told = async (reference: string, identity: string) => {
    const answer = await look(ipms.visitor(), reference, identity);
    t.equal(answer.status, 422);
    t.equal(answer.dom.querySelector('#status-reference')?.getAttribute('value'), reference);
    return answer.html.replaceAll(reference, '').replace(/name="_csrf" value="[^"]*"/g, '');
  };
  const wrong = await told(other, '900101-14-5678');
  t.match(wrong, texts['check-status.none'].ms);
  t.equal(await told('KA-0000-0000', '900101-14-5678'), wrong, 'not a word tells whether the number exists');
  t.match((await look(ipms.visitor(), mine, 'orang@lain.test')).text, texts['check-status.none'].ms);
});

t.test('what cannot be a reference is said beside it, and counts as no try', async (t) => {
  const ipms = await startIpms(t);
  for (const reference of ['KA-123', 'RT-1234-5678', '12345678901', 'KA-UUUU-UUUU']) {
    const answer = await look(ipms.visitor(), reference, '900101-14-5678');
    t.equal(answer.status, 422);
    t.match(answer.problems.reference, texts['check-status.referenceWrong'].ms, reference);
  }
  const empty = await look(ipms.visitor(), '', '');
  t.strictSame(Object.keys(empty.problems), ['reference', 'identity']);
  const counted = ipms.db.selectFrom('throttle').select('key').where('user_id', 'is', null);
  t.strictSame(await counted.execute(), []);
});

t.test('five wrong tries shut the number to their network, and the right one waits too', async (t) => {
  const ipms = await startIpms(t);
  const reference = await asked(ipms);
  const visitor = ipms.visitor();
  for (let wrong = 0; wrong < 5; wrong += 1) t.equal((await look(visitor, reference, 'x@y.test')).status, 422);
  const shut = await look(visitor, reference, '900101-14-5678');
  t.equal(shut.status, 422);
  t.match(shut.text, 'Terlalu banyak percubaan yang salah. Cuba lagi selepas 15 minit.');
  t.notMatch(shut.text, 'membuka kunci', 'nobody can unlock it');
  ipms.clock.now = new Date(START.getTime() + 16 * MINUTE);
  t.equal((await look(visitor, reference, '900101-14-5678')).status, 303);
});
