import type { Actor } from '../base/actor.ts';
import { DAY, dayOf, HOUR, later } from '../base/time.ts';
import { inAct, UNSET } from '../data/act.ts';
import type { Db } from '../data/database.ts';
import { confirmTicket, reopenTicket } from '../tickets/confirmation.ts';
import { askForContact, type ContactRequest } from '../tickets/contact-request.ts';
import { askHelpdesk, type Call, enterCall, type GeneralRequest } from '../tickets/general-request.ts';
import { type Resolution, refuseTicket, resolveTicket } from '../tickets/resolution.ts';
import { commentTicket, openTicket } from '../tickets/ticket.ts';
import { addFixedHolidays, addHoliday } from '../tickets/working-days/holiday.ts';
import type { DemoAgency } from './agency.ts';
import { DEMO_CONTACTS, helpdeskOf } from './contacts.ts';

/** What becomes of a ticket after it was asked for, each some hours after the step before. */
type Step =
  | { open: true }
  | { resolve: string }
  | { confirm: true }
  | { reopen: string }
  | { refuse: string }
  | { asks: string }
  | { answers: string };

type Story = { daysAgo: number; ask(admin: Actor, at: Date): Promise<{ id: number }>; steps: Step[] };

const BETWEEN = 3 * HOUR;

/** Holidays, and tickets of every kind in every state, by the verbs that the pages use, at the times at which it would have been. */
export async function seedTickets(db: Db, agencies: DemoAgency[], now: Date) {
  const helpdesk = await helpdeskOf(db);
  const year = Number(dayOf(now).slice(0, 4));
  for (const each of [year, year + 1]) {
    await inAct(db, { actor: helpdesk, now: later(now, -300 * DAY), settings: UNSET }, (act) =>
      addFixedHolidays(act, each),
    );
    const territories = ['Kuala Lumpur', 'Labuan', 'Putrajaya'].map((name) => `Wilayah Persekutuan ${name}`);
    const day = { day: `${each}-02-01`, name: 'Hari Wilayah Persekutuan', states: territories };
    await inAct(db, { actor: helpdesk, now: later(now, -300 * DAY), settings: UNSET }, (act) => addHoliday(act, day));
  }
  const [first, second] = agencies;
  const told = [
    ...(first ? storiesOf(db, helpdesk, first).first.map((story) => ({ ...story, admin: first.admin })) : []),
    ...(second ? storiesOf(db, helpdesk, second).second.map((story) => ({ ...story, admin: second.admin })) : []),
  ];
  for (const { daysAgo, ask, steps, admin } of told.toSorted((one, other) => other.daysAgo - one.daysAgo)) {
    let at = later(now, -daysAgo * DAY);
    const { id } = await ask(admin, at);
    for (const step of steps) {
      at = later(at, BETWEEN);
      await carryOut(db, { admin, helpdesk }, id, step, at);
    }
  }
}

async function carryOut(
  db: Db,
  { admin, helpdesk }: { admin: Actor; helpdesk: Actor },
  id: number,
  step: Step,
  at: Date,
) {
  if ('open' in step) return inAct(db, { actor: helpdesk, now: at, settings: UNSET }, (act) => openTicket(act, id));
  if ('resolve' in step) {
    const given = await resolutionOf(db, id, step.resolve);
    return inAct(db, { actor: helpdesk, now: at, settings: UNSET }, (act) => resolveTicket(act, id, given));
  }
  if ('confirm' in step) return inAct(db, { actor: admin, now: at, settings: UNSET }, (act) => confirmTicket(act, id));
  if ('reopen' in step)
    return inAct(db, { actor: admin, now: at, settings: UNSET }, (act) => reopenTicket(act, id, step.reopen));
  if ('refuse' in step)
    return inAct(db, { actor: helpdesk, now: at, settings: UNSET }, (act) => refuseTicket(act, id, step.refuse));
  const [actor, comment] = 'asks' in step ? [admin, step.asks] : [helpdesk, step.answers];
  return inAct(db, { actor, now: at, settings: UNSET }, (act) => commentTicket(act, id, comment));
}

/** As the helpdesk would send the prefilled form. */
async function resolutionOf(db: Db, id: number, resolution: string): Promise<Resolution> {
  const ticket = await db.selectFrom('ticket').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  const isContact = ticket.kind === 'contact-register' || ticket.kind === 'contact-update';
  return { resolution, contact: isContact ? JSON.parse(ticket.content) : null, version: null };
}

