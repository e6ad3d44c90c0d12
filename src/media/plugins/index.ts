/**
 * Owns: models that an operator adds: which architectures are known, the folder they lie in, opening and running them.
 * Not: what pictures mean, where steps use a model, and any model's weights.
 * Invariant: no model runs whose bytes aren't those that were added and tried; without models no runtime is loaded.
 */

export { type ModelTask, modelTasks } from './architecture.ts';

export { knownModels, type PackageFile } from './architectures/known-models.ts';
export { failedTrial, modelFailed, tooMuchMemory } from './errors.ts';
export { createRunners, type ModelRunner, type ModelRunners, type RunnerSettings } from './inference/create-runners.ts';
export { findRuntime } from './inference/find-runtime.ts';
export type { Embedding } from './inference/read-embedding.ts';

export { type ModelEntry, noPlugins, type PluginModel, type Plugins } from './model-entry.ts';
export { type AddModelOptions, type AddTools, addModel } from './store/add-model.ts';
export { type ListedModel, listModels } from './store/list-models.ts';
export { openPlugins } from './store/open-plugins.ts';
export { removeModel } from './store/remove-model.ts';
export { type Trial, type TrialInput, tryFile } from './store/try-file.ts';
