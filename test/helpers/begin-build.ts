import type { RgbImage } from '../../src/media/raster/raster.ts';
import { type BuildState, createView } from '../../src/media/views/view.ts';

/** A build before its joint steps: a view of each picture, of which nothing is known yet. */
export function beginBuild(pictures: readonly RgbImage[]): BuildState {
  const views = pictures.map((picture, at) =>
    createView({
      stem: `${at}`,
      role: 'upright',
      source: at,
      param: `${at}`,
      pixels: { ...picture, data: Uint8Array.from(picture.data), channels: 3 },
    }),
  );
  return { views, colors: [], placeholderHash: '', report: [] };
}
