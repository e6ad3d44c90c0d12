import { open } from 'node:fs/promises';

/** Index boxes are small; of a larger one only so much is looked at. */
const indexBytesMax = 4 * 2 ** 20;

/**
 * Whether the index of an MP4 file calls its pictures encrypted (sample entry `encv`: ISO/IEC 14496-12, 8.12). Asked only
 * where the file could not be read: it finds the word and does not parse what is around it. False for what is no MP4.
 */
export async function isEncrypted(path: string): Promise<boolean> {
  await using file = await open(path);
  const { size } = await file.stat();
  for (let at = 0; at + 16 <= size; ) {
    const { buffer: head } = await file.read(Buffer.alloc(16), 0, 16, at);
    const length = head.readUInt32BE(0) === 1 ? Number(head.readBigUInt64BE(8)) : head.readUInt32BE(0);
    if (head.toString('latin1', 4, 8) === 'moov') {
      const bytes = Math.min(length === 0 ? size - at : length, indexBytesMax, size - at);
      const { buffer: index } = await file.read(Buffer.alloc(bytes), 0, bytes, at);
      return index.includes('encv') && index.includes('schm');
    }
    if (length < 8) return false;
    at += length;
  }
  return false;
}