function storiesOf(db: Db, helpdesk: Actor, agency: DemoAgency): Record<'first' | 'second', Story[]> {
  const asked = (input: Omit<GeneralRequest, 'mailbox_email'> & { about?: string }) => (admin: Actor, at: Date) => {
    const { about, ...request } = input;
    const mailbox_email = about === undefined ? null : `${about}@${agency.domain}`;
    return inAct(db, { actor: admin, now: at, settings: UNSET }, (act) =>
      askHelpdesk(act, { ...request, mailbox_email }),
    );
  };
  const called = (call: Omit<Call, 'agency_id' | 'mailbox_email'>) => (_admin: Actor, at: Date) =>
    inAct(db, { actor: helpdesk, now: at, settings: UNSET }, (act) =>
      enterCall(act, { ...call, agency_id: agency.id, mailbox_email: null }),
    );
  const wanted =
    (request: (id: (email: string) => Promise<number>) => Promise<ContactRequest>) =>
    async (admin: Actor, at: Date) => {
      const given = await request((email) => contactId(db, email));
      return inAct(db, { actor: admin, now: at, settings: UNSET }, (act) => askForContact(act, given));
    };
  const [supplier, contractor, lecturer, trainer] = DEMO_CONTACTS;
  const register = (name: string, email: string, company: string, position: string) =>
    wanted(async () => ({
      asked: 'register',
      details: { full_name: name, email, company, position, phone: '03-7000 2200', address: '' },
      note: '',
    }));
  return {
    first: [
      {
        daysAgo: 60,
        ask: wanted(async (id) => ({
          asked: 'update',
          contactId: await id(supplier.email),
          details: { ...supplier, position: 'Pengurus Akaun Kanan' },
          note: 'Dinaikkan pangkat bulan lalu.',
        })),
        steps: [{ open: true }, { resolve: '' }, { confirm: true }],
      },
      {
        daysAgo: 45,
        ask: wanted(async (id) => ({
          asked: 'delete',
          contactId: await id(trainer.email),
          note: 'Syarikat telah ditutup.',
        })),
        steps: [{ open: true }, { resolve: '' }, { confirm: true }],
      },
      {
        daysAgo: 20,
        ask: register('Chandran a/l Veloo', 'chandran@audit.test', 'Audit dan Rakan', 'Juruaudit'),
        steps: [{ refuse: 'Beliau pegawai agensi lain dan mempunyai mailbox 1GovUC. Cari dalam Address List.' }],
      },
      {
        daysAgo: 6,
        ask: register('Lydia Gimbad', 'lydia@percetakan.test', 'Percetakan Timur Sdn. Bhd.', 'Eksekutif Jualan'),
        steps: [{ open: true }, { resolve: '' }],
      },
      {
        daysAgo: 2.2,
        ask: wanted(async (id) => ({
          asked: 'update',
          contactId: await id(lecturer.email),
          details: { ...lecturer, phone: '03-8921 4000' },
          note: '',
        })),
        steps: [{ open: true }, { resolve: '' }, { reopen: 'Nombor telefon belum ditukar dalam OWA.' }],
      },
      {
        daysAgo: 0.3,
        ask: register('Siti Khadijah binti Omar', 'khadijah@latihan.test', 'Pusat Latihan Contoh', 'Penyelaras'),
        steps: [],
      },
      {
        daysAgo: 30,
        ask: asked({
          kind: 'question',
          subject: 'Saiz lampiran paling besar',
          description: 'Berapakah saiz lampiran e-mel yang dibenarkan ke luar 1GovUC?',
        }),
        steps: [
          { open: true },
          { answers: 'Adakah untuk semua pegawai atau satu bahagian sahaja?' },
          { asks: 'Untuk semua pegawai.' },
          { resolve: 'Had ialah 20 MB bagi semua pegawai. Gunakan perkongsian fail untuk yang lebih besar.' },
          { confirm: true },
        ],
      },
      {
        daysAgo: 5,
        ask: asked({
          kind: 'complaint',
          subject: 'E-mel masuk lewat sejak pagi Isnin',
          description: 'E-mel daripada agensi luar sampai dua hingga tiga jam lewat.',
          about: 'pegawai.jabatan',
        }),
        steps: [{ open: true }, { asks: 'Masih berlaku hari ini.' }],
      },
      {
        daysAgo: 1.1,
        ask: called({
          kind: 'password-reset',
          subject: 'Terlupa katalaluan, tiada e-mel pemulihan',
          description: 'Pemanggil tidak dapat log masuk sejak balik bercuti.',
          source: '1mocc',
          caller_name: 'Azman bin Yahaya',
          caller_contact: '012-345 6789',
        }),
        steps: [],
      },
    ],
    second: [
      {
        daysAgo: 12,
        ask: wanted(async (id) => ({ asked: 'delete', contactId: await id(contractor.email), note: 'Kontrak tamat.' })),
        steps: [{ open: true }],
      },
      {
        daysAgo: 8,
        ask: called({
          kind: 'other',
          subject: 'Latihan Pentadbir UC',
          description: 'Bertanya jadual latihan IPMS suku pertama.',
          source: 'walk_in',
          caller_name: 'Marina Sinidol',
          caller_contact: 'samb. 3112',
        }),
        steps: [{ open: true }, { resolve: 'Jadual latihan telah dihantar.' }],
      },
      {
        daysAgo: 3,
        ask: asked({
          kind: 'question',
          subject: 'Menukar domain e-mel kementerian',
          description: 'Apakah langkahnya jika nama domain kementerian ditukar?',
        }),
        steps: [],
      },
    ],
  };
}

async function contactId(db: Db, email: string) {
  const query = db.selectFrom('contact').select('id').where('email', '=', email);
  return (await query.executeTakeFirstOrThrow()).id;
}
