export type FileType = 'application/pdf' | 'image/jpeg' | 'image/png';

/** What each type's files end in. */
export const ENDINGS: Record<FileType, readonly [usual: string, ...others: string[]]> = {
  'application/pdf': ['.pdf'],
  'image/jpeg': ['.jpg', '.jpeg'],
  'image/png': ['.png'],
};

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const PDF_END = Buffer.from('%%EOF');
/** So many bytes of its end are looked at: writers leave line ends, some NULs or an end of file (Ctrl+Z), after the last mark. */
const PDF_TAIL = 1024;
/** None of these codes and the ones before it is anything of a document. */
const SPACE = 0x20;
/** What a segment of a JPEG begins with. */
const MARKER = 0xff;
const [START_OF_SCAN, END_OF_IMAGE] = [0xda, 0xd9];

/**
 * What a file is by its bytes, whatever its name or its sender says.
 * @returns its type and whether its end is there; null for anything that is no PDF, JPEG or PNG
 */
export function fileTypeOf(bytes: Buffer): { type: FileType; isWhole: boolean } | null {
  if (bytes.subarray(0, 5).equals(Buffer.from('%PDF-'))) return { type: 'application/pdf', isWhole: isWholePdf(bytes) };
  if (bytes.subarray(0, PNG.length).equals(PNG)) return { type: 'image/png', isWhole: isWholePng(bytes) };
  if (bytes[0] === MARKER && bytes[1] === 0xd8 && bytes[2] === MARKER)
    return { type: 'image/jpeg', isWhole: isWholeJpeg(bytes) };
  return null;
}

/** A PDF that was changed has an end mark for each time: the last one counts only where nothing of the next change follows it. */
function isWholePdf(bytes: Buffer) {
  const tail = bytes.subarray(-PDF_TAIL);
  const at = tail.lastIndexOf(PDF_END);
  return at >= 0 && tail.subarray(at + PDF_END.length).every((byte) => byte <= SPACE);
}

/** A PNG is pieces, each with its length before it; the last one is called IEND. */
function isWholePng(bytes: Buffer) {
  for (let at = PNG.length; at + 12 <= bytes.length; at += 12 + bytes.readUInt32BE(at))
    if (bytes.toString('latin1', at + 4, at + 8) === 'IEND') return true;
  return false;
}

/** The end mark counts only after the picture has begun: the small picture that cameras put before it has one of its own. */
function isWholeJpeg(bytes: Buffer) {
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === MARKER) {
    if (bytes[at + 1] === START_OF_SCAN) return bytes.includes(Buffer.from([MARKER, END_OF_IMAGE]), at);
    at += bytes[at + 1] === MARKER ? 1 : 2 + bytes.readUInt16BE(at + 2);
  }
  return false;
}
