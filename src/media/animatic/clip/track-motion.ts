import type { Track } from '../plan.ts';
import { frameRate } from '../script.ts';
import { chooseSmallSize } from './shrink-luma.ts';

export interface Mover {
  track: Track;
  /** Usual height of what moves as a share of the frame; null when nothing does. */
  height: number | null;
}

/**
 * Where the clip's motion is, frame by frame: each frame against the ground that stays (the median over the clip) where
 * the camera stands still, else against the frame before. The middle and height of what differs, smoothed over time.
 * `lumas` are the clip's frames in small ({@link chooseSmallSize} of the video's size), each valid until the next.
 */
export async function trackMotion(
  lumas: AsyncIterable<Uint8Array>,
  size: { width: number; height: number },
  onFrame: () => void,
): Promise<Mover> {
  const small = chooseSmallSize(size);
  const frames: Uint8Array[] = [];
  for await (const luma of lumas) {
    frames.push(luma.slice());
    onFrame();
  }
  const ground = findGround(frames);
  const places = frames.map((frame, at) =>
    findMover(frame, ground.isStill ? ground.luma : (frames[Math.max(0, at - 2)] as Uint8Array), small),
  );
  return smoothPlaces(places);
}

/** Levels of luma by which a pixel has clearly changed. */
const clear = 18;
/** Frames that the ground is taken from, spread over the clip. */
const groundFrames = 25;
/** Share of pixels that stay the same over these frames, from which the camera counts as standing still. */
const stillShareMin = 0.45;

function findGround(frames: readonly Uint8Array[]): { luma: Uint8Array; isStill: boolean } {
  const count = Math.min(groundFrames, frames.length);
  const chosen = Array.from(
    { length: count },
    (_, at) => frames[Math.floor((at * frames.length) / count)] as Uint8Array,
  );
  const luma = new Uint8Array(chosen[0]?.length ?? 0);
  const column = new Uint8Array(count);
  let still = 0;
  for (let pixel = 0; pixel < luma.length; pixel++) {
    for (let at = 0; at < count; at++) column[at] = chosen[at]?.[pixel] as number;
    column.sort();
    luma[pixel] = column[count >> 1] as number;
    if ((column[Math.floor(count * 0.9)] as number) - (column[Math.floor(count * 0.1)] as number) < clear) still++;
  }
  return { luma, isStill: still / luma.length >= stillShareMin };
}

/** Shares of the frame; `weight` is how much moved. */
interface MoverPlace {
  x: number;
  y: number;
  height: number;
  weight: number;
}

function findMover(
  frame: Uint8Array,
  ground: Uint8Array,
  { width, height }: { width: number; height: number },
): MoverPlace {
  const rows = new Float32Array(height);
  const columns = new Float32Array(width);
  let weight = 0;
  for (let row = 0, pixel = 0; row < height; row++) {
    for (let column = 0; column < width; column++, pixel++) {
      const moved = Math.abs((frame[pixel] as number) - (ground[pixel] as number)) - clear / 2;
      if (moved <= 0) continue;
      const share = Math.min(1, moved / clear);
      rows[row] = (rows[row] as number) + share;
      columns[column] = (columns[column] as number) + share;
      weight += share;
    }
  }
  const [top, bottom] = [findQuantile(rows, weight, 0.06), findQuantile(rows, weight, 0.94)];
  const [left, right] = [findQuantile(columns, weight, 0.12), findQuantile(columns, weight, 0.88)];
  return {
    x: (left + right) / 2 / width,
    y: (top + bottom) / 2 / height,
    height: (bottom - top) / height,
    weight: weight / frame.length,
  };
}

/** Where the running sum reaches this share of the whole. */
function findQuantile(sums: Float32Array, total: number, share: number): number {
  let sum = 0;
  for (let at = 0; at < sums.length; at++) {
    const next = sum + (sums[at] as number);
    if (next >= share * total && next > sum) return at + (share * total - sum) / (next - sum);
    sum = next;
  }
  return sums.length / 2;
}

/** Share of the frame that must move before it counts. */
const weightMin = 0.002;
/** Sigma of the smoothing in seconds: places follow quickly, sizes slowly. */
const placeSigma = 0.22;
const sizeSigma = 0.9;

function smoothPlaces(places: readonly MoverPlace[]): Mover {
  const seen = places.filter(({ weight }) => weight >= weightMin);
  const heights = seen.map(({ height }) => height).sort((one, other) => one - other);
  const usual = heights[heights.length >> 1];
  const weights = places.map(({ weight }) => (weight >= weightMin ? Math.sqrt(weight) : 0));
  const x = smooth(
    places.map((place) => place.x),
    weights,
    placeSigma,
    0.5,
  );
  const y = smooth(
    places.map((place) => place.y),
    weights,
    placeSigma,
    0.5,
  );
  const height = smooth(
    places.map((place) => place.height),
    weights,
    sizeSigma,
    usual ?? 0.5,
  );
  const track = places.map((_, at) => ({
    x: x[at] as number,
    y: y[at] as number,
    scale: usual === undefined ? 1 : Math.min(1.35, Math.max(0.7, (height[at] as number) / usual)),
  }));
  return { track, height: usual ?? null };
}

function smooth(values: readonly number[], weights: readonly number[], sigmaSeconds: number, rest: number): number[] {
  const sigma = sigmaSeconds * frameRate;
  const reach = Math.ceil(sigma * 3);
  return values.map((_, at) => {
    let [sum, total] = [rest * 1e-4, 1e-4];
    for (let near = Math.max(0, at - reach); near <= Math.min(values.length - 1, at + reach); near++) {
      const weight = (weights[near] as number) * Math.exp(-((near - at) ** 2) / (2 * sigma * sigma));
      sum += weight * (values[near] as number);
      total += weight;
    }
    return sum / total;
  });
}
