/** The mask (1 or 0, H×W) grown by `radius` pixels on all sides, corners included. */
export function dilateMask(mask: Uint8Array, width: number, height: number, radius: number): Uint8Array {
  const rows = new Uint8Array(mask.length);
  const grown = new Uint8Array(mask.length);
  for (let y = 0; y < height; y++) spread(mask, rows, y * width, 1, width, radius);
  for (let x = 0; x < width; x++) spread(rows, grown, x, width, height, radius);
  return grown;
}

function spread(from: Uint8Array, to: Uint8Array, start: number, stride: number, count: number, radius: number): void {
  let last = -radius - 1;
  for (let index = 0; index < count; index++) {
    if (from[start + index * stride]) last = index;
    if (index - last <= radius) to[start + index * stride] = 1;
  }
  last = count + radius;
  for (let index = count - 1; index >= 0; index--) {
    if (from[start + index * stride]) last = index;
    if (last - index <= radius) to[start + index * stride] = 1;
  }
}
