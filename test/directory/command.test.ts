import { writeFileSync } from 'node:fs';
import { t } from 'tap';
import type { DirectorySettings } from '../../src/base/settings.ts';
import { directory } from '../../src/command-line/directory.ts';
import type { Db } from '../../src/data/database.ts';
import { openDirectory } from '../../src/directory/connector.ts';
import { FIELDS } from '../../src/directory/mapping.ts';
import { openPresent } from '../../src/installation.ts';
import type { AuditAction } from '../../src/texts.ts';
import { demoFolder } from '../command-line/folder.ts';
import { run } from '../command-line/run.ts';
import { startLab } from '../lab/lab.ts';
import { JC, KC, makeOfficer } from '../make.ts';

// npm run ipms -- directory: what it says, and what it ends with.

const WORD = { field: String, from: String, to: String };

const placeOf = (folder: string) => ({ dataDir: folder, secretFile: `${folder}/secret.key` });

/** Works with the database of a folder while no command runs. */
async function within<T>(folder: string, work: (db: Db) => Promise<T>) {
  const { db, close } = await openPresent(placeOf(folder));
  try {
    return await work(db);
  } finally {
    await close();
  }
}

function environmentOf(folder: string, settings: DirectorySettings) {
  const ca = `${folder}/ca.pem`;
  writeFileSync(ca, settings.ca ?? '');
  return {
    IPMS_LDAP_URL: settings.urls.join(' '),
    IPMS_LDAP_BASE_DN: settings.baseDn,
    IPMS_LDAP_BIND_DN: settings.bindDn,
    IPMS_LDAP_PASSWORD_FILE: settings.passwordFile,
    IPMS_LDAP_CA_FILE: ca,
  };
}

const setLive = (db: Db, agencies: number[]) =>
  db.updateTable('agency').set({ directory_mode: 'live' }).where('id', 'in', agencies).execute();

async function auditedUnder(db: Db, action: AuditAction) {
  const rows = db.selectFrom('audit').select(['actor_role', 'agency_id', 'after']).where('action', '=', action);
  return rows.orderBy('id').execute();
}

t.test('called wrongly, it ends with 2; without a directory or an agency that is written to, with 1', async (t) => {
  const folder = await demoFolder(t);
  for (const [args, words] of [
    [['destroy'], /directory destroy is none of plan, apply, check, retry/],
    [['plan', '--force'], /directory plan takes no --force/],
    [['apply', '--json'], /directory apply takes no --json/],
    [['retry', '--json'], /directory retry takes no --json/],
    [['plan', '--agensi', 'JC'], /Unknown option/],
    [[], /It is called so/],
  ] as const)
    t.match(await run(t, folder, directory, [...args]), { code: 2, out: '', err: words }, args.join(' '));
  t.match(await run(t, folder, directory, ['plan']), { code: 1, err: /^IPMS_LDAP_URL is not set/ });
  const nowhere = {
    urls: ['ldaps://127.0.0.1:1'],
    ca: null,
    baseDn: 'OU=IPMS,DC=agensi,DC=test',
    bindDn: 'CN=svc,DC=agensi,DC=test',
    passwordFile: `${folder}/secret.key`,
  };
  const { IPMS_LDAP_CA_FILE: _none, ...env } = environmentOf(folder, nowhere as DirectorySettings);
  t.match(await run(t, folder, directory, ['plan'], env), { code: 1, err: /^No agency is written to/ });
  await within(folder, (db) => setLive(db, [JC]));
  t.match(await run(t, folder, directory, ['plan', '--agency', 'KC'], env), { code: 1, err: /no agency KC/ });
  t.match(await run(t, folder, directory, ['apply'], env), { code: 1, err: /^Nothing is sent before it was seen/ });
  t.match(await run(t, folder, directory, ['check'], env), { code: 1, err: /cannot be reached/ });
});

