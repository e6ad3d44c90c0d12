import type { Plane, RgbImage } from '../../raster/raster.ts';
import type { EmbeddingArchitecture, FaceArchitecture, MattingArchitecture } from '../architecture.ts';
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

/** Runs a model of any task and throws what its answer is read into away. */
export async function tryModel(model: LoadedModel, picture: RgbImage): Promise<void> {
  const { architecture } = model;
  if (architecture.task === 'matting') await runMatting({ ...model, architecture }, picture);
  else if (architecture.task === 'embedding') await runEmbedding({ ...model, architecture }, picture);
  else await runFaces({ ...model, architecture }, picture);
}

function pickOutput(outputs: ReadonlyMap<string, FloatTensor>, names: readonly string[] | undefined): FloatTensor {
  const [name] = names === undefined ? outputs.keys() : names.filter((one) => outputs.has(one));
  const output = outputs.get(name ?? '');
  if (output === undefined) throw new ModelFault(`gave no float32 output ${names?.join(' or ') ?? ''}`.trim());
  return output;
}
