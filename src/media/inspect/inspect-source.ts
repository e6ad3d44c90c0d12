import type { MediaSettings } from '../config.ts';
import { invalidMedia, unsupportedImage } from '../errors.ts';
import { checkJpegCoding } from '../image/check-jpeg.ts';
import { checkImageBytes, checkImageSize } from '../image/check-limits.ts';
import { checkImageMemory } from '../image/check-memory.ts';
import { readHeader } from '../image/read-header.ts';
import type { ClipHeader, ImageHeader, SourceHeader } from '../schema.ts';
import { type Sniffed, sniffFormat } from '../sniff-format.ts';
import type { ClipRules, MediaFile, MediaSource } from '../sources.ts';
import { checkClipBytes, checkClipRules, listElementClipRules } from '../video/check-limits.ts';
import { readHead } from './read-head.ts';

/**
 * Decides by bytes what a source is and checks every rule that its header can tell; decodes nothing. Runs in a child
 * process. Throws the `AppError` of the first broken rule.
 */
export async function inspectSource(source: MediaSource | MediaFile, settings: MediaSettings): Promise<SourceHeader> {
  const sniffed = sniffFormat(await readHead(source.path));
  const clipRules = chooseClipRules(source, settings);
  return clipRules === null
    ? inspectImage(source, sniffed, settings)
    : inspectClip(source, sniffed, clipRules, settings);
}

function chooseClipRules(source: MediaSource | MediaFile, settings: MediaSettings): ClipRules | null {
  if ('role' in source) return source.role === 'refer_video' ? listElementClipRules(settings) : null;
  return source.kind === 'clip' ? source.clip_rules : null;
}

type Located = Omit<MediaSource, 'role'>;

async function inspectImage(
  source: MediaSource | MediaFile,
  sniffed: Sniffed,
  settings: MediaSettings,
): Promise<ImageHeader> {
  if (sniffed.kind !== 'image') {
    const advice = 'shows' in sniffed && sniffed.shows === 'picture' ? '; export it as JPEG or PNG' : '';
    throw unsupportedImage(source.param, sniffed.what, `a JPG, JPEG or PNG image${advice}`);
  }
  const { bytesMax: imageBytesMax = settings.imageBytesMax } = source as { bytesMax?: number };
  checkImageBytes(source.bytes, source.param, { imageBytesMax });
  if (sniffed.format === 'jpeg') await checkJpegCoding(source);
  const header = await readHeader(source, sniffed.format);
  checkImageSize(header, source.param, settings);
  // What no element is made of is only looked at here.
  if ('role' in source) await checkImageMemory(source, header, settings);
  return { ...header, ...source.conversion };
}

async function inspectClip(
  source: Located,
  sniffed: Sniffed,
  rules: ClipRules,
  settings: MediaSettings,
): Promise<ClipHeader> {
  const formats = listWords(rules.formats.map((format) => format.toUpperCase()));
  if (sniffed.kind !== 'clip') {
    const advice = 'shows' in sniffed && sniffed.shows === 'clip' ? '; export it as MP4 with H.264' : '';
    throw invalidMedia(source.param, `is ${sniffed.what}, expected an ${formats} video${advice}`);
  }
  checkClipBytes(source.bytes, source.param, rules);
  // Loaded at its first use: a child that only sees pictures starts without it.
  const { readContainer } = await import('../video/read-container.ts');
  const header = await readContainer(source, sniffed.format, settings);
  if (!rules.formats.includes(header.format)) {
    throw invalidMedia(source.param, `is a ${header.format.toUpperCase()} video, expected ${formats}`);
  }
  checkClipRules(header, source.param, rules, settings);
  return header;
}

function listWords(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
