import type { Plane, RgbImage } from '../../raster/raster.ts';
import type { Architecture, EmbeddingArchitecture, FaceArchitecture, MattingArchitecture } from '../architecture.ts';
import { findArchitecture } from '../architectures/architectures.ts';
import type { FloatTensor } from './find-runtime.ts';
import type { LoadedModel } from './load-model.ts';
import { ModelFault } from './model-fault.ts';
import { type Embedding, readEmbedding } from './read-embedding.ts';
import { type Face, readFaces } from './read-faces.ts';
import { readMatte } from './read-matte.ts';

/** The matte of a picture, 0…1 at the model's own size. Throws `ModelFault` or the runtime's error, as all three. */
export async function runMatting(model: LoadedModel<MattingArchitecture>, picture: RgbImage): Promise<Plane> {
  const { names, activation } = model.architecture.output;
  const { input, outputs } = await model.run(picture);
  return readMatte(pickOutput(outputs, names), input, activation);
}

/** The embedding of a whole picture: the caller cuts the subject out and lays it on a square of plain ground. */
export async function runEmbedding(model: LoadedModel<EmbeddingArchitecture>, picture: RgbImage): Promise<Embedding> {
  const { names, read } = model.architecture.output;
  return readEmbedding(pickOutput((await model.run(picture)).outputs, names), read);
}

/** The faces that the model finds in the picture. */
export async function runFaces(model: LoadedModel<FaceArchitecture>, picture: RgbImage): Promise<Face[]> {
  const { input, outputs } = await model.run(picture);
  const ordered = model.architecture.outputs.map(({ names }) => pickOutput(outputs, names));
  return readFaces(ordered, model.architecture, input);
}

/**
 * Runs a model of any task on a picture that has a subject, throws what its answer is read into away, and answers what the model
 * is: one whose inputs and outputs are those of two is told by its values. Throws as above, and `ModelFault` for a matte that
 * takes the whole picture for subject.
 */
export async function tryModel(model: LoadedModel, picture: RgbImage): Promise<Architecture> {
  const { architecture } = model;
  if (architecture.task === 'matting') return await tryMatting({ ...model, architecture }, picture);
  if (architecture.task === 'embedding') await runEmbedding({ ...model, architecture }, picture);
  else await runFaces({ ...model, architecture }, picture);
  return architecture;
}

async function tryMatting(model: LoadedModel<MattingArchitecture>, picture: RgbImage): Promise<MattingArchitecture> {
  const { architecture } = model;
  const { names, activation, whenChances } = architecture.output;
  const { input, outputs } = await model.run(picture);
  const output = pickOutput(outputs, names);
  const other = whenChances === undefined ? null : findArchitecture(whenChances);
  const areChances = output.data.every((value) => value >= 0 && value <= 1);
  if (areChances && !model.isCertain && other?.task === 'matting') {
    return await tryMatting({ ...model, ...model.as(other), architecture: other }, picture);
  }
  const { data } = readMatte(output, input, activation);
  if (data.every((chance) => chance >= 0.5)) throw new ModelFault(allSubject);
  return architecture;
}

const allSubject =
  'drew a matte that is nowhere below ½, all of a picture would be subject (if it is read in a wrong way, name what it is with --architecture),';

function pickOutput(outputs: ReadonlyMap<string, FloatTensor>, names: readonly string[] | undefined): FloatTensor {
  const [name] = names === undefined ? outputs.keys() : names.filter((one) => outputs.has(one));
  const output = outputs.get(name ?? '');
  if (output === undefined) throw new ModelFault(`gave no float32 output ${names?.join(' or ') ?? ''}`.trim());
  return output;
}
