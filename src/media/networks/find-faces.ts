import { cropRgb, type RgbImage } from '../raster/raster.ts';
import { resampleRgb } from '../raster/resample-rgb.ts';
import type { PeopleNetworks } from './find-networks.ts';
import type { RunNetwork } from './runner/plan-network.ts';

/** A face: its box as shares 0…1 of the picture, and how sure the network is of it from near by. */
export interface NetworkFace {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly score: number;
}

/** A place in a picture, in pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A face in pixels of its picture, with what the network marks in it; right and left are the person's own. */
export interface MarkedFace extends NetworkFace {
  readonly rightEye: Point;
  readonly leftEye: Point;
  readonly noseTip: Point;
  readonly mouth: Point;
}

/** A box in pixels of a picture; it may reach out of it. */
interface Square {
  readonly left: number;
  readonly top: number;
  readonly side: number;
}

/** How a face network lays out its answers: cells of `sidePx` ÷ stride, each with so many guesses. */
interface Detector {
  readonly run: RunNetwork;
  readonly sidePx: number;
  readonly grids: readonly { readonly stride: number; readonly guesses: number }[];
}

/** Least score of a guess worth a second look, and of that look. The second is what keeps dolls, dogs and marble out. */
const guessMin = 0.5;
const verifiedMin = 0.8;
/**
 * The second for what the far network sees in a picture that has a face: people stand together, and one who looks aside is seen less
 * clearly. Of 84 pictures of one person none has such a further face, of seven with one face found and more people five do
 * (bench/notes/cut-out.md).
 */
const companionMin = 0.6;
/** A second look takes in this many times the face. */
const nearness = 2.4;
/** At most so many second looks: more are a crowd. */
const looksMax = 6;
/** Overlap (IoU) from which two boxes are one face. */
const overlapMax = 0.3;

/**
 * The human faces of a picture, the largest first: guesses on the whole picture by the near network, then by the far one, which
 * sees those that look aside as well; each is looked at again from near by, and only what stands that counts.
 */
export function findFaces(picture: RgbImage, networks: PeopleNetworks): NetworkFace[] {
  const near = openNear(networks);
  const far: Detector = { run: networks.farFaces, sidePx: 192, grids: [{ stride: 4, guesses: 1 }] };
  const { width, height } = picture;
  const side = Math.max(width, height);
  const whole = { left: (width - side) / 2, top: (height - side) / 2, side };
  const lookAtAll = (guesses: readonly NetworkFace[], scoreMin: number) =>
    guesses.slice(0, looksMax).flatMap((guess) => lookAgain(picture, guess, near, scoreMin) ?? []);
  const first = dropOverlaps(lookAtAll(guessFaces(picture, whole, near, guessMin), verifiedMin));
  const further = guessFaces(picture, whole, far, guessMin).filter((guess) =>
    first.every((face) => isApart(face, guess)),
  );
  const seen = lookAtAll(further, companionMin);
  const isAnyVerified = first.length > 0 || seen.some(({ score }) => score >= verifiedMin);
  const faces = isAnyVerified ? [...first, ...seen] : [];
  return dropOverlaps(faces)
    .map((face) => toShares(face, picture))
    .toSorted((one, other) => areaOf(other) - areaOf(one));
}

/** The face in a box (in pixels) that was found before, as it is from near by, with its marks; undefined where it isn't seen again. */
export function markFace(
  picture: RgbImage,
  box: Omit<NetworkFace, 'score'>,
  networks: Pick<PeopleNetworks, 'nearFaces'>,
): MarkedFace | undefined {
  return lookAgain(picture, box, openNear(networks), guessMin);
}

function openNear({ nearFaces: run }: Pick<PeopleNetworks, 'nearFaces'>): Detector {
  return {
    run,
    sidePx: 128,
    grids: [
      { stride: 8, guesses: 2 },
      { stride: 16, guesses: 6 },
    ],
  };
}

function lookAgain(
  picture: RgbImage,
  guess: Omit<NetworkFace, 'score'>,
  near: Detector,
  scoreMin: number,
): MarkedFace | undefined {
  const side = Math.max(guess.right - guess.left, guess.bottom - guess.top) * nearness;
  const x = (guess.left + guess.right) / 2;
  const y = (guess.top + guess.bottom) / 2;
  const seen = guessFaces(picture, { left: x - side / 2, top: y - side / 2, side }, near, scoreMin);
  return seen.find((one) => one.left < x && x < one.right && one.top < y && y < one.bottom);
}

