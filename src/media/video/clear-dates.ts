import { type FileHandle, open } from 'node:fs/promises';

/**
 * Sets the dates of creation and change in the index of an MP4 file of ours to none, in place: the same source must give
 * the same bytes. Boxes and fields: ISO/IEC 14496-12, 8.2.2, 8.3.2 and 8.4.2.
 */
export async function clearDates(path: string): Promise<void> {
  await using file = await open(path, 'r+');
  const { size } = await file.stat();
  for (let at = 0; at + 16 <= size; ) {
    const head = await read(file, at, 16);
    const length = head.readUInt32BE(0) === 1 ? Number(head.readBigUInt64BE(8)) : head.readUInt32BE(0);
    if (length < 8) return;
    if (head.toString('latin1', 4, 8) === 'moov') {
      const index = await read(file, at, length);
      clearInside(index, 8, length);
      await file.write(index, 0, length, at);
      return;
    }
    at += length;
  }
}

const parents: ReadonlySet<string> = new Set(['trak', 'mdia']);
const dated: ReadonlySet<string> = new Set(['mvhd', 'tkhd', 'mdhd']);

function clearInside(index: Buffer, from: number, to: number): void {
  for (let at = from; at + 8 <= to; ) {
    const length = index.readUInt32BE(at);
    const name = index.toString('latin1', at + 4, at + 8);
    if (length < 8) return;
    if (parents.has(name)) clearInside(index, at + 8, at + length);
    // behind the version: two dates of 4 bytes each, in version 1 of 8 bytes each
    else if (dated.has(name)) index.fill(0, at + 12, at + 12 + (index[at + 8] === 1 ? 16 : 8));
    at += length;
  }
}

async function read(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const { buffer } = await file.read(Buffer.alloc(length), 0, length, at);
  return buffer;
}
