import type { Easel } from './create-easel.ts';

/**
 * Takes light and most of the color out of what the frame shows, so that a figure before it stands out: luma becomes
 * 24 + 0.62 × what it has above black, chroma keeps 0.3 of its distance from grey; both rounded down to a whole level.
 */
export function subdueFrame({ kernels, planes, width, height }: Easel): void {
  // of the factors and sums in 128ths of a level, those that round each of the levels as the whole numbers do: 0.62 and 24, 0.3 and 90.1
  const luma = { less: 16, times: 20_313, plus: 3074 };
  const chroma = { less: 0, times: 9818, plus: 11_545 };
  const map = (from: number, end: number, { less, times, plus }: typeof luma) =>
    kernels.mapLevels(from, end, less, times, plus);
  map(planes.y, planes.u, luma);
  map(planes.u, planes.y + (width * height * 3) / 2, chroma);
}
