import { findConnectedComponents } from '../../raster/clean-mask.ts';
import { dilateMask } from '../../raster/dilate-mask.ts';
import type { LabImage } from '../../raster/lab-image.ts';

/** What a square of twice this and a pixel doesn't fit into is thin. */
const thinRadiusPx = 3;
/** Around what is not thin, its own ragged outline. */
const outlinePx = 2;
/** A part is so many times as long as wide, and so many pixels at least. */
const slender = { ratio: 2.5, lengthPx: 8 };
/** Difference in CIE L*a*b* from what lies on either side: less is the part's end, and less than this share of what it was so far. */
const contrastMin = 20;
const contrastShare = 0.3;
/** So many steps without contrast in a row are noise. */
const gapPx = 2;
/** It goes on for so many times its known length at most: what goes on longer is a line of the ground. */
const furtherMax = 1.5;
/** A shorter rest is the outline's own doubt. */
const furtherMinPx = 4;
/** How far it may bend at each step, in pixels to either side. */
const bendPx = 0.7;

interface Point {
  readonly x: number;
  readonly y: number;
}

/** A slender part of a mask: where it ends freely, the unit vector from the body to there, its length and width in pixels. */
interface ThinPart extends Point {
  readonly dx: number;
  readonly dy: number;
  readonly length: number;
  readonly width: number;
}

/**
 * The mask (1 = subject, H×W), its slender parts led on to where the picture has their end: what judges by color and by patches cuts off
 * an aerial whose tip has another color. A part goes on along its axis as long as it is set off from both of its sides. One that meets something else
 * there, or doesn't end within one and a half of its known length, stays as it is.
 */
export function followThinParts(mask: Uint8Array, lab: LabImage): Uint8Array {
  const answer = mask.slice();
  for (const part of findThinParts(mask, lab)) {
    for (const place of followPart(part, lab)) paintAcross(answer, lab, part, place);
  }
  return answer;
}

function findThinParts(mask: Uint8Array, { width, height }: LabImage): ThinPart[] {
  const body = dilateMask(openMask(mask, width, height), width, height, outlinePx);
  const thin = mask.map((value, pixel) => (value && !body[pixel] ? 1 : 0));
  const { numbers, areas } = findConnectedComponents(thin, width, height, 1);
  const pieces: number[][] = areas.map(() => []);
  for (let pixel = 0; pixel < numbers.length; pixel++) pieces[numbers[pixel] as number]?.push(pixel);
  const nearBody = dilateMask(body, width, height, outlinePx);
  return pieces.flatMap((pixels) => describePart(pixels, nearBody, width) ?? []);
}

/** What a square fits into. */
function openMask(mask: Uint8Array, width: number, height: number): Uint8Array {
  const invert = (plane: Uint8Array) => plane.map((value) => 1 - value);
  const inner = invert(dilateMask(invert(mask), width, height, thinRadiusPx));
  return dilateMask(inner, width, height, thinRadiusPx);
}

/** Null for what isn't slender, or is near the body at both ends or at none. */
function describePart(pixels: readonly number[], nearBody: Uint8Array, rowPx: number): ThinPart | null {
  const points = pixels.map((pixel) => ({ x: pixel % rowPx, y: Math.floor(pixel / rowPx) }));
  const { middle, ax, ay } = findAxis(points);
  const along = points.map(({ x, y }) => (x - middle.x) * ax + (y - middle.y) * ay);
  const [low, high] = [Math.min(...along), Math.max(...along)];
  const length = high - low + 1;
  const width = pixels.length / length;
  if (length < slender.lengthPx || length < slender.ratio * width) return null;
  const isAttached = (isThere: (place: number) => boolean) =>
    pixels.some((pixel, at) => nearBody[pixel] === 1 && isThere(along[at] as number));
  const isAttachedLow = isAttached((place) => place < low + length / 3);
  if (isAttachedLow === isAttached((place) => place > high - length / 3)) return null;
  const [end, sign] = isAttachedLow ? [high, 1] : [low, -1];
  // Of the end alone, as a part may be bent.
  const tip = meanOf(points.filter((_, at) => Math.abs((along[at] as number) - end) < 3));
  const [dx, dy] = [sign * ax, sign * ay];
  return { x: tip.x + dx, y: tip.y + dy, dx, dy, length, width };
}

