import { randomUUID } from 'node:crypto';
import { type Test, t } from 'tap';
import { SYSTEM } from '../../src/base/actor.ts';
import { later, MINUTE } from '../../src/base/time.ts';
import { inAct, UNSET } from '../../src/data/act.ts';
import { openFollower } from '../../src/directory/follower.ts';
import { readResult } from '../../src/directory/script/result.ts';
import { takeOverResult } from '../../src/directory/script/take-over.ts';
import { formWithFile } from '../bulk/runs.ts';
import { type Ipms, secrets, startIpms, type Visitor } from '../helper.ts';
import { changeMailbox, JC, KC, makeGroup, makeOfficer } from '../make.ts';
import { trailOf } from '../read.ts';
import { trackedOf } from './follower.ts';

// The mode *script*: the steps go out as a script, and its result comes back. What a directory answers is played here.

const SCRIPT = '/helpdesk/directory/script';
const STEPS = '/helpdesk/directory/steps';
const RESULT = `${SCRIPT}/result`;
type Step = { step: string | null; seal: string | null; object: string; action: string; field: string } & Record<
  string,
  unknown
>;
type Line = Record<string, unknown>;

/** An agency of the demo data that uses a script, and who works with it. */
async function start(t: Test) {
  const ipms = await startIpms(t);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const agency = `/helpdesk/agencies/${JC}`;
  t.equal((await helpdesk.submit(agency, agency, { directory_mode: 'script' })).status, 303);
  return { ipms, helpdesk };
}

async function list({ db, clock }: Ipms) {
  const tools = { db, directory: null, passwordKey: secrets.passwords, signInSuffix: null, brake: 5, told: UNSET };
  const follower = openFollower({ ...tools, passwordHours: null, clock: () => clock.now, holder: 'test' });
  while (await follower.turn());
}

async function planIn(helpdesk: Visitor, query = `?agency=${JC}`) {
  const { status, html: text } = await helpdesk.get(`${SCRIPT}${query}`);
  t.equal(status, 200);
  const [, block = ''] = /\n\$plan = @'\n(.*)\n'@\n/s.exec(text) ?? [];
  const [head, ...rest] = JSON.parse(block) as Line[];
  const steps = rest.filter((each) => 'action' in each) as Step[];
  return { head: head ?? {}, steps, items: rest.filter((each) => 'item' in each), text };
}

/** What the program writes: the GUID of every object that it finds or makes. */
function player() {
  const guids = new Map<string, string>();
  return {
    guids,
    lineFor({ step, seal, object, action }: Step, outcome = 'done', more: Line = {}): Line {
      if (!guids.has(object)) guids.set(object, randomUUID());
      const guid = action === 'remove' ? null : guids.get(object);
      return { step, seal, outcome, guid, words: '', ...more };
    },
  };
}

const headOf = ({ installation, plan }: Line): Line => ({
  ipms: 'result',
  format: 1,
  installation,
  plan,
  directory: 'DC=x',
});
const END = { ipms: 'end', count: 0 };
const inLines = (lines: Line[]) => lines.map((line) => `${JSON.stringify(line)}\n`).join('');

async function send(helpdesk: Visitor, lines: Line[] | string, name = 'hasil.jsonl') {
  const bytes = typeof lines === 'string' ? lines : inLines(lines);
  const { body, headers } = formWithFile({ _csrf: await helpdesk.token(STEPS) }, { name, bytes });
  return helpdesk.send('POST', RESULT, body, headers);
}

async function openSteps({ db }: Ipms) {
  return db
    .selectFrom('directory_change')
    .selectAll()
    .where('agency_id', '=', JC)
    .where('done_at', 'is', null)
    .execute();
}

