/**
 * The first font of a collection (`.ttc`) as a font file of its own; any other file as it is. A collection's table
 * directory points into the whole file, so the tables are copied together. Source: OpenType specification, "Font
 * collections" and "Table directory".
 */
export function unpackCollection(bytes: Buffer): ArrayBuffer {
  if (bytes.toString('latin1', 0, 4) !== 'ttcf') return toArrayBuffer(bytes);
  const directory = bytes.readUInt32BE(12);
  const count = bytes.readUInt16BE(directory + 4);
  const head = 12 + count * 16;
  const tables = Array.from({ length: count }, (_, at) => {
    const entry = directory + 12 + at * 16;
    return { entry, offset: bytes.readUInt32BE(entry + 8), length: bytes.readUInt32BE(entry + 12) };
  });
  const total = tables.reduce((sum, { length }) => sum + pad(length), head);
  const single = Buffer.alloc(total);
  bytes.copy(single, 0, directory, directory + head);
  let to = head;
  for (const [at, { offset, length }] of tables.entries()) {
    bytes.copy(single, to, offset, offset + length);
    single.writeUInt32BE(to, 12 + at * 16 + 8);
    to += pad(length);
  }
  return toArrayBuffer(single);
}

/** Tables begin at multiples of four bytes. */
function pad(length: number): number {
  return (length + 3) & ~3;
}

function toArrayBuffer(bytes: Buffer): ArrayBuffer {
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
}
