import { flushCompileCache } from 'node:module';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import closeWithGrace from 'close-with-grace';
import { buildApp } from './app.ts';
import { headRenewed, keepAuditHead } from './audit-head.ts';
import { backupWork } from './backups/recurring.ts';
import { backupScratch, type Settings, WrongSetting } from './base/settings.ts';
import { MINUTE, SECOND } from './base/time.ts';
import { workOff } from './bulk/worker.ts';
import { doubtLine } from './clock/clock.ts';
import { watchClock } from './clock/due.ts';
import { checkpointsAside } from './data/checkpoints.ts';
import { checkFileIsThere, DatabaseUnusable, type Db } from './data/database.ts';
import { directoryWork } from './directory/recurring.ts';
import { runDue } from './due.ts';
import { databaseFile, type Installation } from './installation.ts';
import type { DemoSignIn } from './sign-in/login.ts';
import { beatOnly, lookingAt, watchStandby } from './standby/due.ts';
import { behindLine } from './standby/standby.ts';
import { dropFiles } from './trail/attachments.ts';
import { sendPending, smtpMailer } from './trail/outbox-worker.ts';
import { takeOverUsage } from './usage/take-over.ts';
import type { App } from './web/app-types.ts';
import { emptyScanScratch } from './web/scanner.ts';

/** A replica that is kept is never older than two of these. */
const BEAT = 15 * SECOND;
const MOST_TO_CLOSE = 10 * SECOND;
/** npm passes one on that its group was sent, too: the second is the same order, for which the library would cut the end off. */
const ORDERS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
/** A mail server that does not answer must not hold up the end: what it may have taken is sent again, under the same Message-ID. */
const MOST_TO_END_WORK = 4 * SECOND;

/**
 * Builds the application over an installation, listens, says so, and does the work that recurs; ends cleanly on SIGTERM and SIGINT.
 * @returns the application and the address that it listens on
 * @throws WrongSetting when it cannot listen there, or the key for backups is none
 */
export async function run(settings: Settings, installation: Installation, release: () => void, demo?: DemoSignIn[]) {
  const { db, reader, secrets } = installation;
  await checkRecipients(settings);
  emptyScanScratch(settings.dataDir);
  await dropFiles(db); // of forms that were under way when IPMS was killed
  let address = '';
  const baseUrl = () => settings.baseUrl ?? address;
  const app = await buildApp({ db, reader, settings, secrets, baseUrl, ...(demo ? { demo } : {}) });
  address = await listen(app, settings);
  const stopWork = recurringWork(app, settings, installation, baseUrl);
  const close = async ({ err }: { err?: Error }) => {
    if (err) app.log.error({ err }, 'stopping after an error');
    await Promise.all([stopWork(), app.close()]);
    await keepHead(app, settings, db).catch((error: unknown) => app.log.error({ err: error }));
    await installation.close();
    release();
  };
  const closing = closeWithGrace({ delay: MOST_TO_CLOSE, logger: app.log, skip: [...ORDERS] }, close);
  let isEnding = false;
  const end = () => {
    if (!isEnding) void closing.close();
    isEnding = true;
  };
  for (const order of ORDERS) process.on(order, end);
  console.log(`IPMS is ready on ${address}/`); // whoever reads it may end it, too
  flushCompileCache(); // an end by force would keep nothing, and the next start would be slower and larger
  return { app, address };
}

/** A letter wrong in the key would be seen first in the night. What encrypts is loaded only where it is wanted. */
async function checkRecipients({ backup }: Settings) {
  if (backup === null || backup.recipients.length === 0) return;
  const { checkRecipient } = await import('./backups/packing.ts');
  for (const recipient of backup.recipients)
    try {
      checkRecipient(recipient);
    } catch (error) {
      throw new WrongSetting(`IPMS_BACKUP_RECIPIENT: ${recipient} is no key of age: ${(error as Error).message}.`);
    }
}

/** The line that says IPMS is ready is the first one: what Fastify logs about listening is left out. */
async function listen(app: App, { host, port }: Settings) {
  const { level } = app.log;
  app.log.level = 'error';
  try {
    await app.listen({ host, port });
  } catch (error) {
    throw new WrongSetting(cannotListen(host, port, error as NodeJS.ErrnoException));
  } finally {
    app.log.level = level;
  }
  const at = app.server.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${at.port}`;
}

function cannotListen(host: string, port: number, { code, message }: NodeJS.ErrnoException) {
  if (code === 'EADDRINUSE') return `IPMS_PORT=${port}: another program listens there already.`;
  if (code === 'EACCES') return `IPMS_PORT=${port}: this user may not listen there; take one above 1023.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return `IPMS_HOST=${host} is no address of this computer.`;
  return `IPMS_HOST=${host} IPMS_PORT=${port}: ${message}`;
}

/** What works, and yet is hardly meant. */
export function warnings({ smtpUrl, baseUrl, trustProxy, host, secondFactorDelays, backup, scanCommand }: Settings) {
  const lines: string[] = [];
  if (smtpUrl === null) lines.push('IPMS_SMTP_URL is not set: mails wait in the outbox and reach nobody');
  if (baseUrl === null)
    lines.push(`IPMS_BASE_URL is not set: links in mails lead to ${host}, which other computers may not reach`);
  if (baseUrl?.startsWith('https:') && trustProxy === null)
    lines.push('IPMS_BASE_URL is https and IPMS_TRUST_PROXY is not set: nobody can sign in through a proxy');
  if (backup === null) lines.push('IPMS_BACKUP_DIR is not set: IPMS makes no backups by itself');
  if (scanCommand === null) lines.push('IPMS_SCAN_COMMAND is not set: no virus scanner looks at attached files');
  for (const [login, last] of Object.entries(secondFactorDelays))
    lines.push(`IPMS_SECOND_FACTOR_DELAY: until the end of ${last}, ${login} may sign in without a second factor`);
  return lines;
}

