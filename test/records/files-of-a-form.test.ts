import { sql } from 'kysely';
import { t } from 'tap';
import { APPLICATION } from '../account-requests/joining.ts';
import { type Chosen, multipart, pdf, png, submitWith } from '../attached-files.ts';
import { startIpms } from '../helper.ts';
import { ask, CODE_REQUEST, held, QUESTION, TICKET, ticketWith } from './attaching.ts';

// Files on their way in: what may not come, what breaks off, what comes twice, and what is too much.

const MB = 1024 ** 2;

t.test('what is not what may come is refused beside the field, and nothing is kept', async (t) => {
  const ipms = await startIpms(t);
  const lies: [string, Chosen[], RegExp][] = [
    ['a program called a letter', [{ name: 'surat.pdf', bytes: Buffer.from('MZ\x90\0') }], /surat\.pdf is no PDF/],
    ['a page called a picture', [{ name: 'ic.jpg', bytes: Buffer.from('<script>1</script>') }], /ic\.jpg is no PDF/],
    ['nothing in it', [{ name: 'kosong.pdf', bytes: Buffer.alloc(0) }], /kosong\.pdf is empty/],
    ['a cut picture', [{ name: 'x.png', bytes: png().bytes.subarray(0, -16) }], /x\.png is not whole/],
    [
      'a cut letter after a good one',
      [pdf(), { name: 'y.pdf', bytes: Buffer.from('%PDF-1.7\nabc') }],
      /y\.pdf is not whole/,
    ],
    ['5 MB and 1', [pdf('besar.pdf', '', 5 * MB + 1)], /besar\.pdf is larger than 5 MB/],
    ['a sixth', [1, 2, 3, 4, 5, 6].map((at) => pdf(`${at}.pdf`)), /Up to 5 files/],
    ['two hundred', Array.from({ length: 200 }, (_, at) => pdf(`${at}.pdf`)), /Up to 5 files/],
    ['more than all of them may be', [1, 2, 3, 4, 5, 6].map((at) => pdf(`${at}.pdf`, '', 5 * MB)), /larger than 25 MB/],
  ];
  for (const [what, files, said] of lies) {
    const answer = await ask(ipms, files);
    t.equal(answer.status, 422, what);
    t.match(answer.problems.attachments, said, what);
    t.match(answer.html, `value="${APPLICATION.full_name}"`, `${what}: what was typed is still there`);
  }
  t.strictSame(await held(ipms), []);
  t.equal((await ask(ipms, [pdf('tepat.pdf', '', 5 * MB)])).status, 303, '5 MB may come');
  t.equal(
    (
      await ask(
        ipms,
        [1, 2, 3, 4, 5].map((at) => pdf(`${at}.pdf`)),
      )
    ).status,
    303,
    'and five',
  );
  t.equal((await held(ipms)).length, 6);
});

t.test('each file that is refused is told, and only the others are to be chosen again', async (t) => {
  const ipms = await startIpms(t);
  const bad = [
    pdf('besar.pdf', '', 5 * MB + 1),
    { name: 'kosong.pdf', bytes: Buffer.alloc(0) },
    { name: 'x.png', bytes: png().bytes.subarray(0, -16) },
  ];
  const { dom, problems } = await ask(ipms, [...bad, pdf('baik.pdf')]);
  t.match(problems.attachments, /besar\.pdf is larger.*kosong\.pdf is empty.*x\.png is not whole/);
  t.match(dom.querySelector('[id$=-again]')?.textContent, /Choose again: baik\.pdf$/);
  const alone = await ask(ipms, bad.slice(0, 1));
  t.equal(alone.dom.querySelector('[id$=-again]'), null, 'and not the one that is too large');
  const many = await ask(
    ipms,
    [1, 2, 3, 4, 5, 6].map((at) => pdf(`${at}.pdf`)),
  );
  t.equal(many.dom.querySelector('[id$=-again]'), null, 'nor six where five may be');
});

t.test('a form that ends in the middle of a file, or goes on after it, leaves nothing', async (t) => {
  const ipms = await startIpms(t);
  const visitor = ipms.visitor();
  const _csrf = await visitor.token(CODE_REQUEST);
  const { body, headers } = multipart({ ...APPLICATION, _csrf }, [pdf('surat.pdf', '', 3000)]);
  t.equal((await visitor.send('POST', CODE_REQUEST, body.subarray(0, -1500), headers)).status, 400);
  const after = Buffer.concat([
    body.subarray(0, -4),
    Buffer.from('\r\ncontent-disposition: form-data; name="x"\r\n\r\ny\r\n'),
    body.subarray(-26),
  ]);
  t.equal((await visitor.send('POST', CODE_REQUEST, after, headers)).status, 400);
  const first = multipart({}, [pdf()]).body.subarray(0, -26);
  const late = Buffer.concat([first, multipart({ ...APPLICATION, _csrf }, []).body]);
  t.equal((await visitor.send('POST', CODE_REQUEST, late, headers)).status, 403, 'the token comes before any file');
  t.strictSame(await held(ipms), []);
});

