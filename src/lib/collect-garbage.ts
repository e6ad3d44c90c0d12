import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

type Collect = (options: { type: 'minor' | 'major' }) => void;

let collect: Collect | undefined;

/**
 * Has V8 collect what nothing refers to: the youngest objects in about a millisecond, or all. It knows the small objects that
 * stand for buffers, and not how much memory is behind them.
 */
export function collectGarbage(type: 'minor' | 'major'): void {
  collect ??= openCollector();
  collect({ type });
}

/** The function that V8 gives to those who ask for it by a flag. */
function openCollector(): Collect {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as Collect;
}