/** In pixels of the picture, the surest first, one for each group of overlapping boxes. */
function guessFaces(
  picture: RgbImage,
  square: Square,
  { run, sidePx, grids }: Detector,
  scoreMin: number,
): MarkedFace[] {
  const [boxes, scores] = run(readSquare(picture, square, sidePx)) as [Float32Array, Float32Array];
  const scale = square.side / sidePx;
  const found: MarkedFace[] = [];
  let anchor = 0;
  for (const { stride, guesses } of grids) {
    const cells = sidePx / stride;
    for (let guess = 0; guess < cells * cells * guesses; guess++, anchor++) {
      const score = 1 / (1 + Math.exp(-(scores[anchor] as number)));
      if (score < scoreMin) continue;
      const cell = Math.floor(guess / guesses);
      const values = boxes.subarray(anchor * 16, anchor * 16 + 16);
      // Where the n-th pair of values leads, from the middle of the cell.
      const place = (pair: number): Point => ({
        x: square.left + (((cell % cells) + 0.5) * stride + (values[2 * pair] as number)) * scale,
        y: square.top + ((Math.floor(cell / cells) + 0.5) * stride + (values[2 * pair + 1] as number)) * scale,
      });
      const centre = place(0);
      const [halfWidth, halfHeight] = [((values[2] as number) * scale) / 2, ((values[3] as number) * scale) / 2];
      found.push({
        left: centre.x - halfWidth,
        top: centre.y - halfHeight,
        right: centre.x + halfWidth,
        bottom: centre.y + halfHeight,
        score,
        rightEye: place(2),
        leftEye: place(3),
        noseTip: place(4),
        mouth: place(5),
      });
    }
  }
  return dropOverlaps(found);
}

/** The square at `sidePx` pixels, values −1…1; what lies outside of the picture is black, as the networks were taught. */
function readSquare(picture: RgbImage, square: Square, sidePx: number): Float32Array {
  const scale = sidePx / square.side;
  const left = Math.max(0, Math.floor(square.left));
  const top = Math.max(0, Math.floor(square.top));
  const width = Math.min(picture.width, Math.ceil(square.left + square.side)) - left;
  const height = Math.min(picture.height, Math.ceil(square.top + square.side)) - top;
  const input = new Float32Array(sidePx * sidePx * 3).fill(-1);
  if (width < 1 || height < 1) return input;
  const columns = Math.max(1, Math.min(sidePx, Math.round(width * scale)));
  const rows = Math.max(1, Math.min(sidePx, Math.round(height * scale)));
  const pixels = resampleRgb(cropRgb(picture, { left, top, width, height }), columns, rows);
  const toX = Math.min(sidePx - columns, Math.max(0, Math.round((left - square.left) * scale)));
  const toY = Math.min(sidePx - rows, Math.max(0, Math.round((top - square.top) * scale)));
  for (let y = 0, from = 0; y < rows; y++) {
    let to = ((y + toY) * sidePx + toX) * 3;
    for (let x = 0; x < columns * 3; x++) input[to++] = (pixels[from++] as number) / 127.5 - 1;
  }
  return input;
}

function dropOverlaps<Face extends NetworkFace>(boxes: readonly Face[]): Face[] {
  const kept: Face[] = [];
  for (const box of boxes.toSorted((one, other) => other.score - one.score)) {
    if (kept.every((surer) => computeOverlap(surer, box) <= overlapMax)) kept.push(box);
  }
  return kept;
}

/** Neither holds the other's middle: a guess may be far larger than the face that it means. */
function isApart(one: NetworkFace, other: NetworkFace): boolean {
  const holds = (box: NetworkFace, { left, top, right, bottom }: NetworkFace) => {
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    return box.left < x && x < box.right && box.top < y && y < box.bottom;
  };
  return !holds(one, other) && !holds(other, one);
}

function computeOverlap(one: NetworkFace, other: NetworkFace): number {
  const width = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const height = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  if (width <= 0 || height <= 0) return 0;
  return (width * height) / (areaOf(one) + areaOf(other) - width * height);
}

function areaOf({ left, top, right, bottom }: NetworkFace): number {
  return (right - left) * (bottom - top);
}

function toShares({ left, top, right, bottom, score }: NetworkFace, picture: RgbImage): NetworkFace {
  const round = (value: number) => Math.round(Math.min(1, Math.max(0, value)) * 1000) / 1000;
  return {
    left: round(left / picture.width),
    top: round(top / picture.height),
    right: round(right / picture.width),
    bottom: round(bottom / picture.height),
    score: round(score),
  };
}
