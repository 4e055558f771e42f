/** People who do not exist, with names as Malaysia has them. */
export type DemoPerson = { name: string; ic: string; division: string; position: string; grade: string };

const NAMES = [
  'Ahmad Faizal bin Zulkifli',
  'Siti Nurhaliza binti Mat Noor',
  'Lim Wei Jie',
  'Kumaran a/l Muniandy',
  'Jugah anak Barieng',
  'Joseph Pairin @ Yusof Kinajil',
  'Nur Aisyah binti Hamzah',
  'Wong Mei Ling',
  'Thivya a/p Ganesan',
  'Mohd Ridzuan bin Othman',
  'Dayang Nurfaizah binti Awang Omar',
  'Chong Kah Hoe',
  'Rajeswary a/p Krishnan',
  'Linggi anak Jawa',
  'Marina Sinidol',
  'Wan Azizah binti Wan Daud',
  'Ng Siew Fong',
  'Vikneswaran a/l Raju',
  'Nurul Huda binti Sulaiman',
  'Muhammad Syafiq bin Roslan',
  'Tan Boon Huat',
  'Suriani binti Kassim',
  'Rentap anak Unggang',
  'Shanti a/p Murugan',
  'Hasnah binti Abdul Wahab',
  'Lee Chin Hock',
  'Azman bin Yahaya',
  'Puspa a/p Ramasamy',
  'Norazlina binti Jaafar',
  'Gabriel Kitingan Majalap',
  'Khairul Anuar bin Mustafa',
  'Yap Swee Lan',
  'Prakash a/l Selvaraj',
  'Zainab binti Ibrahim',
  'Chua Teck Soon',
  'Maznah binti Ghazali',
  'Dominic Lasimbang',
  'Fatimah binti Che Mat',
  'Sivakumar a/l Arumugam',
  'Hafizah binti Ramli',
  'Ooi Beng Kiat',
  'Shahrul Nizam bin Idris',
  'Unchat anak Gerasi',
  'Roslina binti Md Saad',
  'Goh Pei Shan',
  'Saravanan a/l Perumal',
  'Noor Hayati binti Bakar',
  'Bernard Dompok Mojilis',
];

const DIVISIONS = [
  'Bahagian Kewangan',
  'Bahagian Pengurusan Maklumat',
  'Bahagian Sumber Manusia',
  'Bahagian Dasar',
  'Bahagian Penguatkuasaan',
  'Bahagian Khidmat Pengurusan',
];
const POSITIONS = [
  ['Penolong Pegawai Tadbir', '29'],
  ['Pegawai Teknologi Maklumat', '41'],
  ['Pembantu Tadbir', '19'],
  ['Penolong Pengarah', '44'],
  ['Ketua Penolong Pengarah', '48'],
  ['Pegawai Tadbir dan Diplomatik', '52'],
] as const;
const PLACES = ['14', '01', '10', '08', '13', '12', '03', '07'];

const two = (number: number) => String(number).padStart(2, '0');

/** Identity card numbers that keep every rule: a date that exists, a place that exists, a serial number. */
function icOf(index: number) {
  const year = two(65 + ((index * 7) % 34));
  return `${year}${two(1 + ((index * 5) % 12))}${two(1 + ((index * 11) % 28))}${PLACES[index % PLACES.length]}${String(5001 + index * 37).slice(0, 4)}`;
}

/** The same people every time. */
export const DEMO_PEOPLE: DemoPerson[] = NAMES.map((name, index) => {
  const [position, grade] = POSITIONS[index % POSITIONS.length] ?? POSITIONS[0];
  return { name, ic: icOf(index), division: DIVISIONS[(index * 5) % DIVISIONS.length] ?? '', position, grade };
});

/** Accounts that belong to no one officer. */
export const DEMO_OTHERS = [
  { name: 'Kaunter Khidmat Pelanggan', email: 'kaunter@perkhidmatan.test' },
  { name: 'Projek Pendigitalan Fail', email: 'projek@kontraktor.test' },
  { name: 'Pejabat Projek Rangkaian', email: 'rangkaian@kontraktor.test' },
];
