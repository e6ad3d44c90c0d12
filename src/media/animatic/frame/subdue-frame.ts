import type { Easel } from './create-easel.ts';

/**
 * Takes light and most of the color out of what the frame shows, so that a figure before it stands out: luma becomes
 * 24 + 0.62 × what it has above black, chroma keeps 0.3 of its distance from grey; both rounded down to a whole level.
 */
export function subdueFrame({ kernels, planes, width, height }: Easel): void {
  const luma = { less: 16, times: 40_633, plus: 24 << 16 };
  // 128.5 − 0.3 × 128
  const chroma = { less: 0, times: 19_661, plus: Math.round(90.1 * 65_536) };
  const map = (from: number, end: number, { less, times, plus }: typeof luma) =>
    kernels.mapLevels(from, end, less, times, plus);
  map(planes.y, planes.u, luma);
  map(planes.u, planes.y + (width * height * 3) / 2, chroma);
}
