import type { HTMLElement } from 'node-html-parser';
import { formValues, type Page, type Visitor } from '../../helper.ts';

// What a person's hands do on a page, by the words that stand there: a link is followed, a field filled in, a button pressed.
// What is not there under its word cannot be used, and the words are the SOP's.

/** A page, and the address that it was found at. */
export type Opened = Page & { at: string };

/** What an element says. */
export const wordsOf = (element: HTMLElement) => element.textContent.replace(/\s+/g, ' ').trim();

/** Opens an address, and whatever it leads on to. */
export async function open(who: Visitor, at: string): Promise<Opened> {
  const page = await who.get(at);
  if (page.status === 303 || page.status === 302) return open(who, page.location);
  if (page.status !== 200) throw new Error(`${at}: ${page.status} ${page.text}`);
  return { ...page, at };
}

/** Follows the first link of a page that has these words; the menu's is meant where the page itself has none. */
export async function follow(who: Visitor, { dom, at }: Opened, words: string): Promise<Opened> {
  const links = [...dom.querySelectorAll('main a[href]'), ...dom.querySelectorAll('a[href]')];
  const link = links.find((each) => wordsOf(each) === words) ?? links.find((each) => wordsOf(each).includes(words));
  if (link === undefined) throw new Error(`${at} has no link ${words}`);
  return open(
    who,
    new URL(link.getAttribute('href') ?? '', `http://ipms.test${at}`).href.slice('http://ipms.test'.length),
  );
}

/** Searches a list for something, among one of its keys. Returns the list as it is then. */
export async function search(who: Visitor, { dom, at }: Opened, sought: string, key = ''): Promise<Opened> {
  const query = new URLSearchParams({ q: sought });
  const keys = dom.querySelectorAll('select[name=by] option');
  const by = keys.find((option) => wordsOf(option) === key);
  if (key !== '' && by === undefined) throw new Error(`${at} has no key ${key}`);
  if (by !== undefined) query.set('by', by.getAttribute('value') ?? '');
  return open(who, `${at.split('?')[0]}?${query}`);
}

/** A form of a page as it is being filled in. */
export type Filling = {
  /** Types into the field with this label. */
  type(label: string, text: string): Filling;
  /** Chooses what has these words from the field with this label, or leaves nothing but what is named chosen. */
  choose(label: string, ...words: string[]): Filling;
  /** Takes the tick off the box with this label. */
  untick(label: string): Filling;
  /** Presses the button with these words; what it sends must be taken. Returns the page that comes then. */
  press(button: string): Promise<Opened>;
  /** Presses the key Enter in a field: as good as the form's first button. */
  pressEnter(): Promise<Opened>;
  /** Presses it and is refused. Returns the page with what is wrong. */
  pressInVain(button: string): Promise<Page>;
};

/** The form of a page that posts to an address, or the page's only one, to be filled in. */
export function fill(who: Visitor, page: Opened, action = page.at): Filling {
  const { dom, at } = page;
  const path = at.split('?')[0];
  const form = dom
    .querySelectorAll('main form[method=post]')
    .find((each) => [action, ...(action === at ? [path] : [])].includes(each.getAttribute('action') ?? at));
  if (form === undefined) throw new Error(`${at} has no form for ${action}`);
  const fields = formValues(form.parentNode as HTMLElement, at, form.getAttribute('action') ?? path ?? at);
  const labelled = (label: string) => {
    const all = [...form.querySelectorAll('label'), ...form.querySelectorAll('legend')];
    const found =
      all.find((each) => wordsOf(each).replace(' (tidak wajib)', '') === label) ??
      all.find((each) => wordsOf(each).startsWith(label));
    if (found === undefined) throw new Error(`${at} has no field ${label}`);
    return found;
  };
  const fieldOf = (label: string) => {
    const found = labelled(label);
    const control = found.querySelector('input') ?? form.querySelector(`[id="${found.getAttribute('for')}"]`);
    if (control === null) throw new Error(`${at}: ${label} is the label of nothing`);
    return control;
  };
  const buttons = form.querySelectorAll('button');
  const send = (words: string) => {
    const button =
      buttons.find((each) => wordsOf(each) === words) ?? buttons.find((each) => wordsOf(each).startsWith(words));
    if (button === undefined) throw new Error(`${at} has no button ${words}, but ${buttons.map(wordsOf).join(', ')}`);
    const name = button.getAttribute('name');
    const pressed = name === undefined ? {} : { [name]: button.getAttribute('value') ?? '' };
    return who.post(form.getAttribute('action') ?? at, { ...fields, ...pressed });
  };
  const taken = (words: string, answer: Page) => {
    if (answer.status === 200) return { ...answer, at: form.getAttribute('action')?.split('#')[0] ?? at };
    if (answer.status === 303) return open(who, answer.location);
    throw new Error(`${at}, ${words}: ${answer.status} ${JSON.stringify(answer.problems)} ${answer.text}`);
  };
  // a list of boxes and a field for what is not among them may have one name
  const typed = new Map<HTMLElement, string[]>();
  const exchange = (name: string, before: string[], after: string[]) => {
    const others = [fields[name] ?? []].flat().filter((each) => !before.includes(each));
    fields[name] = [...others, ...after];
  };
  const filling: Filling = {
    type(label, text) {
      const control = fieldOf(label);
      const stood = control.getAttribute('value') ?? control.textContent.trim();
      exchange(control.getAttribute('name') ?? '', [stood, ...(typed.get(control) ?? [])], [text]);
      typed.set(control, [text]);
      return filling;
    },
    choose(label, ...words) {
      const choices = choicesOf(form, labelled(label));
      const chosen = words.map((word) => {
        const one = choices.find((each) => each.words === word) ?? choices.find((each) => each.words.includes(word));
        if (one === undefined) throw new Error(`${at}: ${label} has no choice ${word}`);
        return one.value;
      });
      exchange(
        choices[0]?.name ?? '',
        choices.map(({ value }) => value),
        chosen,
      );
      return filling;
    },
    untick(label) {
      delete fields[fieldOf(label).getAttribute('name') ?? ''];
      return filling;
    },
    async press(button) {
      return taken(button, await send(button));
    },
    async pressEnter() {
      return filling.press(wordsOf(buttons[0] as HTMLElement));
    },
    async pressInVain(button) {
      const answer = await send(button);
      if (answer.status !== 422) throw new Error(`${at}, ${button}: ${answer.status}, though it was to be refused`);
      return answer;
    },
  };
  return filling;
}

/** What may be chosen under a label or legend. */
function choicesOf(form: HTMLElement, label: HTMLElement) {
  const given = (each: HTMLElement) => each.getAttribute('value') ?? '';
  const list = form.querySelector(`select[id="${label.getAttribute('for')}"]`);
  if (list) {
    const name = list.getAttribute('name') ?? '';
    return list.querySelectorAll('option').map((each) => ({ name, words: wordsOf(each), value: given(each) }));
  }
  const boxes = (label.closest('fieldset') ?? label).querySelectorAll('label');
  return (boxes.length === 0 ? [label] : boxes).flatMap((each) => {
    const box = each.querySelector('input');
    return box ? [{ name: box.getAttribute('name') ?? '', words: wordsOf(each), value: given(box) }] : [];
  });
}
