import { t } from 'tap';
import { nameKey, nameParts } from '../../src/officers/name.ts';

t.test('a person signs in with any usual spelling of the name', async (t) => {
  const same: string[][] = [
    [
      'Ahmad bin Abdullah',
      'AHMAD BIN ABDULLAH',
      'ahmad  b.  abdullah',
      'Ahmad Abdullah',
      'En. Ahmad bin Abdullah',
      'Dato’ Ahmad bin Abdullah',
      'Dr. Ahmad b Abdullah',
      'Tuan Haji Ahmad bin Abdullah',
    ],
    [
      'Nur Aisyah binti Ismail',
      'NUR AISYAH BT ISMAIL',
      'Nur Aisyah bte. Ismail',
      'Nur Aisyah binte Ismail',
      'Puan Nur Aisyah Bt. Ismail',
      'Hajah Nur Aisyah binti Ismail',
    ],
    [
      'Kavitha a/p Subramaniam',
      'KAVITHA A/P SUBRAMANIAM',
      'Kavitha A / P Subramaniam',
      'Kavitha ap Subramaniam',
      'Kavitha Subramaniam',
      'Cik Kavitha a/p. Subramaniam',
    ],
    ['Suresh a/l Muthu', 'Suresh A/L Muthu', 'Suresh al Muthu', 'Suresh s/o Muthu', 'SURESH S/O MUTHU'],
    ['Tan Chee Keong', 'TAN CHEE KEONG', 'Tan Chee-Keong', 'tan  cheekeong'],
    ['Jugah anak Barieng', 'JUGAH AK BARIENG', 'Jugah ak. Barieng', 'Jugah Barieng'],
    ["Dominic Lo'ng @ Majangkim", "DOMINIC LO'NG @ MAJANGKIM", 'Dominic Lo’ng @ Majangkim', 'Dominic Long Majangkim'],
    ['José Fernández', 'Jose Fernandez', 'JOSE\u0301 FERNA\u0301NDEZ'],
    ['陈志强', ' 陈志强 '],
  ];
  for (const spellings of same)
    for (const spelling of spellings) t.equal(nameKey(spelling), nameKey(spellings[0] ?? ''), spelling);
});

t.test('other people have other keys', async (t) => {
  const others = [
    'Ahmad bin Abdullah',
    'Ahmad bin Abdul',
    'Abdullah bin Ahmad',
    'Ahmad bin Abdullah Sani',
    'Amad bin Abdullah',
    'Siti Aminah',
    '陈志强',
    '陈志',
  ];
  t.equal(new Set(others.map(nameKey)).size, others.length);
  t.not(nameKey('Dr.'), nameKey('Ahmad'));
});

t.test('a name that is only "child of" or begins so keeps it', async (t) => {
  t.equal(nameKey('Bin Wei'), 'binwei', 'Bin is a given name when it comes first');
  t.not(nameKey('Al Hassan'), '');
});

t.test('what a name is made of', async (t) => {
  const parts: [string, string[], string[]][] = [
    ['Dato’ Sri Ahmad Fauzi bin Haji Abdullah', ['ahmad', 'fauzi'], ['abdullah']],
    ['Nur Aisyah binti Ismail', ['nur', 'aisyah'], ['ismail']],
    ['Tan Chee Keong', ['tan', 'chee', 'keong'], []],
    ['Tan Sri Wong Chee Keong', ['wong', 'chee', 'keong'], []],
    ['Wong Siew Ling @ Jenny', ['wong', 'siew', 'ling'], []],
    ['Kavitha a/p Subramaniam', ['kavitha'], ['subramaniam']],
    ['Suresh s/o Muthu', ['suresh'], ['muthu']],
    ['Jugah anak Barieng', ['jugah'], ['barieng']],
    ['Joseph alias Yusof bin Ali', ['joseph'], []],
    ["Ma'arof bin Nor", ['maarof'], ['nor']],
    ['José Fernández', ['jose', 'fernandez'], []],
    ['陈志强', [], []],
  ];
  for (const [name, given, parent] of parts) t.strictSame(nameParts(name), { given, parent }, name);
});
