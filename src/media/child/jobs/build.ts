/** Job of a media child process: everything that is made of the sources of one element. */

import type { MediaSettings } from '../../config.ts';
import { reportFirstOnly } from '../../image/report-first-only.ts';
import type { Plugins } from '../../plugins/index.ts';
import type { Progress } from '../../progress.ts';
import { loadSharp } from '../../raster/load-sharp.ts';
import type { DominantColor, ElementFile, QualityFinding, SourceFacts, SourceHeader } from '../../schema.ts';
import type { MediaSource } from '../../sources.ts';
import type { Scenes } from '../../views/load/find-scenes.ts';
import { loadImages } from '../../views/load/load-images.ts';
import { uprightName } from '../../views/steps/encode-upright.ts';
import { takeSteps } from '../../views/take-steps.ts';
import type { BuildState, FolderTools, StepTools } from '../../views/view.ts';
import inspect from './inspect.ts';
import { openFaceComparer } from './open-face-comparer.ts';
import { openRunners } from './open-runners.ts';
import { openWorkFolder } from './open-work-folder.ts';

export interface BuildInput {
  sources: readonly MediaSource[];
  settings: MediaSettings;
  workFolder: string;
  plugins: Plugins;
}

/** What a build made and measured; its files lie in the work folder. */
export interface BuildResult {
  frontal_image: string | null;
  files: ElementFile[];
  sources: SourceFacts[];
  colors: DominantColor[];
  placeholder_hash: string;
  report: QualityFinding[];
  /** As `ElementManifest` has it. */
  is_person?: true;
}

/** Shares of the whole at which the parts of a build begin; between what four photos and what a 6 s clip were measured to take. */
const loadFrom = 0.05;
const viewsFrom = 0.35;

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
  const models = await openRunners(plugins, settings, ({ task, name }, param) => {
    report({ ...latest, param, model: { task, name } });
  });
  const networks = await openNetworks(settings);
  const faceComparer = await openFaceComparer(settings, plugins);
  const folder = openWorkFolder(workFolder, sources[0]?.param ?? '');
  const loaded = await loadViews(sources, headers, settings, folder.createTools(), part(loadFrom, viewsFrom));
  const { views, scenes } = loaded;
  const state: BuildState = { views, colors: [], placeholderHash: '', cuts: scenes?.cuts ?? [], report: [] };
  await takeSteps(
    state,
    () => ({ ...folder.createTools(), ...settings, models, ...networks, ...faceComparer }),
    part(viewsFrom, 1),
  );
  const [frontal] = state.views;
  const facts = loaded.facts();
  const firstOnly = reportFirstOnly(facts.map((one, at) => ({ ...one, ...nameFile(state.views[at]) })));
  return {
    frontal_image: frontal === undefined ? null : uprightName(frontal),
    files: folder.list(),
    sources: facts,
    colors: state.colors,
    placeholder_hash: state.placeholderHash,
    report: [...state.report, ...firstOnly],
    ...(state.isPerson && { is_person: true }),
  };
}

/** Of pictures, each view is of the source in its place. */
function nameFile(view: BuildState['views'][number] | undefined) {
  return view === undefined ? {} : { file: uprightName(view) };
}

/** Loads what every build needs, before its time begins. */
export async function prepare(): Promise<void> {
  await loadSharp();
}

async function openNetworks({
  peopleNetworks,
  thingsNetwork,
}: MediaSettings): Promise<Pick<StepTools, 'people' | 'things'>> {
  if (peopleNetworks === 'off' && thingsNetwork === 'off') return {};
  const { createPeopleFinder, createThingsFinder } = await import('../../networks/index.ts');
  const people = peopleNetworks === 'off' ? null : createPeopleFinder();
  return { ...(people && { people }), ...(thingsNetwork === 'on' && { things: createThingsFinder() }) };
}

/** Views with the frontal one first, and the facts of their sources, complete once the view steps are taken. */
export interface LoadedViews {
  views: BuildState['views'];
  /** Of a clip. */
  scenes?: Scenes;
  facts(): SourceFacts[];
}

async function loadViews(
  sources: readonly MediaSource[],
  headers: readonly SourceHeader[],
  settings: MediaSettings,
  tools: FolderTools,
  report: (progress: Progress) => void,
): Promise<LoadedViews> {
  const [first] = headers;
  if (first?.kind !== 'clip') return await loadImages(sources, headers, settings, report);
  const { loadClip } = await import('../../views/load/load-clip.ts');
  return await loadClip(sources[0] as MediaSource, first, settings, tools, report);
}
