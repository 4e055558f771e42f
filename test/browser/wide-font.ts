import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { unpackWoff } from '../../src/paper/woff.ts';

const FILES = join(import.meta.dirname, '../../node_modules/@fontsource/dejavu-sans/files');

/**
 * A folder with a font configuration that knows nothing but DejaVu Sans, as wide as Verdana: a page that has room in it
 * has room in what people's machines have, and the tests say the same on every machine.
 */
export function wideFonts() {
  const folder = mkdtempSync(join(tmpdir(), 'ipms-fonts-'));
  const fonts = join(folder, 'fonts');
  mkdirSync(fonts);
  for (const weight of [400, 700]) {
    const packed = readFileSync(join(FILES, `dejavu-sans-latin-${weight}-normal.woff`));
    writeFileSync(join(fonts, `${weight}.ttf`), unpackWoff(packed));
  }
  const configuration = join(folder, 'fonts.conf');
  writeFileSync(
    configuration,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${fonts}</dir><cachedir>${folder}/cache</cachedir></fontconfig>`,
  );
  return { configuration, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Does the browser write with the wide font, whatever a page asks for? */
export function isWide(page: Page) {
  return page.evaluate<boolean>(`(() => {
    const context = document.createElement('canvas').getContext('2d');
    return ['system-ui', 'Arial', 'monospace'].every((font) => {
      context.font = '700 100px ' + font;
      return Math.abs(context.measureText('Dinyahaktifkan').width - 850) < 10;
    });
  })()`);
}
