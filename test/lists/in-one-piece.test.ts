import { t } from 'tap';
import { startIpms } from '../helper.ts';

// What a cell of a list is, so that the style sheet knows where it may break

t.test('an attribute of the directory is copied letter by letter: it may not break inside', async (t) => {
  const ipms = await startIpms(t);
  const { dom } = await (await ipms.signIn('meja.bantuan')).get('/helpdesk/directory/mapping');
  const cells = dom.querySelectorAll('tbody td:first-child');
  t.ok(cells.some((cell) => cell.textContent === 'msExchHideFromAddressLists'));
  for (const cell of cells) t.match(cell.getAttribute('class'), /^(brief|attribute)$/, cell.textContent);
});
