/**
 * The mask (1 = subject, H×W) without islands smaller than `shareMin` of the largest one, and with closed holes filled
 * that are smaller than `holeShareMax` of the subject.
 */
export function cleanMask(
  mask: Uint8Array,
  width: number,
  height: number,
  { shareMin, holeShareMax }: { shareMin: number; holeShareMax: number },
): Uint8Array {
  const answer = mask.slice();
  const islands = findConnectedComponents(mask, width, height, 1);
  const largest = Math.max(0, ...islands.areas);
  const total = islands.areas.reduce((sum, area) => sum + area, 0);
  const holes = findConnectedComponents(mask, width, height, 0);
  for (let pixel = 0; pixel < mask.length; pixel++) {
    if (mask[pixel]) {
      if ((islands.areas[islands.numbers[pixel] as number] as number) < largest * shareMin) answer[pixel] = 0;
    } else {
      const hole = holes.numbers[pixel] as number;
      if (!holes.touchesEdge[hole] && (holes.areas[hole] as number) < total * holeShareMax) answer[pixel] = 1;
    }
  }
  return answer;
}

/** The 4-connected pieces of pixels that equal `value`; -1 in `numbers` elsewhere. */
export function findConnectedComponents(mask: Uint8Array, width: number, height: number, value: 0 | 1) {
  const numbers = new Int32Array(mask.length).fill(-1);
  const stack = new Int32Array(mask.length);
  const areas: number[] = [];
  const touchesEdge: boolean[] = [];
  for (let seed = 0; seed < mask.length; seed++) {
    if (mask[seed] !== value || numbers[seed] !== -1) continue;
    const number = areas.length;
    let depth = 0;
    let area = 0;
    let touches = false;
    stack[depth++] = seed;
    numbers[seed] = number;
    while (depth > 0) {
      const pixel = stack[--depth] as number;
      const x = pixel % width;
      const y = (pixel - x) / width;
      area++;
      if (x === 0 || y === 0 || x === width - 1 || y === height - 1) touches = true;
      for (let side = 0; side < 4; side++) {
        const inside = side === 0 ? x > 0 : side === 1 ? x < width - 1 : side === 2 ? y > 0 : y < height - 1;
        const other = pixel + (side === 0 ? -1 : side === 1 ? 1 : side === 2 ? -width : width);
        if (!inside || mask[other] !== value || numbers[other] !== -1) continue;
        numbers[other] = number;
        stack[depth++] = other;
      }
    }
    areas.push(area);
    touchesEdge.push(touches);
  }
  return { numbers, areas, touchesEdge };
}
