import type { Font, PathCommand } from 'opentype.js';
import type { TextWeight } from '../asset.ts';
import { loadTypeface, type Typeface } from './load-typeface.ts';

/** Measures and outlines lines of text in the fonts that were loaded for it. */
export interface Typesetter {
  /** Width of a line in pixels, `trackingPx` behind each letter included. */
  measure(line: string, style: TextStyle): number;
  /** Outlines of a line whose baseline begins at `x`, `y`. */
  outline(line: string, style: TextStyle, x: number, y: number): PathCommand[];
  /** The text with what no font has left out, and runs of white space as one space. */
  clean(text: string): string;
  /** Height of capital letters against the size, for centring: Inter's. */
  readonly capHeight: number;
}

interface TextStyle {
  weight: TextWeight;
  sizePx: number;
  trackingPx: number;
}

/** Loads the fonts for all `texts` together. */
export async function createTypesetter(texts: readonly string[]): Promise<Typesetter> {
  const all = texts.join(' ');
  const faces: Record<TextWeight, Typeface> = { 500: await loadTypeface(500, all), 600: await loadTypeface(600, all) };
  return {
    measure: (line, style) => walk(faces[style.weight], line, style, () => undefined),
    outline(line, style, x, y) {
      const commands: PathCommand[] = [];
      walk(faces[style.weight], line, style, (font, character, at) => {
        commands.push(...font.charToGlyph(character).getPath(x + at, y, style.sizePx).commands);
      });
      return commands;
    },
    clean: (text) =>
      [...text.replace(/\s+/gu, ' ')]
        .filter((character) => faces[500].fontOf(character) !== null)
        .join('')
        .replace(/ {2,}/g, ' ')
        .trim(),
    capHeight: 0.727,
  };
}

/** Goes over the letters of a line and answers its width; pairs of one font are kerned. */
function walk(
  face: Typeface,
  line: string,
  { sizePx, trackingPx }: TextStyle,
  visit: (font: Font, character: string, x: number) => void,
): number {
  let x = 0;
  let last: { font: Font; character: string } | undefined;
  for (const character of line) {
    const font = face.fontOf(character);
    if (font === null) continue;
    const scale = sizePx / font.unitsPerEm;
    const glyph = font.charToGlyph(character);
    if (last?.font === font) x += font.getKerningValue(font.charToGlyph(last.character), glyph) * scale;
    visit(font, character, x);
    x += (glyph.advanceWidth ?? 0) * scale + trackingPx;
    last = { font, character };
  }
  return x;
}
