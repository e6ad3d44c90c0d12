import type { FaceComparer, FaceFault, PeopleFinder, ThingsFinder } from '../networks/index.ts';
import type { Embedding, ModelRunners } from '../plugins/index.ts';
import type { Pixels } from '../raster/pixels.ts';
import type { Plane } from '../raster/raster.ts';
import { shrinkPixels } from '../raster/shrink-pixels.ts';
import type { ClipCut, ElementFile, Exposure, FaceFacts, FileRole, QualityFinding, SubjectFacts } from '../schema.ts';
import type { GuideOptions, SubjectMask } from '../subject/index.ts';

/** One upright picture of the subject, from a reference image or from a frame of the reference video. */
export interface View {
  /** Stem of the names of its files: `frontal`, `refer-1`, `frame-2`. */
  readonly stem: string;
  /** Role of its full-size picture. */
  readonly role: Extract<FileRole, 'upright' | 'frame'>;
  /** Index into the sources. */
  readonly source: number;
  /** The request field it came from. */
  readonly param: string;
  /** Position in the clip, undefined for an image. */
  readonly timeSeconds?: number | undefined;
  /** Which scene of the clip it is from, counted from 0; undefined for an image. */
  readonly scene?: number | undefined;
  /** What moved over still ground in a frame of a clip, 0…1; undefined where that says nothing. */
  readonly moved?: Plane | undefined;
  /** Upright sRGB, longer side at most the setting `uprightSideMaxPx`. Steps read it and never write into it. */
  readonly pixels: Pixels;
  /** The same at 512 px on the longer side, without alpha: measurements depend on size, so all are taken at this one. */
  readonly small: Pixels & { channels: 3 };
  /** Filled by `measureSharpness`. */
  sharpness?: number;
  /** Filled by `measureExposure`. */
  exposure?: Exposure;
  /** Filled by `hashPicture`. */
  perceptualHash?: string;
  /** What a model has drawn of the subject, 0…1 at its own size. Filled by `matteWithModel` where one was added, else by `matteThings`; undefined where it found nothing. */
  modelMatte?: Plane;
  /** Filled by `solvePlainGround`, of a person by `findPeople`, else by `findSubject`. */
  matte?: SubjectMask;
  /** Set by `solvePlainGround`: what stands there is all that isn't ground. */
  isOnPlainGround?: true;
  /** How the matte is led along edges, where not in the usual way. Filled by those that fill the matte. */
  matteGuide?: Partial<GuideOptions>;
  /** Set by `takeGivenAlpha`: the picture came cut out, and its own alpha is the matte. */
  isAlphaGiven?: true;
  /** A person has mended its matte. */
  isMended?: true;
  /** Filled by `cutOutSubject`: undefined while there is no subject. */
  cutout?: Uint8Array;
  /** Alpha 0…255 of {@link View.small}. Filled by `cutOutSubject`. */
  smallAlpha?: Uint8Array;
  /** Filled by `measureSubjects`. */
  subject?: SubjectFacts | null;
  /** Filled by `compareViews`; the score by `compareWithModel` where a model was added. */
  sameSubject?: number | null;
  viewDifference?: number | null;
  /** Of a person the people networks are sure that there is none. Filled by `findPeople`. */
  showsNobody?: true;
  /** The score that `withholdLikeness` has taken back. */
  likeness?: number | null;
  /** Filled by `findPeople` for a person, by `findFaces` where a model was added; else undefined. */
  faces?: readonly FaceFacts[];
  /** Filled by `compareFaces`: whether its face is that of the view it was compared with, or why that can't be told. */
  person?: { readonly score: number; readonly than: View } | FaceFault;
  /** Of the largest face. Filled by `findFaces` where there are models for both. */
  faceEmbedding?: Embedding;
}

/** Longer side of {@link View.small}. */
export const smallSidePx = 512;

/** A view of which nothing is known yet. */
export function createView(
  view: Pick<View, 'stem' | 'role' | 'source' | 'param' | 'pixels' | 'timeSeconds' | 'scene' | 'moved'>,
): View {
  return { ...view, small: shrinkPixels(view.pixels, smallSidePx) };
}

/** What the steps fill while they go over the views of one element. The first view is the frontal one. */
export interface BuildState {
  readonly views: readonly View[];
  colors: { hex: string; share: number }[];
  placeholderHash: string;
  /** Set by `findPeople`: there is no face in any view, and the element is a person. */
  showsNoFace?: true;
  isPerson?: true;
  /** Of a clip. */
  readonly cuts?: readonly ClipCut[];
  report: QualityFinding[];
}

export interface StepTools {
  /** The setting of that name. */
  readonly cutoutSideMaxPx: number;
  /** The networks that know people; absent where they are not installed or are switched off. */
  readonly people?: PeopleFinder;
  /** The network that knows things; absent where it is switched off. */
  readonly things?: ThingsFinder;
  /** Tells whether faces are of one person; absent unless the operator has switched it on. */
  readonly faceComparer?: FaceComparer;
  /** The models that were added; absent means none. */
  readonly models?: ModelRunners;
  /** Writes bytes into the work folder and lists the file in the manifest. */
  writeFile(bytes: Uint8Array, file: Omit<ElementFile, 'bytes' | 'sha256'>): Promise<void>;
}

/** For what is written elsewhere than in a step. */
export interface FolderTools extends Pick<StepTools, 'writeFile'> {
  /** Where a file of that name belongs. */
  pathOf(name: string): string;
  /** Lists a file that is already there. */
  listFile(file: Omit<ElementFile, 'bytes' | 'sha256'>): Promise<void>;
}

/** Looks at one view. */
export type ViewStep = (view: View, tools: StepTools) => Promise<void> | void;

/** Looks at all views together, after every view step. */
export type JointStep = (state: BuildState, tools: StepTools) => Promise<void> | void;

/** A step that is begun at its place in the list and finished at its end: no later step needs what it makes. */
export interface Background<Step> {
  readonly beside: Step;
}
