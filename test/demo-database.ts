import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { migrate, openSqlite, queryBuilder } from '../src/data/database.ts';
import { seedDemo } from '../src/demo/seed.ts';

const ROOT = join(import.meta.dirname, '..');
const CACHE = join(ROOT, 'node_modules/.cache/ipms-test');

/**
 * A migrated database with the demo data as of `now`, sealed with `auditKey`, its passwords hashed at cost 4. Seeding
 * takes seconds, and each test file is a process of its own: what one has made is kept for all of them, under the hash
 * of the sources that made it.
 */
export async function demoDatabase(auditKey: Buffer, now: Date): Promise<Buffer> {
  const file = join(CACHE, `${sourcesHash(auditKey, now)}.db`);
  if (existsSync(file)) return readFileSync(file);
  const sqlite = openSqlite(':memory:', auditKey);
  const db = queryBuilder(sqlite);
  await migrate(db);
  await seedDemo(db, 4, now);
  const made = sqlite.serialize();
  await db.destroy();
  keep(file, made);
  return made;
}

function sourcesHash(auditKey: Buffer, now: Date) {
  const hash = createHash('sha256').update(auditKey).update(now.toISOString()).update(process.version);
  for (const folder of ['src', 'migrations'])
    for (const file of readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).sort())
      if (file.endsWith('.ts')) hash.update(`\n${folder}/${file}\n`).update(readFileSync(join(ROOT, folder, file)));
  return hash.update(readFileSync(join(ROOT, 'package-lock.json'))).digest('hex');
}

/** Two processes may make it at once: whoever is last puts the same in its place. What other sources made goes. */
function keep(file: string, made: Buffer) {
  mkdirSync(CACHE, { recursive: true });
  for (const old of readdirSync(CACHE)) if (old.endsWith('.db')) rmSync(join(CACHE, old), { force: true });
  const unfinished = `${file}.${randomUUID()}`;
  writeFileSync(unfinished, made);
  renameSync(unfinished, file);
}
