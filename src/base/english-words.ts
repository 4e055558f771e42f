/**
 * What the SOP names in English: buttons, tabs and menus that whoever reads it beside the screen looks for. Words that Malay
 * has taken over (mailbox, storage) are no longer English in a sentence. The longest first: *Save Changes* is not *Save*.
 */
const NAMES = [
  'Outlook Web Application',
  'Exchange Management Shell',
  'Only sender from following list',
  'Accept Message From',
  'Value Added Services',
  'Multi Conferencing',
  'Create New Group',
  'Distribution List',
  'Active Directory',
  'Enterprise Voice',
  'Online Archiving',
  'Account Request',
  'Disable Account',
  'Change Password',
  'Deleted Mailbox',
  'Mailbox Account',
  'Exchange Server',
  'Enable Account',
  'Delete Account',
  'Manage Account',
  'Primary E-mail',
  'Outlook Web App',
  'Primary Email',
  'Password Mgmt',
  'Deleted Items',
  'Display Name',
  'Address List',
  'Mailing List',
  'Save Changes',
  'Create Group',
  'All senders',
  'Add Member',
  'Mail Flows',
  'Member Of',
  'Mailboxes',
  'Login ID',
  'Username',
  'Register',
  'Approve',
  'Command',
  'General',
  'Update',
  'Detail',
  'Reason',
  'Groups',
  'Save',
  'Add',
];
const ANY = NAMES.join('|');
const NAMED = new RegExp(`\\b(?:${ANY})\\b`, 'g');
const IS_NAME = new Set(NAMES);
const LONGEST = Math.max(...NAMES.map((name) => name.length));
// two control signs that no text has; a page of Western letters stays one byte a letter with them
const [BEGINS, ENDS] = ['\x0e', '\x0f'];
const MARKED = new RegExp(`${BEGINS}(${ANY})${ENDS}`, 'g');

/** A Malay text with the English names in it marked, for `markedAsSpans`. */
export function markEnglish(text: string) {
  return text.replace(NAMED, (name) => `${BEGINS}${name}${ENDS}`);
}

/**
 * A page in which what was marked says that it is English (WCAG 2.2, 3.1.2), so that it is read out as such. Inside a tag, and
 * where HTML takes text alone, only the marks are left out: a choice says it where nothing else stands in it.
 */
export function markedAsSpans(html: string) {
  let [page, from, opened, closed] = ['', 0, -1, -1];
  // people may have typed any number of these signs: nothing is looked through twice
  for (let begins = html.indexOf(BEGINS), seen = 0; begins >= 0; begins = html.indexOf(BEGINS, begins + 1)) {
    const name = html.slice(begins + 1, html.slice(begins, begins + LONGEST + 2).indexOf(ENDS) + begins);
    if (!IS_NAME.has(name)) continue;
    const between = html.slice(seen, begins);
    if (between.includes('<')) opened = seen + between.lastIndexOf('<');
    if (between.includes('>')) closed = seen + between.lastIndexOf('>');
    seen = begins;
    const before = html.slice(from, begins);
    const ends = begins + 1 + name.length;
    const [element] = /^<(?:title|option|textarea)\b/.exec(html.slice(opened, opened + 10)) ?? [];
    if (closed < opened) page += before + name;
    else if (element === undefined) page += `${before}<span lang="en">${name}</span>`;
    else if (element === '<option' && before.endsWith('>') && html.startsWith('</option>', ends + 1))
      page += `${before.slice(0, -1)} lang="en">${name}`;
    else page += before + name;
    from = ends + 1;
  }
  return page + html.slice(from);
}

/** A text without its marks, and from where to where in it each marked name stands. */
export function unmarked(text: string): { plain: string; english: [from: number, to: number][] } {
  const english: [number, number][] = [];
  if (!text.includes(BEGINS)) return { plain: text, english };
  const plain = text.replace(MARKED, (_marked, name: string, at: number) => {
    const from = at - 2 * english.length;
    english.push([from, from + name.length]);
    return name;
  });
  return { plain, english };
}