const lab = await startLab(t);
if (lab !== null) {
  t.test('planned, carried out, changed by hand, found, held, and let go', async (t) => {
    const folder = await demoFolder(t);
    const settings = await lab.part();
    const env = environmentOf(folder, settings);
    const connector = openDirectory(settings, FIELDS);
    t.teardown(() => connector.close());
    const command = (...args: string[]) => run(t, folder, directory, args, env);
    const officers = await within(folder, async (db) => {
      await setLive(db, [JC, KC]);
      const made = [];
      for (let index = 0; index < 12; index += 1)
        made.push(await makeOfficer({ db, clock: { now: new Date() } }, `tutup.${index}`, { status: 'disabled' }));
      return made;
    });
    const [first] = officers;
    if (first === undefined) return;

    const planned = await command('plan', '--json');
    t.match(planned, { code: 1, err: 'The directory differs from what was decided.\n' });
    const { changes, totals } = JSON.parse(planned.out);
    t.strictSame(Object.keys(changes[0]), ['agency', 'item', 'action', 'field', 'from', 'to', 'held']);
    for (const change of changes) t.match(change, { ...WORD, agency: /^(JC|KC|)$/, held: false });
    const creating = changes.find(({ item }: { item: { name: string } }) => item.name === first.primary_email);
    t.match(creating, { agency: 'JC', item: { type: 'mailbox', id: first.id }, action: 'create' });
    t.match(totals, { changes: changes.length, held: 0, refused: 0, create: Number });
    t.strictSame((await connector.readAll()).objects, [], 'a plan sends nothing');
    await within(folder, async (db) => {
      const audited = await auditedUnder(db, 'directory.planned');
      t.match(audited, [
        { actor_role: 'system', agency_id: JC },
        { actor_role: 'system', agency_id: KC },
      ]);
      const kept = db.selectFrom('directory_change').select('item_name').where('reason', '=', 'plan');
      t.ok(
        (await kept.execute()).some(({ item_name }) => item_name === first.primary_email),
        'the page shows it, too',
      );
    });

    const alone = await command('apply', '--agency', 'jc');
    t.match(alone, { code: 0, err: '', out: /changes 0, refused 0, held 0\n$/ });
    await within(folder, async (db) => {
      t.match(await auditedUnder(db, 'directory.agreed'), [{ actor_role: 'system', agency_id: JC }]);
      t.match(await auditedUnder(db, 'directory.applied'), [{ agency_id: JC, after: '{"brake_released":false}' }]);
    });
    const rest = await command('plan', '--json');
    t.strictSame(
      [...new Set(JSON.parse(rest.out).changes.map(({ agency }: { agency: string }) => agency))],
      ['KC', ''],
      'what is left is of the other agency, and in groups of both',
    );
    t.match(await command('apply'), { code: 0 });
    t.match(await command('plan'), { code: 0, err: '', out: 'changes 0, refused 0, held 0\n' });
    t.match(await command('check'), { code: 0, err: '' });

    const guids = await within(folder, (db) =>
      db
        .selectFrom('directory_object')
        .select(['guid', 'item_id'])
        .where('item_type', '=', 'mailbox')
        .where(
          'item_id',
          'in',
          officers.map(({ id }) => id),
        )
        .execute(),
    );
    for (const { guid, item_id } of guids) {
      const of = { type: 'mailbox', id: Number(item_id) } as const;
      await connector.setPassword(guid ?? '', 'Kuning#Langit77');
      await connector.carryOut({ action: 'open', guid, of }, () => null);
      if (Number(item_id) === first.id)
        await connector.carryOut({ action: 'update', guid, of, field: 'title', from: [], to: ['Raja'] }, () => null);
    }
    const checked = await command('check', '--json');
    t.equal(checked.code, 1);
    const { differences } = JSON.parse(checked.out);
    t.match(
      differences.find(({ field }: { field: string }) => field === 'title'),
      { object: first.primary_email, wanted: '', found: 'Raja' },
    );
    t.match((await command('check')).out, `${first.primary_email}: title: wanted "", found "Raja"\n`);
    const held = await command('apply');
    t.match(held, {
      code: 1,
      err: /^Not everything is in the directory/,
      out: /tutup\.0@jabatan\.test {2}close \(held\)/,
    });
    t.match(held.out, /held 12, close 12\n$/);
    t.notMatch(held.out, 'title', 'the harmless one was put back');
    const areOpen = async () => {
      const known = new Set(guids.map(({ guid }) => guid));
      const { objects } = await connector.readAll();
      return objects.filter(({ guid }) => known.has(guid)).map(({ isOpen }) => isOpen);
    };
    t.strictSame(await areOpen(), Array(12).fill(true), 'none of those that were opened by hand is closed');
    await within(folder, async (db) => {
      const { accounts } = await db
        .selectFrom('mailbox')
        .select((eb) => eb.fn.countAll<number>().as('accounts'))
        .where('agency_id', '=', JC)
        .executeTakeFirstOrThrow();
      t.ok(12 / accounts >= 0.3, `12 of ${accounts} accounts`);
      const told = db.selectFrom('outbox').select('to_address').where('mail', '=', 'directory-held');
      t.equal((await told.execute()).length > 0, true, 'the helpdesk is told');
    });
    t.match(await command('apply', '--force'), { code: 0, out: /changes 0/ });
    t.strictSame(await areOpen(), Array(12).fill(false), 'forced, all are closed');
    await within(folder, async (db) => {
      const audited = await auditedUnder(db, 'directory.applied');
      t.match(audited.slice(-2), [{ after: '{"brake_released":true}' }, { after: '{"brake_released":true}' }]);
    });

    await within(folder, (db) =>
      db
        .updateTable('mailbox')
        .set({ mobile_phone: '0'.repeat(80) })
        .where('id', '=', first.id)
        .execute(),
    );
    const refused = await command('apply');
    t.match(refused, { code: 1, out: /tutup\.0@jabatan\.test: refused: .*Mobile telephone has 80/ });
    t.match(await command('retry', '--agency', 'KC'), { code: 0, out: 'Tried again with the next look: 0.\n' });
    t.match(await command('retry', '--agency', 'JC'), { code: 0, out: 'Tried again with the next look: 1.\n' });
    await within(folder, async (db) => {
      t.match(await auditedUnder(db, 'directory.retried'), [{ agency_id: JC, after: '{"objects":1}' }]);
    });
  });
}
