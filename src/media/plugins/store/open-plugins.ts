import { brokenModel } from '../errors.ts';
import { findRuntime, type RuntimePackage } from '../inference/find-runtime.ts';
import type { PluginModel, Plugins } from '../model-entry.ts';
import { listModels } from './list-models.ts';

/**
 * The models in `folder`, every byte of them checked, and a runtime there to run them. Throws `service_error` when a model
 * isn't what was added, or nothing can run it: a server that silently went on without would give other elements.
 */
export async function openPlugins(folder: string, runtime: RuntimePackage | 'auto'): Promise<Plugins> {
  const models: PluginModel[] = [];
  for (const { task, path, model, fault } of await listModels(folder)) {
    if (model === null || fault !== null) throw brokenModel(task, path, fault ?? 'is broken');
    models.push(model);
  }
  if (models.length > 0) await findRuntime(runtime, folder);
  return { folder, models };
}
