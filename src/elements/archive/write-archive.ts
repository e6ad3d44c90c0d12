import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { type ArchivedElement, archiveEntries, filesFolder, readme } from './archive-format.ts';

export interface ArchiveFile {
  name: string;
  sizeBytes: number;
  sha256: Buffer;
  /** Called when it's its turn: only one file is open at a time. */
  open(): Promise<Readable>;
}

export interface WrittenArchive {
  /** Fails where a file can't be read, so that nobody takes half an archive for a whole one. */
  stream: Readable;
  sizeBytes: number;
}

/**
 * Streams the archive of an element. The same element gives the same bytes. Files are stored as they are: pictures don't
 * get smaller by packing, and so the size is known before the first byte.
 */
export async function writeArchive(element: ArchivedElement, files: readonly ArchiveFile[]): Promise<WrittenArchive> {
  const texts = [
    { path: archiveEntries.readme, bytes: Buffer.from(readme) },
    { path: archiveEntries.element, bytes: Buffer.from(`${JSON.stringify(element, null, 2)}\n`) },
  ];
  const sums = [
    ...texts.map(({ path, bytes }) => `${createHash('sha256').update(bytes).digest('hex')}  ${path}\n`),
    ...files.map(({ name, sha256 }) => `${sha256.toString('hex')}  ${filesFolder}${name}\n`),
  ].join('');
  const zip = new ZipFile();
  const stream = zip.outputStream as unknown as Readable;
  zip.on('error', (error: Error) => stream.destroy(error));
  const options = { mtime: new Date(element.created_at), mode: 0o100644, compress: false, forceDosTimestamp: true };
  for (const { path, bytes } of [...texts, { path: archiveEntries.sums, bytes: Buffer.from(sums) }]) {
    zip.addBuffer(bytes, path, options);
  }
  for (const { name, sizeBytes, open } of files) {
    zip.addReadStreamLazy(`${filesFolder}${name}`, { ...options, size: sizeBytes }, (pass) => {
      open().then(
        (bytes) => pass(null, bytes),
        (error: Error) => pass(error, undefined as never),
      );
    });
  }
  const sizeBytes = await new Promise<number>((resolve) =>
    zip.end({ forceZip64Format: false, comment: '' }, resolve as () => void),
  );
  return { stream, sizeBytes };
}