t.test('the steps go out as a script, its result is kept by name and time, and nothing is left', async (t) => {
  const { ipms, helpdesk } = await start(t);
  const ali = await makeOfficer(ipms, 'ali.skrip', { services: '["Online Archiving","Enterprise Voice"]' });
  const group = await makeGroup(ipms, 'senarai.skrip', { members: [ali] });
  await list(ipms);
  const page = await helpdesk.get(`/helpdesk/mailboxes/${ali.id}`);
  const said = page.dom.querySelector('[data-directory]');
  t.equal(said?.getAttribute('data-directory'), 'due');
  t.match(said?.text, 'Menunggu skrip');
  const step = await helpdesk.get(`${STEPS}?q=ali.skrip`);
  t.match(step.text, 'menunggu skrip');
  t.ok(step.dom.querySelector('tbody details'), 'many fields fold');
  const gone = await helpdesk.get('/helpdesk/directory?q=dl.sukan@jabatan.test');
  t.match(gone.dom.querySelector('tbody')?.text, 'Tiada dalam direktori');
  t.notMatch(gone.dom.querySelector('tbody')?.text, 'Telah dibuat', 'nobody has reported anything');
  const ended = await ipms.db
    .selectFrom('directory_object')
    .select('state')
    .where('item_type', '=', 'group')
    .where('item_id', '=', Number(gone.dom.querySelector('tbody a')?.getAttribute('href')?.split('/').at(-1)))
    .execute();
  t.strictSame(ended, [{ state: 'step' }], 'nothing is to be done for it');
  const { head, steps, items, text } = await planIn(helpdesk);
  t.match(head, { ipms: 'plan', format: 1, agencies: ['JC'], base: null });
  const open = await openSteps(ipms);
  const own = steps.filter(({ step }) => step !== null);
  t.strictSame(
    own
      .map(({ step }) => step)
      .sort()
      .filter((step) => open.some(({ id, since }) => step === `${id}@${since}`)).length,
    open.length,
    'every step of the agency, once',
  );
  const order = own.map(({ object, action }) => `${action} ${object}`);
  t.ok(order.indexOf(`create ipms:helper:ou:${JC}:Pengguna`) < order.indexOf(`create ipms:mailbox:${ali.id}`));
  t.ok(order.indexOf(`create ipms:mailbox:${ali.id}`) < order.indexOf(`open ipms:mailbox:${ali.id}`));
  const made = steps.find(({ object, action }) => action === 'create' && object === `ipms:mailbox:${ali.id}`);
  t.match(made, {
    below: 'OU=Pengguna,OU=JC',
    newName: 'ali.skrip',
    attributes: {
      'Exchange.Archive': ['TRUE'],
      'Cs.User': ['TRUE'],
      'Cs.EnterpriseVoice': ['TRUE'],
      'Cs.Conferencing': [],
    },
  });
  t.ok(items.every(({ guid }) => guid === null));
  t.match(
    steps.find(({ object, field }) => object === `ipms:group:${group}` && field === 'member'),
    { to: [`ipms:mailbox:${ali.id}`], add: [`ipms:mailbox:${ali.id}`], remove: [] },
  );
  const { password_hash } = await ipms.db
    .selectFrom('user')
    .select('password_hash')
    .where('id', '=', ali.user_id)
    .executeTakeFirstOrThrow();
  t.notOk(text.includes(String(password_hash)) || /\$2[aby]\$/.test(text), 'no password');

  const { lineFor, guids } = player();
  const lines = [headOf(head), ...own.map((step) => lineFor(step)), END];
  t.equal((await send(helpdesk, lines)).location, STEPS);
  t.match((await helpdesk.get(STEPS)).text, `${own.length} langkah selesai, 0 ditolak`);
  await list(ipms);
  t.strictSame(await openSteps(ipms), []);
  const tracked = await trackedOf(ipms, { type: 'mailbox', id: ali.id });
  t.match(tracked, { state: 'step', guid: guids.get(`ipms:mailbox:${ali.id}`) });
  const done = await helpdesk.get(`/helpdesk/mailboxes/${ali.id}`);
  t.match(done.dom.querySelector('[data-directory]')?.text, 'menurut laporan');
  const trail = await trailOf(ipms, 'agency', JC, 'directory.script-read');
  t.equal(trail.length, 1, 'one row an agency');
  t.match(trail[0]?.after, /"file":"hasil.jsonl".*"sha256":"[0-9a-f]{64}".*"whole":true,"done":\d+,"refused":0/);
  const named = await ipms.db
    .selectFrom('directory_change')
    .select(['done_by_name', 'done_at'])
    .where('done_at', 'is not', null)
    .execute();
  t.strictSame(new Set(named.map(({ done_by_name }) => done_by_name)), new Set([trail[0]?.actor_name]));
  t.match((await helpdesk.get(`${STEPS}?state=done&q=ali.skrip`)).text, String(trail[0]?.actor_name));

  // the same file again changes nothing, and neither does the script that has nothing to do
  t.equal((await send(helpdesk, lines)).status, 303);
  t.match((await helpdesk.get(STEPS)).text, '0 langkah selesai');
  t.equal((await planIn(helpdesk)).steps.length, 0);

  // what is decided next names the object by its GUID
  await changeMailbox(ipms, 'ali.skrip', { status: 'disabled' });
  ipms.clock.now = later(ipms.clock.now, MINUTE);
  await list(ipms);
  const next = await planIn(helpdesk);
  t.match(
    next.items.find(({ item }) => item === `ipms:mailbox:${ali.id}`),
    { guid: guids.get(`ipms:mailbox:${ali.id}`) },
  );
  t.equal(next.steps[0]?.action, 'close', 'closing comes first');
  t.match(next.steps.find(({ field }) => field === 'Cs.User')?.values, ['FALSE']);
});

