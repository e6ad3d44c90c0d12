import { cleanMask, findConnectedComponents } from '../../raster/clean-mask.ts';
import { dilateMask } from '../../raster/dilate-mask.ts';
import { cropPlane, type Plane, type RgbImage } from '../../raster/raster.ts';
import { enlargePlane } from '../../raster/resize-raster.ts';
import { classifyPatches } from '../features/classify-patches.ts';
import { preparePixels } from '../features/prepare-picture.ts';
import { computeColorLogOdds } from './color-log-odds.ts';
import { followMatte } from './follow-matte.ts';
import { labelPixels } from './label-pixels.ts';
import { placeInside, type SubjectMask } from './outline-subject.ts';
import { personConfidenceWeights } from './person-confidence-weights.ts';

/** A face's box as shares 0…1 of the picture. */
export interface FaceBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const rounds = 2;
const pixelCut = { smoothness: 3, bandPx: 10 };
const cleaning = { shareMin: 0.08, holeShareMax: 0.02 };
/** Nats of the pixel's color and of the network in the cut. */
const colorLimit = 3;
const colorWeight = 0.4;
const networkWeight = 0.6;
const chanceMin = 0.002;
/** Pixels around somebody else that the network half sees. */
const edgePx = 12;
/** Pixels that a look's edge may wander either way without being disputed; and the share of the person from which disputes are told apart. */
const wanderPx = 2;
const disputedMin = 1e-3;
/** Share of a matting model's nats beside the persons' network's: that knows people better than a general model (0.3 keeps their mean IoU, 1 costs 0.017). */
const matteWeight = 0.3;
/** What a matte may say at most: its values are firmer than it is right. */
const matteChanceMin = 0.02;
/** A piece without the face belongs to the person when it lies within so many widths of the face to its sides. */
const besideFaces = 2.5;

/** What a network drew of persons, of any size: the chance 0…1 of each pixel, and the same when it was shown the picture mirrored, laid back. */
export interface PersonLooks {
  readonly chances: Plane;
  readonly mirrored: Plane;
}

/** With the signs that its confidence is fitted on. */
export interface PersonMask extends SubjectMask {
  /** How sure the network is times how far the cut agrees with it, 0…1. */
  readonly agreement: number;
  /** What one look takes and the other doesn't, as a share of the mask's area; thin edges don't count. */
  readonly disputed: number;
}

/**
 * The mask of a person by a network's chances led along the picture's colors; where `faces` are given the piece under the first,
 * without pieces that hold only others of them. The confidence is the chance that a strict eye finds it good, fitted on what one found of
 * 86 pictures of one person (bench/fit-person-confidence.ts). The mirrored look has no say in the mask. Where there is a `matte` of a
 * matting model (0…1, any size) it has a say in the mask, which keeps its detail, and none in the confidence.
 */
export function outlinePerson(
  picture: RgbImage,
  looks: PersonLooks,
  faces: readonly FaceBox[],
  matte?: Plane,
): PersonMask {
  const { lab, box, working } = preparePixels(picture);
  const place = (plane: Plane) => cropPlane(enlargePlane(plane, working.width, working.height), box);
  const own = place(looks.chances);
  const net = matte === undefined ? own : addMatte(own, place(matte));
  const inset = faces.map((face) => insetFace(face, box, working));
  const others = new Uint8Array(lab.width * lab.height);
  const keep = (rough: Uint8Array) => {
    const all = cleanMask(rough, lab.width, lab.height, cleaning);
    const kept = keepPerson(all, lab.width, lab.height, inset);
    for (let pixel = 0; pixel < all.length; pixel++) if (all[pixel] && !kept[pixel]) others[pixel] = 1;
    return kept;
  };
  const drawn = keep(Uint8Array.from(own, (chance) => (chance >= 0.5 ? 1 : 0)));
  const first = net === own ? drawn : keep(Uint8Array.from(net, (chance) => (chance >= 0.5 ? 1 : 0)));
  let mask = first;
  for (let round = 0; round < rounds; round++) {
    const inside = net.map((chance, pixel) => (chance + (mask[pixel] as number)) / 2);
    const odds = computeColorLogOdds(lab, inside, colorLimit).map(
      (color, pixel) => colorWeight * color + networkWeight * logOdds(net[pixel] as number),
    );
    mask = keep(labelPixels(lab, odds, mask, pixelCut));
  }
  const theirs = dilateMask(others, lab.width, lab.height, edgePx);
  const agreement = measureAgreement(own, drawn, mask, theirs);
  const disputed = measureDispute(own, place(looks.mirrored), mask, theirs, lab);
  const values = measurePersonSigns({ agreement, disputed });
  const confidence = classifyPatches(personConfidenceWeights, { count: 1, values })[0] as number;
  const placed = placeInside(mask, box, working);
  return { mask: matte === undefined ? placed : followMatte(placed, matte), confidence, agreement, disputed };
}

