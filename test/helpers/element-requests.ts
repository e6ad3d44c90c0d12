import { AppError } from '../../src/lib/errors.ts';
import { checkElementRequest } from '../../src/models/checks/check-element-request.ts';
import type { UrlCheck } from '../../src/models/fields/parse-media-source.ts';

/** Judges as the address guard does, as far as these tests go: scheme, and one internal address. */
export const checkMediaUrl: UrlCheck = (text) => {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') return { ok: false, message: 'must use http or https' };
  if (url.hostname === '127.0.0.1') return { ok: false, message: 'must not point to an internal address' };
  return { ok: true, url };
};

export function check(body: unknown) {
  return checkElementRequest(body, { checkMediaUrl });
}

export const texts = { element_name: 'My Character', element_description: 'A young woman with long black hair' };
export const imageList = {
  frontal_image: 'https://example.com/front.jpg',
  refer_images: [{ image_url: 'https://example.com/side.jpg' }],
};
export const videoList = { refer_videos: [{ video_url: 'https://example.com/reference.mp4' }] };

/** A good `image_refer` request with `params` in `model_params` and `rest` beside it. */
export function imageBody(params: Record<string, unknown> = {}, rest: Record<string, unknown> = {}): unknown {
  const model_params = { ...texts, reference_type: 'image_refer', element_image_list: imageList, ...params };
  return { model: 'kling-custom-element', model_params, ...rest };
}

/** A good `video_refer` request with `params` in `model_params`. */
export function videoBody(params: Record<string, unknown> = {}): unknown {
  const model_params = { ...texts, reference_type: 'video_refer', element_video_list: videoList, ...params };
  return { model: 'kling-custom-element', model_params };
}

/** The error that `body` is refused with. */
export function refusal(body: unknown): AppError {
  try {
    check(body);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('was accepted');
}
