import type { Places } from '../../raster/places.ts';
import type { Kernels } from './kernels.ts';
import type { NetworkOperation, NetworkTensor } from './read-network.ts';

/** A tensor in the kernels' memory while a network runs: 1 × rows × columns × channels, or a list of vectors. */
export interface Value {
  readonly shape: readonly number[];
  /** Bytes from the memory's start. */
  readonly place: number;
  /** Bytes of a pixel: its channels, and zeros up to a multiple of four where an operator asks for them. */
  readonly depth: number;
}

/** What operators plan with: they note steps that run for each picture, and where values lie. */
export interface Plan {
  readonly kernels: Kernels;
  readonly places: Places;
  /** All numbers of the memory, for use in steps only: while planning it grows. */
  floats(): Float32Array;
  addStep(step: () => void): void;
  /** A place for a value; three pixels more than it has, which kernels may write. */
  takeValue(shape: readonly number[]): Value;
  value(tensor: number | undefined): Value;
  /** Weights and other numbers that the file holds. */
  constant(tensor: number | undefined): Required<NetworkTensor>;
}

/** Plans one operation and answers where its output will lie. `least` is 0 where the output is to be rectified, else minus infinity. */
export type Operator = (plan: Plan, operation: NetworkOperation, least: number) => Value;

/** Rows, columns and channels. */
export function readShape({
  shape,
}: {
  readonly shape: readonly number[];
}): [rows: number, columns: number, channels: number] {
  const [, rows = 1, columns = 1, channels = 1] = shape;
  return [rows, columns, channels];
}

/** Of a list, its vectors. */
export function countPixels({ shape }: Value): number {
  return shape.slice(0, -1).reduce((product, side) => product * side, 1);
}
