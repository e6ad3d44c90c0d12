import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { MendedView } from '../../mending-schema.ts';
import type { Plane } from '../../raster/raster.ts';
import { shrinkAlpha } from '../../raster/resize-raster.ts';
import type { ElementFile, ElementManifest, ViewFacts } from '../../schema.ts';
import { drawSheet, encodeCutout, rules } from '../../subject/index.ts';
import { presentView } from '../present-view.ts';
import { fitForCutout } from '../steps/cut-out-subject.ts';
import { remakingSteps } from '../steps.ts';
import { type BuildState, createView, type StepTools, type View } from '../view.ts';
import { automaticRoles, goBack, isOf, stemOf } from './go-back.ts';
import { loadMatte, loadUpright } from './load-upright.ts';

/** What becomes of the cut-out of one view. */
export interface Remaking {
  manifest: ElementManifest;
  /** Stem of the names of its files: `frontal`, `refer-1`, `frame-2`. */
  view: string;
  /** Its new matte and what was done to it; null: back to the automatic one. */
  mended: { mattePath: string; record: MendedView } | null;
  /** Local paths of the element's pictures, mattes and cut-outs by their names. */
  paths: Readonly<Record<string, string>>;
  /** What the names of the new files end with, so that none was ever another file's. */
  suffix: string;
}

/**
 * Makes everything anew that follows from the cut-out of one view, by the steps of `views/steps.ts`: the cut-out, the sheet,
 * what is measured of the subject, scores, colors and the report. The pictures themselves, the hash of the frontal one and a
 * voice stay. Writes the new files, and returns the manifest with them in the place of the old ones. The matte must leave
 * something of the picture.
 */
export async function remakeElement(remaking: Remaking, createTools: () => StepTools): Promise<ElementManifest> {
  const manifest = remaking.mended === null ? goBack(remaking.manifest, remaking.view) : remaking.manifest;
  const made: ElementFile[] = [];
  const tools = { ...createTools(), writeFile: createWriter(made, createTools) };
  const views = await loadViews(manifest, remaking.paths);
  const target = views.find(({ stem }) => stem === remaking.view);
  if (target === undefined) throw new Error(`the view ${remaking.view} is not in its manifest`);
  const kept =
    remaking.mended === null ? manifest.files : await putInPlace(remaking, remaking.mended.mattePath, target, tools);
  await drawNewSheet(views, remaking.suffix, tools);
  const clip = manifest.sources.map(({ facts }) => facts).find((facts) => facts.kind === 'clip');
  const state: BuildState = {
    views,
    colors: [],
    placeholderHash: manifest.placeholder_hash,
    cuts: clip?.cuts ?? [],
    report: [],
  };
  const hasFaces = views.some(({ faces }) => faces !== undefined);
  if (manifest.is_person ?? (hasFaces && isLikelyPerson(manifest))) state.isPerson = true;
  for (const step of remakingSteps) await step(state, tools);
  const { mended: _, ...rest } = manifest;
  const records = listRecords(remaking);
  return {
    ...rest,
    files: [...kept.filter(({ role }) => role !== 'sheet'), ...made],
    sources: presentSources(manifest, views),
    colors: state.colors,
    report: [...state.report, ...listOtherFindings(manifest, tools.models?.faces !== undefined || hasFaces)],
    ...(records.length > 0 && { mended: records }),
  };
}

/** For a manifest from before `is_person`: only the people networks have found its faces, so they took it for a person. */
function isLikelyPerson({ engine }: ElementManifest): boolean {
  return engine.models?.every(({ task }) => task !== 'faces') !== false;
}

/** Lists what it writes in the manifest's own way, with sizes and sums. */
function createWriter(made: ElementFile[], createTools: () => StepTools): StepTools['writeFile'] {
  return async (bytes, file) => {
    await createTools().writeFile(bytes, file);
    made.push({ ...file, bytes: bytes.byteLength, sha256: createHash('sha256').update(bytes).digest('hex') });
  };
}

/** The views in their order, the frontal one first, with all that is known of them. */
async function loadViews(manifest: ElementManifest, paths: Remaking['paths']): Promise<View[]> {
  const files = manifest.files.filter(({ role }) => role === 'upright' || role === 'frame');
  files.sort(
    (one, other) => Number(other.name === manifest.frontal_image) - Number(one.name === manifest.frontal_image),
  );
  return await Promise.all(files.map((file) => loadView(file, manifest, paths)));
}

async function loadView(file: ElementFile, manifest: ElementManifest, paths: Remaking['paths']): Promise<View> {
  const source = file.source ?? 0;
  const known = manifest.sources[source];
  if (known === undefined) throw new Error(`${file.name} has no source in its manifest`);
  const frame = known.facts.kind === 'clip' ? known.facts.frames.find((one) => one.file === file.name) : undefined;
  const facts = known.facts.kind === 'clip' ? frame : known.facts;
  const stem = stemOf(file.name);
  const view: View = createView({
    stem,
    role: file.role as View['role'],
    source,
    param: known.param,
    pixels: await loadUpright(pathOf(paths, file.name)),
    timeSeconds: frame?.time_seconds,
    scene: frame?.scene,
  });
  if (facts !== undefined) takeFacts(view, facts);
  const matte = findOf(manifest.files, stem, 'matte');
  if (matte !== undefined) {
    view.smallAlpha = await loadMatte(pathOf(paths, matte.name), view.small);
    view.matte = { mask: toMask(view.smallAlpha, view.small), confidence: facts?.matte_confidence ?? 0 };
  }
  await loadCutout(view, manifest.files, paths);
  return view;
}