async function keepHead(app: App, { secretFile }: Settings, db: Db) {
  const renewed = await keepAuditHead(db, secretFile, new Date());
  if (renewed !== null) app.log.error(headRenewed(secretFile, renewed));
}

/** What is due, unless the clock is in doubt; that is logged once. */
function dueWork(app: App, settings: Settings, db: Db, reader: Db) {
  let logged = '';
  return async () => {
    const now = new Date();
    const doubt = await watchClock(db, now, settings);
    if (doubt === null) await runDue(db, now, settings, reader);
    else if (doubt.seenAt !== logged) app.log.error(doubtLine(doubt, now));
    logged = doubt?.seenAt ?? '';
  };
}

/** That the replica is behind is logged once, until it is right again. */
function standbyWork(app: App, settings: Settings, db: Db, folder: string | null) {
  const since = new Date();
  if (folder === null) return () => beatOnly(db, { since, now: new Date(), settings });
  const look = lookingAt(folder);
  let isLogged = false;
  return async () => {
    const { fault, ...standby } = await watchStandby(db, { look, since, now: new Date(), settings });
    if (standby.isBehind && !isLogged) app.log.error(behindLine(standby, fault));
    isLogged = standby.isBehind;
  };
}

/** Writes the log of the database into its file, while that is the one that was opened. */
function checkpointWork({ db, sqlite }: Installation) {
  const look = checkpointsAside(sqlite);
  return async () => {
    checkFileIsThere(db);
    await look();
  };
}

/** Mails, bulk work and figures of use every second, what is due every minute. */
function recurringWork(app: App, settings: Settings, installation: Installation, baseUrl: () => string) {
  const { db, reader } = installation;
  const mailer = settings.smtpUrl === null ? null : smtpMailer(settings.smtpUrl, settings);
  const ending = new AbortController();
  const report = (error: unknown) => app.log.error({ err: error }, 'recurring work failed');
  const stops = [
    repeat(MINUTE, dueWork(app, settings, db, reader), report),
    repeat(MINUTE, () => keepHead(app, settings, db), report),
    repeat(SECOND, () => workOff(db, settings, () => new Date(), ending.signal), report),
    repeat(SECOND, checkpointWork(installation), report),
    repeat(SECOND, () => takeOverUsage({ db, settings, clock: () => new Date() }, ending.signal), report),
  ];
  const told = { owaUrl: settings.owaUrl, helpdeskEmail: settings.helpdeskEmail, mailFrom: settings.mailFrom };
  const data = {
    file: databaseFile(settings.dataDir),
    secretFile: settings.secretFile,
    settings: settings.directory,
    told,
  };
  const directory = directoryWork(db, data, report);
  stops.push(repeat(SECOND, directory.start, report), directory.stop);
  const backups = backupWork(
    db,
    {
      file: data.file,
      secretFile: data.secretFile,
      scratch: backupScratch(settings.dataDir),
      settings: settings.backup,
    },
    () => new Date(),
    report,
  );
  stops.push(repeat(10 * SECOND, backups.start, report), backups.stop);
  if (settings.standby !== null) stops.push(repeat(BEAT, standbyWork(app, settings, db, settings.standby.dir), report));
  if (mailer !== null) {
    const note = (mail: number, why: string) => app.log.warn({ mail, why }, 'a mail did not go out');
    const sender = () => ({ mailer, from: settings.mailFrom, eta: app.eta, baseUrl: baseUrl(), note });
    stops.push(repeat(SECOND, () => sendPending(db, sender(), () => new Date(), ending.signal), report));
  }
  return async () => {
    ending.abort();
    await Promise.race([Promise.all(stops.map((stop) => stop())), pause(MOST_TO_END_WORK, null, { ref: false })]);
    mailer?.close();
  };
}

/**
 * Does work now and then again and again. A turn waits for the one before to end, and one that fails is reported and
 * does not keep the next from coming. What fails in the same way turn after turn is reported once a minute: by the second,
 * it would fill the log and hide all else.
 * @param every in milliseconds
 * @returns what stops it, and waits for the turn that is under way
 */
export function repeat(every: number, work: () => Promise<unknown>, report: (error: unknown) => void) {
  const turnsAMinute = Math.max(1, Math.round(MINUTE / every));
  let underWay: Promise<unknown> | null = null;
  let [failure, times] = ['', 0];
  const turn = async () => {
    try {
      await work();
      failure = '';
    } catch (error) {
      times = String(error) === failure ? times + 1 : 0;
      failure = String(error);
      if (times % turnsAMinute === 0) report(error);
    } finally {
      underWay = null;
    }
  };
  const begin = () => {
    underWay ??= turn();
  };
  const timer = setInterval(begin, every);
  begin();
  return async () => {
    clearInterval(timer);
    await underWay;
  };
}

/** Ends a start that cannot be: in one line where the reason is known, else with all that is. */
export function stopStart(error: unknown): never {
  if (!(error instanceof WrongSetting || error instanceof DatabaseUnusable)) throw error;
  console.error(error.message);
  process.exit(1);
}
