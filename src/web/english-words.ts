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
// two signs that Unicode gives to nobody, and our texts do not have
const [BEGINS, ENDS] = ['\ue000', '\ue001'];
const ANY = NAMES.join('|');
const NAMED = new RegExp(`\\b(?:${ANY})\\b`, 'g');
const MARKED = new RegExp(`${BEGINS}(${ANY})${ENDS}`, 'g');
const OPTION = new RegExp(`<option([^>]*)>${BEGINS}(${ANY})${ENDS}</option>`, 'g');

/** A Malay text with the English names in it marked, for `markedAsSpans`. */
export function markEnglish(text: string) {
  return text.replace(NAMED, (name) => `${BEGINS}${name}${ENDS}`);
}

/**
 * A page in which what was marked says that it is English (WCAG 2.2, 3.1.2), so that it is read out as such. Inside a tag, and
 * where HTML takes text alone, only the marks are left out: a choice says it where nothing else stands in it.
 */
export function markedAsSpans(html: string) {
  return html
    .replace(OPTION, '<option$1 lang="en">$2</option>')
    .replace(MARKED, (_marked, name: string, at: number) => {
      const opened = html.lastIndexOf('<', at);
      const isText = html.lastIndexOf('>', at) > opened;
      const takesMarkup = !/^<(?:title|option|textarea)\b/.test(html.slice(opened, opened + 10));
      return isText && takesMarkup ? `<span lang="en">${name}</span>` : name;
    });
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
