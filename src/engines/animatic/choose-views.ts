import type { ElementFile, ElementManifest, ViewFacts } from '../../media/index.ts';

/** One picture of an element that an animatic may show: the file to fetch, and how it may stand. */
export interface ChosenView {
  kind: 'cutout' | 'picture';
  file: ElementFile & { width_px: number; height_px: number };
  is_bust: boolean;
  facts: ViewFacts | null;
}

/** Different shots show different views, and no more than these. */
const viewsMax = 3;
/** Below it the manifest itself says to use the upright picture. */
const confidenceMin = 0.7;
/** How far below the surest cut-out another may lie: bits of the surroundings hang on those. */
const confidenceSpread = 0.1;
/** How much surer another cut-out must be to go before the frontal one. */
const frontalBonus = 0.08;
/** Chance below which a reference may show another subject; the quality report warns at the same value. */
const sameSubjectMin = 0.3;

/**
 * The views of an element, best first: sure cut-outs of the same subject that stand free, then those that the lower edge
 * cuts off; without any the frontal picture itself; none from an element without pictures.
 */
export function chooseViews(manifest: ElementManifest): ChosenView[] {
  const views = listViews(manifest);
  const cutouts = views.flatMap((view) => chooseCutout(view, manifest) ?? []);
  const best = Math.max(...cutouts.map(({ facts }) => facts.matte_confidence));
  const sure = cutouts.filter(({ facts }) => facts.matte_confidence >= best - confidenceSpread);
  const standing = sure.filter(({ is_bust }) => !is_bust);
  const busts = sure.filter(({ is_bust }) => is_bust);
  if (sure.length > 0) return [...standing, ...busts].slice(0, viewsMax);
  const frontal = views.find(({ file }) => file.name === manifest.frontal_image) ?? views[0];
  return frontal === undefined || !isSized(frontal.file)
    ? []
    : [{ kind: 'picture', file: frontal.file, is_bust: false, facts: frontal.facts }];
}

interface View {
  file: ElementFile;
  facts: ViewFacts | null;
}

/** Every upright picture and frame with its facts, the surest cut-out first. */
function listViews({ files, sources, frontal_image }: ElementManifest): View[] {
  const views = files
    .filter(({ role }) => role === 'upright' || role === 'frame')
    .map((file) => ({ file, facts: findFacts(file, sources) }));
  const rank = ({ file, facts }: View) =>
    (facts?.matte_confidence ?? 0) + (file.name === frontal_image ? frontalBonus : 0);
  return views.toSorted((one, other) => rank(other) - rank(one));
}

function findFacts(file: ElementFile, sources: ElementManifest['sources']): ViewFacts | null {
  const facts = file.source === null ? undefined : sources[file.source]?.facts;
  if (facts === undefined) return null;
  return facts.kind === 'clip' ? (facts.frames.find((frame) => frame.file === file.name) ?? null) : facts;
}

/** Null where the cut-out is missing, unsure, of another subject, or cut off by an edge other than the lower one. */
function chooseCutout({ file, facts }: View, { files }: ElementManifest): (ChosenView & { facts: ViewFacts }) | null {
  const stem = file.name.replace(/\.[^.]+$/, '');
  const cutout = files.find(({ name, role }) => role === 'cutout' && name.startsWith(`${stem}-`));
  const subject = facts?.subject ?? null;
  if (cutout === undefined || !isSized(cutout) || facts === null || subject === null) return null;
  if (facts.matte_confidence < confidenceMin || (facts.same_subject ?? 1) < sameSubjectMin) return null;
  if (subject.touches.some((edge) => edge !== 'bottom')) return null;
  return { kind: 'cutout', file: cutout, is_bust: subject.touches.includes('bottom'), facts };
}

function isSized(file: ElementFile): file is ChosenView['file'] {
  return file.width_px !== undefined && file.height_px !== undefined;
}
