/**
 * Mean of the (2·radius + 1)² pixels around each pixel of an H×W plane, fewer at the edges; two passes of running sums,
 * so the radius costs nothing. `rows` is scratch of the same size, for callers that take many means: fresh memory for each
 * costs as much as the sums.
 */
export function boxMean(
  source: Float32Array,
  width: number,
  height: number,
  radius: number,
  rows: Float32Array = new Float32Array(source.length),
): Float32Array {
  sumAlongRows(source, rows, width, height, radius);
  const answer = new Float32Array(source.length);
  const across = shareOfEach(width, radius);
  const down = shareOfEach(height, radius);
  const sums = new Float64Array(width);
  for (let y = 0; y < Math.min(radius, height); y++) addRow(sums, rows, y * width, 1);
  for (let y = 0; y < height; y++) {
    if (y + radius < height) addRow(sums, rows, (y + radius) * width, 1);
    if (y - radius > 0) addRow(sums, rows, (y - radius - 1) * width, -1);
    const share = down[y] as number;
    for (let x = 0, at = y * width; x < width; x++, at++) {
      answer[at] = (sums[x] as number) * (across[x] as number) * share;
    }
  }
  return answer;
}

function sumAlongRows(source: Float32Array, rows: Float32Array, width: number, height: number, radius: number): void {
  const grown = Math.min(radius, width);
  const full = Math.max(0, width - radius);
  for (let y = 0; y < height; y++) {
    const start = y * width;
    let sum = 0;
    for (let x = 0; x < grown; x++) sum += source[start + x] as number;
    for (let x = 0; x < width; x++) {
      if (x < full) sum += source[start + x + radius] as number;
      if (x > radius) sum -= source[start + x - radius - 1] as number;
      rows[start + x] = sum;
    }
  }
}

/** One over the number of pixels within `radius` of each along an axis. */
function shareOfEach(length: number, radius: number): Float64Array {
  return Float64Array.from(
    { length },
    (_, at) => 1 / (Math.min(length - 1, at + radius) - Math.max(0, at - radius) + 1),
  );
}

function addRow(sums: Float64Array, rows: Float32Array, start: number, sign: number): void {
  for (let x = 0, at = start; x < sums.length; x++, at++) sums[x] = (sums[x] as number) + sign * (rows[at] as number);
}
