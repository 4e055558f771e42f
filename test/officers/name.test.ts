import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { t } from 'tap';
import { LEFT_OUT, nameKey, nameParts } from '../../src/officers/name.ts';

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
      'Tn. Hj. Ahmad bin Abdullah',
      'TN HJ AHMAD BIN ABDULLAH',
      'YBrs. Prof. Madya Dr. Ahmad bn. Abdullah',
      'Ustaz Ahmad bin Hj. Abdullah',
      'Ahmad bin Tan Sri Abdullah',
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
    [
      'Jugah anak Barieng',
      'JUGAH AK BARIENG',
      'Jugah ak. Barieng',
      'Jugah A/K Barieng',
      'JUGAH a / k BARIENG',
      'Jugah Barieng',
    ],
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
    'Tan Abdullah',
    'Sri Abdullah',
    'Haji',
    'Tuan',
    'Madya Abdullah',
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

t.test('what is left out of names stands in the docs, word for word', async (t) => {
  const glossary = readFileSync(join(import.meta.dirname, '../../docs/glossary.md'), 'utf8');
  for (const words of Object.values(LEFT_OUT)) t.ok(glossary.includes(`| ${words} |`), words);
  for (const word of LEFT_OUT.titles.split(' ')) t.equal(nameKey(`${word}. Ahmad`), 'ahmad', word);
  for (const word of `${LEFT_OUT.childOf} ${LEFT_OUT.childOfStroked}`.split(' '))
    t.equal(nameKey(`Ahmad ${word} Ali`), 'ahmadali', word);
  for (const title of LEFT_OUT.titlesInWords
    .split(/; |, /)
    .filter((each) => !each.includes(' or ') && !/^[a-z]+$/.test(each)))
    t.equal(nameKey(`${title} Ahmad`), 'ahmad', title);
});
