import { BrokenJpeg, isRestart } from './read-jpeg.ts';

/** Reads bits of one stretch of coded data, the highest of each byte first. Behind its end come zeros, without an error. */
export class BitReader {
  /** Bits read so far. Code that skips bits adds to it. */
  at = 0;
  readonly bitCount: number;
  private readonly bytes: Uint8Array;

  /** `bytes` without stuffing, with at least 3 zeros behind the `length` that count. */
  constructor(bytes: Uint8Array, length: number) {
    this.bytes = bytes;
    this.bitCount = length * 8;
  }

  /** The next 16 bits, without going on. */
  peek16(): number {
    const { at, bytes } = this;
    const from = at >> 3;
    // Past the end every element is undefined, and `undefined << n` is 0.
    const three = ((bytes[from] as number) << 16) | ((bytes[from + 1] as number) << 8) | (bytes[from + 2] as number);
    return (three >> (8 - (at & 7))) & 0xffff;
  }

  /** Up to 16 bits. */
  read(count: number): number {
    const value = this.peek16() >> (16 - count);
    this.at += count;
    return value;
  }
}

/** One reader for each stretch between restart markers, which must be numbered 0 to 7 in turn. Each ends the one before. */
export function* createReaders(data: Buffer): Generator<BitReader, undefined> {
  const bytes = new Uint8Array(data.length + 4);
  let restarts = 0;
  for (let from = 0; from <= data.length; ) {
    let length = 0;
    for (;;) {
      const found = data.indexOf(0xff, from);
      const until = found === -1 ? data.length : found;
      bytes.set(data.subarray(from, until), length);
      length += until - from;
      from = until;
      while (data[from] === 0xff && data[from + 1] === 0xff) from += 1;
      const isStuffed = data[from] === 0xff && data[from + 1] === 0x00;
      if (!isStuffed) break;
      bytes[length++] = 0xff;
      from += 2;
    }
    bytes.fill(0, length, length + 4);
    yield new BitReader(bytes, length);
    const marker = data[from + 1];
    if (marker === undefined) return;
    if (!isRestart(marker) || (marker & 7) !== restarts % 8) throw new BrokenJpeg('a restart marker out of turn');
    restarts += 1;
    from += 2;
  }
}
