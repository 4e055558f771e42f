import type { Category, Package, ServiceType } from '../data/schema.ts';
import { nameParts } from '../officers/name.ts';
import { type Draw, drawName, pick } from './synthetic-names.ts';

/** A person's row of `mailbox`, but for what depends on the agency and the registries; `local` is the address wished for. */
export type PersonRow = ReturnType<typeof drawMailbox>;

const PLACES = [
  { city: 'Putrajaya', state: 'Wilayah Persekutuan Putrajaya', postcode: '62502', code: '16', phone: '03-8888' },
  { city: 'Kuala Lumpur', state: 'Wilayah Persekutuan Kuala Lumpur', postcode: '50480', code: '14', phone: '03-2693' },
  { city: 'Shah Alam', state: 'Selangor', postcode: '40000', code: '10', phone: '03-5510' },
  { city: 'Johor Bahru', state: 'Johor', postcode: '80000', code: '01', phone: '07-2224' },
  { city: 'Alor Setar', state: 'Kedah', postcode: '05400', code: '02', phone: '04-7334' },
  { city: 'Kota Bharu', state: 'Kelantan', postcode: '15000', code: '03', phone: '09-7481' },
  { city: 'Melaka', state: 'Melaka', postcode: '75450', code: '04', phone: '06-2325' },
  { city: 'Kuantan', state: 'Pahang', postcode: '25000', code: '06', phone: '09-5163' },
  { city: 'George Town', state: 'Pulau Pinang', postcode: '10200', code: '07', phone: '04-2615' },
  { city: 'Ipoh', state: 'Perak', postcode: '30000', code: '08', phone: '05-2494' },
  { city: 'Kota Kinabalu', state: 'Sabah', postcode: '88400', code: '12', phone: '088-237' },
  { city: 'Kuching', state: 'Sarawak', postcode: '93400', code: '13', phone: '082-443' },
];
const DIVISIONS = [
  'Bahagian Kewangan',
  'Bahagian Khidmat Pengurusan',
  'Bahagian Teknologi Maklumat',
  'Bahagian Sumber Manusia',
  'Bahagian Pembangunan',
  'Bahagian Dasar',
  'Bahagian Penguatkuasaan',
  'Bahagian Audit Dalam',
];
const SECTIONS = ['Seksyen Operasi', 'Seksyen Perancangan', 'Seksyen Pentadbiran', 'Seksyen Perolehan', ''];
const UNITS = ['Unit Akaun', 'Unit Latihan', 'Unit Aset', 'Unit Rekod', 'Unit Aplikasi', 'Unit Rangkaian', ''];
const POSITIONS = [
  ['Penolong Pegawai Tadbir', '29'],
  ['Pembantu Tadbir (Perkeranian/Operasi)', '19'],
  ['Pegawai Tadbir dan Diplomatik', '41'],
  ['Pegawai Teknologi Maklumat', '44'],
  ['Penolong Pegawai Teknologi Maklumat', '29'],
  ['Juruteknik Komputer', '19'],
  ['Akauntan', '41'],
  ['Penolong Akauntan', '29'],
  ['Jurutera', '48'],
  ['Ketua Penolong Pengarah', '48'],
  ['Timbalan Pengarah', '52'],
  ['Pengarah', '54'],
] as const;
const PACKAGES: Package[] = ['A', 'B', 'B', 'C', 'C', 'C'];
const STORAGE_MB: Record<Package, number> = { A: 5120, B: 2048, C: 500 };
const SERVICES = ['[]', '[]', '[]', '["SSO"]', '["SSO","BMT"]', '["Online Archiving"]'];

const digits = (draw: Draw, count: number) => String(draw(10 ** count)).padStart(count, '0');

/** Draws a person and the mailbox that such a person would have. */
export function drawMailbox(draw: Draw, agency: { ministry: string; name: string }) {
  const isWoman = draw(100) < 55;
  const name = drawName(draw, isWoman);
  const place = pick(draw, PLACES);
  const [position, grade] = pick(draw, POSITIONS);
  const size = pick(draw, PACKAGES);
  const category: Category = 'civil_servant';
  const serviceType: ServiceType = Number(grade) >= 52 ? 'vip' : 'ordinary';
  return {
    local: localPart(name),
    category,
    display_name: name,
    full_name: name,
    ic_number: drawIcNumber(draw, place.code, isWoman),
    ministry: agency.ministry,
    department: agency.name,
    division: pick(draw, DIVISIONS),
    section: pick(draw, SECTIONS),
    unit: pick(draw, UNITS),
    position,
    postcode: place.postcode,
    city: place.city,
    state: place.state,
    country: 'Malaysia',
    office_phone: `${place.phone}${digits(draw, 4)}`,
    mobile_phone: `01${pick(draw, ['0', '2', '3', '7', '9'])}-${digits(draw, 7)}`,
    package: size,
    grade,
    storage_mb: STORAGE_MB[size],
    used_mb: draw(STORAGE_MB[size]),
    services: pick(draw, SERVICES),
    service_type: serviceType,
  };
}

/** As an administrator would write it: the first name that tells people apart, a dot, the father's or family name. */
function localPart(name: string) {
  const { given, parent } = nameParts(name);
  const [first = '', second] = given;
  return `${first}.${parent.at(-1) ?? second ?? ''}`.replace(/\.$/, '');
}

/** A number of the right shape; an odd last digit for men, an even one for women, as on the card. */
function drawIcNumber(draw: Draw, placeCode: string, isWoman: boolean) {
  const year = String((66 + draw(37)) % 100).padStart(2, '0');
  const month = String(1 + draw(12)).padStart(2, '0');
  const day = String(1 + draw(28)).padStart(2, '0');
  const last = draw(5) * 2 + (isWoman ? 0 : 1);
  return `${year}${month}${day}${placeCode}${digits(draw, 3)}${last}`;
}
