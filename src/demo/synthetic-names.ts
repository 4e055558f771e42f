/** Draws a whole number from 0 up to, and without, `most`. */
export type Draw = (most: number) => number;

/** The same seed gives the same numbers on every computer (mulberry32, public domain): for sample data only. */
export function drawFrom(seed: number): Draw {
  let state = seed >>> 0;
  return (most) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * most);
  };
}

export const pick = <T>(draw: Draw, from: readonly T[]) => from[draw(from.length)] as T;

const words = (text: string) => text.split(' ');
const MALAY_MEN = words(
  'Ahmad Mohd Muhammad Azman Faizal Hafiz Ismail Kamarul Razak Shahrul Zulkifli Amirul Rosli Nizam Farid Hakim Izzat Syafiq Hairul Ridzuan Fakhrul Khairul Sabri Yusof Halim Latif Harun Aiman Danial Firdaus',
);
const MALAY_WOMEN = words(
  'Siti Nur Nurul Noraini Rosnah Aminah Faridah Zaleha Rohani Hasnah Azlina Suhaila Mariam Khadijah Fatimah Norhayati Aisyah Izzah Sharifah Zarina Haslinda Norliza Salmah Ramlah Wahida Syuhada Balqis Hidayah Farhana Nadia',
);
const MALAY_SECOND = words(
  'Hakimi Iskandar Asyraf Azhar Fauzi Haziq Irfan Luqman Rahmat Tarmizi Aisyah Hanim Hidayah Izzati Liyana Mazni Shahida Zulaikha Athirah Najwa Syazwani Hasanah Adibah Huda Rahim Saiful Anuar Bakri Daud Effendi',
);
const MALAY_FATHERS = words(
  'Abdullah Abdul-Rahman Ibrahim Hassan Hussin Osman Salleh Yaakob Mahmud Kassim Othman Zainal Ramli Sulaiman Jaafar Bakar Mansor Ghazali Kamaruddin Aziz Samad Wahab Musa Talib Mokhtar Saad Daud Idris Puteh Nordin',
);
const CHINESE_FAMILIES = words(
  'Tan Lim Lee Wong Ng Chong Chan Ong Teoh Goh Cheah Yap Lau Ho Liew Koh Khoo Foo Sim Tay Chin Loh Ooi Yeoh',
);
const CHINESE_GIVEN = words(
  'Chee-Keong Mei-Ling Wei-Jie Siew-Hoon Kah-Wai Boon-Huat Li-Ying Jia-Hui Kok-Leong Swee-Lan Yee-Ling Zhi-Hao Pei-Shan Chun-Seng Ah-Kau Hui-Min Teck-Soon Xin-Yi Kian-Hock Sook-Fun Wai-Mun Shu-Ting Kim-Choon Yoke-Peng',
);
const INDIAN_MEN = words(
  'Subramaniam Ravichandran Murugan Ganesan Suresh Vijay Kumaran Saravanan Prakash Rajendran Thiagarajan Mohan Balakrishnan Dinesh Arumugam Selvam',
);
const INDIAN_WOMEN = words(
  'Kavitha Lakshmi Priya Shanti Thulasi Malathi Vasanthi Sumathi Devi Rani Saraswathy Uma Anjali Geetha Parameswari Nirmala',
);
const IBAN_MEN = words(
  'Jimbun Unggat Jugah Sandah Entri Bangau Lanting Jelian Rentap Nyanggau Tugang Mawat Jabu Limbang Gani Manggat',
);
const IBAN_WOMEN = words('Indai Selaka Rinda Dayang Lulong Kumang Endu Tipong Sendi Lidia Mendu Anyi Bulan Kelinah');
const KADAZAN_GIVEN = words(
  'Jeffrey Joannes Bernard Rozita Maximus Juliana Marcus Flora Donald Esther Herman Jenifer Peter Lovina Ronald Suzie',
);
const KADAZAN_FAMILIES = words(
  'Kitingan Gundapil Majimbun Sikul Gimbang Lojimon Mojikon Duin Lasimbang Ganggas Tongkul Majangkim Gontoi Sipanggil Bosuin Liansim',
);

const spaced = (name: string) => name.replaceAll('-', ' ');

/** A name as Malaysians have them; men and women by `isWoman`. Most are Malay, as most of the public service are. */
export function drawName(draw: Draw, isWoman: boolean): string {
  const among = draw(100);
  if (among < 62) {
    const given = `${pick(draw, isWoman ? MALAY_WOMEN : MALAY_MEN)} ${pick(draw, MALAY_SECOND)}`;
    return `${given} ${isWoman ? 'binti' : 'bin'} ${spaced(pick(draw, MALAY_FATHERS))}`;
  }
  if (among < 78) return `${pick(draw, CHINESE_FAMILIES)} ${spaced(pick(draw, CHINESE_GIVEN))}`;
  if (among < 86)
    return `${pick(draw, isWoman ? INDIAN_WOMEN : INDIAN_MEN)} ${isWoman ? 'a/p' : 'a/l'} ${pick(draw, INDIAN_MEN)}`;
  if (among < 93) return `${pick(draw, isWoman ? IBAN_WOMEN : IBAN_MEN)} anak ${pick(draw, IBAN_MEN)}`;
  return `${pick(draw, KADAZAN_GIVEN)} ${pick(draw, KADAZAN_FAMILIES)}`;
}
