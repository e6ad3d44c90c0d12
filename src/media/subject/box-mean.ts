/**
 * Mean of the (2·radius + 1)² pixels around each pixel of an H×W plane, fewer at the edges; two passes of running sums,
 * so the radius costs nothing.
 */
export function boxMean(source: Float32Array, width: number, height: number, radius: number): Float32Array {
  const rows = new Float32Array(source.length);
  const answer = new Float32Array(source.length);
  for (let y = 0; y < height; y++) {
    const start = y * width;
    let sum = 0;
    for (let x = 0; x < Math.min(radius, width); x++) sum += source[start + x] as number;
    for (let x = 0; x < width; x++) {
      if (x + radius < width) sum += source[start + x + radius] as number;
      if (x - radius > 0) sum -= source[start + x - radius - 1] as number;
      rows[start + x] = sum / (Math.min(width - 1, x + radius) - Math.max(0, x - radius) + 1);
    }
  }
  const sums = new Float64Array(width);
  for (let y = 0; y < Math.min(radius, height); y++) addRow(sums, rows, y * width, 1);
  for (let y = 0; y < height; y++) {
    if (y + radius < height) addRow(sums, rows, (y + radius) * width, 1);
    if (y - radius > 0) addRow(sums, rows, (y - radius - 1) * width, -1);
    const share = 1 / (Math.min(height - 1, y + radius) - Math.max(0, y - radius) + 1);
    for (let x = 0, at = y * width; x < width; x++, at++) answer[at] = (sums[x] as number) * share;
  }
  return answer;
}

function addRow(sums: Float64Array, rows: Float32Array, start: number, sign: number): void {
  for (let x = 0, at = start; x < sums.length; x++, at++) sums[x] = (sums[x] as number) + sign * (rows[at] as number);
}
