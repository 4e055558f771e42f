import { type Actor, asPerson, SYSTEM } from '../base/actor.ts';
import { DAY, HOUR, later } from '../base/time.ts';
import { inAct, UNSET } from '../data/act.ts';
import type { Db } from '../data/database.ts';
import { confirmTicket } from '../tickets/confirmation.ts';
import { askForContact } from '../tickets/contact-request.ts';
import { resolveTicket } from '../tickets/resolution.ts';
import { openTicket } from '../tickets/ticket.ts';
import type { DemoAgency } from './agency.ts';

const outsider = (full_name: string, email: string, company: string, position: string) => ({
  full_name,
  email,
  company,
  position,
  phone: '03-8000 1000',
  address: '',
});

/** People outside 1GovUC, whom every agency may put into its lists. */
export const DEMO_CONTACTS = [
  outsider('Lau Siew Ping', 'siewping@pembekal.test', 'Pembekal Rangkaian Sdn. Bhd.', 'Pengurus Akaun'),
  outsider('Hariharan a/l Maniam', 'hari@kontraktor.test', 'Kontraktor Sistem Sdn. Bhd.', 'Jurutera'),
  outsider('Norhayati binti Md Zain', 'norhayati@universiti.test', 'Universiti Contoh', 'Pensyarah Kanan'),
  outsider('Jessica Lunsin', 'jessica@latihan.test', 'Latihan Borneo Sdn. Bhd.', 'Jurulatih'),
] as const;

/** The demo's contacts, each asked for by an administrator, registered by the helpdesk, and confirmed (SOP 4.21). */
export async function seedContacts(db: Db, agencies: DemoAgency[], now: Date) {
  const helpdesk = await helpdeskOf(db);
  for (const [index, details] of DEMO_CONTACTS.entries()) {
    const { admin } = agencies[index % agencies.length] as DemoAgency;
    const at = later(now, -(200 - index) * DAY);
    const { id } = await inAct(db, { actor: admin, now: at, settings: UNSET }, (act) =>
      askForContact(act, { asked: 'register', details, note: '' }),
    );
    await inAct(db, { actor: helpdesk, now: later(at, HOUR), settings: UNSET }, (act) => openTicket(act, id));
    await inAct(db, { actor: helpdesk, now: later(at, 2 * HOUR), settings: UNSET }, (act) =>
      resolveTicket(act, id, { resolution: '', contact: details, version: null }),
    );
    await inAct(db, { actor: admin, now: later(at, DAY), settings: UNSET }, (act) => confirmTicket(act, id));
  }
}

/** Whoever of the helpdesk does the demo's work. */
export async function helpdeskOf(db: Db): Promise<Actor> {
  const user = await db.selectFrom('user').selectAll().where('role', '=', 'helpdesk').executeTakeFirstOrThrow();
  return asPerson({ ...SYSTEM, address: '127.0.0.1' }, user);
}
