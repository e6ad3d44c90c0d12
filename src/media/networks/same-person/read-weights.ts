/** The numbers of one weight, row by row. */
export interface Weight {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

interface Manifest {
  readonly weights: readonly {
    readonly name: string;
    readonly shape: readonly number[];
    readonly quantization?: { readonly scale: number; readonly min: number };
  }[];
}

/**
 * Reads weights as TensorFlow.js keeps them: one behind the other in the file, those that are quantised as a byte for each number, the
 * others as 32-bit floats. Both files are known by their checksums, so a damaged one need not be told from a good one.
 * Layout: the manifest of tfjs-converter, `weightsManifest`.
 */
export function readWeights(manifest: Uint8Array, bytes: Uint8Array): ReadonlyMap<string, Weight> {
  const groups = JSON.parse(new TextDecoder().decode(manifest)) as readonly Manifest[];
  const read = new Map<string, Weight>();
  let from = 0;
  for (const { name, shape, quantization } of groups.flatMap(({ weights }) => weights)) {
    const count = shape.reduce((product, side) => product * side, 1);
    const end = from + count * (quantization === undefined ? 4 : 1);
    const raw = bytes.slice(from, end);
    const data =
      quantization === undefined
        ? new Float32Array(raw.buffer, raw.byteOffset, count)
        : Float32Array.from(raw, (value) => value * quantization.scale + quantization.min);
    read.set(name, { shape, data });
    from = end;
  }
  return read;
}
