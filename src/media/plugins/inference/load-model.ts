import type { RgbImage } from '../../raster/raster.ts';
import type { Architecture, ModelTask } from '../architecture.ts';
import { chooseArchitecture } from '../architectures/choose-architecture.ts';
import { findKnownModel } from '../architectures/known-models.ts';
import { wrongChecksum } from '../errors.ts';
import { hashFile } from '../hash-file.ts';
import type { FloatTensor, OnnxRuntime } from './find-runtime.ts';
import { type PictureTensor, toTensor } from './to-tensor.ts';

/** A model in memory, ready for pictures. */
export interface LoadedModel<A extends Architecture = Architecture> {
  readonly architecture: A;
  /** Whether it was named or is a known file, not guessed by inputs and outputs. */
  readonly isCertain: boolean;
  /** Runs on one picture. Throws the runtime's error. */
  run: RunPicture;
  /** The same file handed its pictures as another architecture wants them. */
  as(architecture: Architecture): { run: RunPicture };
  close(): Promise<void>;
}

type RunPicture = (picture: RgbImage) => Promise<{ input: PictureTensor; outputs: ReadonlyMap<string, FloatTensor> }>;

export interface ModelFile {
  readonly path: string;
  readonly sha256: string;
  readonly task: ModelTask;
  /** Absent: found by the checksum of a known file, else by inputs and outputs. */
  readonly architecture?: string | undefined;
}

/**
 * Opens a model file after its checksum was found right. Throws `service_error` when the checksum is wrong, the file can't
 * be read as ONNX, or it fits no (or not the named) architecture.
 */
export async function loadModel(file: ModelFile, runtime: OnnxRuntime, threads: number): Promise<LoadedModel> {
  const sha256 = await hashFile(file.path);
  if (sha256 !== file.sha256) throw wrongChecksum(sha256, file.sha256);
  const session = await runtime.open(file.path, threads);
  const named = file.architecture ?? findKnownModel(sha256)?.architecture;
  const architecture = chooseArchitecture(session.signature, file.task, named);
  // Exactly one input: an architecture fits nothing else.
  const facts = session.signature.inputs[0] as (typeof session.signature.inputs)[0];
  const runAs =
    ({ input: wanted }: Architecture): RunPicture =>
    async (picture) => {
      const input = toTensor(picture, wanted, facts);
      return { input, outputs: await session.run(facts.name, input) };
    };
  return {
    architecture,
    isCertain: named !== undefined,
    run: runAs(architecture),
    as: (other) => ({ run: runAs(other) }),
    close: () => session.close(),
  };
}
