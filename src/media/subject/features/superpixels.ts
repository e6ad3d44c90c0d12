import type { LabImage } from '../../raster/lab-image.ts';

/** A picture cut into small patches of similar color. */
export interface Superpixels {
  readonly count: number;
  /** Patch number of every pixel, H×W. */
  readonly labels: Int32Array;
  /** Pixels in each patch. */
  readonly area: Float32Array;
  /** Centre of each patch, in pixels. */
  readonly x: Float32Array;
  readonly y: Float32Array;
}

export interface SuperpixelOptions {
  /** Intended distance between patch centres, in pixels. */
  spacingPx: number;
  /** How many units of Lab distance one spacing of way is worth; higher makes rounder patches. */
  compactness: number;
  rounds: number;
}

/** How far a centre looks for its pixels, in spacings: at 1 a few pixels between drifted centres are reached by none. */
const reach = 1.1;

/**
 * Patches by local k-means over color and place (SLIC: R. Achanta et al., PAMI 34(11), 2012), each made one connected
 * piece afterwards: crumbs smaller than a quarter of a regular patch join a neighbour.
 */
export function findSuperpixels(lab: LabImage, options: SuperpixelOptions): Superpixels {
  const labels = assignPixels(lab, options);
  const count = joinCrumbs(labels, lab.width, lab.height, (options.spacingPx * options.spacingPx) / 4);
  return { count, labels, ...measurePatches(labels, count, lab.width, lab.height) };
}

function assignPixels(lab: LabImage, { spacingPx, compactness, rounds }: SuperpixelOptions): Int32Array {
  const { width, height, l, a, b } = lab;
  const columns = Math.max(1, Math.round(width / spacingPx));
  const rows = Math.max(1, Math.round(height / spacingPx));
  const count = columns * rows;
  /** Per centre: L, a, b, x, y. */
  const centres = new Float32Array(count * 5);
  for (let index = 0; index < count; index++) {
    const x = Math.floor((((index % columns) + 0.5) * width) / columns);
    const y = Math.floor(((Math.floor(index / columns) + 0.5) * height) / rows);
    const pixel = y * width + x;
    centres.set([l[pixel] as number, a[pixel] as number, b[pixel] as number, x, y], index * 5);
  }
  const labels = new Int32Array(width * height);
  const nearest = new Float32Array(width * height);
  const wayWeight = (compactness / spacingPx) ** 2;
  for (let round = 0; round < rounds; round++) {
    nearest.fill(Number.POSITIVE_INFINITY);
    for (let index = 0; index < count; index++) {
      const o = index * 5;
      const cl = centres[o] as number;
      const ca = centres[o + 1] as number;
      const cb = centres[o + 2] as number;
      const cx = centres[o + 3] as number;
      const cy = centres[o + 4] as number;
      const top = Math.max(0, Math.floor(cy - spacingPx * reach));
      const bottom = Math.min(height - 1, Math.ceil(cy + spacingPx * reach));
      const left = Math.max(0, Math.floor(cx - spacingPx * reach));
      const right = Math.min(width - 1, Math.ceil(cx + spacingPx * reach));
      for (let y = top; y <= bottom; y++) {
        const dy = (y - cy) * (y - cy);
        for (let x = left, pixel = y * width + left; x <= right; x++, pixel++) {
          const dl = (l[pixel] as number) - cl;
          const da = (a[pixel] as number) - ca;
          const db = (b[pixel] as number) - cb;
          const distance = dl * dl + da * da + db * db + ((x - cx) * (x - cx) + dy) * wayWeight;
          if (distance < (nearest[pixel] as number)) {
            nearest[pixel] = distance;
            labels[pixel] = index;
          }
        }
      }
    }
    moveCentres(lab, labels, centres);
  }
  return labels;
}

function moveCentres(lab: LabImage, labels: Int32Array, centres: Float32Array): void {
  const sums = new Float64Array(centres.length);
  const areas = new Float64Array(centres.length / 5);
  for (let pixel = 0, y = 0; y < lab.height; y++) {
    for (let x = 0; x < lab.width; x++, pixel++) {
      const label = labels[pixel] as number;
      const o = label * 5;
      sums[o] = (sums[o] as number) + (lab.l[pixel] as number);
      sums[o + 1] = (sums[o + 1] as number) + (lab.a[pixel] as number);
      sums[o + 2] = (sums[o + 2] as number) + (lab.b[pixel] as number);
      sums[o + 3] = (sums[o + 3] as number) + x;
      sums[o + 4] = (sums[o + 4] as number) + y;
      areas[label] = (areas[label] as number) + 1;
    }
  }
  for (let o = 0; o < centres.length; o++) {
    const area = areas[Math.floor(o / 5)] as number;
    if (area > 0) centres[o] = (sums[o] as number) / area;
  }
}

/** Renumbers `labels` in place so that each number is one connected piece; answers how many there are. */
function joinCrumbs(labels: Int32Array, width: number, height: number, areaMin: number): number {
  const size = width * height;
  const fresh = new Int32Array(size).fill(-1);
  const piece = new Int32Array(size);
  let count = 0;
  for (let seed = 0; seed < size; seed++) {
    if (fresh[seed] !== -1) continue;
    let neighbour = -1;
    let filled = 1;
    piece[0] = seed;
    fresh[seed] = count;
    for (let read = 0; read < filled; read++) {
      const pixel = piece[read] as number;
      const x = pixel % width;
      for (let side = 0; side < 4; side++) {
        const other =
          side === 0
            ? x > 0
              ? pixel - 1
              : -1
            : side === 1
              ? x < width - 1
                ? pixel + 1
                : -1
              : side === 2
                ? pixel - width
                : pixel + width;
        if (other < 0 || other >= size) continue;
        if (fresh[other] === -1) {
          if (labels[other] !== labels[seed]) continue;
          fresh[other] = count;
          piece[filled++] = other;
        } else if (fresh[other] !== count) {
          neighbour = fresh[other] as number;
        }
      }
    }
    if (filled < areaMin && neighbour >= 0) {
      for (let index = 0; index < filled; index++) fresh[piece[index] as number] = neighbour;
    } else {
      count++;
    }
  }
  labels.set(fresh);
  return count;
}

function measurePatches(labels: Int32Array, count: number, width: number, height: number) {
  const area = new Float32Array(count);
  const x = new Float32Array(count);
  const y = new Float32Array(count);
  for (let pixel = 0, row = 0; row < height; row++) {
    for (let column = 0; column < width; column++, pixel++) {
      const label = labels[pixel] as number;
      area[label] = (area[label] as number) + 1;
      x[label] = (x[label] as number) + column;
      y[label] = (y[label] as number) + row;
    }
  }
  for (let label = 0; label < count; label++) {
    x[label] = (x[label] as number) / (area[label] as number);
    y[label] = (y[label] as number) / (area[label] as number);
  }
  return { area, x, y };
}
