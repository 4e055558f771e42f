/** A QR code as one path, a square a unit; without the quiet zone that has to be around it. */
export type QrCode = { size: number; path: string };

/** ISO/IEC 18004, error correction level M. What draws it is loaded with the first one. */
export async function qrCode(text: string): Promise<QrCode> {
  const { create } = (await import('qrcode')).default;
  const { size, data } = create(text, { errorCorrectionLevel: 'M' }).modules;
  const rows = Array.from({ length: size }, (_, y) => data.subarray(y * size, (y + 1) * size));
  return { size, path: rows.map((row, y) => runsOf(row, y)).join('') };
}

/** The dark squares of a row, those side by side as one. */
function runsOf(row: Uint8Array, y: number) {
  let path = '';
  for (let x = 0; x < row.length; x += 1) {
    const from = x;
    while (row[x] === 1) x += 1;
    if (x > from) path += `M${from} ${y}h${x - from}v1h-${x - from}z`;
  }
  return path;
}
