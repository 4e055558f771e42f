import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Puts a key, its certificate for an address, and the authority that signed it into a folder: `key`, `cert`, `ca`.
 * @returns the authority's certificate
 */
export function makeCertificates(folder: string, address: string) {
  const openssl = (...args: string[]) =>
    execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '30'];
  const authority = ['-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign'];
  openssl(
    'req',
    '-x509',
    ...newKey,
    '-subj',
    `/CN=Lab ${randomUUID()}`,
    '-keyout',
    'ca.key',
    '-out',
    'ca',
    ...authority,
  );
  openssl(
    'req',
    '-x509',
    '-CA',
    'ca',
    '-CAkey',
    'ca.key',
    ...newKey,
    '-subj',
    '/CN=dc1.agensi.test',
    '-keyout',
    'key',
    '-out',
    'cert',
    '-addext',
    `subjectAltName=IP:${address}`,
    '-addext',
    'basicConstraints=critical,CA:FALSE',
  );
  return readFileSync(join(folder, 'ca'), 'utf8');
}
