import { collectGarbage } from '../../lib/collect-garbage.ts';

/** Bytes of bodies after which what was read of them is given back. */
const everyBytes = 4 * 2 ** 20;

let bytesSince = 0;

/**
 * To be told of bytes that were read and will be dropped soon. V8 lets some 64 MiB of dead buffers lie: a collection of the
 * youngest objects takes them in time.
 */
export function noteReadBytes(bytes: number): void {
  bytesSince += bytes;
  if (bytesSince < everyBytes) return;
  bytesSince = 0;
  collectGarbage('minor');
}
