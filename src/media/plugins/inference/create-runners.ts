import { AppError } from '../../../lib/errors.ts';
import type { Plane, RgbImage } from '../../raster/raster.ts';
import type { Architecture, EmbeddingArchitecture, FaceArchitecture, MattingArchitecture } from '../architecture.ts';
import { findArchitecture } from '../architectures/architectures.ts';
import { modelFailed } from '../errors.ts';
import type { PluginModel, Plugins } from '../model-entry.ts';
import { findRuntime, type RuntimePackage } from './find-runtime.ts';
import { type LoadedModel, loadModel } from './load-model.ts';
import { ModelFault } from './model-fault.ts';
import { compareEmbeddings, type Embedding } from './read-embedding.ts';
import type { Face } from './read-faces.ts';
import { runEmbedding, runFaces, runMatting } from './run-model.ts';

/** What steps may ask of the models that were added; a task without a model is absent. */
export interface ModelRunners {
  readonly matting?: ModelRunner<Plane>;
  readonly embedding?: ModelRunner<Embedding> & {
    /** Color 0…255 to lay a subject on: what the model takes for nothing. */
    readonly ground: readonly [number, number, number];
    compare(one: Embedding, other: Embedding): number;
  };
  readonly faces?: ModelRunner<readonly Face[]>;
}

export interface ModelRunner<T> {
  /** Longer side in pixels of the picture it looks at: a larger one is scaled down by it, and detail lost. */
  readonly sidePx: number;
  /** Throws `service_error` that names the model; `param` is the request field the picture came from. */
  run(picture: RgbImage, param: string): Promise<T>;
}

export interface RunnerSettings {
  readonly runtime: RuntimePackage | 'auto';
  /** Processor threads for one run. */
  readonly threads: number;
  /** Called before a model is loaded or run, so that the parent knows which model to blame for a lost process. */
  announce(model: PluginModel, param: string): void;
}

/** The added models, each loaded at its first use and kept by this process for the next element. */
export function createRunners(plugins: Plugins, settings: RunnerSettings): ModelRunners {
  const [matting, embedding, faces] = (['matting', 'embedding', 'faces'] as const).map((task) =>
    plugins.models.find((model) => model.task === task),
  );
  const create = <A extends Architecture, T>(
    model: PluginModel,
    run: (loaded: LoadedModel<A>, picture: RgbImage) => Promise<T>,
  ) => createRunner(model, run, plugins.folder, settings);
  return {
    ...(matting && { matting: create<MattingArchitecture, Plane>(matting, runMatting) }),
    ...(embedding && {
      embedding: {
        ...create<EmbeddingArchitecture, Embedding>(embedding, runEmbedding),
        ...describeEmbedding(embedding),
      },
    }),
    ...(faces && { faces: create<FaceArchitecture, Face[]>(faces, runFaces) }),
  };
}

function createRunner<A extends Architecture, T>(
  model: PluginModel,
  run: (loaded: LoadedModel<A>, picture: RgbImage) => Promise<T>,
  folder: string,
  settings: RunnerSettings,
): ModelRunner<T> {
  const { input } = findArchitecture(model.architecture) as Architecture;
  return {
    sidePx: Math.max(input.width, input.height),
    async run(picture, param) {
      settings.announce(model, param);
      try {
        return await run((await load(model, folder, settings)) as LoadedModel<A>, picture);
      } catch (error) {
        throw explain(error, model, param);
      }
    },
  };
}

/** By path: a file that is replaced gets another checksum, and with it another entry. */
const loaded = new Map<string, Promise<LoadedModel>>();

function load(model: PluginModel, folder: string, { runtime, threads }: RunnerSettings): Promise<LoadedModel> {
  const key = `${model.sha256} ${model.path}`;
  const known = loaded.get(key);
  if (known !== undefined) return known;
  const loading = findRuntime(runtime, folder).then((found) => loadModel(model, found, threads));
  loaded.set(key, loading);
  loading.catch(() => loaded.delete(key));
  return loading;
}

function explain(error: unknown, { task, name }: PluginModel, param: string): AppError {
  if (error instanceof ModelFault) return modelFailed(param, task, name, error.message);
  const detail = error instanceof Error ? error.message : String(error);
  const why = error instanceof AppError ? 'could not be loaded' : 'failed';
  return modelFailed(param, task, name, why, { detail });
}

function describeEmbedding(model: PluginModel) {
  const { input, sameSubject } = findArchitecture(model.architecture) as EmbeddingArchitecture;
  const [red, green, blue] = input.mean.map((value) => Math.round(value * 255));
  const judge = { ...sameSubject, at: model.same_subject_at ?? sameSubject.at };
  return {
    ground: [red as number, green as number, blue as number] as const,
    compare: (one: Embedding, other: Embedding) => compareEmbeddings(one, other, judge),
  };
}
