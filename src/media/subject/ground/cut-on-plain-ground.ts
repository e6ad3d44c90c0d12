import { findConnectedComponents } from '../../raster/clean-mask.ts';
import { closeMask } from '../../raster/close-mask.ts';
import type { RgbImage } from '../../raster/raster.ts';
import { findHoles } from './find-holes.ts';
import { findSolid, growInto, isMixed, isRinging, isShade } from './grow-ground.ts';
import { measureGround, type PlainGround } from './measure-ground.ts';

/** Smaller pieces than this share of the largest are specks. */
const pieceShareMin = 0.004;
/** Less of the picture is nothing, more leaves no ground. */
const shareMin = 0.004;
const shareMax = 0.92;
/** On ground that is not quite even, as paper is, what is emptier than this is doubted: it may be drawn in lines that enclose more. */
const paperLevelsMin = 2;
const fullMin = 0.85;
const lineClosing = { radius: 6, holeShareMax: 10 };
/** An outline that is as clear as this needs no shadow taken away, and without it must be clearer by so much. */
const clearShareMin = 0.9;
const clearerMin = 0.08;
/** A blurrier outline than this is left to those who guess. */
const clearnessMin = 0.55;

/** What stands on a plain ground, and two signs of how well it was told from it, each 0…1 and the higher the better. */
export interface GroundCut {
  /** 1 subject, 0 ground; as large as the picture. */
  readonly mask: Uint8Array;
  /** How much of the outline stands out from the ground. */
  readonly clearness: number;
  /** Share of the mask in itself with its notches filled: what has lost parts to the ground's color is ragged. True holes count for nothing. */
  readonly evenness: number;
}

/**
 * The subject of a picture on plain ground, nearly exact: what is not of the ground's color, with its holes; null where
 * the ground is not plain or nothing stands on it. The mask is as large as the picture.
 */
export function cutOnPlainGround(picture: RgbImage): GroundCut | null {
  const ground = measureGround(picture);
  if (ground === null) return null;
  const { width, height } = picture;
  const solid = findSolid(ground, width, height);
  const { numbers, touchesEdge } = findConnectedComponents(solid, width, height, 0);
  const outside = solid.map((_, pixel) => (touchesEdge[numbers[pixel] as number] ? 1 : 0));
  const open = findHoles(picture, solid, outside, ground);
  const ringing = isRinging(ground, open, width, height);
  const bare = growInto(open, width, height, ringing);
  const hard = rateMask(bare, ground, width, height);
  if (hard.clearness >= clearShareMin) return hard;
  // What is a shadow and what the subject's own pale side tells only how clear the outline is that it leaves.
  const shade = isShade(picture, ground);
  const shaded = growInto(bare, width, height, (pixel, from) => ringing(pixel) || shade(pixel, from));
  const soft = rateMask(shaded, ground, width, height);
  const best = soft.clearness > hard.clearness + clearerMin ? soft : hard;
  return best.clearness >= clearnessMin ? best : null;
}

function rateMask(reached: Uint8Array, ground: PlainGround, width: number, height: number): GroundCut {
  const all = growInto(reached, width, height, isMixed(ground, reached, width, height));
  const mask = all.map((value) => 1 - value);
  removeSpecks(mask, width, height);
  const filled = closeMask(mask, width, height, lineClosing);
  const fullness = countInside(mask) / Math.max(1, countInside(filled));
  const evenness = countInside(mask) / Math.max(1, countInside(filled) - countHoles(mask, filled, width, height));
  const isPaper = ground.tolerance > paperLevelsMin;
  const share = countInside(mask) / mask.length;
  const isSubject = share >= shareMin && share <= shareMax && standsAlone(mask, width, height);
  const doubt = isPaper && fullness < fullMin ? fullness : 1;
  const clearness = isSubject ? doubt * rateOutline(ground, mask, width, height) : 0;
  return { mask, clearness, evenness };
}

function removeSpecks(mask: Uint8Array, width: number, height: number): void {
  const { numbers, areas } = findConnectedComponents(mask, width, height, 1);
  const least = Math.max(0, ...areas) * pieceShareMin;
  for (let pixel = 0; pixel < mask.length; pixel++) {
    if (mask[pixel] && (areas[numbers[pixel] as number] as number) < least) mask[pixel] = 0;
  }
}

/**
 * Whether nothing but the lower edge cuts the subject off, and no second thing lies beside one that does: what comes in from
 * elsewhere is no subject, and which of two it is only other pictures tell.
 */
function standsAlone(mask: Uint8Array, width: number, height: number): boolean {
  const share = (start: number, stride: number, count: number) => {
    let inside = 0;
    for (let index = 0; index < count; index++) inside += mask[start + index * stride] as number;
    return inside / count;
  };
  if (share(0, 1, width) > cutShareMax || share((height - 1) * width, 1, width) > lowerShareMax) return false;
  if (share(0, width, height) > sideShareMax || share(width - 1, width, height) > sideShareMax) return false;
  const { areas, touchesEdge } = findConnectedComponents(mask, width, height, 1);
  const least = Math.max(0, ...areas) * besideShareMin;
  const large = areas.flatMap((area, number) => (area >= least ? [touchesEdge[number] === true] : []));
  return !large.includes(true) || large.every(Boolean);
}

const cutShareMax = 0.03;
const sideShareMax = 0.12;
/** All of the lower edge is a floor. */
const lowerShareMax = 0.95;
const besideShareMin = 0.15;

/** Pixels of holes that the mask has already, and `filled` no longer: the loop of a handle is no fault. */
function countHoles(mask: Uint8Array, filled: Uint8Array, width: number, height: number): number {
  const { numbers, touchesEdge } = findConnectedComponents(mask, width, height, 0);
  return mask.reduce(
    (sum, value, at) => sum + (value === 0 && filled[at] === 1 && !touchesEdge[numbers[at] as number] ? 1 : 0),
    0,
  );
}

function countInside(mask: Uint8Array): number {
  return mask.reduce((sum, value) => sum + value, 0);
}

/** By how much of the outline stands out from the ground: where the subject has the ground's color, its edge is a guess. */
function rateOutline({ distance, tolerance }: PlainGround, mask: Uint8Array, width: number, height: number): number {
  let [count, clear] = [0, 0];
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1, pixel = y * width + 1; x < width - 1; x++, pixel++) {
      const around = [pixel - 1, pixel + 1, pixel - width, pixel + width];
      if (!mask[pixel] || around.every((one) => mask[one])) continue;
      count += 1;
      const most = Math.max(distance[pixel] as number, ...around.map((one) => distance[one] as number));
      if (most >= Math.max(clearLevels, 3 * tolerance)) clear += 1;
    }
  }
  return count === 0 ? 0 : clear / count;
}

const clearLevels = 10;
