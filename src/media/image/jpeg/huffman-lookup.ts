import type { BitReader } from './bit-reader.ts';
import { BrokenJpeg, type HuffmanCode } from './read-jpeg.ts';

/** For each possible 16 bits: length × 256 + symbol of the code that they begin with; 0: none. */
export type HuffmanLookup = Uint16Array;

/** T.81, annex C. Throws {@link BrokenJpeg} when the lengths make no code. */
export function buildLookup({ counts, symbols }: HuffmanCode): HuffmanLookup {
  const lookup = new Uint16Array(65_536);
  let from = 0;
  let next = 0;
  for (const [at, count] of counts.entries()) {
    const span = 1 << (15 - at);
    for (let left = count; left > 0; left--) {
      if (from + span > 65_536) throw new BrokenJpeg('a Huffman table with too many codes');
      lookup.fill((at + 1) * 256 + (symbols[next++] as number), from, from + span);
      from += span;
    }
  }
  return lookup;
}

/** The next symbol, its code's bits taken from the reader. Throws {@link BrokenJpeg} for bits that are no code. */
export function readSymbol(lookup: HuffmanLookup, reader: BitReader): number {
  const entry = lookup[reader.peek16()] as number;
  if (entry === 0) throw new BrokenJpeg('bits that are no code');
  reader.at += entry >> 8;
  return entry & 255;
}
