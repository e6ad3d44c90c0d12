import type { Cutout, Mending } from '../../../client/index.ts';

export type Stroke = NonNullable<Mending['strokes']>[number];
export type Point = readonly [x: number, y: number];

/** One thing that was done: a stroke, or an alpha of one's own, which takes the place of all before it. */
export type Step = { id: string } & ({ stroke: Stroke } | { alpha: string });

/** What has been done and isn't stored, over the revision that it was done to. */
export interface MendingDraft {
  revision: number;
  steps: readonly Step[];
  /** Taken back, the next one to do again at the end. */
  undone: readonly Step[];
}

/** As the API has them: strokes of one request, and points of all of them together. */
const strokesMax = 100;
const pointsMax = 2000;
const strokePointsMax = 500;

/** Nothing done yet to a cut-out of this revision. */
export const emptyMending = ({ revision }: Pick<Cutout, 'revision'>): MendingDraft => ({
  revision,
  steps: [],
  undone: [],
});

/** The body that previews or stores what has been done. */
export function writeMending({ revision, steps }: MendingDraft): Mending {
  const at = steps.findLastIndex((step) => 'alpha' in step);
  const given = steps[at];
  const strokes = steps.slice(at + 1).flatMap((step) => ('stroke' in step ? [step.stroke] : []));
  return { revision, strokes, ...(given !== undefined && 'alpha' in given ? { alpha: given.alpha } : {}) };
}

/** Whether another stroke still goes into one request. */
export function hasRoom(draft: MendingDraft): boolean {
  const { strokes = [] } = writeMending(draft);
  const points = strokes.reduce((sum, stroke) => sum + stroke.points.length, 0);
  return strokes.length < strokesMax && points + strokePointsMax <= pointsMax;
}

/** A stroke of these points, in the fewest that lie within a tenth of the brush of where the hand was. */
export function writeStroke(kind: Stroke['kind'], radiusPx: number, path: readonly Point[]): Stroke {
  // A mouse of 1000 Hz tells more than is seen, and what follows takes up to the square of it.
  const every = Math.ceil(path.length / (2 * strokePointsMax));
  const told = path.filter((_, at) => at % every === 0 || at === path.length - 1);
  let tolerancePx = Math.max(0.5, radiusPx / 10);
  let points = simplify(told, tolerancePx);
  while (points.length > strokePointsMax) {
    tolerancePx *= 2;
    points = simplify(told, tolerancePx);
  }
  return { kind, radius_px: round(radiusPx), points: points.map(([x, y]) => [round(x), round(y)]) };
}

const round = (value: number) => Math.round(value * 10) / 10;

/** The ends and what lies farther than the tolerance from the way between them (Douglas and Peucker). */
function simplify(path: readonly Point[], tolerancePx: number): Point[] {
  const kept = new Set([0, path.length - 1]);
  const spans: [number, number][] = [[0, path.length - 1]];
  for (let span = spans.pop(); span !== undefined; span = spans.pop()) {
    const [from, to] = span;
    let farthest = from;
    let most = tolerancePx;
    for (let at = from + 1; at < to; at++) {
      const distance = measure(path[at] as Point, path[from] as Point, path[to] as Point);
      if (distance > most) [farthest, most] = [at, distance];
    }
    if (farthest === from) continue;
    kept.add(farthest);
    spans.push([from, farthest], [farthest, to]);
  }
  return path.filter((_, at) => kept.has(at));
}

/** Distance of a point from the line between two others. */
function measure([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const share = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length));
  return Math.hypot(x - ax - share * dx, y - ay - share * dy);
}

/** Sizes of the brush: steps that each add a seventh, the middle one a fiftieth of the longer side. */
export const brush = { stepsMax: 30, first: 15 };

/** Half the width of the brush in pixels of the picture. */
export function computeRadiusPx(step: number, { width_px, height_px }: Pick<Cutout, 'width_px' | 'height_px'>): number {
  return Math.max(1, Math.max(width_px, height_px) * 0.0025 * 60 ** (step / brush.stepsMax));
}
