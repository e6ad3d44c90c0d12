import { openPlaces, roundUp } from '../../raster/places.ts';
import { openKernels } from './kernels.ts';
import { operators } from './operators.ts';
import { countPixels, type Plan, type Value } from './plan.ts';
import type { Network, NetworkOperation, NetworkTensor } from './read-network.ts';

/** Runs a network on one input (batch 1, channels last), and answers its outputs in their order. */
export type RunNetwork = (input: Float32Array) => Float32Array[];

/** A network that is laid out. */
export interface PlannedNetwork {
  readonly run: RunNetwork;
  /** Overwrites all that runs have left in its memory. */
  forget(): void;
}

/** RELU, by its number; it becomes part of the operation before it, as all that are rectified here can. */
const rectify = 19;
/** Those that can: sums and both convolutions. */
const rectifying: ReadonlySet<number | string> = new Set([0, 3, 4]);
/** From 16 bits to 32: the file's reader has done it. */
const dequantize = 6;

/**
 * Lays a network out in a memory of its own, weights included, and lists its steps with their places: a run then copies nothing in or
 * out but the picture and the answer, and makes no garbage. Throws an `Error` for an operator that is not known: of the networks
 * that are named here none has one.
 */
export function planNetwork({ tensors, operations, inputs, outputs }: Network): PlannedNetwork {
  const kernels = openKernels();
  const places = openPlaces(kernels);
  const values: (Value | undefined)[] = [];
  const constants: (NetworkTensor | undefined)[] = [...tensors];
  const steps: (() => void)[] = [];
  let view = new Float32Array(kernels.memory.buffer);
  const plan: Plan = {
    kernels,
    places,
    floats: () => view,
    addStep: (step) => steps.push(step),
    takeValue: (shape) => {
      const depth = roundUp((shape.at(-1) ?? 1) * 4, 16);
      const pixels = shape.slice(0, -1).reduce((product, side) => product * side, 1);
      return { shape, place: places.take((pixels + 3) * depth), depth };
    },
    value: (tensor = -1) => values[tensor] as Value,
    constant: (tensor = -1) => constants[tensor] as Required<NetworkTensor>,
  };
  const input = plan.takeValue((tensors[inputs[0] as number] as NetworkTensor).shape);
  values[inputs[0] as number] = input;
  const uses = countUses(operations);
  const rectified = new Set<number>();
  const lastUse = new Map(operations.flatMap(({ inputs: given }, at) => given.map((tensor) => [tensor, at] as const)));
  for (const [at, operation] of operations.entries()) {
    const [given, made] = [operation.inputs[0] as number, operation.outputs[0] as number];
    if (operation.kind === dequantize) constants[made] = constants[given];
    else if (operation.kind === rectify) {
      if (!rectified.has(given)) throw new Error('what is rectified is used as it was too');
      values[made] = values[given];
      lastUse.set(given, -1);
    } else {
      const operator = operators[operation.kind];
      if (operator === undefined) throw new Error(`operator ${operation.kind} of a network is not known`);
      const [use, ...others] = uses.get(made) ?? [];
      const isRectified = rectifying.has(operation.kind) && use?.kind === rectify && others.length === 0;
      if (isRectified) rectified.add(made);
      values[made] = operator(plan, operation, isRectified ? 0 : Number.NEGATIVE_INFINITY);
    }
    for (const tensor of operation.inputs) {
      const value = values[tensor];
      if (value !== undefined && lastUse.get(tensor) === at && !outputs.includes(tensor)) places.giveBack(value.place);
    }
  }
  view = new Float32Array(kernels.memory.buffer);
  return {
    run: (picture) => {
      writeValue(view, input, picture);
      for (const step of steps) step();
      return outputs.map((tensor) => readValue(view, values[tensor] as Value));
    },
    forget: () => places.wipe(),
  };
}

function countUses(operations: readonly NetworkOperation[]): Map<number, NetworkOperation[]> {
  const uses = new Map<number, NetworkOperation[]>();
  for (const operation of operations) {
    for (const tensor of operation.inputs) uses.set(tensor, [...(uses.get(tensor) ?? []), operation]);
  }
  return uses;
}

/** With zeros behind the channels. */
function writeValue(floats: Float32Array, { shape, place, depth }: Value, values: Float32Array): void {
  const channels = shape.at(-1) as number;
  const step = depth / 4;
  let to = place / 4;
  for (let from = 0; from < values.length; to += step) {
    for (let channel = 0; channel < step; channel++)
      floats[to + channel] = channel < channels ? (values[from++] as number) : 0;
  }
}

/** Without what lies behind the channels. */
function readValue(floats: Float32Array, value: Value): Float32Array {
  const channels = value.shape.at(-1) as number;
  const [place, step, pixels] = [value.place / 4, value.depth / 4, countPixels(value)];
  if (step === channels) return floats.slice(place, place + pixels * step);
  const answer = new Float32Array(pixels * channels);
  for (let pixel = 0, to = 0; pixel < pixels; pixel++) {
    for (let channel = 0; channel < channels; channel++)
      answer[to++] = floats[place + pixel * step + channel] as number;
  }
  return answer;
}
