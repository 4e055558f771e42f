import { loadavg } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { parse } from 'node-html-parser';
import { seedSynthetic } from '../../src/demo/synthetic.ts';
import { openInstallation } from '../../src/installation.ts';
import type { Case, Figure } from '../case.ts';
import { makeDataFolder, settingsFor, startServer } from '../installed.ts';
import { figureMeanwhile, inWords, LOOK_EVERY, OTHER_PAGE, pageTimes } from '../meanwhile.ts';
import { open, signIn } from '../visitor.ts';

const ROWS = 5000;
const MOST_SECONDS = 10;

/** Quality §5: files of 5,000 rows, from the confirmation to the end, and how long another page takes meanwhile. */
export const bulk: Case = {
  name: 'bulk',
  async run() {
    const mailboxes: string[] = [];
    let group = '';
    const folder = await makeDataFolder(async (dataDir) => {
      const { db, sqlite, close } = await openInstallation(settingsFor(dataDir));
      seedSynthetic(sqlite, { mailboxes: 2 * ROWS + 2000, agencies: 1, groups: 20 }, new Date(), () => undefined);
      const rows = await db
        .selectFrom('mailbox')
        .select('primary_email')
        .where('agency_id', '=', 1)
        .where('status', '=', 'active')
        .limit(ROWS)
        .execute();
      mailboxes.push(...rows.map((row) => row.primary_email));
      const ofAgency = db.selectFrom('group').select('primary_email').where('agency_id', '=', 1);
      group = (await ofAgency.where('status', '=', 'active').executeTakeFirstOrThrow()).primary_email;
      await close();
    });
    const server = await startServer(folder.dataDir);
    try {
      const session = await signIn(server.port, 'admin.jabatan');
      const idle = await pageTimes(
        server.port,
        session,
        pause(1500).then(() => undefined),
      );
      const figures: Figure[] = [{ what: `${OTHER_PAGE}, nothing else to do`, figure: inWords(idle), ...loadNow() }];
      for (const [kind, text] of [
        ['access-codes', codes()],
        ['changes', changes(mailboxes)],
        ['members-added', `list,member\n${mailboxes.map((each) => `${group},${each}`).join('\n')}`],
      ] as const)
        figures.push(...(await measureBulk(server.port, session, kind, text)));
      return figures;
    } finally {
      await server.stop();
      folder.remove();
    }
  },
};

const loadNow = () => ({ ratio: `load ${loadavg()[0]?.toFixed(1)}` });

/** People who ask for an access code: 5,000 rows. */
export function codes() {
  const rows = Array.from({ length: ROWS }, (_, at) => {
    const ic = `900131-14-${String(at).padStart(4, '0')}`; // nobody of the synthetic data is born on a 31st
    return `civil_servant,Pegawai Baru ${at},${ic},personal,baru${at}@rumah.test,ketua@jabatan.test`;
  });
  return ['category,full_name,ic_number,notify_kind,notify_email,supervisor_email', ...rows].join('\n');
}

function changes(mailboxes: string[]) {
  return ['mailbox,division,unit', ...mailboxes.map((each) => `${each},Bahagian Ukuran,Unit Ukuran`)].join('\n');
}

/** Has a file tried and carried out, with another page asked for again and again. */
export async function measureBulk(port: number, session: string, kind: string, text: string): Promise<Figure[]> {
  const { cookie, token } = await open(port, `/admin/bulk/new?kind=${kind}`, session);
  const form = new FormData();
  form.append('_csrf', token);
  form.append('kind', kind);
  if (kind === 'access-codes') form.append('verified_with', 'division');
  form.append('file', new Blob([text], { type: 'text/csv' }), `${kind}.csv`);
  const begun = performance.now();
  const sent = await fetch(`http://127.0.0.1:${port}/admin/bulk/new`, {
    method: 'POST',
    headers: { cookie },
    body: form,
    redirect: 'manual',
  });
  const place = sent.headers.get('location') ?? '';
  if (sent.status !== 303) throw new Error(`the file was answered with ${sent.status}`);
  const checkedAfter = until(port, place, cookie, /Menunggu pengesahan/).then(() => performance.now() - begun);
  const whileChecking = await pageTimes(port, cookie, checkedAfter);
  const page = await open(port, place, cookie);
  const confirmed = performance.now();
  const answer = await fetch(`http://127.0.0.1:${port}${place}/confirm`, {
    method: 'POST',
    headers: { cookie: page.cookie, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ _csrf: page.token }),
    redirect: 'manual',
  });
  if (answer.status !== 303) throw new Error(`the confirmation was answered with ${answer.status}`);
  const doneAfter = until(port, place, cookie, /class="tag good">Selesai/).then(() => performance.now() - confirmed);
  const whileRunning = await pageTimes(port, cookie, doneAfter);
  const seconds = (value: number) => `${(value / 1000).toFixed(1)} s`;
  const line = (what: string, took: number, times: number[]): Figure[] => [
    {
      what: `${kind}: ${ROWS} rows ${what}`,
      figure: seconds(took),
      target: `< ${MOST_SECONDS} s`,
      ok: took < MOST_SECONDS * 1000,
      ...loadNow(),
    },
    figureMeanwhile(times),
  ];
  return [...line('tried', await checkedAfter, whileChecking), ...line('carried out', await doneAfter, whileRunning)];
}

/** Looks at the run's page until it says something. */
async function until(port: number, place: string, cookie: string, words: RegExp) {
  for (;;) {
    await pause(10 * LOOK_EVERY);
    const answer = await fetch(`http://127.0.0.1:${port}${place}?q=zzzz`, { headers: { cookie } });
    const first = parse(await answer.text()).querySelector('main .card')?.innerHTML ?? '';
    if (words.test(first)) return;
  }
}
