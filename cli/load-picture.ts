import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UsageError } from './arguments.ts';

const videoName = /\.(mp4|mov|m4v|webm|mkv|avi)$/i;

/**
 * What to send for a picture that was named on the command line: a URL or a stored file (`file:FILE_ID`) as it is, a local
 * file as a `data:` URL. Throws
 * `UsageError` for a file that can't be read or is neither JPEG nor PNG by its first bytes.
 */
export async function loadPicture(word: string, folder: string): Promise<string> {
  if (isUrl(word)) return word;
  if (videoName.test(word)) throw videoMustBeUrl(word);
  const bytes = await readFile(resolve(folder, word)).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${word} can not be read (${error.code})`);
  });
  const type = sniffType(bytes);
  if (type === null) throw new UsageError(`${word} is neither a JPEG nor a PNG picture`);
  return `data:${type};base64,${bytes.toString('base64')}`;
}

/** The URL of a video, or a stored file. Throws `UsageError` for a local file, with the way to do it. */
export function parseVideoUrl(word: string): string {
  if (!isUrl(word)) throw videoMustBeUrl(word);
  return word;
}

function videoMustBeUrl(word: string): UsageError {
  return new UsageError(
    `${word}: the API takes a video as an http or https URL that the server can fetch, or as a stored file: ` +
      `troupe files upload ${word} first, then --video file:FILE_ID`,
  );
}

function isUrl(word: string): boolean {
  return /^(https?:\/\/|file:file_)/i.test(word);
}

function sniffType(bytes: Buffer): string | null {
  if (bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return 'image/jpeg';
  if (bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))) return 'image/png';
  return null;
}