t.test('a result of another installation, no result, and none at all are refused beside the field', async (t) => {
  const { ipms, helpdesk } = await start(t);
  await list(ipms);
  const { head, steps } = await planIn(helpdesk);
  const { lineFor } = player();
  const lines = steps.map((step) => lineFor(step));
  for (const file of [
    [{ ...headOf(head), installation: 'lain' }, ...lines],
    [{ ...headOf(head), format: 2 }, ...lines],
    lines,
    'address,used_mb\n',
    '',
    '\0\0\0',
    '[1]',
    'null',
  ]) {
    const answer = await send(helpdesk, file);
    t.equal(answer.status, 422);
    t.match(answer.problems.file, /hasil/i);
    t.match(answer.text, 'Skrip PowerShell', 'on its page');
  }
  t.ok((await openSteps(ipms)).length > 0);
  t.strictSame(await trailOf(ipms, 'agency', JC, 'directory.script-read'), []);
});

t.test(
  'only what the file says, of the very step: cut, forged, changed and foreign lines change nothing',
  async (t) => {
    const { ipms, helpdesk } = await start(t);
    const ali = await makeOfficer(ipms, 'ali.palsu');
    const siti = await makeOfficer(ipms, 'siti.palsu');
    await list(ipms);
    const { head, steps } = await planIn(helpdesk);
    const { lineFor, guids } = player();
    const stepOf = (id: number, action = 'create') => {
      const found = steps.find((each) => each.object === `ipms:mailbox:${id}` && each.action === action);
      if (found === undefined) throw new Error(`${id} ${action}`);
      return found;
    };
    const [create, other] = [stepOf(ali.id), stepOf(siti.id)];
    const forged: Line[] = [
      lineFor(create, 'done', { seal: other.seal }),
      lineFor(create, 'done', { seal: 'x'.repeat(22) }),
      lineFor(create, 'done', { step: `${String(create.step).split('@')[0]}@2026-01-01T00:00:00.000Z` }),
      lineFor(create, 'selesai'),
      lineFor(create, 'skipped'),
      lineFor(stepOf(ali.id, 'open')), // of an object that was not made
      { ...lineFor(create), step: ['1'] },
      { step: '999999999@x', seal: 'y', outcome: 'done', guid: null, words: '' },
    ];
    const whole = lineFor(other, 'done', { guid: 'not a guid', words: '\u202ebad\u0000\u001b[2J' });
    const cut = inLines([headOf(head), ...forged, whole]) + JSON.stringify(lineFor(create)).slice(0, -9);
    t.equal((await send(helpdesk, cut)).status, 303);
    t.match((await helpdesk.get(STEPS)).text, /terputus sebelum akhirnya.* 1 langkah selesai.* 9 baris/s);
    t.match(await trackedOf(ipms, { type: 'mailbox', id: ali.id }), { real: null, guid: null });
    t.match(await trackedOf(ipms, { type: 'mailbox', id: siti.id }), { real: /siti/, guid: null });
    const { words } = await ipms.db
      .selectFrom('directory_change')
      .select('words')
      .where('done_at', 'is not', null)
      .executeTakeFirstOrThrow();
    t.equal(words, 'bad [2J');

    // an object is nobody else's
    await ipms.db
      .updateTable('directory_object')
      .set({ guid: guids.get(`ipms:mailbox:${siti.id}`) ?? null })
      .where('item_type', '=', 'mailbox')
      .where('item_id', '=', siti.id)
      .execute();
    const stolen = lineFor(create, 'done', { guid: guids.get(`ipms:mailbox:${siti.id}`) });
    t.equal((await send(helpdesk, [headOf(head), stolen, END])).status, 303);
    t.match(await trackedOf(ipms, { type: 'mailbox', id: ali.id }), { real: null, guid: null });

    // a step that has become another one since
    ipms.clock.now = later(ipms.clock.now, MINUTE);
    await changeMailbox(ipms, 'ali.palsu', { position: 'Pengarah' });
    await list(ipms);
    t.equal((await send(helpdesk, [headOf(head), lineFor(create), END])).status, 303);
    t.match(await trackedOf(ipms, { type: 'mailbox', id: ali.id }), { real: null, state: 'listed' });
  },
);

