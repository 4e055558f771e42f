/** Letters that a word may have and still has to be in one piece, even on the narrowest screen. */
const WHOLE_WORD = 18;
/** The same of an address, before its @. */
const WHOLE_LOCAL = 24;
/** An attribute of the directory, from this width on. */
const [WHOLE_ATTRIBUTE, ROOM_FOR_IT] = [32, 1024];

/**
 * A function of a document: what does not fit into it at its width, one line each. The page must not scroll sideways, nothing that
 * is pressed or read at a glance may be cut off, no list may lose a column, no word of ordinary length and no address may be
 * broken inside, what scrolls sideways can be reached with the keyboard, and what takes the focus is seen.
 */
export const ROOM = `((document) => {
  const wide = document.documentElement.clientWidth;
  const found = [];
  const name = (element) => element.localName + [...element.classList].map((each) => '.' + each).join('') +
    ' "' + element.textContent.trim().replace(/\\s+/g, ' ').slice(0, 40) + '"';
  if (document.documentElement.scrollWidth > wide) found.push('scrolls sideways: ' + document.documentElement.scrollWidth);
  for (const each of document.querySelectorAll('button, .button, .tag, .count, .tiles > li > *, h1, h2, h3, summary, legend, label')) {
    if (!each.checkVisibility() || each.closest('.unseen, .skip')) continue;
    const box = each.getBoundingClientRect();
    const beyond = !each.closest('.scroll') && box.right > wide + 1;
    if (beyond || (each.clientWidth > 0 && each.scrollWidth > each.clientWidth + 1)) found.push('cut off: ' + name(each));
  }
  for (const each of document.querySelectorAll('main .scroll'))
    if (each.scrollWidth > each.clientWidth + 1) found.push('loses columns: ' + (each.scrollWidth - each.clientWidth) + ' of ' + name(each));
  for (const each of document.querySelectorAll('main *')) {
    if (each.scrollWidth <= each.clientWidth + 1 || !/auto|scroll/.test(getComputedStyle(each).overflowX)) continue;
    if (each.tabIndex < 0 && !each.querySelector('a[href], button, input, select, textarea, summary, [tabindex]'))
      found.push('scrolls beyond the keyboard: ' + name(each));
  }
  for (const each of document.querySelectorAll('main thead a'))
    if (each.closest('thead').clientWidth === 1) found.push('sorts unseen: ' + name(each));
  const range = document.createRange();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
    if (!/\\S/.test(text.data)) continue;
    range.selectNodeContents(text);
    if (range.getClientRects().length < 2 || text.parentElement.closest('script, .unseen, .skip')) continue;
    // where rows are cards, the headings are for those who listen
    if (text.parentElement.closest('thead')?.clientWidth === 1) continue;
    const attributes = wide < ${ROOM_FOR_IT} ? [] : text.data.matchAll(/\\b(?=[A-Za-z]*[a-z][A-Z])[A-Za-z]{2,${WHOLE_ATTRIBUTE}}\\b/g);
    const words = text.data.matchAll(/(?<![^\\s(])(\\p{L}{2,${WHOLE_WORD}}(?![^\\s,.;:)])|[\\w.'+-]{2,${WHOLE_LOCAL}}(?=@))/gu);
    for (const word of [...words, ...attributes]) {
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      if (new Set([...range.getClientRects()].map((each) => each.top)).size > 1)
        found.push('broken: ' + word[0] + ' in ' + name(text.parentElement));
    }
  }
  return [...new Set(found)];
})`;

/** How far below the head of a page the first field of its form may begin, on a phone. */
const FIRST_VIEW = 360;

/** A function of a document: says so where the first field comes later than that. */
export const FIRST_FIELD = `((document) => {
  const head = document.querySelector('body > header').getBoundingClientRect().bottom;
  const first = [...document.querySelectorAll('main :is(input, select, textarea)')].find((each) => each.checkVisibility());
  const below = first === undefined ? 0 : Math.round(first.getBoundingClientRect().top - head);
  return below > ${FIRST_VIEW} ? ['the first field, ' + first.name + ', comes ' + below + ' px below the head'] : [];
})`;
