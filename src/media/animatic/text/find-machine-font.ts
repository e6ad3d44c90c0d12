import { readdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import opentype, { type Font } from 'opentype.js';
import { unpackCollection } from './unpack-collection.ts';

/** Where systems keep their fonts. */
const folders = [
  '/usr/share/fonts',
  '/usr/local/share/fonts',
  join(homedir(), '.fonts'),
  join(homedir(), '.local/share/fonts'),
  '/System/Library/Fonts',
  '/Library/Fonts',
  'C:\\Windows\\Fonts',
];

/**
 * Files that are tried, best first: fonts of many scripts. Any other font is left alone, since reading hundreds of them
 * would take longer than the video.
 */
const known = [
  /^NotoSansCJK(sc|jp|kr|tc)?-(Regular|Medium)\.(ttc|otf)$/i,
  /^SourceHanSans.*-(Regular|Medium)\.(ttc|otf)$/i,
  /^(wqy-zenhei|wqy-microhei|uming|ukai)\.ttc$/i,
  /^DroidSansFallback(Full)?\.ttf$/i,
  /^(PingFang|Hiragino Sans GB|AppleSDGothicNeo)\.ttc$/i,
  /^Arial Unicode\.ttf$/i,
  /^(msyh|YuGothM|malgun)\.tt[cf]$/i,
  /^NotoSans-Regular\.ttf$/i,
  /^NotoSansSymbols2?-Regular\.ttf$/i,
  /^DejaVuSans\.ttf$/i,
];

/** Larger files than any known font; what is larger is none. */
const fontBytesMax = 64 * 2 ** 20;

/** The font of this machine that has most of these characters; null when no known font has any. */
export async function findMachineFont(characters: readonly string[]): Promise<Font | null> {
  let best: { font: Font; count: number } | null = null;
  for (const path of await listKnownFonts()) {
    const font = await readFont(path);
    if (font === null) continue;
    const count = characters.filter((character) => font.charToGlyphIndex(character) !== 0).length;
    if (count > (best?.count ?? 0)) best = { font, count };
    if (count === characters.length) break;
  }
  return best?.font ?? null;
}

async function listKnownFonts(): Promise<string[]> {
  const found: { path: string; rank: number }[] = [];
  for (const folder of folders) {
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])) {
      const rank = known.findIndex((pattern) => pattern.test(entry.name));
      if (rank !== -1) found.push({ path: join(entry.parentPath, entry.name), rank });
    }
  }
  return found
    .sort((one, other) => one.rank - other.rank || (one.path < other.path ? -1 : 1))
    .map(({ path }) => path)
    .slice(0, known.length);
}

/** Null for a file that isn't a font that can be read. */
async function readFont(path: string): Promise<Font | null> {
  try {
    const bytes = await readFile(path);
    return bytes.length > fontBytesMax ? null : opentype.parse(unpackCollection(bytes));
  } catch {
    return null;
  }
}