t.test(
  'hostile heads and names are kept as plain text, and two files at once give nobody the object of another',
  async (t) => {
    const { ipms, helpdesk } = await start(t);
    const people = [await makeOfficer(ipms, 'ali.palsu'), await makeOfficer(ipms, 'siti.palsu')];
    await list(ipms);
    const { head, steps } = await planIn(helpdesk);
    const { lineFor } = player();
    const deep = `{"step":${'{"a":'.repeat(300_000)}1${'}'.repeat(300_000)}}\n`;
    const hostile = JSON.stringify({ ...headOf(head), plan: `\u202e<b>\u0000\ud800${'x'.repeat(54)}\u{1f600}` });
    t.equal((await send(helpdesk, `${hostile}\n${deep}`, `\u202e${'x'.repeat(119)}\u{1f600}`)).status, 303);
    const [row] = await trailOf(ipms, 'setting', 1, 'directory.script-read');
    const { file, plan } = JSON.parse(row?.after ?? '{}');
    t.strictSame([file, plan], ['x'.repeat(119), `<b> \ufffd${'x'.repeat(54)}`]);

    const guid = randomUUID();
    const results = await Promise.all(
      people.map(({ id }) => {
        const create = steps.find(({ object, action }) => object === `ipms:mailbox:${id}` && action === 'create');
        const lines = create === undefined ? [] : [headOf(head), lineFor(create, 'done', { guid }), END];
        return readResult(ipms.db, secrets.scripts, { fileName: 'hasil', bytes: Buffer.from(inLines(lines)) });
      }),
    );
    const who = { actor: SYSTEM, now: ipms.clock.now, settings: UNSET };
    const taken = [];
    for (const result of results) taken.push(await inAct(ipms.db, who, (act) => takeOverResult(act, result)));
    t.match(taken, [
      { done: 1, left: 0 },
      { done: 0, left: 1 },
    ]);
    const [, second] = people;
    t.match(await trackedOf(ipms, { type: 'mailbox', id: second?.id ?? 0 }), { guid: null, real: null });
  },
);

