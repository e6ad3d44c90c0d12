import type { CastFacts, VideoPrecheck } from '../../engines/index.ts';
import { findClip, judgeElementClip } from '../elements/element-clip.ts';
import { noClip } from '../elements/write-element-body.ts';
import { klingRefuses, noPublicAddress } from '../errors.ts';
import { limits } from './limits.ts';
import { findProduct, type Product } from './products.ts';

/** What the check has to know of this server. */
export interface CheckKnowledge {
  /** Whether it can give the Kling API an address to fetch a video from. */
  canPublish: boolean;
  /** Ids of elements that the Kling account has already. */
  bound: readonly string[];
}

/**
 * Refuses what the Kling API would, before anything is charged: its rules are stricter than the contract's where the
 * kinds of elements mix. Throws `invalid_request` (400) and `service_unavailable` (503).
 */
export function checkVideo(
  { spec, cast, sources }: Omit<VideoPrecheck, 'account_id'>,
  { canPublish, bound }: CheckKnowledge,
): void {
  const product = findProduct(spec.model);
  if (product === null) throw klingRefuses('model', `${spec.model} is not made by the Kling API`);
  const needsPrompt = !product.promptOptional && (spec.shots.length === 0 || spec.shot_type === 'intelligence');
  if (needsPrompt && spec.prompt.trim() === '') throw klingRefuses('prompt', 'is empty, the Kling API needs one');
  checkCounts(cast, sources, product);
  checkNewElements(cast, { canPublish, bound });
  const video = sources.find(({ role }) => role === 'reference_video');
  if (video !== undefined && !canPublish) throw noPublicAddress(video.param);
}

/** Refuses elements that the account doesn't have yet and could not be given. */
export function checkNewElements(cast: readonly CastFacts[], { canPublish, bound }: CheckKnowledge): void {
  for (const element of cast) if (!bound.includes(element.element_id)) checkElement(element, canPublish);
}

const listParam = 'model_params.element_list';

/** Most elements and images that a request may have, by the kinds of its elements. */
function checkCounts(cast: readonly CastFacts[], sources: VideoPrecheck['sources'], product: Product): void {
  const refuse = (what: string, most: string) => {
    throw klingRefuses(listParam, `${what}, the Kling API takes ${most}`);
  };
  const { length } = cast;
  if (length > product.elementsMax) refuse(`has ${length} elements`, `at most ${product.elementsMax} with this model`);
  if (product.elementsMax < 7 || length === 0) return;
  const clips = cast.filter(({ reference_type }) => reference_type === 'video_refer').length;
  const has = (role: string) => sources.some((source) => source.role === role);
  const images = sources.filter(({ role }) => role !== 'reference_video').length;
  const { elements: most } = limits;
  if (has('reference_video')) {
    const made = cast.find(({ reference_type }) => reference_type === 'video_refer');
    const isAlone = length === most.clipsWithReferenceVideo && images === 0;
    if (made !== undefined && !isAlone) {
      throw klingRefuses(
        made.param,
        'was made from a video, the Kling API takes one such together with a reference video, without images and other elements',
      );
    }
    if (images + length > most.withReferenceVideo) {
      refuse(
        `${images} images and ${length} elements`,
        `at most ${most.withReferenceVideo} in all with a reference video`,
      );
    }
    return;
  }
  if (has('image_start')) {
    if (length > most.withFirstFrame)
      refuse(`has ${length} elements`, `at most ${most.withFirstFrame} with a first frame`);
    return;
  }
  if (clips > most.clips) refuse(`has ${clips} elements made from videos`, `at most ${most.clips} of them`);
  const others = images + length - clips;
  if (clips > 0 && others > most.besideClips) {
    refuse(
      `${others} images and elements made from images`,
      `at most ${most.besideClips} of them beside elements made from videos`,
    );
  }
  if (images + length > most.inAll) refuse(`${images} images and ${length} elements`, `at most ${most.inAll} in all`);
}

/** One that the account doesn't have yet, whichever engine built it under whichever account, is made of its files. */
function checkElement({ param, reference_type, manifest }: CastFacts, canPublish: boolean): void {
  if (reference_type === 'image_refer') return;
  const clip = findClip(manifest);
  if (clip === null) throw klingRefuses(param, noClip);
  const rule = judgeElementClip(clip.facts);
  if (rule !== null) throw klingRefuses(param, rule);
  if (!canPublish) throw noPublicAddress(param);
}
