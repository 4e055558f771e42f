import { t } from 'tap';
import { startIpms } from '../helper.ts';
import { makeOfficer } from '../make.ts';

// The SOP names what is pressed and chosen: whoever reads it beside the screen finds its words there, outside the rail.

t.test('the words of the SOP are on the screen where its step is done, in both languages', async (t) => {
  const ipms = await startIpms(t);
  const { id } = await makeOfficer(ipms, 'siti.aminah');
  const admin = await ipms.signIn('admin.jabatan');
  const place = `/admin/mailboxes/${id}`;
  const words: [sop: string, page: string, where: string, word: string][] = [
    ['4.9 step 2', `${place}/account`, 'h2', 'Mailbox Account'],
    ['4.9 step 3', `${place}/account`, 'h2', 'Command'],
    ['4.9 step 4', `${place}/disable`, 'label[for=disable-reason]', 'Reason'],
    ['4.9 step 6', `${place}/disable`, '#disable button', 'Save'],
    ['4.9 step 8', `${place}/mail-flows`, 'legend', 'Add'],
    ['4.9 step 8', `${place}/mail-flows`, 'button', 'Save Changes'],
    ['4.11 step 2', '/admin/mailboxes', 'main tbody a', 'Detail'],
    ['4.11 step 3', `${place}/delete`, '#delete button', 'Save'],
    ['4.20 step 1', '/login', 'label[for=login-login]', 'Username'],
  ];
  for (const language of ['ms', 'en'] as const)
    for (const [sop, page, where, word] of words) {
      const reader = page === '/login' ? ipms.visitor({ language }) : admin;
      reader.carry('ipms-language', language);
      const { dom } = await reader.get(page);
      for (const rail of dom.querySelectorAll('.rail')) rail.remove();
      const texts = dom.querySelectorAll(where).map((each) => each.textContent);
      t.ok(
        texts.some((text) => text.includes(word)),
        `${sop}: ${word} (${language})`,
      );
    }
});
