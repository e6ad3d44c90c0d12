import type { Easel, HeldPlane } from './create-easel.ts';

/** Where a layer goes: its top left corner in pixels of the frame, not whole ones, and how much it is enlarged. */
export interface Place {
  left: number;
  top: number;
  scaleX: number;
  scaleY: number;
  /** 0…1 */
  opacity: number;
}

/** A plane of a layer, and where the plane of the frame begins that it is drawn on. */
export interface PlanePair {
  to: number;
  from: HeldPlane;
}

/** Of a plane of the frame; `rest` is what colors are premultiplied around, as `LayerPlane` of `yuv-raster.ts` has it. */
export interface PlaneSize {
  width: number;
  height: number;
  rest: number;
}

/** Draws planes of one size of a layer; the place is in pixels of these planes, `opacity` in whole 256ths. */
export function drawPlanes(easel: Easel, pairs: readonly PlanePair[], size: PlaneSize, place: Place): void {
  const { left, top, scaleX, scaleY, opacity } = place;
  const fromWidth = pairs[0]?.from.width ?? 0;
  const { first, end } = findColumns(size.width, fromWidth, left, scaleX);
  if (first >= end) return;
  const isNear = scaleX >= nearFrom;
  writeGroups(easel, fromWidth, first, end, place, isNear);
  for (const { to, from } of pairs) {
    easel.kernels.drawPlane(
      ...[to, size.width, size.height],
      ...[from.color, from.alpha === 0 ? 0 : from.alpha - from.color, from.width, from.height],
      ...[from.runs, from.inside === 'clear' ? 1 : 0],
      ...[easel.groups, isNear ? 1 : 0, first, end],
      ...[left, scaleX, top, scaleY],
      ...[Math.min(32767, opacity * 128), size.rest],
    );
  }
}

/** Columns of the frame that a layer covers with their centres: the first, and the one behind the last. */
export function findColumns(width: number, fromWidth: number, left: number, scale: number) {
  const first = Math.max(0, Math.ceil(left - 0.5));
  return { first, end: Math.min(width, Math.ceil(left + fromWidth * scale - 0.5)) };
}

/** Columns that the kernels draw at once. */
const together = 8;
/** How far behind the first of four columns the others may lie: more than four columns of the layer for one are never drawn. */
const reachMax = 14;
/** Picks a zero. */
const none = 0x80;
/** Enlargement from which all that eight columns are drawn of lies within eight columns of the layer: the last is less than six behind the first. */
const nearFrom = 1.25;

/** Tells the kernels where the columns lie in a row of the layer, four by four as kernels.wat has it. */
function writeGroups(
  { kernels, groups }: Easel,
  fromWidth: number,
  first: number,
  end: number,
  { left, scaleX }: Place,
  isNear: boolean,
): void {
  const table = new DataView(kernels.memory.buffer, groups);
  const padded = first + Math.ceil((end - first) / together) * together;
  let offset = 0;
  for (let column = first, at = 0; column < padded; column += 4, at += 36) {
    const begins = !isNear || at % 72 === 0;
    for (let step = 0; step < 4; step++) {
      const exact = Math.min(fromWidth - 1, Math.max(0, (column + step + 0.5 - left) / scaleX - 0.5));
      const lower = Math.min(fromWidth - 2, Math.floor(exact));
      if (step === 0 && begins) offset = lower;
      const reach = Math.min(reachMax, lower - offset);
      const share = Math.round((exact - lower) * 256);
      table.setUint32(at + step * 4, isNear ? pickWords(reach) : pickBytes(reach), true);
      table.setUint32(at + 16 + step * 4, (256 - share) | (share << 16), true);
    }
    table.setUint32(at + 32, offset, true);
  }
}

/** Picks two neighbours of bytes as 16-bit values. */
function pickBytes(reach: number): number {
  return reach | (none << 8) | ((reach + 1) << 16) | (none << 24);
}

/** Picks two neighbours of 16-bit values. */
function pickWords(reach: number): number {
  return (reach * 0x202 + 0x0100) | ((reach * 0x202 + 0x0302) << 16);
}
