import type { RgbImage } from '../../raster/raster.ts';

/** The color of a plain ground everywhere in a picture, and how far each pixel is from it. */
export interface PlainGround {
  /** Of each pixel: the largest difference of its three values from the ground's, 0…255. */
  readonly distance: Float32Array;
  /** Up to this distance a pixel looks like ground: what nine tenths of it keep, and half as much again. */
  readonly tolerance: number;
  /** Median distance of the ground itself. */
  readonly noise: number;
}

/** Levels of 255 up to which a pixel of the edge counts as ground while the ground is being fitted. */
const nearLevels = 10;
const toleranceMin = 1.5;
/** Least share of the edge that is ground. A bust leaves by the lower edge, nothing else may interrupt it. */
const edgeShareMin = 0.6;
/** Most of the edge that is neither ground nor the one stretch by which the subject leaves the picture. */
const straysShareMax = 0.06;
/** Levels by which the ground may change over the picture: a light falls off, but a floor and a wall are two. */
const changeMax = 60;
const rounds = 4;

/**
 * The ground of a picture whose edge shows one color that changes slowly, as in a studio, on paper or behind a drawing;
 * null where the edge shows more than that. The color is a polynomial of second degree of the place, fitted to the edge.
 */
export function measureGround(picture: RgbImage): PlainGround | null {
  const edge = listEdge(picture);
  const middle = medianOf(picture, edge);
  let near = edge.filter((pixel) => distanceFrom(picture, pixel, middle) <= nearLevels * 2);
  let fits = fitChannels(picture, near);
  for (let round = 0; round < rounds; round++) {
    if (near.length < edgeShareMin * edge.length || fits === null) return null;
    near = edge.filter((pixel) => measureAt(picture, pixel, fits as Fits) <= nearLevels);
    fits = fitChannels(picture, near);
  }
  if (fits === null || near.length < edgeShareMin * edge.length) return null;
  if (countStrays(picture, edge, fits) > straysShareMax * edge.length || changesTooMuch(picture, fits)) return null;
  const levels = near.map((pixel) => measureAt(picture, pixel, fits as Fits)).sort((one, other) => one - other);
  const high = levels[Math.floor(levels.length * 0.9)] as number;
  return {
    distance: measureAll(picture, fits),
    tolerance: Math.min(nearLevels, Math.max(toleranceMin, high * 1.6)),
    noise: levels[levels.length >> 1] as number,
  };
}

/** The pixels of the edge, clockwise from the top left. */
function listEdge({ width, height }: RgbImage): number[] {
  const edge: number[] = [];
  for (let x = 0; x < width; x++) edge.push(x);
  for (let y = 1; y < height; y++) edge.push(y * width + width - 1);
  for (let x = width - 2; x >= 0; x--) edge.push((height - 1) * width + x);
  for (let y = height - 2; y > 0; y--) edge.push(y * width);
  return edge;
}

function medianOf({ data }: RgbImage, pixels: readonly number[]): [number, number, number] {
  const middle = (channel: number) =>
    pixels.map((pixel) => data[pixel * 3 + channel] as number).sort((one, other) => one - other)[
      pixels.length >> 1
    ] as number;
  return [middle(0), middle(1), middle(2)];
}

function distanceFrom({ data }: RgbImage, pixel: number, color: readonly [number, number, number]): number {
  return Math.max(
    Math.abs((data[pixel * 3] as number) - color[0]),
    Math.abs((data[pixel * 3 + 1] as number) - color[1]),
    Math.abs((data[pixel * 3 + 2] as number) - color[2]),
  );
}

/** Of each channel the six coefficients of 1, x, y, x², xy, y², with x and y from −1 to 1. */
type Fits = readonly Float64Array[];
const termCount = 6;

function writeTerms({ width, height }: RgbImage, pixel: number, terms: Float64Array): void {
  const column = pixel % width;
  const x = (2 * column) / Math.max(1, width - 1) - 1;
  const y = (2 * ((pixel - column) / width)) / Math.max(1, height - 1) - 1;
  terms[0] = 1;
  terms[1] = x;
  terms[2] = y;
  terms[3] = x * x;
  terms[4] = x * y;
  terms[5] = y * y;
}

const scratch = new Float64Array(termCount);

function measureAt(picture: RgbImage, pixel: number, fits: Fits): number {
  writeTerms(picture, pixel, scratch);
  let most = 0;
  for (let channel = 0; channel < 3; channel++) {
    const value = Math.min(255, Math.max(0, evaluate(fits[channel] as Float64Array, scratch)));
    most = Math.max(most, Math.abs((picture.data[pixel * 3 + channel] as number) - value));
  }
  return most;
}