/** What the confidence is fitted on: most agreements lie near 1 and most disputes near 0, and differ there by how far they are from it. */
export function measurePersonSigns({ agreement, disputed }: Pick<PersonMask, 'agreement' | 'disputed'>): Float32Array {
  return Float32Array.of(logOdds(agreement), Math.log(disputed + disputedMin));
}

function addMatte(chances: Float32Array, matte: Float32Array): Float32Array {
  return chances.map(
    (chance, pixel) =>
      1 / (1 + Math.exp(-(logOdds(chance) + matteWeight * logOdds(matte[pixel] as number, matteChanceMin)))),
  );
}

function logOdds(chance: number, least = chanceMin): number {
  const kept = Math.min(1 - least, Math.max(least, chance));
  return Math.log(kept / (1 - kept));
}

/** In pixels of the part of the picture inside its bars. */
function insetFace(
  { left, top, right, bottom }: FaceBox,
  box: { left: number; top: number },
  { width, height }: { width: number; height: number },
): FaceBox {
  return {
    left: left * width - box.left,
    right: right * width - box.left,
    top: top * height - box.top,
    bottom: bottom * height - box.top,
  };
}

function keepPerson(mask: Uint8Array, width: number, height: number, faces: readonly FaceBox[]): Uint8Array {
  const [chosen, ...others] = faces;
  if (chosen === undefined) return mask;
  const { numbers, areas } = findConnectedComponents(mask, width, height, 1);
  const own = countUnder(numbers, areas.length, width, height, [chosen]);
  if (own.every((count) => count === 0)) return mask;
  const theirs = countUnder(numbers, areas.length, width, height, others);
  const reach = besideFaces * (chosen.right - chosen.left);
  const beside = areas.map(() => 0);
  for (let pixel = 0; pixel < mask.length; pixel++) {
    const x = pixel % width;
    const number = numbers[pixel] as number;
    if (number >= 0 && x > chosen.left - reach && x < chosen.right + reach) {
      beside[number] = (beside[number] as number) + 1;
    }
  }
  const isKept = areas.map(
    (area, number) =>
      (own[number] as number) > 0 || ((theirs[number] as number) === 0 && (beside[number] as number) > area / 2),
  );
  return mask.map((value, pixel) => (value && isKept[numbers[pixel] as number] ? 1 : 0));
}

/** Pixels of each piece under the boxes. */
function countUnder(
  numbers: Int32Array,
  count: number,
  width: number,
  height: number,
  boxes: readonly FaceBox[],
): number[] {
  const counts = Array.from({ length: count }, () => 0);
  for (const { left, right, top, bottom } of boxes) {
    for (let y = Math.max(0, Math.floor(top)); y < Math.min(height, bottom); y++) {
      for (let x = Math.max(0, Math.floor(left)); x < Math.min(width, right); x++) {
        const number = numbers[y * width + x] as number;
        if (number >= 0) counts[number] = (counts[number] as number) + 1;
      }
    }
  }
  return counts;
}

/**
 * The network's own expected overlap with what it drew, times the overlap of that with the cut. What is `theirs`, somebody else's
 * with a soft edge, is no doubt of this person.
 */
function measureAgreement(net: Float32Array, first: Uint8Array, mask: Uint8Array, theirs: Uint8Array): number {
  let [sure, all, both, either] = [0, 0, 0, 0];
  for (let pixel = 0; pixel < mask.length; pixel++) {
    if (theirs[pixel] && !mask[pixel]) continue;
    const chance = net[pixel] as number;
    if (mask[pixel]) sure += chance;
    all += mask[pixel] ? 1 : first[pixel] || chance < 0.5 ? chance : 0;
    if (mask[pixel] && first[pixel]) both += 1;
    if (mask[pixel] || first[pixel]) either += 1;
  }
  return either === 0 ? 0 : (sure / all) * (both / either);
}

/** How many pixels lie amid others of which one look takes each and the other doesn't, by those of the mask; `theirs` are no doubt either. */
function measureDispute(
  one: Float32Array,
  other: Float32Array,
  mask: Uint8Array,
  theirs: Uint8Array,
  { width, height }: { width: number; height: number },
): number {
  const takes = (look: Float32Array, pixel: number) => (look[pixel] as number) >= 0.5;
  const alike = Uint8Array.from(mask, (_, pixel) => (takes(one, pixel) === takes(other, pixel) ? 1 : 0));
  const settled = dilateMask(alike, width, height, wanderPx);
  let [disputed, all] = [0, 0];
  for (let pixel = 0; pixel < mask.length; pixel++) {
    if (mask[pixel]) all += 1;
    if (!settled[pixel] && (mask[pixel] || !theirs[pixel])) disputed += 1;
  }
  return all === 0 ? 1 : disputed / all;
}
