import type { Db } from '../data/database.ts';
import { seedWithPast } from '../demo/history/history.ts';
import { helpdeskOf } from '../demo/history/world.ts';
import { seedDemo } from '../demo/seed.ts';
import { endWritingInBulk, seedSynthetic } from '../demo/synthetic.ts';
import { isEmpty, openInstallation } from '../installation.ts';
import { type Command, Refused, Usage, wholeNumber } from './command.ts';

const MOST = 5_000_000;
const MOST_YEARS = 20;

export const seed: Command = {
  usage: '[--demo] [--mailboxes N] [--agencies N] [--groups N] [--years Y]',
  does: 'Fills the database with data that are not real: for trying, and for measuring.',
  help: `
  --demo          the agencies and sign-ins of "npm run demo"; only into an empty database. Their password is public
  --mailboxes N   so many synthetic people with mailboxes; most of them in the agencies that are there
  --agencies N    so many agencies for the rest of them
  --groups N      so many mailing lists, over all agencies, with members
  --years Y       what the mailboxes of --mailboxes leave behind in so many years: sealed audit rows and records, mails,
                  requests, codes, tickets, lists changed, disablings, deletions, transfers; with --demo, or where it was`,
  options: {
    demo: { type: 'boolean' },
    mailboxes: { type: 'string' },
    agencies: { type: 'string' },
    groups: { type: 'string' },
    years: { type: 'string' },
  },
  async run({ settings, values }) {
    const wanted = {
      mailboxes: wholeNumber(values, 'mailboxes', MOST),
      agencies: wholeNumber(values, 'agencies', 5000),
      groups: wholeNumber(values, 'groups', MOST),
    };
    const synthetic = wanted.mailboxes + wanted.agencies + wanted.groups > 0;
    if (!values.demo && !synthetic) throw new Usage('What is it to make? --demo, --mailboxes, --agencies, --groups.');
    const years = wholeNumber(values, 'years', MOST_YEARS);
    if (years > 0 && wanted.mailboxes === 0) throw new Usage('Whose past? --years goes with --mailboxes.');
    const now = new Date();
    const installation = await openInstallation(settings);
    const { db, sqlite, close } = installation;
    try {
      if (await isReal(db))
        throw new Refused('People work with this installation: invented data go into one of its own.');
      if (values.demo) {
        if (!(await isEmpty(db))) throw new Refused('The database is not empty: demo data go into an empty one only.');
        await seedDemo(db, settings.bcryptCost, now);
      }
      if (years > 0 && helpdeskOf(sqlite) === undefined)
        throw new Refused('There is no helpdesk to tell: give --demo, too.');
      if (years > 0) await seedWithPast(installation, wanted, years, now, report);
      else if (synthetic) seedSynthetic(sqlite, wanted, now, report);
      endWritingInBulk(sqlite);
      console.log('The data are there.');
    } finally {
      await close();
    }
  },
};

/** Was it set up by the link of its first start, or by `setup`? */
async function isReal(db: Db) {
  const found = await db
    .selectFrom('audit')
    .select('id')
    .where('action', '=', 'user.first-helpdesk')
    .executeTakeFirst();
  return found !== undefined;
}

/** One line that counts up on a terminal; elsewhere a line now and then. */
function report(done: number, of: number, what: string) {
  if (process.stderr.isTTY) process.stderr.write(`\r${what}: ${done} of ${of}${done === of ? '\n' : ''}`);
  else if (done === of || done % 100_000 === 0) console.error(`${what}: ${done} of ${of}`);
}
