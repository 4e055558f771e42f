import Sqlite from 'better-sqlite3';
import { t } from 'tap';
import { keepingStatements } from '../../src/data/kept-statements.ts';

t.test('a statement is prepared once; of too many, the one that was asked longest ago goes', async (t) => {
  const prepare = keepingStatements(new Sqlite(':memory:'), 2);
  const first = prepare('select 1');
  const second = prepare('select 2');
  t.equal(prepare('select 1'), first);
  prepare('select 3');
  t.equal(prepare('select 1'), first, 'it was asked since');
  t.not(prepare('select 2'), second);
});
