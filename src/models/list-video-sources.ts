import { type MediaSource, parseImageSource, parseVideoSource, type UrlCheck } from './fields/parse-media-source.ts';
import type { VideoBody } from './fields/video-body.ts';

/** What each image of `image_urls` is; references where it doesn't say. */
export type ImageRoles = readonly ('image_start' | 'image_end')[];

/**
 * What `body` gives to look at, in the order in which `<<<image_N>>>` counts: first frame, last frame, reference images,
 * then the video. `sent` is the body as it came, by which a single text in place of a list is named without an index;
 * `imageRoles` are those of `image_urls` by place, for a model that has its frames there. Throws `invalid_request` naming the first that is no URL or inline image.
 */
export function listVideoSources(
  body: VideoBody,
  sent: object,
  checkUrl: UrlCheck,
  imageRoles: ImageRoles = [],
): MediaSource[] {
  const frames = (['image_start', 'image_end'] as const).flatMap((role) => {
    const text = body[role];
    return text === undefined ? [] : [parseImageSource(role, role, text, checkUrl)];
  });
  const images = listTexts(body, sent, 'image_urls').map(({ param, text }, index) =>
    parseImageSource(imageRoles[index] ?? 'reference_image', param, text, checkUrl),
  );
  const single = body.video_url === undefined ? [] : [{ param: 'video_url', text: body.video_url }];
  const videos = [...single, ...listTexts(body, sent, 'video_urls')].map(({ param, text }) =>
    parseVideoSource('reference_video', param, text, checkUrl),
  );
  return [...frames, ...images, ...videos];
}

function listTexts(body: VideoBody, sent: object, field: 'image_urls' | 'video_urls') {
  const isList = Array.isArray((sent as VideoBody)[field]);
  return (body[field] ?? []).map((text, index) => ({ param: isList ? `${field}[${index}]` : field, text }));
}
