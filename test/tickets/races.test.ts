import { t } from 'tap';
import type { AuditAction } from '../../src/texts.ts';
import { type Ipms, startIpms, type Visitor } from '../helper.ts';
import { recordsOf, trailOf } from '../read.ts';
import { sendTicketForm, ticketMails, ticketOf } from './contact-tickets.ts';

// Two people and one ticket: one is first, and the other is told.

async function question(ipms: Ipms) {
  const admin = await ipms.signIn('admin.jabatan');
  const fields = { kind: 'question', subject: 'Soalan', description: 'Bagaimana?' };
  const { location } = await admin.submit('/admin/tickets/new', '/admin/tickets/new', fields);
  return { admin, helpdesk: await ipms.signIn('meja.bantuan'), id: Number(location.split('/').at(-1)) };
}

type Act = [person: Visitor, path: string, fields?: Record<string, string>];

/** Sends all at once, each with a token of its own. */
async function atOnce(acts: Act[]) {
  const tokens: string[] = [];
  for (const [person, path] of acts) tokens.push(await person.token(path.replace(/\/\w+$/, '')));
  const answers = await Promise.all(
    acts.map(([person, path, fields = {}], at) => person.post(path, { ...fields, _csrf: tokens[at] ?? '' })),
  );
  const refused = answers.find((answer) => answer.status !== 303);
  t.match(refused?.text, /Sejarah di bawah|tiada lagi tindakan/, 'told what the other did');
  return answers.map((answer) => answer.status).toSorted();
}

const count = async ({ db }: Ipms, id: number, action: AuditAction) =>
  (await trailOf({ db }, 'ticket', id, action)).length;

t.test('two of the helpdesk open at once', async (t) => {
  const ipms = await startIpms(t);
  const { helpdesk, id } = await question(ipms);
  const path = `/helpdesk/tickets/${id}/open`;
  t.strictSame(
    await atOnce([
      [helpdesk, path],
      [await ipms.signIn('meja.bantuan'), path],
    ]),
    [303, 409],
  );
  t.equal(await count(ipms, id, 'ticket.opened'), 1);
});

t.test('resolved and refused at once', async (t) => {
  const ipms = await startIpms(t);
  const { helpdesk, id } = await question(ipms);
  const statuses = await atOnce([
    [helpdesk, `/helpdesk/tickets/${id}/resolve`, { resolution: 'Begini' }],
    [await ipms.signIn('meja.bantuan'), `/helpdesk/tickets/${id}/refuse`, { reason: 'Tidak' }],
  ]);
  t.strictSame(statuses, [303, 409]);
  const mails = (await ticketMails(ipms, id)).filter((mail) => /^(N17|ticket-refused)/.test(mail));
  t.equal(mails.length, 1, 'and the agency hears one thing');
});

for (const first of ['reopen', 'confirm'])
  t.test(`reopened and confirmed at once, ${first} a moment earlier`, async (t) => {
    const ipms = await startIpms(t);
    const { admin, helpdesk, id } = await question(ipms);
    await sendTicketForm(helpdesk, 'helpdesk', id, 'resolve', { resolution: 'Begini' });
    const acts: Act[] = [
      [admin, `/admin/tickets/${id}/reopen`, { note: 'Belum' }],
      [await ipms.signIn('admin.jabatan'), `/admin/tickets/${id}/confirm`],
    ];
    t.strictSame(await atOnce(first === 'reopen' ? acts : acts.toReversed()), [303, 409]);
    const { status } = await ticketOf(ipms, id);
    const records = await recordsOf(ipms, 'ticket', id);
    t.equal(records.length, status === 'closed' ? 1 : 0, 'a record only of what is closed');
  });

t.test('reopened and resolved at once: the second word holds, in that order only', async (t) => {
  const ipms = await startIpms(t);
  const { admin, helpdesk, id } = await question(ipms);
  await sendTicketForm(helpdesk, 'helpdesk', id, 'resolve', { resolution: 'Begini' });
  const tokens = [await admin.token(`/admin/tickets/${id}`), await helpdesk.token('/helpdesk/tickets/new')];
  const [reopened, resolved] = await Promise.all([
    admin.post(`/admin/tickets/${id}/reopen`, { note: 'Belum', _csrf: tokens[0] ?? '' }),
    helpdesk.post(`/helpdesk/tickets/${id}/resolve`, { resolution: 'Begitu', _csrf: tokens[1] ?? '' }),
  ]);
  t.equal(reopened.status, 303);
  t.match(
    await ticketOf(ipms, id),
    resolved.status === 303 ? { status: 'resolved', resolution: 'Begitu' } : { status: 'open' },
  );
});

t.test('a double click has one effect, and shows it', async (t) => {
  const ipms = await startIpms(t);
  const { admin, id } = await question(ipms);
  const _csrf = await admin.token(`/admin/tickets/${id}`);
  const once = () => admin.post(`/admin/tickets/${id}/comment`, { comment: 'Sekali', _csrf });
  const answers = await Promise.all([once(), once()]);
  t.strictSame(
    answers.map((answer) => [answer.status, answer.location]),
    [
      [303, `/admin/tickets/${id}`],
      [303, `/admin/tickets/${id}`],
    ],
  );
  t.equal(await count(ipms, id, 'ticket.commented'), 1);
});

t.test('steps cannot be skipped', async (t) => {
  const ipms = await startIpms(t);
  const { admin, id } = await question(ipms);
  const _csrf = await admin.token(`/admin/tickets/${id}`);
  for (const name of ['confirm', 'reopen']) {
    const answer = await admin.post(`/admin/tickets/${id}/${name}`, { note: 'x', _csrf });
    t.equal(answer.status, 409, name);
    t.match(answer.text, 'belum menyelesaikan');
  }
  t.match(await ticketOf(ipms, id), { status: 'requested' });
});
