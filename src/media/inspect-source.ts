import { open } from 'node:fs/promises';
import type { MediaSettings } from './config.ts';
import { invalidMedia, unsupportedImage } from './errors.ts';
import { checkImageBytes, checkImageSize } from './image/check-limits.ts';
import { checkJpegScans } from './image/check-scans.ts';
import { readHeader } from './image/read-header.ts';
import type { ClipHeader, ImageHeader, SourceHeader, SourceRole } from './schema.ts';
import { type Sniffed, sniffBytes, sniffFormat } from './sniff-format.ts';
import { checkClipBytes, checkClipLimits } from './video/check-limits.ts';
import { readContainer } from './video/read-container.ts';

/** One file to look at: where it lies, how large it is, and the request field that named it. */
export interface MediaSource {
  role: SourceRole;
  param: string;
  path: string;
  bytes: number;
}

/**
 * Decides by bytes what a source is and checks every rule that its header can tell; decodes nothing. Runs in a child
 * process. Throws the `AppError` of the first broken rule.
 */
export async function inspectSource(source: MediaSource, settings: MediaSettings): Promise<SourceHeader> {
  const sniffed = sniffFormat(await readHead(source.path));
  return source.role === 'refer_video'
    ? inspectClip(source, sniffed, settings)
    : inspectImage(source, sniffed, settings);
}

async function inspectImage(source: MediaSource, sniffed: Sniffed, settings: MediaSettings): Promise<ImageHeader> {
  if (sniffed.kind !== 'image') throw unsupportedImage(source.param, sniffed.what, 'a JPG, JPEG or PNG image');
  checkImageBytes(source.bytes, source.param, settings);
  const header = await readHeader(source, sniffed.format);
  checkImageSize(header, source.param, settings);
  if (sniffed.format === 'jpeg') await checkJpegScans(source.path, source.param);
  return header;
}

async function inspectClip(source: MediaSource, sniffed: Sniffed, settings: MediaSettings): Promise<ClipHeader> {
  if (sniffed.kind !== 'clip') {
    throw invalidMedia(source.param, `is ${sniffed.what}, expected an MP4, MOV or WEBM video`);
  }
  checkClipBytes(source.bytes, source.param, settings);
  const header = await readContainer(source, sniffed.format);
  checkClipLimits(header, source.param, settings);
  return header;
}

async function readHead(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(sniffBytes), 0, sniffBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
