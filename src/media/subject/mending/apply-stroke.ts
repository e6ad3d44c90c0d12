import type { LabImage } from '../../raster/lab-image.ts';
import { computeColorLogOdds } from '../segmentation/color-log-odds.ts';
import { addEdge, addTerminal, createCutGraph } from '../segmentation/cut-graph.ts';
import { findNodeBox, labelPixels, measureContrast } from '../segmentation/label-pixels.ts';
import { findMinCut } from '../segmentation/min-cut.ts';
import { measureReach } from './reach.ts';
import { coverStroke, type Stroke } from './stroke.ts';

/** A mask while it is mended, at the size of the working picture. */
export interface MendedMask {
  /** 1 subject, 0 surroundings. */
  readonly mask: Uint8Array;
  /** What strokes have said of a pixel: 1 subject, -1 surroundings, 0 nothing. */
  readonly said: Int8Array;
}

/** Price of a way (Lab units) over which a stroke's word has fallen to 0.37 of it, and brush radii that such a way is long on equal color. */
const fadePrice = 20;
const fadeRadii = 3;
/** Beyond so many of them nothing moves. */
const fadesMax = 4;
/** Nats of a stroke's word where it is spoken, and of what the mask was before where no word reaches. */
const strokeNats = 4;
const holdNats = 1;
/** Price of one pixel of outline between equal colors, in nats, and that of any. */
const stiffness = 3;
const stiffnessMin = 0.05;
/** What a person has said is not weighed. */
const certainNats = 1000;
/** The cut that leads the new outline along the colors: how far it moves it, and what it weighs. */
const refining = { smoothness: 3, bandPx: 6 };
const refiningColors = { limit: 3, weight: 0.5, hold: 0.5 };

/**
 * The mask after one more stroke: what lies under it is as it says; what is like it and near, by the colors between, follows;
 * the rest stays. A minimum cut inside the stroke's reach, then one that refines the outline there. Measured in
 * docs/decisions/0022. `scale` is that of the working picture to the stroke's pixels.
 */
export function applyStroke(lab: LabImage, before: MendedMask, stroke: Stroke, scale: number): MendedMask {
  const covered = coverStroke(stroke, lab, scale);
  if (!covered.includes(1)) return before;
  const said = before.said.slice();
  for (let pixel = 0; pixel < said.length; pixel++) if (covered[pixel]) said[pixel] = stroke.kind === 'keep' ? 1 : -1;
  const radius = Math.max(1, stroke.radius_px * scale);
  const reach = measureReach(lab, covered, {
    stepPrice: fadePrice / (fadeRadii * radius),
    priceMax: fadesMax * fadePrice,
  });
  const cut = cutInside(lab, before.mask, said, reach, stroke.kind);
  return { mask: refine(lab, cut, said, reach), said };
}

function cutInside(
  lab: LabImage,
  mask: Uint8Array,
  said: Int8Array,
  reach: Float32Array,
  kind: Stroke['kind'],
): Uint8Array {
  const { width, height } = lab;
  const node = new Int32Array(mask.length).fill(-1);
  let count = 0;
  for (let pixel = 0; pixel < node.length; pixel++) {
    if ((reach[pixel] as number) < fadesMax * fadePrice) node[pixel] = count++;
  }
  const net = createCutGraph(count, count * 4);
  const falloff = 1 / (2 * Math.max(1, measureContrast(lab)));
  const link = createLink(lab, mask, node, net, falloff);
  // Nothing is linked beyond the neighbours of what can move.
  const { left, top, right, bottom } = findNodeBox(node, width, height);
  for (let y = top; y <= bottom; y++) {
    for (let x = left, pixel = y * width + left; x <= right; x++, pixel++) {
      const at = node[pixel] as number;
      if (at >= 0) {
        const nats = weighPixel(mask[pixel] as number, said[pixel] as number, reach[pixel] as number, kind);
        addTerminal(net, at, Math.max(0, nats), Math.max(0, -nats));
      }
      if (x + 1 < width) link(pixel, pixel + 1, 1);
      if (y + 1 === height) continue;
      link(pixel, pixel + width, 1);
      if (x + 1 < width) link(pixel, pixel + width + 1, Math.SQRT2);
      if (x > 0) link(pixel, pixel + width - 1, Math.SQRT2);
    }
  }
  const sides = findMinCut(net);
  const answer = mask.slice();
  for (let pixel = 0; pixel < answer.length; pixel++) {
    const at = node[pixel] as number;
    if (at >= 0) answer[pixel] = sides[at] as number;
  }
  return answer;
}

/** Nats for subject. */
function weighPixel(mask: number, said: number, reach: number, kind: Stroke['kind']): number {
  if (said !== 0) return said * certainNats;
  const near = Math.exp(-reach / fadePrice);
  return (mask ? 1 : -1) * holdNats * (1 - near) + (kind === 'keep' ? 1 : -1) * strokeNats * near;
}

/** A pixel outside of the reach is fixed: it pulls with the full price of the link. */
function createLink(
  { l, a, b }: LabImage,
  mask: Uint8Array,
  node: Int32Array,
  net: ReturnType<typeof createCutGraph>,
  falloff: number,
) {
  return (pixel: number, other: number, way: number): void => {
    const one = node[pixel] as number;
    const two = node[other] as number;
    if (one < 0 && two < 0) return;
    const dl = (l[pixel] as number) - (l[other] as number);
    const da = (a[pixel] as number) - (a[other] as number);
    const db = (b[pixel] as number) - (b[other] as number);
    const price = (stiffness * Math.exp(-(dl * dl + da * da + db * db) * falloff) + stiffnessMin) / way;
    if (one >= 0 && two >= 0) addEdge(net, one, two, price);
    else if (one >= 0) addTerminal(net, one, mask[other] ? price : 0, mask[other] ? 0 : price);
    else addTerminal(net, two, mask[pixel] ? price : 0, mask[pixel] ? 0 : price);
  };
}

/** Moves the outline by a few pixels to where the colors of subject and surroundings part; only inside the reach. */
function refine(lab: LabImage, mask: Uint8Array, said: Int8Array, reach: Float32Array): Uint8Array {
  // In loops: typed arrays' own `from` and `map` took most of the time here.
  const inside = new Float32Array(mask.length);
  const within = new Uint8Array(mask.length);
  for (let pixel = 0; pixel < mask.length; pixel++) {
    inside[pixel] = 0.05 + 0.9 * (mask[pixel] as number);
    within[pixel] = (reach[pixel] as number) < fadesMax * fadePrice ? 1 : 0;
  }
  const nats = computeColorLogOdds(lab, inside, refiningColors.limit);
  for (let pixel = 0; pixel < nats.length; pixel++) {
    const word = said[pixel] as number;
    const hold = mask[pixel] ? refiningColors.hold : -refiningColors.hold;
    nats[pixel] = word === 0 ? refiningColors.weight * (nats[pixel] as number) + hold : word * certainNats;
  }
  return labelPixels(lab, nats, mask, { ...refining, within });
}
