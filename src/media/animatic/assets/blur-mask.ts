/**
 * Blurs one channel (height × width, any range) as a Gaussian of this sigma in pixels would, by three box means in each
 * direction; what lies outside counts as 0. Works in place.
 */
export function blurMask(mask: Float32Array, width: number, height: number, sigma: number): void {
  if (sigma <= 0) return;
  const radius = chooseRadius(sigma);
  const line = new Float32Array(Math.max(width, height));
  for (let pass = 0; pass < 3; pass++) {
    for (let row = 0; row < height; row++) blurLine(mask, row * width, 1, width, radius, line);
    for (let column = 0; column < width; column++) blurLine(mask, column, width, height, radius, line);
  }
}

/** Of each of three boxes that blur as a Gaussian of this sigma; a box of width n has the variance (n² − 1) / 12. */
export function chooseRadius(sigma: number): number {
  return Math.max(1, Math.round((Math.sqrt(4 * sigma * sigma + 1) - 1) / 2));
}

function blurLine(
  mask: Float32Array,
  from: number,
  step: number,
  length: number,
  radius: number,
  line: Float32Array,
): void {
  for (let at = 0; at < length; at++) line[at] = mask[from + at * step] as number;
  const share = 1 / (2 * radius + 1);
  let sum = 0;
  for (let at = 0; at < Math.min(length, radius); at++) sum += line[at] as number;
  for (let at = 0; at < length; at++) {
    if (at + radius < length) sum += line[at + radius] as number;
    mask[from + at * step] = sum * share;
    if (at >= radius) sum -= line[at - radius] as number;
  }
}
