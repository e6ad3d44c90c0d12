/** Job of a media child process: everything that is made of the sources of one element. */
import type { MediaSettings } from '../config.ts';
import { loadImages } from '../image/load-images.ts';
import type { MediaSource } from '../inspect-source.ts';
import type { Progress } from '../pool/wire.ts';
import type { DominantColor, ElementFile, QualityFinding, SourceFacts, SourceHeader } from '../schema.ts';
import type { Scenes } from '../video/find-scenes.ts';
import { loadClip } from '../video/load-clip.ts';
import { uprightName } from '../views/encode-upright.ts';
import type { FolderTools, Workpiece } from '../views/view.ts';
import inspect from './inspect.ts';
import { openWorkFolder } from './open-work-folder.ts';
import { takeSteps } from './take-steps.ts';

export interface BuildInput {
  sources: readonly MediaSource[];
  settings: MediaSettings;
  workFolder: string;
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

/**
 * Inspects all sources, so that a bad fourth one is refused before the first is decoded; loads their views; takes the
 * steps of `views/steps.ts`. Every file is written into the work folder, which must exist and be fresh.
 */
export default async function build(
  { sources, settings, workFolder }: BuildInput,
  report: (progress: Progress) => void,
): Promise<BuildResult> {
  const part = (from: number, to: number) => (progress: Progress) =>
    report({ ...progress, fraction: from + (to - from) * progress.fraction });
  const headers = await inspect({ sources, settings }, part(0, loadFrom));
  const folder = openWorkFolder(workFolder, sources[0]?.param ?? '');
  const loaded = await loadViews(sources, headers, settings, folder.createTools(), part(loadFrom, viewsFrom));
  const { views, scenes } = loaded;
  const workpiece: Workpiece = { views, colors: [], placeholderHash: '', cuts: scenes?.cuts ?? [], report: [] };
  await takeSteps(workpiece, () => ({ ...folder.createTools(), ...settings }), part(viewsFrom, 1));
  const [frontal] = workpiece.views;
  return {
    frontal_image: frontal === undefined ? null : uprightName(frontal),
    files: folder.list(),
    sources: loaded.facts(),
    colors: workpiece.colors,
    placeholder_hash: workpiece.placeholderHash,
    report: workpiece.report,
  };
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
