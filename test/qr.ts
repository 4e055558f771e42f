import jsqr from 'jsqr';

/** Paints a drawing of rectangles black on white, some dots a unit, and reads it as a camera does. */
export function readQr(viewBox: string, path: string) {
  const DOTS = 4;
  const [left = 0, top = 0, width = 0, height = 0] = viewBox.split(' ').map(Number);
  const dots = new Uint8ClampedArray(width * DOTS * height * DOTS * 4).fill(255);
  for (const [, ...numbers] of path.matchAll(/M(\d+) (\d+)h(\d+)v(\d+)h-\3z/g)) {
    const [x = 0, y = 0, wide = 0, high = 0] = numbers.map(Number);
    for (let row = (y - top) * DOTS; row < (y + high - top) * DOTS; row += 1)
      for (let column = (x - left) * DOTS; column < (x + wide - left) * DOTS; column += 1)
        dots.fill(0, (row * width * DOTS + column) * 4, (row * width * DOTS + column) * 4 + 3);
  }
  return jsqr.default(dots, width * DOTS, height * DOTS)?.data;
}
