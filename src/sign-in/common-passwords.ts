/** Words that lists of stolen passwords are full of. With a number behind and a symbol between they satisfy every other rule. */
const WORDS = [
  'password', 'passw0rd', 'passcode', 'welcome', 'welcometo', 'admin', 'administrator', 'letmein', 'changeme', 'qwerty',
  'qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'iloveyou', 'sunshine', 'princess', 'football', 'superman', 'dragon', 'monkey',
  'master', 'secret', 'default', 'computer', 'internet', 'abc', 'abcd', 'abcdef', 'abcdefgh', 'malaysia', 'selamatdatang',
  'bismillah', 'sayangku', 'rahsiaku',
]; // biome-ignore format: one list, read as a block

const COMMON = new Set(WORDS);
const LOOKALIKES: Record<string, string> = {
  '@': 'a',
  '4': 'a',
  '0': 'o',
  '1': 'i',
  '!': 'i',
  '3': 'e',
  $: 's',
  '5': 's',
  '7': 't',
};

/** A common word, spelled with look-alikes or not, once or twice, and around it nothing but digits that count and symbols. */
export function isCommonPassword(password: string) {
  const lower = password.toLowerCase();
  const core = lower.replace(/^[^a-z]+/, '').replace(/[^a-z]+$/, '');
  const around = lower.replace(core, '').replace(/\D/g, '');
  const counts =
    around === '' || /^(?:0?123456789|12345678|1234567|123456|12345|1234|123|12|1|(?:19|20)\d\d)$/.test(around);
  if (!counts) return false;
  const plain = [...core].map((character) => LOOKALIKES[character] ?? character).join('');
  return [core, plain].some((word) => COMMON.has(word) || COMMON.has(half(word)));
}

function half(word: string) {
  const middle = word.length / 2;
  return Number.isInteger(middle) && word.slice(0, middle) === word.slice(middle) ? word.slice(0, middle) : word;
}