t.test('a form that is refused for another field says which files have to be chosen again', async (t) => {
  const ipms = await startIpms(t);
  const answer = await ask(ipms, [pdf('surat.pdf'), png('ic depan.png')], { full_name: '' });
  t.equal(answer.status, 422);
  t.ok(answer.problems.full_name);
  t.match(answer.text, 'Choose again: surat.pdf, ic depan.png');
  const both = await ask(ipms, [{ name: 'a.pdf', bytes: Buffer.from('x') }], { full_name: '' });
  t.ok(both.problems.full_name && both.problems.attachments, 'what is wrong with both is said together');
  const visitor = ipms.visitor({ language: 'en' });
  const none = await visitor.submit(CODE_REQUEST, CODE_REQUEST, {
    ...APPLICATION,
    full_name: '',
    attachments: 'palsu.pdf',
  });
  t.notMatch(none.text, 'palsu.pdf', 'a name that came as text is no file');
  t.notMatch((await visitor.get(CODE_REQUEST)).text, 'Choose again');
});

t.test('the same form with the same files has one effect', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const _csrf = await admin.token(TICKET);
  const send = (files: Chosen[]) => {
    const { body, headers } = multipart({ ...QUESTION, _csrf }, files);
    return admin.send('POST', TICKET, body, headers);
  };
  const answers = await Promise.all([send([pdf()]), send([pdf()])]);
  t.strictSame(
    answers.map((each) => each.status),
    [303, 303],
  );
  t.equal(answers[0].location, answers[1].location);
  t.equal((await held(ipms)).length, 1);
  await send([png()]);
  t.equal((await held(ipms)).length, 2, 'with another file it is another one');
});

t.test('a visitor who floods is stopped for the day; others and other networks are not', async (t) => {
  const ipms = await startIpms(t, { environment: { IPMS_TRUST_PROXY: '127.0.0.1' } });
  const from = (address: string, files: Chosen[], at = 0) =>
    ask(
      ipms,
      files,
      { ic_number: `900101-14-${2001 + at}`, contact_email: `n${at}@rumah.test` },
      { 'x-forwarded-for': address },
    );
  const full = [1, 2, 3, 4, 5].map((each) => pdf(`${each}.pdf`, '', 5 * MB));
  for (let at = 0; at < 4; at += 1) t.equal((await from('203.0.113.9', full, at)).status, 303, `${25 * (at + 1)} MB`);
  const refused = await from('203.0.113.9', [pdf()], 5);
  t.equal(refused.status, 429);
  t.match(refused.text, 'Choose again: surat.pdf', 'what was typed is kept, and the file named');
  t.equal((await held(ipms)).length, 20);
  t.equal((await from('203.0.113.9', [], 6)).status, 303, 'without files the request still goes');
  t.equal((await from('203.0.113.10', [pdf()], 7)).status, 303, 'from another network it goes with');
  const admin = await ipms.signIn('admin.jabatan');
  const { dom } = await admin.get(TICKET);
  const { body, headers } = multipart(
    { ...QUESTION, _csrf: dom.querySelector('input[name=_csrf]')?.getAttribute('value') ?? '' },
    [pdf()],
  );
  const own = await admin.send('POST', TICKET, body, { ...headers, 'x-forwarded-for': '203.0.113.9' });
  t.equal(own.status, 303, 'people who have signed in are not counted');
});

t.test('two hundred at once all come through', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const _csrf = await admin.token(TICKET);
  const sent = Array.from({ length: 200 }, (_, at) => {
    const { body, headers } = multipart({ ...QUESTION, subject: `Borang ${at}`, _csrf }, [
      pdf(`${at}.pdf`, '', MB / 2),
    ]);
    return admin.send('POST', TICKET, body, headers);
  });
  const answers = await Promise.all(sent);
  t.ok(answers.every(({ status }) => status === 303));
  t.equal((await held(ipms)).length, 200);
});

t.test('a disk that is full keeps nothing of the form, and says so', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(ipms.db);
  await sql.raw(`pragma max_page_count = ${(rows[0]?.page_count ?? 0) + 100}`).execute(ipms.db);
  const tickets = async () => (await ipms.db.selectFrom('ticket').select('id').execute()).length;
  const before = await tickets();
  const answer = await submitWith(admin, TICKET, TICKET, QUESTION, [pdf('surat.pdf', '', 2 * MB)]);
  t.equal(answer.status, 503);
  t.equal(await tickets(), before);
  t.strictSame(await held(ipms), []);
  await sql`pragma max_page_count = 100000`.execute(ipms.db);
  await ticketWith(t, admin, [pdf('surat.pdf', '', 2 * MB)]);
});
