import { t } from 'tap';
import { both, isLabel, sentence, translator } from '../../src/base/language.ts';

t.test('a text takes what it leaves to be filled', async (t) => {
  t.strictSame(both('mail.n5.subject', { name: 'Aminah' }), {
    ms: translator('ms')('mail.n5.subject', { name: 'Aminah' }),
    en: translator('en')('mail.n5.subject', { name: 'Aminah' }),
  });
  t.match(both('mail.n5.subject', { name: 'Aminah' }), { ms: /Aminah/, en: /Aminah/ });
  t.match(sentence('en', { key: 'life.restored', params: { count: 1 } }), /1 mailing list\b/);
});

t.test('what is missing or misspelt does not compile, and is not said with a gap', async (t) => {
  // @ts-expect-error a text is never said without what it needs
  t.throws(() => both('life.restored'), /Nothing is given for \{count\}/);
  // @ts-expect-error nor with a misspelt name
  t.throws(() => both('life.restored', { cuont: 3 }), /Nothing is given for \{count\}/);
  // @ts-expect-error nor with more than it takes
  t.match(both('life.restored', { count: 3, more: 1 }), { en: /3/ });
  // @ts-expect-error nor with anything where it takes nothing
  t.ok(both('yes', { count: 3 }));
  t.throws(() => sentence('ms', { key: 'life.restored', params: { cuont: 3 } }), /Nothing is given for \{count\}/);
});

t.test('a label is a text that can be said as it is', async (t) => {
  t.equal(isLabel('yes'), true);
  t.equal(isLabel('life.restored'), false, 'it needs a number');
  t.equal(isLabel('nothing.of-the-kind'), false);
  t.equal(isLabel('toString'), false);
});
