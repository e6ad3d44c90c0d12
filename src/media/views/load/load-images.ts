import { startEarly } from '../../../lib/start-early.ts';
import type { MediaSettings } from '../../config.ts';
import { decodeImage } from '../../image/decode-image.ts';
import type { Progress } from '../../progress.ts';
import type { Pixels } from '../../raster/pixels.ts';
import type { ImageHeader, SourceFacts, SourceHeader } from '../../schema.ts';
import type { MediaSource } from '../../sources.ts';
import { presentView } from '../present-view.ts';
import { createView, type View } from '../view.ts';

/**
 * Decodes every image of an element, the next one beside the current one; the views come in the order of the sources, the
 * frontal one first. When one is damaged, nothing is being decoded any more by the time this throws.
 */
export async function loadImages(
  sources: readonly MediaSource[],
  headers: readonly SourceHeader[],
  settings: MediaSettings,
  report: (progress: Progress) => void,
): Promise<{ views: View[]; facts(): SourceFacts[] }> {
  const views: View[] = [];
  const decode = async (at: number) => {
    const source = sources[at];
    return source && decodeImage(source, headers[at] as ImageHeader, settings);
  };
  let next = startEarly(decode(0));
  try {
    for (const [at, source] of sources.entries()) {
      report({ fraction: at / sources.length, step: 'decodeImage', param: source.param });
      const current = next;
      next = startEarly(decode(at + 1));
      const pixels = (await current) as Pixels;
      const stem = source.role === 'frontal_image' ? 'frontal' : `refer-${at}`;
      views.push(createView({ stem, role: 'upright', source: at, param: source.param, pixels }));
    }
  } finally {
    await Promise.allSettled([next]);
  }
  return {
    views,
    facts: () => sources.map((source, at) => present(source, headers[at] as ImageHeader, views[at] as View)),
  };
}

function present(source: MediaSource, header: ImageHeader, view: View): SourceFacts {
  return { role: source.role, param: source.param, facts: { ...header, ...presentView(view) } };
}
