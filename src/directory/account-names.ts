import { createHash } from 'node:crypto';

const DIGEST = 8;
/** Of a common name in Active Directory, and as much as IPMS gives an account's. */
const LONGEST = 64;

/** A name with a digest of what it stands for: short enough, and still another one for each. */
export function shortened(name: string, whole: string) {
  const digest = createHash('sha256').update(whole).digest('hex').slice(0, DIGEST);
  const start = name.slice(0, LONGEST - DIGEST - 1).replace(/[\ud800-\udbff]$/, '');
  return `${start}-${digest}`;
}

/** The common name of a contact: its address, as far as a common name goes. */
export function contactName(email: string) {
  return email.length <= LONGEST ? email : shortened(email, email);
}

/** Where the name of a list's account cannot have one of Windows's own signs, nor end with a dot. */
const FORBIDDEN = /["/\\[\]:;|=,+*?<>@\x00-\x1f\x7f]|\.$/g;

/** The sAMAccountName of a list, before it is known whether another account has it. */
export function accountName(code: string, address: string) {
  const name = `${code}-${address.slice(0, address.lastIndexOf('@'))}`.replace(FORBIDDEN, '_');
  return name.length <= LONGEST ? name : shortened(name, name);
}

/** A name that nobody has yet, `-2` and so on behind it; it is taken then. Directories do not tell capital letters. */
export function freeName(name: string, taken: Set<string>) {
  for (let count = 1; ; count += 1) {
    const suffix = count === 1 ? '' : `-${count}`;
    const free = `${name.slice(0, LONGEST - suffix.length)}${suffix}`;
    if (taken.has(free.toLowerCase())) continue;
    taken.add(free.toLowerCase());
    return free;
  }
}
