import { join } from 'node:path';
import { Eta } from 'eta';
import { type Settings, WrongSetting } from '../base/settings.ts';
import { openPresent } from '../installation.ts';
import { sendPending, smtpMailer } from '../trail/outbox-worker.ts';
import { type Command, Refused } from './command.ts';

const VIEWS = join(import.meta.dirname, '../../views');

export const mail: Command = {
  usage: '',
  does: 'Sends what waits in the outbox, once; a running server does the same every second.',
  help: '\nNeeds IPMS_SMTP_URL. Links in the mails begin with IPMS_BASE_URL.',
  async run({ settings }) {
    if (settings.smtpUrl === null)
      throw new WrongSetting('IPMS_SMTP_URL is not set, so nothing can be sent: set it to smtp://HOST:PORT.');
    const baseUrl = baseUrlOf(settings);
    const { db, close } = await openPresent(settings);
    const mailer = smtpMailer(settings.smtpUrl, settings);
    try {
      const sender = { mailer, from: settings.mailFrom, eta: new Eta({ views: VIEWS }), baseUrl };
      const { sent, failed } = await sendPending(db, sender, () => new Date());
      console.log(`sent: ${sent}`);
      if (failed > 0) throw new Refused(`${failed} mails could not be sent; the outbox says why, and they wait.`);
    } finally {
      mailer.close();
      await close();
    }
  },
};

function baseUrlOf({ baseUrl, host, port }: Settings) {
  if (baseUrl !== null) return baseUrl;
  if (port === 0) throw new WrongSetting('IPMS_BASE_URL is not set: the links in the mails would lead nowhere.');
  return `http://${host}:${port}`;
}
