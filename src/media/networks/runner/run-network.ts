import type { Kernels } from './kernels.ts';
import type { Value } from './operator.ts';
import { operators } from './operators.ts';
import type { Network } from './read-network.ts';

/**
 * Runs a network on one input (batch 1, channels last) and answers its outputs in their order. Throws an `Error` for an
 * operator that is not known: of the networks that are named here none has one.
 */
export function runNetwork(network: Network, input: Float32Array, kernels: Kernels): Float32Array[] {
  const { tensors, operations } = network;
  const values: (Value | undefined)[] = tensors.map(({ shape, data }) => data && { shape, data });
  const [first] = network.inputs;
  values[first as number] = { shape: (tensors[first as number] as Value).shape, data: input };
  const lastUse = new Map(operations.flatMap(({ inputs }, at) => inputs.map((tensor) => [tensor, at] as const)));
  for (const [at, operation] of operations.entries()) {
    const operator = operators[operation.kind];
    if (operator === undefined) throw new Error(`operator ${operation.kind} of a network is not known`);
    const [output] = operation.outputs;
    const given = operation.inputs.map((tensor) => values[tensor]);
    values[output as number] = operator(given as Value[], operation, kernels, tensors[output as number] as Value);
    for (const tensor of operation.inputs) {
      const isDone = lastUse.get(tensor) === at && !network.outputs.includes(tensor);
      if (isDone && tensors[tensor]?.data === undefined) values[tensor] = undefined;
    }
  }
  return network.outputs.map((tensor) => (values[tensor] as Value).data as Float32Array);
}
