import { Attribute, Change as Modification } from 'ldapts';
import { t } from 'tap';
import { UNSET } from '../../src/data/act.ts';
import { agenciesOf } from '../../src/directory/comparing.ts';
import { fieldOf, markOf, objectOf } from '../../src/directory/objects.ts';
import { inWords } from '../../src/directory/open-changes.ts';
import { openPasses } from '../../src/directory/pass.ts';
import { claimWork, endWork } from '../../src/directory/work.ts';
import { secrets, startIpms } from '../helper.ts';
import { startLab } from '../lab/lab.ts';
import { makeFilling, planNow } from './filling.ts';
import { follow } from './follower.ts';

const FOREIGN = ['description', 'wWWHomePage', 'homePhone'];

const lab = await startLab(t);
if (lab !== null) {
  t.test('200 changes by hand are named field by field, and put back; a plan touches nothing', async (t) => {
    const ipms = await startIpms(t);
    const { officers, lists } = await makeFilling(ipms, 62);
    const settings = await lab.part();
    const { settle, directory } = follow(t, ipms, settings);
    await settle();
    const people = `OU=Pengguna,OU=JC,${settings.baseDn}`;
    const dnOf = (index: number) => `CN=uji.${index},${people}`;
    const { admin } = lab;
    const change = (dn: string, type: string, values: string[], operation: 'replace' | 'delete' = 'replace') =>
      admin.modify(dn, new Modification({ operation, modification: new Attribute({ type, values }) }));

    // what belongs to others
    await admin.add(`CN=Orang Lain,${people}`, { objectClass: 'user', sAMAccountName: 'orang.lain', title: 'Tamu' });
    await admin.add(`CN=Pencetak,OU=JC,${settings.baseDn}`, { objectClass: 'group', member: dnOf(0) });
    for (let index = 0; index < 10; index += 1)
      for (const field of FOREIGN) await change(dnOf(index), field, [`${field} ‘${index}’`]);
    const foreign = async () => {
      const filter = '(|(sAMAccountName=orang.lain)(cn=Pencetak)(sAMAccountName=uji.*))';
      const options = { filter, attributes: ['sAMAccountName', 'objectGUID', 'whenChanged', 'title', ...FOREIGN] };
      const { searchEntries } = await admin.search(settings.baseDn, { ...options, explicitBufferAttributes: FOREIGN });
      return searchEntries
        .filter((entry) => !/^uji\.6/.test(String(entry.sAMAccountName)))
        .toSorted((a, b) => String(a.sAMAccountName).localeCompare(String(b.sAMAccountName)))
        .map(({ dn, whenChanged, title, objectGUID: _guid, ...own }) =>
          String(own.sAMAccountName).startsWith('uji.') ? own : { ...own, dn, whenChanged, title },
        );
    };
    const before = await foreign();

    const wanted: string[] = [];
    const mark = (index: number) => markOf({ type: 'mailbox', id: officers[index]?.id ?? 0 });
    for (let index = 0; index < 60; index += 1) {
      for (const field of ['title', 'department']) {
        await change(dnOf(index), field, [`Tangan ${index}`]);
        wanted.push(`update ${mark(index)} ${field}`);
      }
      if (index >= 40) {
        await change(dnOf(index), 'telephoneNumber', ['999']);
        wanted.push(`update ${mark(index)} telephoneNumber`);
      }
      if (index < 3) {
        await change(dnOf(index), 'userAccountControl', ['514']);
        wanted.push(`open ${mark(index)} `);
      }
    }
    const gone = officers.slice(5, 20).map(({ login_id }) => `CN=${login_id},${people}`);
    const senarai = `OU=Senarai,OU=JC,${settings.baseDn}`;
    await change(`CN=semua.pegawai,${senarai}`, 'member', gone, 'delete');
    for (let index = 0; index < 20; index += 1) {
      await admin.modifyDN(dnOf(index), `CN=tangan ${index},${people}`);
      wanted.push(`rename ${mark(index)} `);
      await admin.modifyDN(dnOf(20 + index), `CN=uji.${20 + index},OU=JC,${settings.baseDn}`);
      wanted.push(`move ${mark(20 + index)} `);
    }
    for (const index of [60, 61]) {
      await admin.del(dnOf(index));
      wanted.push(`create ${mark(index)} `);
    }
    t.equal(wanted.length + gone.length, 200);

    const sequence = async () => {
      const { searchEntries } = await admin.search('', { scope: 'base', attributes: ['highestCommittedUSN'] });
      return searchEntries[0]?.highestCommittedUSN;
    };
    const untouched = await sequence();
    const { changes, names } = await planNow(ipms, settings);
    t.equal(await sequence(), untouched, 'a plan touches nothing');
    const found = changes.map((each) => `${each.action} ${markOf(objectOf(each))} ${fieldOf(each)}`);
    t.strictSame(
      wanted.filter((each) => !found.includes(each)),
      [],
      'each is named',
    );
    const list = changes.find((each) => markOf(objectOf(each)) === `ipms:group:${lists[0]}`);
    const lost = officers.slice(5, 20).map((officer) => officer.primary_email);
    for (const address of lost) t.match(list && inWords(list, names).to_text, address);

    const passes = openPasses({
      db: ipms.db,
      directory,
      passwordKey: secrets.passwords,
      signInSuffix: null,
      brake: settings.brake,
      told: UNSET,
      clock: () => ipms.clock.now,
      holder: 'hand',
    });
    await claimWork(ipms.db, 'hand', ipms.clock.now);
    await passes.look(true);
    const agencies = (await agenciesOf(ipms.db)).filter(({ directory_mode }) => directory_mode === 'live');
    const outcome = await passes.pass({ agencies, isShared: true }, 'everything', true);
    await endWork(ipms.db, 'hand', {});
    t.match(outcome, { refused: 0, held: 0, left: 0 });
    t.strictSame((await planNow(ipms, settings)).changes, []);
    t.strictSame(await foreign(), before, 'what belongs to others is as it was');
  });
}