/** The direction in which the points spread most, a unit vector, through their middle. */
function findAxis(points: readonly Point[]): { middle: Point; ax: number; ay: number } {
  const middle = meanOf(points);
  let [xx, yy, xy] = [0, 0, 0];
  for (const { x, y } of points) {
    xx += (x - middle.x) ** 2;
    yy += (y - middle.y) ** 2;
    xy += (x - middle.x) * (y - middle.y);
  }
  const angle = Math.atan2(2 * xy, xx - yy) / 2;
  return { middle, ax: Math.cos(angle), ay: Math.sin(angle) };
}

function meanOf(points: readonly Point[]): Point {
  const sum = points.reduce((one, { x, y }) => ({ x: one.x + x, y: one.y + y }), { x: 0, y: 0 });
  return { x: sum.x / points.length, y: sum.y / points.length };
}

/** Where it goes on, pixel by pixel; empty where it doesn't. */
function followPart(part: ThinPart, lab: LabImage): Point[] {
  const { dx, dy, length } = part;
  const path: Point[] = [];
  let next: Point = part;
  let sum = 0;
  let gap = 0;
  let isClosed = false;
  while (path.length <= length * furtherMax + gapPx) {
    const steps = [0, -bendPx, bendPx].map((aside) =>
      lookAround(lab, part, { x: next.x - dy * aside, y: next.y + dx * aside }),
    );
    // At the picture's edge everything ends.
    if (steps.includes(null)) return finish(path, gap);
    const { place, least, most } = steps.reduce((one, other) => (weigh(other) > weigh(one) + 1 ? other : one)) as Step;
    const enough = Math.max(contrastMin, path.length === 0 ? 0 : (contrastShare * sum) / path.length);
    gap = least < enough ? gap + 1 : 0;
    // What differs from one side only has met something, rather than ended.
    isClosed = gap > 0 && (isClosed || most < enough);
    path.push(place);
    if (gap > gapPx) return isClosed ? finish(path, gap) : [];
    sum += least;
    next = { x: place.x + dx, y: place.y + dy };
  }
  return [];
}

function finish(path: readonly Point[], gap: number): Point[] {
  const kept = path.slice(0, path.length - gap);
  return kept.length < furtherMinPx ? [] : kept;
}

/** A place of a part and its differences from either side. */
interface Step {
  readonly place: Point;
  readonly least: number;
  readonly most: number;
}

function weigh(step: Step | null): number {
  return step?.least ?? 0;
}

/** Null where the picture ends beside it. */
function lookAround(lab: LabImage, { dx, dy, width }: ThinPart, place: Point): Step | null {
  const side = width / 2 + 2;
  const here = readLab(lab, place);
  const left = readLab(lab, { x: place.x - dy * side, y: place.y + dx * side });
  const right = readLab(lab, { x: place.x + dy * side, y: place.y - dx * side });
  if (here === null || left === null || right === null) return null;
  const [one, other] = [differ(here, left), differ(here, right)];
  return { place, least: Math.min(one, other), most: Math.max(one, other) };
}

type Lab = readonly [number, number, number];

function readLab({ width, height, l, a, b }: LabImage, { x, y }: Point): Lab | null {
  const [column, row] = [Math.round(x), Math.round(y)];
  if (column < 0 || row < 0 || column >= width || row >= height) return null;
  const pixel = row * width + column;
  return [l[pixel] as number, a[pixel] as number, b[pixel] as number];
}

function differ(one: Lab, other: Lab): number {
  return Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]);
}

function paintAcross(mask: Uint8Array, { width, height }: LabImage, part: ThinPart, { x, y }: Point): void {
  const half = Math.max(0.5, part.width / 2 - 0.5);
  for (let aside = -half; aside <= half; aside += 0.5) {
    const [column, row] = [Math.round(x - part.dy * aside), Math.round(y + part.dx * aside)];
    if (column >= 0 && row >= 0 && column < width && row < height) mask[row * width + column] = 1;
  }
}
