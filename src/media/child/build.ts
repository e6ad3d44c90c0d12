/** Job of a media child process: everything that is made of the sources of one element. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { MediaSettings } from '../config.ts';
import { noSpaceLeft } from '../errors.ts';
import { loadImages } from '../image/load-images.ts';
import type { MediaSource } from '../inspect-source.ts';
import { createRunners, type ModelRunners, type Plugins } from '../plugins/index.ts';
import type { Progress } from '../pool/wire.ts';
import type { DominantColor, ElementFile, QualityFinding, SourceFacts, SourceHeader } from '../schema.ts';
import type { Scenes } from '../video/find-scenes.ts';
import { loadClip } from '../video/load-clip.ts';
import { uprightName } from '../views/encode-upright.ts';
import { jointSteps, viewSteps } from '../views/steps.ts';
import type { FolderTools, StepTools, Workpiece } from '../views/view.ts';
import inspect from './inspect.ts';

export interface BuildInput {
  sources: readonly MediaSource[];
  settings: MediaSettings;
  workFolder: string;
  plugins: Plugins;
}

export interface BuildResult {
  frontal_image: string | null;
  files: ElementFile[];
  sources: SourceFacts[];
  colors: DominantColor[];
  placeholder_hash: string;
  report: QualityFinding[];
}

/** Shares of the whole at which the parts of a build begin; between what four photos and what a 6 s clip were measured to take. */
const loadFrom = 0.05;
const viewsFrom = 0.35;
const jointFrom = 0.5;

/**
 * Inspects all sources, so that a bad fourth one is refused before the first is decoded; loads their views; takes the
 * steps of `views/steps.ts`. Every file is written into the work folder, which must exist and be fresh.
 */
export default async function build(
  { sources, settings, workFolder, plugins }: BuildInput,
  report: (progress: Progress) => void,
): Promise<BuildResult> {
  let latest: Progress = { fraction: 0, step: 'start', param: undefined };
  const part = (from: number, to: number) => (progress: Progress) => {
    latest = { ...progress, fraction: from + (to - from) * progress.fraction };
    report(latest);
  };
  const headers = await inspect({ sources, settings }, part(0, loadFrom));
  const models = createRunners(plugins, {
    runtime: settings.onnxRuntime,
    threads: countThreads(settings),
    announce: ({ task, name }, param) => report({ ...latest, param, model: { task, name } }),
  });
  const files: ElementFile[] = [];
  const tools = createTools({ files, workFolder, param: sources[0]?.param ?? '', settings, models });
  const loaded = await loadViews(sources, headers, settings, tools, part(loadFrom, viewsFrom));
  const { views, scenes } = loaded;
  const workpiece: Workpiece = { views, files, colors: [], placeholderHash: '', cuts: scenes?.cuts ?? [], report: [] };
  await takeSteps(workpiece, tools, part(viewsFrom, 1));
  const [frontal] = workpiece.views;
  return {
    frontal_image: frontal === undefined ? null : uprightName(frontal),
    files: workpiece.files,
    sources: loaded.facts(),
    colors: workpiece.colors,
    placeholder_hash: workpiece.placeholderHash,
    report: workpiece.report,
  };
}

/** One run has the cores that its share of the children leaves it. */
function countThreads({ childCount }: Pick<MediaSettings, 'childCount'>): number {
  return childCount === 0 ? 1 : Math.max(1, Math.floor(availableParallelism() / childCount));
}

/** Views with the frontal one first, and the facts of their sources, complete once the view steps are taken. */
export interface LoadedViews {
  views: Workpiece['views'];
  /** Of a clip. */
  scenes?: Scenes;
  facts(): SourceFacts[];
}

function loadViews(
  sources: readonly MediaSource[],
  headers: readonly SourceHeader[],
  settings: MediaSettings,
  tools: FolderTools,
  report: (progress: Progress) => void,
): Promise<LoadedViews> {
  const [first] = headers;
  return first?.kind === 'clip'
    ? loadClip(sources[0] as MediaSource, first, settings, tools, report)
    : loadImages(sources, headers, settings, report);
}

async function takeSteps(workpiece: Workpiece, tools: StepTools, report: (progress: Progress) => void): Promise<void> {
  const viewShare = (jointFrom - viewsFrom) / (1 - viewsFrom);
  const stepCount = workpiece.views.length * viewSteps.length;
  let taken = 0;
  for (const view of workpiece.views) {
    for (const step of viewSteps) {
      report({ fraction: (viewShare * taken) / stepCount, step: step.name, param: view.param });
      await step(view, tools);
      taken += 1;
    }
  }
  for (const [at, step] of jointSteps.entries()) {
    const fraction = viewShare + ((1 - viewShare) * at) / jointSteps.length;
    report({ fraction, step: step.name, param: workpiece.views[0]?.param });
    await step(workpiece, tools);
  }
}

interface ToolOptions {
  files: ElementFile[];
  workFolder: string;
  param: string;
  settings: Pick<MediaSettings, 'cutoutSideMaxPx'>;
  models: ModelRunners;
}

/** Tools that list what is written in `files`; a full disk is said of `param`. */
function createTools({ files, workFolder, param, settings, models }: ToolOptions): StepTools & FolderTools {
  const pathOf = (name: string) => join(workFolder, name);
  return {
    cutoutSideMaxPx: settings.cutoutSideMaxPx,
    models,
    pathOf,
    async writeFile(bytes, file) {
      await writeNewFile(pathOf(file.name), bytes, param);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      files.push({ ...file, bytes: bytes.byteLength, sha256 });
    },
    async listFile(file) {
      const hash = createHash('sha256');
      let bytes = 0;
      for await (const chunk of createReadStream(pathOf(file.name))) {
        hash.update(chunk as Buffer);
        bytes += (chunk as Buffer).length;
      }
      files.push({ ...file, bytes, sha256: hash.digest('hex') });
    },
  };
}

async function writeNewFile(path: string, bytes: Uint8Array, param: string): Promise<void> {
  try {
    await writeFile(path, bytes, { flag: 'wx' });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw code === 'ENOSPC' || code === 'EDQUOT' ? noSpaceLeft(param, message) : error;
  }
}
