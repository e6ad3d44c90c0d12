import { mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { noSuchModel } from '../errors.ts';
import { type ListedModel, listModels } from './list-models.ts';

/** Removes a model by its name or its task, all at once. Throws `service_error` when there is none. */
export async function removeModel(folder: string, nameOrTask: string): Promise<ListedModel> {
  const listed = await listModels(folder);
  const found =
    listed.find(({ model }) => model?.name === nameOrTask) ?? listed.find(({ task }) => task === nameOrTask);
  if (found === undefined) {
    throw noSuchModel(
      nameOrTask,
      listed.map(({ model, task }) => model?.name ?? task),
    );
  }
  // Renamed first: a removal that is cut off half-way leaves no half model.
  const grave = await mkdtemp(join(folder, '.gone-'));
  await rename(join(folder, found.task), join(grave, found.task));
  await rm(grave, { recursive: true, force: true });
  return found;
}