function takeFacts(view: View, facts: ViewFacts): void {
  view.sharpness = facts.sharpness;
  view.exposure = facts.exposure;
  view.perceptualHash = facts.perceptual_hash;
  if (facts.faces !== undefined) view.faces = facts.faces;
  if (facts.shows_nobody) view.showsNobody = true;
  if (facts.matte_source === 'mended') view.isMended = true;
}

async function loadCutout(view: View, files: readonly ElementFile[], paths: Remaking['paths']): Promise<void> {
  const cutout = findOf(files, view.stem, 'cutout');
  if (cutout !== undefined) view.cutout = await readFile(pathOf(paths, cutout.name));
}

/** Takes the new matte, and answers the files that stay: what the view has been found with stands aside. */
async function putInPlace(
  { manifest, suffix }: Remaking,
  mattePath: string,
  view: View,
  tools: StepTools,
): Promise<ElementFile[]> {
  const picture = await fitForCutout(view.pixels, tools.cutoutSideMaxPx);
  const { width, height } = picture;
  const alpha = await loadMatte(mattePath, picture);
  const cutout = await encodeCutout(picture, alpha);
  if (cutout === null) throw new Error('nothing is left of the picture');
  const wasMended = view.isMended === true;
  view.smallAlpha = shrinkAlpha(alpha, picture, view.small);
  view.matte = { mask: toMask(view.smallAlpha, view.small), confidence: 1 };
  view.isMended = true;
  view.cutout = cutout.data;
  const common = { source: view.source };
  await tools.writeFile(await readFile(mattePath), {
    name: `${view.stem}-matte-${suffix}.png`,
    role: 'matte',
    media_type: 'image/png',
    width_px: width,
    height_px: height,
    ...common,
  });
  await tools.writeFile(cutout.data, {
    name: `${view.stem}-cutout-${suffix}.webp`,
    role: 'cutout',
    media_type: 'image/webp',
    width_px: cutout.box.width,
    height_px: cutout.box.height,
    ...common,
  });
  return manifest.files.flatMap((file) => {
    if (!isOf(file, view.stem) || (file.role !== 'matte' && file.role !== 'cutout')) return [file];
    return wasMended ? [] : [{ ...file, role: automaticRoles[file.role] }];
  });
}

async function drawNewSheet(views: readonly View[], suffix: string, tools: StepTools): Promise<void> {
  const cutouts = views.flatMap(({ cutout }) => (cutout === undefined ? [] : [cutout]));
  if (cutouts.length === 0) return;
  const { data, width, height } = await drawSheet(cutouts);
  const name = `sheet-${suffix}.webp`;
  await tools.writeFile(data, {
    name,
    role: 'sheet',
    media_type: 'image/webp',
    width_px: width,
    height_px: height,
    source: null,
  });
}

function listRecords({ manifest, view, mended }: Remaking): MendedView[] {
  const others = (manifest.mended ?? []).filter((one) => one.view !== view);
  return mended === null ? others : [...others, mended.record];
}

function presentSources(manifest: ElementManifest, views: readonly View[]): ElementManifest['sources'] {
  return manifest.sources.map((source, at) => {
    const { facts } = source;
    const own = views.filter((view) => view.source === at);
    if (facts.kind === 'image') return own[0] === undefined ? source : { ...source, facts: renew(facts, own[0]) };
    const frames = facts.frames.map((frame) => {
      const view = own.find(({ stem }) => stem === stemOf(frame.file));
      return view === undefined ? frame : renew(frame, view);
    });
    return { ...source, facts: { ...facts, frames } };
  });
}

function renew<F extends ViewFacts>(facts: F, view: View): F {
  const { matte_source: _, ...rest } = facts;
  return { ...rest, ...presentView(view) } as F;
}

const faceCodes = [
  'no_frontal_face',
  'no_face',
  'no_person',
  'person_not_compared',
  'face_found',
  'several_faces',
  'other_face',
];

/** What no step here finds: of files as they came, and of faces where this process has no model that looks for them. */
function listOtherFindings({ report }: ElementManifest, findsFaces: boolean): ElementManifest['report'] {
  const remade = new Set([...Object.keys(rules), 'cuts', 'other_subject_after_cut', ...(findsFaces ? faceCodes : [])]);
  return report.filter(({ code }) => !remade.has(code));
}

function toMask(alpha: Uint8Array, { width, height }: { width: number; height: number }): Plane {
  const data = new Float32Array(alpha.length);
  for (let at = 0; at < data.length; at++) data[at] = (alpha[at] as number) >= 128 ? 1 : 0;
  return { width, height, data };
}

function findOf(files: readonly ElementFile[], stem: string, role: ElementFile['role']): ElementFile | undefined {
  return files.find((file) => file.role === role && isOf(file, stem));
}

function pathOf(paths: Remaking['paths'], name: string): string {
  const path = paths[name];
  if (path === undefined) throw new Error(`${name} was not fetched`);
  return path;
}
