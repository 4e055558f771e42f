import fc from 'fast-check';
import { t } from 'tap';
import { dayOf, later, SECOND } from '../../src/base/time.ts';
import { startIpms } from '../helper.ts';
import { changeMailbox } from '../make.ts';
import { mailboxOf } from '../read.ts';
import { sendUsage, takeOver } from './files.ts';

// However files come and are confirmed: a figure is never followed by one of an earlier day, nor by none.

const ADDRESS = 'pegawai.jabatan@jabatan.test';

type Step = { what: 'send'; used: number; day: number; mail: number | null } | { what: 'confirm' | 'work' };

const someStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    what: fc.constant('send' as const),
    used: fc.nat(4000),
    day: fc.integer({ min: 15, max: 27 }),
    mail: fc.option(fc.integer({ min: 1, max: 24 })),
  }),
  fc.record({ what: fc.constantFrom('confirm' as const, 'work' as const) }),
);

const dayIn = (day: number) => `2026-11-${String(day).padStart(2, '0')}`;

t.test('the figure is that of the latest day of all that was taken over', async (t) => {
  const ipms = await startIpms(t);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const today = dayOf(ipms.clock.now);
  const property = fc.asyncProperty(fc.array(someStep, { minLength: 4, maxLength: 14 }), async (steps) => {
    await changeMailbox(ipms, 'pegawai.jabatan', { used_mb: 0, used_on: null, last_mail_on: null });
    await ipms.db.deleteFrom('usage_file').where('state', 'in', ['checked', 'confirmed']).execute();
    const known = { used: 0, on: '', mail: '' };
    const waiting: { place: string; used: number; on: string; mail: string }[] = [];
    const confirmed: typeof waiting = [];
    const work = async () => {
      await takeOver(ipms);
      for (const { used, on, mail } of confirmed.splice(0))
        if (on >= known.on) Object.assign(known, { used, on, mail: [mail, known.mail].sort()[1] });
      const { used_mb, used_on, last_mail_on } = await mailboxOf(ipms, 'pegawai.jabatan');
      t.strictSame([used_mb, used_on ?? '', last_mail_on ?? ''], [known.used, known.on, known.mail]);
    };
    for (const step of steps)
      if (step.what === 'send') {
        const [on, mail] = [dayIn(step.day), step.mail === null ? '' : dayIn(step.mail)];
        const { location } = await sendUsage(helpdesk, [`${ADDRESS},${step.used},${on},${mail}`]);
        if (on <= today && on >= known.on) waiting.push({ place: location, used: step.used, on, mail });
      } else if (step.what === 'work') await work();
      else {
        const next = waiting.pop(); // also in another order than they came
        if (next === undefined) continue;
        ipms.clock.now = later(ipms.clock.now, SECOND);
        t.equal((await helpdesk.submit(next.place, `${next.place}/confirm`)).status, 303);
        confirmed.push(next);
      }
    await work();
  });
  await fc.assert(property, { numRuns: 25, seed: 20261124 });
});
