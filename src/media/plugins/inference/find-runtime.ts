import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ModelSignature } from '../architectures/signature.ts';
import { noRuntime, unreadableModel } from '../errors.ts';

/** Packages that can run models, the faster one first; measured in docs/decisions/0035. */
const runtimePackages = ['onnxruntime-node', 'onnxruntime-web'] as const;
export type RuntimePackage = (typeof runtimePackages)[number];

/** The float32 values of an input or output, row by row. */
export interface FloatTensor {
  readonly data: Float32Array;
  readonly dims: readonly number[];
}

interface OnnxSession {
  readonly signature: ModelSignature;
  /** Runs once, at half precision where the model wants that. Throws the runtime's error; an output of anything but floats is left out. */
  run(inputName: string, input: FloatTensor): Promise<ReadonlyMap<string, FloatTensor>>;
  /** Gives its memory back. */
  close(): Promise<void>;
}

export interface OnnxRuntime {
  readonly name: RuntimePackage;
  readonly version: string;
  /** Opens a model file for one picture at a time on `threads` threads. Throws `service_error` when it can't be read. */
  open(path: string, threads: number): Promise<OnnxSession>;
}

/**
 * The runtime package of that name, for `auto` the first of {@link runtimePackages} that can be loaded; looked for among
 * this program's packages, then in `folder`, where it survives a reinstallation of the program. Throws `service_error`
 * with the words to install it.
 */
export async function findRuntime(
  wanted: RuntimePackage | 'auto',
  folder: string,
  places: readonly string[] = [import.meta.dirname, folder],
): Promise<OnnxRuntime> {
  const said: string[] = [];
  for (const name of wanted === 'auto' ? runtimePackages : [wanted]) {
    for (const place of places) {
      try {
        return await loadRuntime(name, place);
      } catch (error) {
        said.push(`${name} from ${place}: ${(error as Error).message.split('\n')[0]}`);
      }
    }
  }
  throw noRuntime(wanted === 'auto' ? 'onnxruntime-node' : wanted, folder, said.join('; '));
}

async function loadRuntime(name: RuntimePackage, place: string): Promise<OnnxRuntime> {
  const path = createRequire(join(place, 'resolve.js')).resolve(name);
  const loaded = (await import(pathToFileURL(path).href)) as { default?: OrtModule } & OrtModule;
  const ort = loaded.default ?? loaded;
  // Its threads would compete with the other children, which have a core each.
  if (ort.env.wasm !== undefined) ort.env.wasm.numThreads = 1;
  return {
    name,
    version: ort.env.versions.common ?? 'unknown',
    open: (file, threads) => openSession(ort, file, threads),
  };
}

async function openSession(ort: OrtModule, path: string, threads: number): Promise<OnnxSession> {
  const session = await ort.InferenceSession.create(path, {
    executionProviders: [ort.env.wasm !== undefined && ort.env.versions.web !== undefined ? 'wasm' : 'cpu'],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    // A plan of the first run's memory is allocated beside it from the second run on: a limit measured once would not hold.
    enableMemPattern: false,
    // Errors only: they come back as exceptions, and a child's last words belong to what it died of.
    logSeverityLevel: 4,
  }).catch((error: Error) => {
    throw unreadableModel(error.message);
  });
  const signature = { inputs: session.inputMetadata.map(readFacts), outputs: session.outputMetadata.map(readFacts) };
  return {
    signature,
    async run(inputName, { data, dims }) {
      const isHalf = signature.inputs.find(({ name }) => name === inputName)?.type === 'float16';
      const input = isHalf
        ? new ort.Tensor('float16', new Uint16Array(new Float16Array(data).buffer), [...dims])
        : new ort.Tensor('float32', data, [...dims]);
      const outputs = await session.run({ [inputName]: input });
      return new Map(
        Object.entries(outputs).flatMap(([name, tensor]) => {
          const values = readFloats(tensor);
          return values === null ? [] : [[name, { data: values, dims: tensor.dims }] as const];
        }),
      );
    },
    close: () => session.release(),
  };
}

/** Halves come as their bits or, where the runtime knows them, as themselves. Null for anything else. */
function readFloats({ type, data }: OrtTensor): Float32Array | null {
  if (data instanceof Float32Array) return data;
  if (data instanceof Float16Array) return new Float32Array(data);
  if (type !== 'float16' || !(data instanceof Uint16Array)) return null;
  return new Float32Array(new Float16Array(Uint16Array.from(data).buffer));
}

/** An open side is a name or '' in one runtime and 2³²−1 in the other. */
function readFacts({ name, type, shape }: OrtMetadata) {
  const sides = (shape ?? []).map((side) => (typeof side === 'number' && side > 0 && side < 2 ** 31 ? side : null));
  return { name, type: type ?? 'no tensor', shape: sides };
}

/** What both packages have in common and we use; none of them is a dependency, so their own types may be missing. */
interface OrtModule {
  env: { versions: { common?: string; web?: string }; wasm?: { numThreads?: number } };
  InferenceSession: { create(path: string, options: object): Promise<OrtSession> };
  Tensor: new (type: 'float32' | 'float16', data: Float32Array | Uint16Array, dims: number[]) => unknown;
}

interface OrtSession {
  inputMetadata: readonly OrtMetadata[];
  outputMetadata: readonly OrtMetadata[];
  run(feeds: Record<string, unknown>): Promise<Record<string, OrtTensor>>;
  release(): Promise<void>;
}

interface OrtTensor {
  type?: string;
  data: unknown;
  dims: readonly number[];
}

interface OrtMetadata {
  name: string;
  type?: string;
  shape?: readonly (number | string)[];
}
