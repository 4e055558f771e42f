import { t } from 'tap';
import { startIpms } from '../helper.ts';
import { makeGroup, makeManyOfficers } from '../make.ts';
import { mailsOf, recordsOf } from '../read.ts';
import { noteStatements, type Ran } from '../statements.ts';
import { membersOf } from './members.ts';

// SOP 4.15 for a whole agency at once: one transaction, which holds up the other pages, so it must not go member by member.

const MOST_STATEMENTS = 100;

t.test('5,000 members at once, ticked one by one or typed', async (t) => {
  let statements: () => Ran[] = () => [];
  const ipms = await startIpms(t, {
    watch: (sqlite) => {
      statements = noteStatements(sqlite);
    },
  });
  const addresses = await makeManyOfficers(ipms, 5000);
  const ticked = await makeGroup(ipms, 'ramai.satu');
  const typed = await makeGroup(ipms, 'ramai.dua');
  const admin = await ipms.signIn('admin.jabatan');
  for (const [id, members] of [
    [ticked, addresses],
    [typed, addresses.join('\r\n')],
  ] as const) {
    const page = `/admin/groups/${id}/members/add`;
    const _csrf = await admin.token(page);
    statements();
    const answer = await admin.post(page, { members: [members].flat(), _csrf });
    const ran = statements();
    t.equal(answer.status, 303);
    t.equal((await membersOf(ipms, id)).length, 5000);
    t.ok(ran.length <= MOST_STATEMENTS, `${ran.length} statements`);
    const mails = await mailsOf(ipms, 'group', id, 'N13');
    t.equal(new Set(mails.map((mail) => mail.to_address)).size, 5000, 'each is told');
    t.ok(String(answer.headers['set-cookie']).length < 4000, 'the message fits into its cookie');
    const shown = await admin.get(answer.location);
    t.match(shown.text, '5000 ahli ditambah');
    t.match(shown.text, '(+4990)');
    const record = (await recordsOf(ipms, 'group', id)).at(-1);
    const content = JSON.parse(record?.content ?? '');
    t.match(content, { count: 5000 });
    t.equal(content.members.length, 100, 'a record holds the number and the first hundred');
  }
});

t.test('a list of 10,000 is paged, searched and looked at in the past', async (t) => {
  const ipms = await startIpms(t);
  const id = await makeGroup(ipms, 'semua');
  await makeManyOfficers(ipms, 10_000);
  const since = ipms.clock.now.toISOString();
  await ipms.db
    .insertInto('membership')
    .columns(['group_id', 'member_type', 'member_id', 'member_name', 'member_address', 'since', 'added_by'])
    .expression((eb) =>
      eb
        .selectFrom('mailbox')
        .select((row) => [
          row.val(id).as('group_id'),
          row.val('mailbox').as('member_type'),
          'mailbox.id',
          'display_name',
          'primary_email',
          row.val(since).as('since'),
          row.val('IPMS').as('added_by'),
        ])
        .where('login_id', 'like', 'ramai%'),
    )
    .execute();
  const admin = await ipms.signIn('admin.jabatan');
  const page = `/admin/groups/${id}/members`;
  for (const [query, rows] of [
    ['', 25],
    ['?page=40', 25],
    ['?q=ramai4999%40', 1],
    ['?on=24/11/2026', 25],
    ['?on=23/11/2026', 0],
    ['?sort=-member_name', 25],
  ] as const) {
    const { dom, status } = await admin.get(page + query);
    t.equal(status, 200);
    t.equal(dom.querySelectorAll('main tbody tr').length, rows, query);
  }
  t.match((await admin.get('/admin/groups?q=senarai+semua')).text, /10[,.]000/, 'with their number');
});
