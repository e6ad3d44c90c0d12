import { countThings } from '../../lib/show-value.ts';
import { refuse } from '../errors.ts';
import type { ImageRequest, VideoRequest } from '../fields/requests.ts';
import type { VideoRule } from '../fields/video-body.ts';
import type { CastKind } from '../model.ts';

const listParam = 'model_params.element_list';

/**
 * Refuses, in words that help, what is often sent in place of an element's id: the id of its task, and a number that was
 * rounded before it came here. Whatever else is wrong with `body` is the schema's to say.
 */
export function refuseOtherIds(body: unknown): void {
  const { model_params: params } = (body ?? {}) as { model_params?: { element_list?: unknown } };
  const list = params?.element_list;
  if (!Array.isArray(list)) return;
  for (const [index, item] of list.entries()) {
    const id = (item as { element_id?: unknown } | null)?.element_id;
    const rule = describeOtherId(id);
    if (rule !== null) throw refuse(`${listParam}[${index}].element_id`, rule);
  }
}

function describeOtherId(id: unknown): string | null {
  if (typeof id === 'string' && /^\s*task-/i.test(id)) {
    return "is a task's id; the element's own id is in result_data.element_id of that task once it is completed";
  }
  if (typeof id === 'number' && Number.isInteger(id) && !Number.isSafeInteger(id)) {
    return 'is a number beyond 2^53, which was rounded on its way; send the id as a string';
  }
  return null;
}

/** Refuses an element that is named twice: its second mark would name nobody new. */
export function checkElements({ elements }: Pick<VideoRequest, 'elements'>): void {
  for (const [index, { element_id, param }] of elements.entries()) {
    const earlier = elements.findIndex((other) => other.element_id === element_id);
    if (earlier < index) throw refuse(param, `is ${element_id}, which ${listParam}[${earlier}] names already`);
  }
}

/** With a first frame, at most `max` elements. */
export function limitElementsWithFirstFrame(max: number): VideoRule {
  return ({ elements, sources }) => {
    if (elements.length <= max || !sources.some(({ role }) => role === 'image_start')) return;
    throw refuse(listParam, `${countThings(elements.length, 'item')}, at most ${max} are allowed with image_start`);
  };
}

/** Images of any kind and elements together, at most `max`. */
export function limitImagesAndElements(max: number) {
  return ({ elements, sources }: Pick<VideoRequest | ImageRequest, 'elements' | 'sources'>): void => {
    const images = sources.filter(({ role }) => role !== 'reference_video').length;
    if (images + elements.length <= max) return;
    const measured = `${countThings(images, 'image')} and ${countThings(elements.length, 'element')}`;
    throw refuse(elements.length > 0 ? listParam : 'image_urls', `${measured}, at most ${max} together are allowed`);
  };
}

/** An element's motion follows the video, so that its orientation must too. */
export const requireVideoOrientation: VideoRule = ({ elements, character_orientation: orientation }) => {
  if (elements.length === 0 || orientation === 'video') return;
  throw refuse('model_params.character_orientation', `is '${orientation}', must be 'video' with an element`);
};

/**
 * The `checkCast` of a model that is given a video: elements made from images, or one made from a video without anything else, as the
 * vendor takes since 2026-06-17.
 */
export function acceptCastBesideVideo(modelId: string) {
  const acceptImages = acceptCast(modelId, 'image_refer');
  return (request: VideoRequest, cast: readonly CastKind[]): void => {
    const images = request.sources.filter(({ role }) => role !== 'reference_video');
    if (cast.length > 1 || images.length > 0) acceptImages(request, cast);
  };
}

/** The `checkCast` of a model that takes elements of one kind only. */
export function acceptCast(modelId: string, kind: CastKind['reference_type']) {
  return (_: VideoRequest, cast: readonly CastKind[]): void => {
    const other = cast.find(({ reference_type }) => reference_type !== kind);
    if (other === undefined) return;
    throw refuse(
      other.param,
      `was made with ${other.reference_type}, ${modelId} takes elements made with ${kind} only`,
    );
  };
}
