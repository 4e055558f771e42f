import { t } from 'tap';
import { unseal } from '../../src/base/secrets.ts';
import type { TextKey } from '../../src/texts.ts';
import type { App } from '../../src/web/app-types.ts';
import type { Flash } from '../../src/web/flash.ts';
import { secrets } from '../helper.ts';
import { doEverything } from '../records/one-of-each.ts';
import { keepMails, mailedByAct } from './kept-mails.ts';

// Whoever is said to have been mailed has a mail in the outbox, of the very act: messages on pages, and records (SOP 6.0).

type Said = { act: string; url: string; flash: Flash };

/** What the pages say that was done, as each form was answered. */
function listen(app: App, heard: Said[]) {
  app.addHook('onSend', async (request, reply) => {
    const set = [reply.getHeader('set-cookie') ?? []].flat().map(String);
    const sealed = set.flatMap((cookie) => /^ipms-flash=([^;]+)/.exec(cookie)?.[1] ?? [])[0];
    if (request.method !== 'POST' || sealed === undefined) return;
    const flash = JSON.parse(unseal(secrets.flash, decodeURIComponent(sealed)) ?? 'null') as Flash;
    heard.push({ act: request.actor.act ?? '', url: request.url, flash });
  });
}

/** What does not say who was mailed: applicants learn nobody's address, nor does another agency, nor who has no password yet. */
const DISCREET: TextKey[] = [
  ...(['confirm.returned', 'account-request.sent', 'forgot.done', 'transfer.asked', 'transfer.withdrawnNow'] as const),
];

t.test('whoever a page or a record names as mailed has a mail of that act, and nobody else does', async (t) => {
  const heard: Said[] = [];
  const ipms = await doEverything(t, { watch: keepMails, extend: (app) => listen(app, heard) });
  const mailed = await mailedByAct(ipms.db);
  const faults = new Set<string>();
  let named = 0;
  for (const { act, url, flash } of heard) {
    const got = mailed.get(act) ?? new Set();
    const said = new Set(flash.mailed?.filter((each) => !/^\+\d+$/.test(each)));
    named += said.size;
    for (const address of said) if (!got.has(address)) faults.add(`${url}: ${flash.key} names ${address}`);
    const isWhole = said.size === (flash.mailed?.length ?? 0);
    if (!isWhole || DISCREET.includes(flash.key)) continue;
    for (const address of got) if (!said.has(address)) faults.add(`${url}: ${flash.key} leaves out ${address}`);
  }
  t.ok(heard.length > 100 && named > 75, `${heard.length} messages named ${named}`);
  let filed = 0;
  for (const record of await ipms.db.selectFrom('record').selectAll().execute()) {
    const { mailed: said } = JSON.parse(record.content) as { mailed?: string[] };
    if (said === undefined || !mailed.has(record.act)) continue;
    filed += 1;
    for (const address of said)
      if (!mailed.get(record.act)?.has(address)) faults.add(`${record.title}: names ${address}`);
  }
  t.ok(filed > 2, `${filed} records name who was mailed`);
  t.strictSame([...faults], []);
});
