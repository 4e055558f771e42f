import { isCommon, SHORTEST_COMMON } from './common-passwords.ts';

/** How many guesses each kind of part takes, as powers of ten; what is none of them takes what a character takes. */
const GUESSES = { common: 5, ofThePlace: 2.5, date: 4, year: 2, sequence: 2, again: 1, digit: 1, character: 2 };
/** Whoever knows the lists, the place and the keyboard would need a million million guesses. */
const ENOUGH = 12;
/** A longer one is no word. */
const LONGEST_PART = 24;

/** What somebody in a Malaysian agency thinks of first; the agency's own words come besides. */
const OF_THE_PLACE = new Set(
  `ipms 1govuc govuc mygovuc mampu jdn jpm kpkt kkm kpm mof govt govmy gsuite emel email outlook mailbox webmail mail inbox
  admin administrator pentadbir user pengguna pegawai officer staff kakitangan helpdesk mejabantuan katalaluan password passwd
  katakunci login masuk rahsia sulit secret welcome contoh sample demo test ujian cuba letmein changeme tukar baru baharu lama
  kerajaan government jabatan department kementerian ministry agensi agency bahagian division unit cawangan branch pejabat
  office seksyen sektor negara negeri daerah persekutuan awam perkhidmatan khidmat servis suruhanjaya majlis lembaga perbadanan
  polis bomba tentera hospital sekolah universiti maktab institut akademi pengarah ketua setiausaha kerani penolong timbalan
  malaysia melayu merdeka malaysiaku malaysiaboleh negaraku jalurgemilang hibiscus bungaraya harimau tanahair rukunegara
  putrajaya cyberjaya kualalumpur kuala lumpur labuan selangor shahalam johor johorbahru kedah alorsetar kelantan kotabharu
  melaka negerisembilan seremban pahang kuantan perak ipoh perlis kangar pulaupinang pinang penang georgetown sabah sarawak
  kotakinabalu kuching terengganu
  selamat datang pagi petang malam terima kasih terimakasih sayang cinta saya awak kami kita anda aku ku kamu dia ibu ayah mak
  abah anak adik abang kakak bismillah alhamdulillah allah assalamualaikum insyaallah islam syukur doa raya aidilfitri ramadan
  ramadhan gembira bahagia senyum cantik comel hebat boleh satu dua tiga empat lima enam tujuh lapan sembilan sepuluh
  januari februari mac april mei jun julai ogos september oktober november disember january february march may june july august
  october december jan feb apr aug sep oct okt nov dec dis isnin selasa rabu khamis jumaat sabtu ahad monday tuesday wednesday
  thursday friday saturday sunday`.split(/\s+/),
); // biome-ignore format: one list, read as a block

/** Rows and columns of keys, as fingers run over them in either direction. */
const KEYS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm', '1234567890', '!@#$%^&*()', '1qaz2wsx3edc4rfv5tgb', '1q2w3e4r5t6y'];
const RUNS = [...KEYS, 'abcdefghijklmnopqrstuvwxyz', '01234567890'].flatMap((run) => [
  run,
  [...run].reverse().join(''),
]);

/** A day, however it is written. */
const DATE = /^(?:(?:19|20)?\d\d[01]\d[0-3]\d|[0-3]\d[01]\d(?:19|20)?\d\d)$/;

const LOOKALIKES: Record<string, string> = {
  '@': 'a', '4': 'a', '8': 'b', '3': 'e', '6': 'g', '1': 'i', '!': 'i', '|': 'l', '0': 'o', '$': 's', '5': 's', '7': 't', '+': 't',
}; // biome-ignore format: one list, read as a block

/**
 * Would a password be guessed by somebody who has the lists, knows the place and sees a keyboard? Of all ways to take it
 * apart into such pieces, the one with the fewest guesses counts.
 * @param words of the agency: its code, its name, its domains
 */
export function isGuessable(password: string, words: ReadonlySet<string>) {
  return guessesOf([...password.toLowerCase()], { words, parts: new Map(), texts: new Map() }) < ENOUGH;
}

/** What was found out already: a text of repeats has the same pieces many times over. */
type Known = { words: ReadonlySet<string>; parts: Map<string, number | null>; texts: Map<string, number> };

function guessesOf(text: string[], known: Known): number {
  const whole = text.join('');
  const found = known.texts.get(whole) ?? fewestOf(text, known);
  known.texts.set(whole, found);
  return found;
}

function fewestOf(text: string[], known: Known) {
  const fewest = [0];
  const offer = (end: number, guesses: number) => {
    fewest[end] = Math.min(fewest[end] ?? Number.POSITIVE_INFINITY, guesses);
  };
  for (let from = 0; from < text.length; from++) {
    const before = fewest[from] ?? 0;
    offer(from + 1, before + (/\p{Nd}/u.test(text[from] ?? '') ? GUESSES.digit : GUESSES.character));
    for (let to = from + 2; to <= Math.min(text.length, from + LONGEST_PART); to++) {
      const part = text.slice(from, to).join('');
      if (!known.parts.has(part)) known.parts.set(part, guessesOfPart(part, known.words));
      const guesses = known.parts.get(part) ?? null;
      if (guesses !== null) offer(to, before + guesses);
    }
    for (const { size, end } of repeatsAt(text, from))
      offer(end, before + guessesOf(text.slice(from, from + size), known) + GUESSES.again);
  }
  return fewest[text.length] ?? 0;
}

function guessesOfPart(part: string, words: ReadonlySet<string>) {
  const plain = [...part].map((character) => LOOKALIKES[character] ?? character).join('');
  if ([part, plain].some((word) => OF_THE_PLACE.has(word) || words.has(word))) return GUESSES.ofThePlace;
  if (part.length >= 3 && RUNS.some((run) => run.includes(part))) return GUESSES.sequence;
  if (/^(?:19|20)\d\d$/.test(part)) return GUESSES.year;
  if (DATE.test(part)) return GUESSES.date;
  if (part.length >= SHORTEST_COMMON && (isCommon(part) || isCommon(plain))) return GUESSES.common;
  return null;
}

/** Where the text repeats itself: the size of what is repeated, and where the last time ends. A larger one must reach further. */
function repeatsAt(text: string[], from: number) {
  const found: { size: number; end: number }[] = [];
  for (let size = 1; from + 2 * size <= text.length; size++) {
    let end = from + size;
    while (end < text.length && text[end] === text[end - size]) end++;
    end -= (end - from) % size;
    if (end > Math.max(from + size, found.at(-1)?.end ?? 0)) found.push({ size, end });
  }
  return found;
}
