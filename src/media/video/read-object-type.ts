import { type FileHandle, open } from 'node:fs/promises';

/** Index boxes are small: those of 5,000 frames have some 100 kB. */
const indexBytesMax = 4 * 2 ** 20;

/**
 * The object type (ISO/IEC 14496-1, table 5) of the sample entry `mp4v` of a track in an MP4 or QuickTime file. Null where it
 * isn't told, or the index is not where and as large as one should be.
 */
export async function readObjectType(path: string, trackId: number): Promise<number | null> {
  await using file = await open(path);
  const index = await readIndex(file);
  for (const track of listBoxes(index, 'trak')) {
    if (readTrackId(track) !== trackId) continue;
    const [description] = ['mdia', 'minf', 'stbl', 'stsd'].reduce<Buffer[]>(
      (boxes, name) => boxes.flatMap((box) => listBoxes(box, name)),
      [track],
    );
    // Version and flags, the number of entries, and the first of them with its own head.
    const entry = description?.subarray(8);
    return entry === undefined ? null : findObjectType(entry.subarray(0, Math.min(entry.length, 4096)));
  }
  return null;
}

async function readIndex(file: FileHandle): Promise<Buffer> {
  const { size } = await file.stat();
  for (let at = 0; at + 16 <= size; ) {
    const { buffer: head } = await file.read(Buffer.alloc(16), 0, 16, at);
    const isLong = head.readUInt32BE(0) === 1;
    const length = isLong ? Number(head.readBigUInt64BE(8)) : head.readUInt32BE(0) || size - at;
    if (head.toString('latin1', 4, 8) === 'moov') {
      const from = at + (isLong ? 16 : 8);
      const bytes = Math.max(0, Math.min(at + length - from, size - from, indexBytesMax));
      return (await file.read(Buffer.alloc(bytes), 0, bytes, from)).buffer;
    }
    if (length < 8) break;
    at += length;
  }
  return Buffer.alloc(0);
}

/** The contents of the boxes of that name, directly inside. */
function listBoxes(inside: Buffer, name: string): Buffer[] {
  const found: Buffer[] = [];
  for (let at = 0; at + 8 <= inside.length; ) {
    const length = inside.readUInt32BE(at);
    if (length < 8) break;
    if (inside.toString('latin1', at + 4, at + 8) === name) found.push(inside.subarray(at + 8, at + length));
    at += length;
  }
  return found;
}

/** Behind version and flags, and two dates of 4 or, in version 1, 8 bytes. */
function readTrackId(track: Buffer): number | null {
  const [header] = listBoxes(track, 'tkhd');
  const at = header?.[0] === 1 ? 20 : 12;
  return header === undefined || header.length < at + 4 ? null : header.readUInt32BE(at);
}

/** In `esds`: an ES descriptor (3) that holds a decoder configuration (4), of which the object type is the first byte. */
function findObjectType(entry: Buffer): number | null {
  const at = entry.indexOf('esds');
  if (at < 0) return null;
  const descriptor = openDescriptor(entry.subarray(at + 8), 3);
  if (descriptor === null || descriptor.length < 3) return null;
  const flags = descriptor[2] as number;
  const optional = (flags & 0x80 ? 2 : 0) + (flags & 0x40 ? 1 + (descriptor[3 + (flags & 0x80 ? 2 : 0)] ?? 0) : 0);
  const configuration = openDescriptor(descriptor.subarray(3 + optional + (flags & 0x20 ? 2 : 0)), 4);
  return configuration?.[0] ?? null;
}

/** The body of a descriptor: a tag, and a length in up to four bytes of seven bits. */
function openDescriptor(bytes: Buffer, tag: number): Buffer | null {
  if (bytes[0] !== tag) return null;
  let at = 1;
  while (at < 5 && ((bytes[at] ?? 0) & 0x80) !== 0) at += 1;
  return bytes.subarray(at + 1);
}