/** As `measureAt` of every pixel: row by row the polynomial has three terms. */
function measureAll({ width, height, data }: RgbImage, fits: Fits): Float32Array {
  const distance = new Float32Array(width * height);
  for (const [channel, fit] of fits.entries()) {
    const [one, x1, y1, x2, xy, y2] = fit as unknown as [number, number, number, number, number, number];
    for (let row = 0, pixel = 0; row < height; row++) {
      const y = (2 * row) / Math.max(1, height - 1) - 1;
      const constant = one + y * (y1 + y * y2);
      const slope = x1 + y * xy;
      for (let column = 0; column < width; column++, pixel++) {
        const x = (2 * column) / Math.max(1, width - 1) - 1;
        const ground = Math.min(255, Math.max(0, constant + x * (slope + x * x2)));
        const difference = Math.abs((data[pixel * 3 + channel] as number) - ground);
        if (difference > (distance[pixel] as number)) distance[pixel] = difference;
      }
    }
  }
  return distance;
}

function evaluate(fit: Float64Array, terms: Float64Array): number {
  let value = 0;
  for (let term = 0; term < termCount; term++) value += (fit[term] as number) * (terms[term] as number);
  return value;
}

/** Least squares, drawn a little towards a constant: an edge of which one side is hidden says little of the bend across it. */
function fitChannels(picture: RgbImage, pixels: readonly number[]): Fits | null {
  if (pixels.length < termCount) return null;
  const matrix = new Float64Array(termCount * termCount);
  const rights = [0, 1, 2].map(() => new Float64Array(termCount));
  const terms = new Float64Array(termCount);
  for (const pixel of pixels) {
    writeTerms(picture, pixel, terms);
    for (let row = 0; row < termCount; row++) {
      const term = terms[row] as number;
      for (let column = 0; column < termCount; column++) {
        const at = row * termCount + column;
        matrix[at] = (matrix[at] as number) + term * (terms[column] as number);
      }
      for (const [channel, right] of rights.entries()) {
        right[row] = (right[row] as number) + term * (picture.data[pixel * 3 + channel] as number);
      }
    }
  }
  for (let term = 1; term < termCount; term++) {
    const at = term * termCount + term;
    matrix[at] = (matrix[at] as number) + pixels.length * 0.003;
  }
  return rights.map((right) => solve(matrix.slice(), right));
}

/** Gaussian elimination with row exchange, in place. */
function solve(matrix: Float64Array, right: Float64Array): Float64Array {
  const at = (row: number, column: number) => row * termCount + column;
  for (let pivot = 0; pivot < termCount; pivot++) {
    let best = pivot;
    for (let row = pivot + 1; row < termCount; row++) {
      if (Math.abs(matrix[at(row, pivot)] as number) > Math.abs(matrix[at(best, pivot)] as number)) best = row;
    }
    for (let column = 0; column < termCount; column++) {
      const held = matrix[at(pivot, column)] as number;
      matrix[at(pivot, column)] = matrix[at(best, column)] as number;
      matrix[at(best, column)] = held;
    }
    const held = right[pivot] as number;
    right[pivot] = right[best] as number;
    right[best] = held;
    for (let row = 0; row < termCount; row++) {
      if (row === pivot) continue;
      const share = (matrix[at(row, pivot)] as number) / (matrix[at(pivot, pivot)] as number);
      for (let column = pivot; column < termCount; column++) {
        matrix[at(row, column)] = (matrix[at(row, column)] as number) - share * (matrix[at(pivot, column)] as number);
      }
      right[row] = (right[row] as number) - share * (right[pivot] as number);
    }
  }
  return right.map((value, row) => value / (matrix[at(row, row)] as number));
}

/** Pixels of the edge that are not ground, without the longest stretch of them; short gaps of ground don't end a stretch. */
function countStrays(picture: RgbImage, edge: readonly number[], fits: Fits): number {
  const gapMax = Math.round(edge.length * 0.02);
  const others = edge.map((pixel) => measureAt(picture, pixel, fits) > nearLevels);
  const total = others.filter(Boolean).length;
  let longest = 0;
  let [run, gap] = [0, 0];
  // twice around, so that a stretch over the first corner counts as one
  for (const isOther of [...others, ...others]) {
    if (isOther) {
      run += 1;
      gap = 0;
    } else if (++gap > gapMax) run = 0;
    longest = Math.max(longest, run);
  }
  return total - Math.min(total, longest);
}

function changesTooMuch({ width, height }: RgbImage, fits: Fits): boolean {
  const terms = new Float64Array(termCount);
  return fits.some((fit) => {
    let [least, most] = [255, 0];
    for (const y of [0, 0.5, 1]) {
      for (const x of [0, 0.5, 1]) {
        writeTerms(
          { width, height, data: new Uint8Array() },
          Math.round(y * (height - 1)) * width + Math.round(x * (width - 1)),
          terms,
        );
        const value = evaluate(fit, terms);
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
    }
    return most - least > changeMax;
  });
}
