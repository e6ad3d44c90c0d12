import type { Kernels } from './kernels.ts';
import type { NetworkOperation } from './read-network.ts';

/** A tensor while a network runs. */
export interface Value {
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array;
}

export type Operator = (
  inputs: readonly Value[],
  operation: NetworkOperation,
  kernels: Kernels,
  /** As the file says; sides that it gets right are trusted only where nothing tells them. */
  output: Value,
) => Value;
