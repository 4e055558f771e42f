import fc from 'fast-check';
import { t } from 'tap';
import { addresses, email } from '../../src/forms/fields.ts';
import { startIpms } from '../helper.ts';
import { makeContact, makeGroup, makeOfficer } from '../make.ts';

// People outside have the addresses that their providers gave them; what IPMS gives out is narrower.

const one = email({ label: 'field.email' });
const several = addresses({ label: 'group.typed.members' });

t.test('dots and atoms of RFC 5322, and domains of all letters, are read', async (t) => {
  for (const [typed, kept] of [
    ["S.O'Brien@council.example", "s.o'brien@council.example"],
    ['a&b/c=d?e^f`g{h|i}j~k!l#m$n%o*p+q@x.test', 'a&b/c=d?e^f`g{h|i}j~k!l#m$n%o*p+q@x.test'],
    ['_x_@x.test', '_x_@x.test'],
    ['ali@bücher.example', 'ali@xn--bcher-kva.example'],
    ['ali@例え.テスト', 'ali@xn--r8jz45g.xn--zckzah'],
    ['ali@XN--BCHER-KVA.example', 'ali@xn--bcher-kva.example'],
  ] as const)
    t.equal(one.read([typed]), kept);
  for (const wrong of [
    '.a@x.test',
    'a.@x.test',
    'a..b@x.test',
    'a b@x.test',
    '"a b"@x.test',
    'é@x.test',
    'a@x',
    'a@-x.test',
    'a@x.test@',
    '<a@x.test>',
    'a(b)@x.test',
    'a\\b@x.test',
    `${'a'.repeat(65)}@x.test`,
  ])
    t.throws(() => one.read([wrong]), wrong);
});

t.test('a list of recipients is read as mail programs write it', async (t) => {
  for (const [typed, kept] of [
    ['Ahmad <a@x.test>; Khairul <b@x.test>', ['a@x.test', 'b@x.test']],
    ['"Yusof, Siti" <c@x.test>, Ahmad <A@x.test>', ['c@x.test', 'a@x.test']],
    ['Yusof, Siti <c@x.test>; Ali bin Abu <a@x.test>', ['c@x.test', 'a@x.test']],
    ['a@x.test, Khairul <b@x.test>, c@x.test', ['a@x.test', 'b@x.test', 'c@x.test']],
    ['a@x.test b@x.test\nc@x.test;;', ['a@x.test', 'b@x.test', 'c@x.test']],
    ["'a@x.test' <a@x.test>; mailto:b@x.test", ['a@x.test', 'b@x.test']],
    ['<a@x.test>\n<b@x.test>', ['a@x.test', 'b@x.test']],
  ] as const)
    t.strictSame(several.read([typed]), kept, typed);
  for (const [typed, wrong] of [
    ['Ahmad <a@x.test>; Khairul', 'khairul'],
    ['Ahmad <a@x>', 'a@x'],
    ['Ahmad <a@x.test', 'ahmad'],
  ] as const)
    t.match(refusal(typed), { params: { typed: wrong } }, typed);
});

function refusal(typed: string) {
  try {
    several.read([typed]);
  } catch (error) {
    return (error as { problem: unknown }).problem;
  }
  return null;
}

t.test('whatever the names are, the addresses are found, each once', async () => {
  const name = fc.stringMatching(/^[A-Za-z ',.@-]{0,20}$/).filter((each) => !each.includes('@'));
  const local = fc.stringMatching(/^[a-z]{1,8}$/);
  fc.assert(
    fc.property(fc.array(fc.tuple(name, local), { minLength: 1, maxLength: 8 }), (people) => {
      const text = people.map(([called, part]) => `"${called}" <${part}@x.test>`).join('; ');
      const wanted = [...new Set(people.map(([, part]) => `${part}@x.test`))];
      return JSON.stringify(several.read([text])) === JSON.stringify(wanted);
    }),
  );
});

t.test('Add Member takes recipients that were copied; an official address stays narrow', async (t) => {
  const ipms = await startIpms(t);
  await makeOfficer(ipms, 'ahmad.satu');
  await makeContact(ipms, { full_name: "Sean O'Brien", email: "s.o'brien@council.example" });
  const group = await makeGroup(ipms, 'penerima');
  const admin = await ipms.signIn('admin.jabatan');
  const page = `/admin/groups/${group}/members/add`;
  const members = 'Ahmad <AHMAD.satu@jabatan.test>; "O\'Brien, Sean" <s.o\'brien@council.example>';
  const answer = await admin.submit(page, page, { members });
  t.equal(answer.status, 303, JSON.stringify(answer.problems));
  const rows = await ipms.db.selectFrom('membership').select('member_address').where('group_id', '=', group).execute();
  t.strictSame(rows.map((row) => row.member_address).sort(), ['ahmad.satu@jabatan.test', "s.o'brien@council.example"]);
  const made = { display_name: 'Sempit', owners: 'admin.jabatan@jabatan.test' };
  for (const primary_email of ["o'brien@jabatan.test", 'a&b@jabatan.test', 'a+b@jabatan.test'])
    t.equal(
      (await admin.submit('/admin/groups/new', '/admin/groups/new', { ...made, primary_email })).status,
      422,
      primary_email,
    );
});
