/** Red, green, blue 0…255 of `#rrggbb`. */
export type Rgb = readonly [number, number, number];

/** `#rrggbb` to three numbers 0…255; the input is one of our own. */
export function parseColor(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** `one` at share 0, `other` at share 1, straight between in sRGB. */
export function mixColors(one: Rgb, other: Rgb, share: number): Rgb {
  return [
    one[0] + (other[0] - one[0]) * share,
    one[1] + (other[1] - one[1]) * share,
    one[2] + (other[2] - one[2]) * share,
  ];
}

/** Repeatable noise −0.5…0.5 of a place: it hides the steps of 8-bit gradients, and two renders stay equal. */
export function noiseAt(x: number, y: number): number {
  let hash = Math.imul(x + 1, 374_761_393) ^ Math.imul(y + 1, 668_265_263);
  hash = Math.imul(hash ^ (hash >>> 13), 1_274_126_177);
  return ((hash ^ (hash >>> 16)) >>> 0) / 4_294_967_296 - 0.5;
}
