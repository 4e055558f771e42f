import { t } from 'tap';
import { markEnglish, markedAsSpans } from '../../src/base/english-words.ts';
import { both } from '../../src/base/language.ts';
import type { Letter } from '../../src/base/letter.ts';
import { renderLetter } from '../../src/trail/outbox-worker.ts';
import { startIpms } from '../helper.ts';
import { makeGroup, makeOfficer } from '../make.ts';

// WCAG 2.2, 3.1.2: an English name within a Malay page says that it is English

t.test('names that the SOP gives in English say so in Malay pages alone', async (t) => {
  const ipms = await startIpms(t);
  const { id } = await makeOfficer(ipms, 'siti.aminah');
  const admin = await ipms.signIn('admin.jabatan');
  const place = `/admin/mailboxes/${id}/mail-flows`;
  const page = await admin.get(place);
  const named = page.dom.querySelectorAll('main [lang=en]').map((each) => each.textContent);
  for (const name of ['Accept Message From', 'Save Changes', 'All senders']) t.ok(named.includes(name), name);
  const button = page.dom.querySelectorAll('main button').find((each) => each.textContent.trim() === 'Save Changes');
  t.equal(button?.querySelector('span')?.getAttribute('lang'), 'en');
  t.ok(
    page.dom.querySelectorAll('.menu [lang=en]').some((each) => each.textContent === 'Mailboxes'),
    'in the menu',
  );
  const { dom } = await admin.get(`/admin/mailboxes/${id}/account`);
  t.ok(dom.querySelectorAll('.rail [lang=en]').length > 0, 'and among the steps of the SOP');
  t.equal(page.dom.querySelectorAll('title span, option span, textarea span').length, 0);
  admin.carry('ipms-language', 'en');
  t.equal((await admin.get(place)).dom.querySelectorAll('main [lang]').length, 0, 'an English page is English');
});

t.test('what people typed is nobody’s English', async (t) => {
  const ipms = await startIpms(t);
  const group = await makeGroup(ipms, 'simpan', { owners: [await makeOfficer(ipms, 'pemilik')] });
  const name = 'Save \x0eUpdate\x0f Register';
  await ipms.db.updateTable('group').set({ display_name: 'Save Register' }).where('id', '=', group).execute();
  const page = await (await ipms.signIn('admin.jabatan')).get(`/admin/groups/${group}`);
  t.match(page.dom.querySelector('h1')?.innerHTML, 'Save Register');
  t.equal(markedAsSpans(`<input value="${markEnglish('Update')}">`), '<input value="Update">');
  t.equal(
    markedAsSpans(`<option value="a">${markEnglish('Update')}</option><option>${markEnglish('Update tamat')}</option>`),
    '<option value="a" lang="en">Update</option><option>Update tamat</option>',
    'a choice has no elements in it, and says so itself where all of it is English',
  );
  t.equal(markedAsSpans(`<b>${name}</b> \x0e<i>`), '<b>Save <span lang="en">Update</span> Register</b> \x0e<i>');
  const many = '\x0e\x0e\x0eSave\x0f'.repeat(3);
  t.equal(
    markedAsSpans(`<b title="${many}">${many}</b>`),
    `<b title="${'\x0e\x0eSave'.repeat(3)}">${'\x0e\x0e<span lang="en">Save</span>'.repeat(3)}</b>`,
    'however many of the signs were typed',
  );
});

t.test('so does the HTML part of a mail, its Malay half alone', async (t) => {
  const ipms = await startIpms(t);
  const letter: Letter = {
    subject: both('mail.n10.subject', { name: 'Siti', until: '1 Dis 2026' }),
    greeting: 'Save',
    paragraphs: [both('mail.n5.text')],
    facts: [{ label: both('field.login_id'), value: 'Save Register' }],
    link: { label: both('mail.life.link'), path: '/' },
  };
  const kept = { letter: JSON.stringify(letter), packed_letter: null };
  const { subject, text, html } = renderLetter(ipms.app.eta, kept, 'https://ipms.test', null);
  const [malay = '', english = ''] = html.split('<td lang="en"');
  const named = [...malay.matchAll(/<span lang="en">(.*?)<\/span>/g)].map(([, name]) => name);
  t.strictSame(
    named,
    ['Disable Account', 'Account Request', 'Login ID', 'Manage Account'],
    'but nothing that was typed',
  );
  t.match(malay, `<title>${letter.subject.ms}</title>`);
  t.notMatch(english, /<span lang="en">(?!Sent automatically)/);
  t.match(text, letter.paragraphs[0]?.ms, 'plain text stays plain');
  t.notMatch(subject + text + html, /[\x0e\x0f]/);
});
