import { t } from 'tap';
import { startIpms } from '../helper.ts';

// Marks heaped on a letter take seconds to put in order: nobody writes so.

t.test('thirty marks on a letter are put in one order, more are refused beside the field', async (t) => {
  const ipms = await startIpms(t);
  const place = '/access-code-requests/new';
  const problemWith = async (note: string) => (await ipms.visitor().submit(place, place, { note })).problems.note;
  t.equal(await problemWith(`a${'\u0301\u0316'.repeat(15)}`), undefined);
  t.ok(await problemWith(`a${'\u0301\u0316'.repeat(16)}`));
});
