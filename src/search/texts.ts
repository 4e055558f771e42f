/** The search in the head of every page of administrators and the helpdesk. */
export const searchTexts = {
  'seek.title': { ms: 'Carian', en: 'Search' },
  'seek.for': { ms: 'Carian: {text}', en: 'Search: {text}' },
  'seek.label': {
    ms: 'Nama, alamat, IC, tiket, rekod, login ID',
    en: 'Name, address, IC, ticket, record, login ID',
  },
  'seek.place': { ms: 'Nama, alamat, IC, tiket, rekod', en: 'Name, address, IC, ticket, record' },
  'seek.everywhere': { ms: 'Cari', en: 'Search' },
  'seek.button': { ms: 'Cari', en: 'Search' },
  'seek.short': {
    ms: 'Taip sekurang-kurangnya dua aksara di kotak carian di atas: perkataan daripada nama, sebahagian alamat, login ID atau IC, nombor tiket, nombor rekod atau enam digit terakhirnya.',
    en: 'Type at least two characters into the search box above: words of a name, a part of an address, login ID or IC, the number of a ticket or record, or the last six digits of a record number.',
  },
  'seek.nothing': {
    ms: 'Tiada yang sepadan. Cuba sebahagian nama sahaja, atau cari dalam senarai di bawah.',
    en: 'Nothing matches. Try a part of the name alone, or search the lists below.',
  },
  'seek.all': { ms: 'Semua padanan: {total}', en: 'All matches: {total}' },
  'seek.also': { ms: 'Cari juga dalam', en: 'Search these lists, too' },
} as const;
