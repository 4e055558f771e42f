import { setImmediate as turn } from 'node:timers/promises';
import { RuleBroken } from '../base/errors.ts';
import { ENDINGS, type FileType } from '../base/file-type.ts';
import type { Act } from '../data/act.ts';
import type { Db, Trx } from '../data/database.ts';
import type { Sop } from '../sop/index.ts';
import { type Attachment, attachmentsOf, type Holder } from './attachment-queries.ts';
import { audit } from './audit.ts';
import { type Item, userItem } from './items.ts';

/** A file as it came: its name is for show, its type was read from its bytes. */
export type ReceivedFile = { name: string; type: FileType; bytes: Buffer; sha256: string };
/** One whose bytes go into the database under the number that it will have. */
export type AttachedFile = ReceivedFile & { id: number };

/** So many files may one thing hold. */
export const MOST_ATTACHED = 5;

/** The bytes of a file are kept in pieces of so many: each is written by itself, and the disk has it in hundredths of a second. */
const PIECE = 1024 * 1024;

/**
 * Writes the bytes of files before the act that they will belong to, piece by piece: others have their turn in between. What
 * the work does not take over is taken out again.
 * @param note is told why that could not be: the next start takes out what is left then, and after a kill
 */
export async function bringFiles<T>(
  db: Db,
  files: readonly ReceivedFile[],
  work: (brought: AttachedFile[]) => Promise<T>,
  note: (error: unknown) => void,
): Promise<T> {
  const brought = await db.transaction().execute((trx) => nameUnderWay(trx, files));
  try {
    for (const file of brought) await writePieces(db, file);
    return await work(brought);
  } finally {
    await dropFiles(db, brought).catch(note); // what the work came to, or why it failed, counts for more
  }
}

/** Gives each file its number; under it alone pieces are taken. */
async function nameUnderWay(trx: Trx, files: readonly ReceivedFile[]) {
  const named: AttachedFile[] = [];
  for (const file of files) {
    const naming = trx.insertInto('file_under_way').defaultValues().returning('attachment_id');
    named.push({ ...file, id: (await naming.executeTakeFirstOrThrow()).attachment_id });
  }
  return named;
}

async function writePieces(db: Db, { id: attachment_id, bytes: whole }: AttachedFile) {
  for (let piece = 0; piece * PIECE < whole.length; piece += 1) {
    const bytes = whole.subarray(piece * PIECE, (piece + 1) * PIECE);
    await db
      .transaction()
      .execute((trx) => trx.insertInto('attachment_content').values({ attachment_id, piece, bytes }).execute());
    await turn();
  }
}

/** Takes out the bytes that no act has taken over, of some files or of all. */
export async function dropFiles(db: Db, files?: readonly Pick<AttachedFile, 'id'>[]) {
  let left = db.selectFrom('file_under_way').select('attachment_id');
  if (files !== undefined)
    left = left.where(
      'attachment_id',
      'in',
      files.map(({ id }) => id),
    );
  for (const { attachment_id } of await left.execute()) {
    const pieces = db.selectFrom('attachment_content').select('piece').where('attachment_id', '=', attachment_id);
    for (const { piece } of await pieces.execute()) {
      await db
        .deleteFrom('attachment_content')
        .where('attachment_id', '=', attachment_id)
        .where('piece', '=', piece)
        .execute();
      await turn();
    }
    await db.deleteFrom('file_under_way').where('attachment_id', '=', attachment_id).execute();
  }
}

/**
 * SOP 6.0. Files that come with a form belong to what it is about from then on: nobody changes them or takes them out.
 * @param item what the audit trail says they belong to
 * @throws RuleBroken beside `attachments` when there would be too many
 */
export async function attachFiles(act: Act, holder: Holder, item: Item, files: readonly AttachedFile[], sop?: Sop) {
  if (files.length === 0) return;
  const held = await attachmentsOf(act.trx, holder);
  if (held.length + files.length > MOST_ATTACHED)
    throw new RuleBroken('attachment.heldAlready', { most: MOST_ATTACHED, held: held.length }, 'attachments');
  for (const file of files) {
    const told = { file_name: file.name, file_size: file.bytes.length, sha256: file.sha256 };
    await act.trx
      .insertInto('attachment')
      .values({
        id: file.id,
        agency_id: item.agencyId ?? 0,
        holder: holder.kind,
        holder_id: holder.id,
        item_type: item.type,
        item_id: item.id,
        item_name: item.name,
        ...told,
        file_type: file.type,
        attached_by_name: act.actor.name,
        attached_at: act.now.toISOString(),
      })
      .execute();
    await act.trx.deleteFrom('file_under_way').where('attachment_id', '=', file.id).execute();
    await audit(act, { action: 'attachment.added', ...(sop ? { sop } : {}), item, after: told });
  }
}

/** A file that the agency's scanner called harmful was not kept: who brought it is written down. */
export async function noteHarmful(act: Act, { name, bytes, sha256 }: Pick<ReceivedFile, 'name' | 'bytes' | 'sha256'>) {
  const { userId, name: full_name, agencyId } = act.actor;
  const item: Item =
    userId === null
      ? { type: 'database', id: 1, name: 'IPMS', agencyId: null }
      : userItem({ id: userId, full_name, agency_id: agencyId });
  const after = { file_name: name, file_size: bytes.length, sha256 };
  await audit(act, { action: 'attachment.harmful', sop: '6.0', item, after });
}

/** What a record keeps of a file: sealed with it, so that another file in its place shows. */
export type FiledAttachment = Pick<Attachment, 'id' | 'file_name' | 'file_type' | 'file_size' | 'sha256'>;

/** What the record of a thing says of its files. */
export async function filedAttachments(trx: Trx, holder: Holder): Promise<FiledAttachment[]> {
  const files = await attachmentsOf(trx, holder);
  return files.map(({ id, file_name, file_type, file_size, sha256 }) => ({
    id,
    file_name,
    file_type,
    file_size,
    sha256,
  }));
}

/** A file leaves the house: who took it is written down. Each agency of a transfer has its own readings in its trail. */
export async function noteDownload(act: Act, { item_type, item_id, item_name, ...file }: Attachment) {
  const agencyId = act.actor.agencyId ?? file.agency_id;
  const after = { file_name: file.file_name, sha256: file.sha256 };
  const item = { type: item_type, id: item_id, name: item_name, agencyId };
  await audit(act, { action: 'attachment.downloaded', sop: '6.0', item, after });
}

/** A file's name with the ending of what it is: one that says another thing is not opened by another program. */
export function nameToSave({ file_name, file_type }: Pick<Attachment, 'file_name' | 'file_type'>) {
  const [usual] = ENDINGS[file_type];
  const isRight = ENDINGS[file_type].some((ending) => file_name.toLowerCase().endsWith(ending));
  return isRight ? file_name : `${file_name || 'file'}${usual}`;
}
