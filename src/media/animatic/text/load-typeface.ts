import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import opentype, { type Font } from 'opentype.js';
import type { TextWeight } from '../asset.ts';
import { findMachineFont } from './find-machine-font.ts';

/**
 * The letters of one weight: Inter, which comes with the program and is cut into files by script, then one font of the
 * machine for what it lacks. No font of the machine is needed for Latin, Greek and Cyrillic.
 */
export interface Typeface {
  /** The font that has this character; null when none has, or when its script can't be set letter by letter. */
  fontOf(character: string): Font | null;
}

/** Inter's files in the order in which they are asked, the most used first. */
const scripts = ['latin', 'latin-ext', 'cyrillic', 'greek', 'cyrillic-ext', 'greek-ext', 'vietnamese'] as const;

/**
 * Loads what the given text needs, and no more. Scripts whose letters join, reorder or run leftwards need a shaping
 * engine, which this program doesn't have: their characters have no font, rather than one that shows them wrongly.
 */
export async function loadTypeface(weight: TextWeight, text: string): Promise<Typeface> {
  const fonts: Font[] = [];
  let missing = [...new Set(text)].filter((character) => !needsShaping.test(character));
  const take = (font: Font) => {
    fonts.push(font);
    missing = missing.filter((character) => font.charToGlyphIndex(character) === 0);
  };
  for (const script of scripts) if (fonts.length === 0 || missing.length > 0) take(await loadOwn(script, weight));
  const other = missing.length === 0 ? null : await findMachineFont(missing);
  if (other !== null) take(other);
  return {
    fontOf: (character) =>
      needsShaping.test(character) ? null : (fonts.find((font) => font.charToGlyphIndex(character) !== 0) ?? null),
  };
}

const needsShaping =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Thai}\p{Script=Lao}\p{Script=Tibetan}\p{Script=Myanmar}\p{Script=Khmer}\p{Script=Mongolian}]/u;

const loaded = new Map<string, Promise<Font>>();

function loadOwn(script: (typeof scripts)[number], weight: TextWeight): Promise<Font> {
  const name = `@fontsource/inter/files/inter-${script}-${weight}-normal.woff`;
  const font = loaded.get(name) ?? readFile(createRequire(import.meta.url).resolve(name)).then(parse);
  loaded.set(name, font);
  return font;
}

function parse(bytes: Buffer): Font {
  return opentype.parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer);
}
