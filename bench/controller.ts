// A domain controller as strict as Windows's, in a process of its own: what it computes is no work of IPMS.
import { on } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Attribute, Change } from 'ldapts';
import { type Lab, startController } from '../test/lab/lab.ts';

/** Where the domain is that the controller keeps, or why there is none. */
export type Ready = { why: string } | { settings: Record<string, string> };
/** What it is asked to do: to answer nothing, to go on, or to lose members of a list behind the connector's back. */
export type Order = { order: 'hang' | 'goOn' | 'end' } | { order: 'loseMembers'; list: number; count: number };

const [folder = ''] = process.argv.slice(2);
const ends: (() => Promise<void>)[] = [];
const started = await startController((end) => ends.push(end));
if ('why' in started) process.send?.({ why: started.why } satisfies Ready);
else await obey(started);

async function obey(lab: Lab) {
  const { urls, baseDn, bindDn, passwordFile, ca } = await lab.part();
  const caFile = join(folder, 'ca.pem');
  writeFileSync(caFile, ca ?? '');
  process.send?.({
    settings: {
      IPMS_LDAP_URL: urls.join(' '),
      IPMS_LDAP_BASE_DN: baseDn,
      IPMS_LDAP_BIND_DN: bindDn,
      IPMS_LDAP_PASSWORD_FILE: passwordFile,
      IPMS_LDAP_CA_FILE: caFile,
    },
  } satisfies Ready);
  for await (const [order] of on(process, 'message') as AsyncIterable<[Order]>) {
    if (order.order === 'end') break;
    if (order.order === 'loseMembers') await loseMembers(lab, baseDn, order);
    else if (order.order === 'hang') lab.hang();
    else lab.goOn();
    process.send?.('done');
  }
  for (const end of ends) await end();
  process.disconnect();
}

async function loseMembers({ admin }: Lab, baseDn: string, { list, count }: { list: number; count: number }) {
  const asked = { filter: `(info=ipms:group:${list})`, attributes: ['member'] };
  const [entry] = (await admin.search(baseDn, asked)).searchEntries;
  const members = [entry?.member ?? []].flat().map(String).slice(0, count);
  const modification = new Attribute({ type: 'member', values: members });
  await admin.modify(entry?.dn ?? '', new Change({ operation: 'delete', modification }));
}
