import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import type { MattingArchitecture } from '../src/media/plugins/architecture.ts';
import { hashFile } from '../src/media/plugins/hash-file.ts';
import type { ModelRunner } from '../src/media/plugins/index.ts';
import { findRuntime } from '../src/media/plugins/inference/find-runtime.ts';
import { type LoadedModel, loadModel } from '../src/media/plugins/inference/load-model.ts';
import { runMatting } from '../src/media/plugins/inference/run-model.ts';
import { listModels } from '../src/media/plugins/store/list-models.ts';
import type { Plane, RgbImage } from '../src/media/raster/raster.ts';
import { guideAlpha } from '../src/media/subject/cutout/guide-alpha.ts';
import { guideMatte } from '../src/media/views/steps/settled-matte.ts';

/** A neural matting model beside ours. */
export interface NeuralMatte {
  /** File or name, architecture and runtime, for the table. */
  readonly title: string;
  /** Alpha 0…255 at the picture's own size, drawn and led along edges as in a build. */
  draw(image: RgbImage): Promise<Uint8Array>;
  /** The matte as a build's steps get it. */
  readonly runner: ModelRunner<Plane>;
}

/**
 * Opens an ONNX file, or the matting model that was added under that name to the data folder (TROUPE_DATA_DIR, else
 * `.troupe`). `architecture` is found by the model's inputs and outputs where it is not given.
 */
export async function openNeuralMatte(nameOrPath: string, architecture?: string): Promise<NeuralMatte> {
  const folder = resolve(process.env.TROUPE_DATA_DIR ?? '.troupe', 'models');
  const added = (await listModels(folder)).find(({ model, task }) => task === 'matting' && model?.name === nameOrPath);
  const path = added?.path ?? nameOrPath;
  if (!existsSync(path)) throw new Error(`--model ${nameOrPath}: neither a file nor a matting model in ${folder}`);
  const file = {
    path,
    sha256: await hashFile(path),
    task: 'matting',
    architecture: architecture ?? added?.model?.architecture,
  } as const;
  const runtime = await findRuntime('auto', folder);
  const model = (await loadModel(file, runtime, availableParallelism())) as LoadedModel<MattingArchitecture>;
  return {
    title: `${nameOrPath} (${model.architecture.id}, ${runtime.name} ${runtime.version})`,
    runner: {
      sidePx: Math.max(model.architecture.input.width, model.architecture.input.height),
      run: (picture) => runMatting(model, picture),
    },
    async draw(image) {
      const mask = await runMatting(model, image);
      return guideAlpha(mask, image, guideMatte(mask));
    },
  };
}
