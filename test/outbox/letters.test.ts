import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { sql } from 'kysely';
import { t } from 'tap';
import { letterOf, packLetter } from '../../src/trail/letters.ts';
import { renderLetter } from '../../src/trail/outbox-worker.ts';
import { startIpms } from '../helper.ts';
import { startMailServer, worker } from './mail-server.ts';

// What was sent is kept for ten years, small, and shown as it was sent.

t.test('a letter of each kind is shown after it was sent as before', async (t) => {
  const ipms = await startIpms(t);
  const { app, db } = ipms;
  const { rows: kinds } = await sql<{ id: number }>`select max(id) as id from outbox group by mail`.execute(db);
  const ids = kinds.map(({ id }) => id);
  await db.deleteFrom('outbox').where('id', 'not in', ids).execute();
  const again = { state: 'waiting', sent_at: null, last_error: null, claimed_until: null } as const;
  const waiting = await db.updateTable('outbox').set(again).returningAll().execute();
  t.ok(waiting.length > 20, `${waiting.length} wait`);
  const server = await startMailServer(t);
  await worker(t, ipms, server.url)();
  for (const before of waiting) {
    const after = await db.selectFrom('outbox').selectAll().where('id', '=', before.id).executeTakeFirstOrThrow();
    t.equal(after.state, 'sent');
    const shown = (mail: typeof before) => renderLetter(app.eta, mail, 'https://ipms.test', null);
    t.strictSame(shown(after), shown(before));
    t.strictSame(letterOf(after), JSON.parse(before.letter));
    t.ok((after.packed_letter?.length ?? 0) > 0 && after.letter.length < before.letter.length, 'and is kept smaller');
  }
  const helpdesk = await ipms.signIn('meja.bantuan');
  const [first] = waiting;
  const page = await helpdesk.get(`/helpdesk/outbox/${first?.id}`);
  t.match(page.text, JSON.parse(first?.letter ?? '').paragraphs[0].ms.slice(0, 40), 'on its page');
  const { subject } = JSON.parse(first?.letter ?? '');
  const found = await helpdesk.get(`/helpdesk/outbox?q=${encodeURIComponent(subject.en)}`);
  t.match(found.text, subject.ms, 'and found by its subject');
});

t.test('whatever is in a letter comes back', (t) => {
  const words = fc.record({ ms: fc.string({ unit: 'grapheme' }), en: fc.string({ unit: 'binary' }) });
  const letter = fc.record({ subject: words, greeting: fc.string(), paragraphs: fc.array(words) });
  fc.assert(
    fc.property(letter, (each) => {
      const text = JSON.stringify(each);
      t.strictSame(letterOf(packLetter(text)), JSON.parse(text));
    }),
  );
  t.end();
});

t.test('what letters were packed against never changes: give other words a further file and number', (t) => {
  const sample = readFileSync(join(import.meta.dirname, '../../src/trail/letters-1.txt'));
  t.equal(
    createHash('sha256').update(sample).digest('hex'),
    'a1eca6bb405c4cf73ff5c1911a4e4732221efa4c23363c2e87900e00f17482e5',
  );
  t.throws(() => letterOf({ letter: '{}', packed_letter: Buffer.of(99, 1, 2) }), { message: /newer IPMS/ });
  t.end();
});
