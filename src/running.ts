import type { AddressInfo } from 'node:net';
import closeWithGrace from 'close-with-grace';
import { buildApp } from './app.ts';
import { runDue } from './due.ts';
import { type Installation, keepAuditHead } from './installation.ts';
import type { App } from './platform/app-types.ts';
import { sendPending, smtpMailer } from './platform/outbox-worker.ts';
import type { Settings } from './platform/settings.ts';
import { MINUTE, SECOND } from './platform/time.ts';
import type { DemoSignIn } from './sign-in/login.ts';

const MOST_TO_CLOSE = 10 * SECOND;

/**
 * Builds the application over an installation, listens, and does the work that recurs; ends cleanly on SIGTERM and SIGINT.
 * @returns the application and the address that it listens on
 */
export async function run(settings: Settings, installation: Installation, release: () => void, demo?: DemoSignIn[]) {
  const { db, secrets } = installation;
  let address = '';
  const baseUrl = () => settings.baseUrl ?? address;
  const app = await buildApp({ db, settings, secrets, baseUrl, ...(demo ? { demo } : {}) });
  await app.listen({ host: settings.host, port: settings.port });
  const { port } = app.server.address() as AddressInfo;
  address = `http://${settings.host.includes(':') ? `[${settings.host}]` : settings.host}:${port}`;
  const stopWork = recurringWork(app, settings, installation, baseUrl);
  closeWithGrace({ delay: MOST_TO_CLOSE, logger: app.log }, async ({ err }) => {
    if (err) app.log.error({ err }, 'stopping after an error');
    await stopWork();
    await app.close();
    await keepAuditHead(db, settings.secretFile);
    await installation.close();
    release();
  });
  return { app, address };
}

/** Mails every second, what is due every minute; each waits for its last turn to end. */
function recurringWork(app: App, settings: Settings, { db }: Installation, baseUrl: () => string) {
  const mailer = settings.smtpUrl === null ? null : smtpMailer(settings.smtpUrl);
  const stops = [
    repeat(app, MINUTE, async () => {
      await runDue(db, new Date());
      await keepAuditHead(db, settings.secretFile);
    }),
  ];
  if (mailer !== null) {
    const sender = () => ({ mailer, from: settings.mailFrom, eta: app.eta, baseUrl: baseUrl() });
    stops.push(repeat(app, SECOND, () => sendPending(db, sender(), () => new Date())));
  }
  return async () => {
    await Promise.all(stops.map((stop) => stop()));
    mailer?.close();
  };
}

function repeat(app: App, every: number, work: () => Promise<unknown>) {
  let running: Promise<unknown> = Promise.resolve();
  let idle = true;
  const turn = () => {
    if (!idle) return;
    idle = false;
    running = work()
      .catch((error: unknown) => app.log.error({ err: error }, 'recurring work failed'))
      .finally(() => {
        idle = true;
      });
  };
  const timer = setInterval(turn, every);
  turn();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