t.test('what was refused or not there stands on the object, until it is tried again or settled', async (t) => {
  const { ipms, helpdesk } = await start(t);
  const ali = await makeOfficer(ipms, 'ali.tolak');
  await list(ipms);
  const first = await planIn(helpdesk);
  const { lineFor } = player();
  const isOpening = ({ action, object }: Step) => action === 'open' && object === `ipms:mailbox:${ali.id}`;
  const words = 'Set a password for this account. 0000052D <b>';
  const lines = first.steps
    .filter(({ step }) => step !== null)
    .map((step) => (isOpening(step) ? lineFor(step, 'refused', { words }) : lineFor(step)));
  t.equal((await send(helpdesk, [headOf(first.head), ...lines, END])).status, 303);
  await list(ipms);
  const of = { type: 'mailbox', id: ali.id } as const;
  t.match(await trackedOf(ipms, of), { state: 'refused', real: /ali/ });
  const page = await helpdesk.get(`/helpdesk/mailboxes/${ali.id}`);
  t.equal(page.dom.querySelector('[data-directory]')?.getAttribute('data-directory'), 'refused');
  t.match(page.dom.querySelector('[data-directory]')?.text, '0000052D');
  t.notMatch(page.html, '0000052D <b>');
  const again = await planIn(helpdesk);
  t.strictSame(again.steps.map(isOpening), [true], 'the rest was done');
  const [opening] = again.steps;
  if (opening === undefined) return;

  t.equal((await send(helpdesk, [headOf(again.head), lineFor(opening, 'absent', { guid: null }), END])).status, 303);
  t.match(await trackedOf(ipms, of), { state: 'refused', last_error: /script\.absent/ });
  const { id } = await trackedOf(ipms, of);
  const retry = await helpdesk.submit('/helpdesk/directory?state=refused', '/helpdesk/directory/retry', {
    object_id: String(id),
  });
  t.equal(retry.status, 303);
  t.match(await trackedOf(ipms, of), { guid: null, real: null });
  await list(ipms);
  const anew = (await planIn(helpdesk)).steps.filter(({ object }) => object === `ipms:mailbox:${ali.id}`);
  t.strictSame(
    anew.map(({ action }) => action),
    ['create', 'open'],
    'it is made anew',
  );
});

t.test('a change of services marks the mailbox; in another mode nothing of them is wanted', async (t) => {
  const { ipms, helpdesk } = await start(t);
  const ali = await makeOfficer(ipms, 'ali.servis');
  await list(ipms);
  await changeMailbox(ipms, 'ali.servis', { services: '["Multi Conferencing"]' });
  t.equal((await trackedOf(ipms, { type: 'mailbox', id: ali.id })).state, 'due');
  await ipms.db.updateTable('agency').set({ directory_mode: 'checklist' }).execute();
  await list(ipms);
  t.notMatch((await helpdesk.get(`${STEPS}?q=ali.servis&format=csv`)).text, 'Cs.');
  t.equal((await helpdesk.get(`${SCRIPT}?agency=${JC}`)).status, 404, 'no script any more');
  t.equal((await helpdesk.get(SCRIPT)).status, 409);
});

t.test('who may not', async (t) => {
  const { ipms, helpdesk } = await start(t);
  await list(ipms);
  const [{ head, steps }, before] = [await planIn(helpdesk), await openSteps(ipms)];
  t.equal((await helpdesk.get(`${SCRIPT}?agency=${KC}`)).status, 404, 'an agency without a script');
  const { lineFor } = player();
  const bytes = inLines([headOf(head), ...steps.map((step) => lineFor(step)), END]);
  for (const login of ['admin.jabatan', 'admin.kementerian', 'pegawai.jabatan']) {
    const visitor = await ipms.signIn(login);
    t.equal((await visitor.get(SCRIPT)).status, 403, login);
    const { body, headers } = formWithFile({ _csrf: await visitor.token('/me/password') }, { name: 'x', bytes });
    t.equal((await visitor.send('POST', RESULT, body, headers)).status, 403, login);
  }
  const stranger = ipms.visitor();
  t.equal((await stranger.get(SCRIPT)).status, 303);
  // a step that a script takes is not ticked by hand
  const admin = await ipms.signIn('admin.jabatan');
  const steps_ = '/admin/directory/steps';
  const [step] = before;
  const tick = { step_id: `${step?.id}@${step?.since}`, _csrf: await admin.token('/me/password') };
  t.equal((await admin.post(steps_, tick)).status, 404);
  t.strictSame(await openSteps(ipms), before);
});
