/**
 * Pixels that a sharp asset holds for each pixel it is shown with, along each side. At 2, bilinear sampling hardly
 * changes sharpness as a layer moves by parts of a pixel: at half the finest detail it keeps 92 to 100 % of the
 * contrast, at 1 only 71 to 100 % (the cosine of half the phase step). Above 1080p the memory of 2 isn't worth it.
 */
export function chooseDensity({ width, height }: { width: number; height: number }): number {
  return width * height > 2400 * 1400 ? 1.25 : 2;
}

/** The nearest even whole number, at least 4: chroma has half as many, and sampling needs two of them. */
export function even(length: number): number {
  return Math.max(4, Math.round(length / 2) * 2);
}
