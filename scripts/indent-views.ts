// Indents the templates by their structure: two spaces for each element, block or bracket that is open.
// Run by hand: node scripts/indent-views.ts. A test holds what it makes.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const VIEWS = join(import.meta.dirname, '../views');
const VOID = new Set(['br', 'hr', 'img', 'input', 'link', 'meta', 'wbr', '!doctype']);
/** In these a space at the beginning of a line is text. */
const KEPT = new Set(['textarea', 'pre']);
const TOKEN =
  /<%[-_]?[=~]?|[-_]?%>|<\/?[!a-z][\w-]*|\/?>|\/\*[\s\S]*?\*\/|\/\/.*|'(?:[^'\\\n]|\\.)*'|"[^"\n]*"|`(?:[^`\\]|\\.)*`|[([{}\])]|\n/gi;

type Place = { inCode: boolean; tag: string; kept: string };

/** What one token opens (1) or closes (-1), where it stands. */
function stepOf(token: string, at: Place) {
  if (token.startsWith('<%')) at.inCode = true;
  else if (token.endsWith('%>')) at.inCode = false;
  else if (at.inCode) return '([{'.includes(token) ? 1 : ')]}'.includes(token) ? -1 : 0;
  else if (token.startsWith('</')) {
    at.kept = '';
    at.tag = '/';
    return -1;
  } else if (token.startsWith('<')) at.tag = token.slice(1).toLowerCase();
  else if (token.endsWith('>') && at.tag !== '') {
    const opened = at.tag;
    at.tag = '';
    if (opened === '/' || VOID.has(opened) || token === '/>') return 0;
    if (KEPT.has(opened)) at.kept = opened;
    return 1;
  }
  return 0;
}

/** A template with each line set by what is open where it begins; what one line opens is one step. */
export function indented(template: string) {
  const at: Place = { inCode: false, tag: '', kept: '' };
  const lines: string[] = [];
  /** The lines on which what is open was opened. */
  const open: number[] = [];
  const depth = () => new Set(open).size;
  let rest = template;
  while (rest !== '') {
    const end = endOfLine(rest, at.inCode);
    const line = rest.slice(0, end);
    rest = rest.slice(end + 1);
    const kept = at.kept !== '';
    let lowest = depth();
    let begun = false;
    for (const [token] of line.matchAll(TOKEN)) {
      if (!at.inCode && /^['"`/([{}\])]/.test(token) && token !== '/>') continue;
      const step = stepOf(token, at);
      if (step > 0) open.push(lines.length);
      if (step > 0) begun = true;
      if (step < 0) open.pop();
      if (step < 0 && !begun) lowest = Math.min(lowest, depth());
    }
    const text = kept ? line : line.trim();
    lines.push(kept || text === '' ? text : `${'  '.repeat(lowest)}${text}`);
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

/** Where a line ends; one that ends within a template string goes on. */
function endOfLine(text: string, inCode: boolean) {
  const at: Place = { inCode, tag: '', kept: '' };
  for (const found of text.matchAll(TOKEN)) {
    if (found[0] === '\n') return found.index;
    if (!at.inCode && /^['"`/]/.test(found[0])) {
      const inside = found[0].indexOf('\n');
      if (inside >= 0) return found.index + inside;
    }
    stepOf(found[0], at);
  }
  return text.length;
}

if (import.meta.main)
  for (const file of readdirSync(VIEWS, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.eta')) continue;
    const place = join(VIEWS, file);
    writeFileSync(place, indented(readFileSync(place, 'utf8')));
  }
