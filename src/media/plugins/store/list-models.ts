import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { compileCheck } from '../../../lib/compile-check.ts';
import { type ModelTask, modelTasks } from '../architecture.ts';
import { findArchitecture } from '../architectures/architectures.ts';
import { hashFile } from '../hash-file.ts';
import { ModelEntry, type PluginModel } from '../model-entry.ts';

/** One added model as it lies on the disk. */
export interface ListedModel {
  readonly task: ModelTask;
  readonly path: string;
  /** Null when its description can't be read. */
  readonly model: PluginModel | null;
  /** What is wrong with it, to follow "the model"; null when its bytes are those that were added. */
  readonly fault: string | null;
}

/** File names inside the folder of a task. */
export const modelFiles = { entry: 'model.json', model: 'model.onnx' } as const;

const checkEntry = compileCheck(ModelEntry, 'model.json');

/** The models in `folder`, at most one for each task, in the order of the tasks. Reads every model file once. */
export async function listModels(folder: string): Promise<ListedModel[]> {
  const listed = await Promise.all(modelTasks.map((task) => readModel(folder, task)));
  return listed.filter((one) => one !== null);
}

async function readModel(folder: string, task: ModelTask): Promise<ListedModel | null> {
  const path = join(folder, task, modelFiles.model);
  const text = await readFile(join(folder, task, modelFiles.entry), 'utf8').catch(
    (error: NodeJS.ErrnoException) => error,
  );
  if (text instanceof Error && text.code === 'ENOENT' && !(await exists(join(folder, task)))) return null;
  const entry = text instanceof Error ? null : parseEntry(text);
  if (entry?.task !== task) return { task, path, model: null, fault: 'has no readable model.json' };
  return { task, path, model: { ...entry, path }, fault: await findFault(path, entry) };
}

async function findFault(path: string, entry: ModelEntry): Promise<string | null> {
  if (findArchitecture(entry.architecture)?.task !== entry.task) {
    return `is of architecture '${entry.architecture}', which this version doesn't know`;
  }
  const sha256 = await hashFile(path).catch((error: NodeJS.ErrnoException) => error);
  if (sha256 instanceof Error) return `can't be read (${sha256.code})`;
  return sha256 === entry.sha256 ? null : `has changed since it was added: SHA-256 ${sha256}, expected ${entry.sha256}`;
}

function parseEntry(text: string): ModelEntry | null {
  try {
    const checked = checkEntry(JSON.parse(text));
    return checked.ok ? checked.value : null;
  } catch {
    return null;
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
