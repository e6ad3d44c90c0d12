interface Size {
  quality: '720p' | '1080p' | '4k';
  aspect_ratio: '16:9' | '9:16' | '1:1';
}

/**
 * The sizes of the videos form and what they mean to a model. Those of the vendor's own list come first of their kind: videos
 * are told to have them.
 */
export const sizes: Readonly<Record<string, Size>> = {
  '1280x720': { quality: '720p', aspect_ratio: '16:9' },
  '720x1280': { quality: '720p', aspect_ratio: '9:16' },
  '720x720': { quality: '720p', aspect_ratio: '1:1' },
  '1792x1024': { quality: '1080p', aspect_ratio: '16:9' },
  '1024x1792': { quality: '1080p', aspect_ratio: '9:16' },
  '1920x1080': { quality: '1080p', aspect_ratio: '16:9' },
  '1080x1920': { quality: '1080p', aspect_ratio: '9:16' },
  '1080x1080': { quality: '1080p', aspect_ratio: '1:1' },
  '3840x2160': { quality: '4k', aspect_ratio: '16:9' },
  '2160x3840': { quality: '4k', aspect_ratio: '9:16' },
};

/** The size that stands for what was asked for; without a ratio, which then follows a picture, that of 16:9. */
export function nameSize(quality: Size['quality'], ratio: Size['aspect_ratio'] = '16:9'): string {
  const [name = '1280x720'] =
    Object.entries(sizes).find(([, size]) => size.quality === quality && size.aspect_ratio === ratio) ?? [];
  return name;
}
