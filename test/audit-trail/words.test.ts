import { t } from 'tap';
import { changesInWords } from '../../src/trail/audit-words.ts';
import { sayers } from '../../src/web/pages.ts';
import { START } from '../helper.ts';

function inWords(item_type: string, before: object | null, after: object | null, language: 'ms' | 'en' = 'en') {
  const text = (facts: object | null) => (facts === null ? null : JSON.stringify(facts));
  const changes = changesInWords({ item_type, before: text(before), after: text(after) }, sayers(language, START));
  return changes.map(({ label, before, after }) => [label, before, after]);
}

t.test('each kind of value has its words', async (t) => {
  const facts = {
    status: 'revoked',
    category: 'civil_servant',
    ic_number: '900101145678',
    expires_at: '2026-11-24T06:00:00.000Z',
    effective_on: '2026-11-24',
    storage_mb: 2048,
    mailbox_id: 12,
    was_locked: true,
    services: [],
    mail_domains: ['a.test', 'b.test'],
    grade: null,
    note: 'revoked',
    unheard_of: { email: 'a@b.test' },
  };
  t.strictSame(inWords('access_code', null, facts), [
    ['Status', null, 'Revoked'],
    ['Account category', null, 'Civil servant'],
    ['Identity card number', null, '900101-**-***8'],
    ['Good until', null, '24 Nov 2026, 14:00'],
    ['Day on which the account ends', null, '24 Nov 2026'],
    ['Storage', null, '2 GB'],
    ['Was locked', null, 'Yes'],
    ['Value added services', null, 'None'],
    ['Mail domains', null, 'a.test, b.test'],
    ['Grade', null, 'None'],
    ['Note', null, 'revoked'],
    ['unheard of', null, 'E-mail address: a@b.test'],
  ]);
});

t.test('a state is said as the kind of item says it, in the reader’s language', async (t) => {
  const row = [{ status: 'waiting' }, { status: 'failed' }] as const;
  t.strictSame(inWords('outbox', ...row), [['Status', 'Waiting', 'Failed']]);
  t.strictSame(inWords('outbox', ...row, 'ms'), [['Status', 'Menunggu', 'Gagal']]);
  t.strictSame(
    inWords('user', { status: 'title' }, {}),
    [['Status', 'title', 'None']],
    'what is no word stays as it is',
  );
  t.strictSame(inWords('user', null, null), []);
});
