/**
 * Owns: models that an operator adds: which architectures are known, the folder they lie in, opening and running them.
 * Not: what pictures mean, where steps use a model, and any model's weights.
 * Invariant: no model runs whose bytes aren't those that were added and tried; without models no runtime is loaded.
 */
export { type AddTools, addModel, type ModelWish } from './add-model.ts';
export { type ModelTask, modelTasks } from './architecture.ts';
export { architectures } from './architectures.ts';
export { createRunners, type ModelRunner, type ModelRunners, type RunnerSettings } from './create-runners.ts';
export { failedTrial, modelFailed } from './errors.ts';
export { findRuntime, type OnnxRuntime, runtimePackages } from './find-runtime.ts';
export { type ListedModel, listModels } from './list-models.ts';
export { type ModelEntry, noPlugins, type PluginModel, type Plugins } from './model-entry.ts';
export { openPlugins } from './open-plugins.ts';
export type { Embedding } from './read-embedding.ts';
export type { Face } from './read-faces.ts';
export { rateMatte } from './read-matte.ts';
export { refusedModels } from './refused-models.ts';
export { removeModel } from './remove-model.ts';
export { type Trial, type TrialInput, tryFile } from './try-file.ts';
