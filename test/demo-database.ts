import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { migrate, openSqlite, queryBuilder } from '../src/data/database.ts';
import { seedDemo } from '../src/demo/seed.ts';

const ROOT = join(import.meta.dirname, '..');
const CACHE = join(ROOT, 'node_modules/.cache/ipms-test');
/** Those that this process has read or made already, by name and what they are of. */
const known = new Map<string, Promise<Buffer>>();

/**
 * A migrated database with the demo data as of `now`, sealed with `auditKey`, its passwords hashed at cost 4.
 * @param name of one name, the one that was asked for last is kept
 */
export function demoDatabase(auditKey: Buffer, now: Date, name = 'demo'): Promise<Buffer> {
  return kept(name, `${auditKey.toString('hex')} ${now.toISOString()}`, async () => {
    const sqlite = openSqlite(await emptyDatabase(), auditKey);
    const db = queryBuilder(sqlite);
    await seedDemo(db, 4, now);
    const made = sqlite.serialize();
    await db.destroy();
    return made;
  });
}

/** A migrated database in which nothing is: no migration seals anything, so that it goes with every key. */
export function emptyDatabase(): Promise<Buffer> {
  return kept('empty', '', async () => {
    const sqlite = openSqlite(':memory:', Buffer.alloc(32));
    const db = queryBuilder(sqlite);
    await migrate(db);
    const made = sqlite.serialize();
    await db.destroy();
    return made;
  });
}

/**
 * Migrating takes half a second, seeding several, and there are many tests in several processes: what one of them has made
 * is kept for all, under the hash of the sources that made it.
 */
function kept(name: string, of: string, make: () => Promise<Buffer>): Promise<Buffer> {
  const key = `${name} ${of}`;
  const there = known.get(key) ?? readOrMake(name, of, make);
  known.set(key, there);
  return there;
}

async function readOrMake(name: string, of: string, make: () => Promise<Buffer>): Promise<Buffer> {
  const file = join(CACHE, `${name}-${sourcesHash(of)}.db`);
  if (existsSync(file)) return readFileSync(file);
  const made = await make();
  keep(name, file, made);
  return made;
}

function sourcesHash(of: string) {
  const hash = createHash('sha256').update(of).update(process.version);
  for (const folder of ['src', 'migrations'])
    for (const file of readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).sort())
      if (file.endsWith('.ts')) hash.update(`\n${folder}/${file}\n`).update(readFileSync(join(ROOT, folder, file)));
  return hash.update(readFileSync(join(ROOT, 'package-lock.json'))).digest('hex');
}

/** Two processes may make it at once: whoever is last puts the same in its place. What other sources made goes. */
function keep(name: string, file: string, made: Buffer) {
  mkdirSync(CACHE, { recursive: true });
  for (const old of readdirSync(CACHE))
    if (old.startsWith(`${name}-`) && old.endsWith('.db')) rmSync(join(CACHE, old), { force: true });
  const unfinished = `${file}.${randomUUID()}`;
  writeFileSync(unfinished, made);
  renameSync(unfinished, file);
}
