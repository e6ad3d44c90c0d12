import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

type Collect = (options: { type: 'minor' }) => void;

/** Bytes of bodies after which what was read of them is given back. */
const everyBytes = 4 * 2 ** 20;

let collect: Collect | undefined;
let bytesSince = 0;

/**
 * To be told of bytes that were read and will be dropped soon. V8 knows the small objects that stand for buffers, not how
 * much memory is behind them, and lets some 64 MiB of dead ones lie: a collection of the youngest objects, of about a
 * millisecond, takes them in time.
 */
export function noteReadBytes(bytes: number): void {
  bytesSince += bytes;
  if (bytesSince < everyBytes) return;
  bytesSince = 0;
  collect ??= openCollector();
  collect({ type: 'minor' });
}

/** The function that V8 gives to those who ask for it by a flag. */
function openCollector(): Collect {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as Collect;
}
