import type { Pixels } from '../../raster/pixels.ts';
import { shrinkPixels } from '../../raster/shrink-pixels.ts';
import { type MarkedFace, markFace } from '../find-faces.ts';
import { findNetworks, type PeopleNetworks } from '../find-networks.ts';
import { loadPackageFile, type PackageFile } from '../load-package-file.ts';
import { type PlannedNetwork, planNetwork } from '../runner/plan-network.ts';
import { cutChip } from './cut-chip.ts';
import { layOutFaceNetwork } from './lay-out-face-network.ts';
import { readWeights } from './read-weights.ts';

/** What a face looks like, in 128 numbers: biometric data, for memory alone and no longer than a comparison. */
export type FaceVector = Float32Array;

/** Why a face can't be compared, and what was measured: pixels between the eyes, or how far it is turned. */
export interface FaceFault {
  readonly why: 'unseen' | 'small' | 'turned';
  readonly value: number;
  readonly limit: number;
}

/** Tells whether two faces are of one person. */
export interface FaceComparer {
  /** `face` is a box of shares 0…1 of the picture, as large as faces are found; the better the picture, the better the vector. */
  describe(picture: Pixels, face: { left: number; top: number; right: number; bottom: number }): FaceVector | FaceFault;
  /** Chance 0…1 that both are of one person. */
  compare(one: FaceVector, other: FaceVector): number;
  /** Overwrites what is left of faces in the memory of the network. */
  forget(): void;
}

/** The package's terms are MIT; the weights are dlib's. Named in NOTICE. Of the package nothing else is read. */
const packageName = '@vladmandic/face-api';
const files: Readonly<Record<'manifest' | 'weights', PackageFile>> = {
  manifest: {
    package: packageName,
    file: 'model/face_recognition_model-weights_manifest.json',
    sha256: 'cbaffa501b0b9275a12b63357a6843e7e30c054e1c9151e1a5f879b26e32986b',
  },
  weights: {
    package: packageName,
    file: 'model/face_recognition_model.bin',
    sha256: 'b413e420d6840b2775fba32008db6f3cddb07d485967fb42cfcf379c16a8c589',
  },
};

/** A second look takes in this many times the face, at this side at most; its marks then are good to a pixel of the chip. */
const nearness = 2.4;
const nearPx = 640;
/** Pixels between the eyes below which a face tells too little; a chip has 53. */
const eyesMinPx = 20;
/** How far the tip of the nose may be from the middle of the eyes, over the distance between them. */
const turnMax = 0.5;
/** Of red, green and blue, as dlib takes them away before it divides by 256. */
const means = [122.782, 117.001, 104.298] as const;
/** Even odds at this distance of two vectors; the odds change by e in the given step (bench/same-person.ts). */
const evenDistance = 0.58;
const distanceStep = 0.05;

/**
 * Null where the people networks or the package are missing, or aren't those that were measured. The package is looked for among those
 * of this program, then in `folder`.
 */
export function createFaceComparer(folder = ''): FaceComparer | null {
  const places = [import.meta.dirname, ...(folder === '' ? [] : [folder])];
  const networks = findNetworks();
  const [manifest, weights] = [loadPackageFile(files.manifest, places), loadPackageFile(files.weights, places)];
  if (networks === null || manifest === null || weights === null) return null;
  let network: PlannedNetwork | undefined;
  return {
    describe(picture, face) {
      const found = look(picture, face, networks);
      if ('why' in found) return found;
      network ??= planNetwork(layOutFaceNetwork(readWeights(manifest, weights)));
      const chip = cutChip(found.near, found.marked);
      const input = chip.map((value, at) => (value - (means[at % 3] as number)) / 256);
      return network.run(input)[0] as FaceVector;
    },
    compare(one, other) {
      const distance = Math.hypot(...one.map((value, at) => value - (other[at] as number)));
      return 1 / (1 + Math.exp((distance - evenDistance) / distanceStep));
    },
    forget: () => network?.forget(),
  };
}

/** The face from near by, in the picture's own pixels where it has few, with its marks. */
function look(
  picture: Pixels,
  face: { left: number; top: number; right: number; bottom: number },
  networks: PeopleNetworks,
) {
  const { width, height } = picture;
  const centre = { x: ((face.left + face.right) / 2) * width, y: ((face.top + face.bottom) / 2) * height };
  const size = Math.max((face.right - face.left) * width, (face.bottom - face.top) * height);
  const reach = (size * nearness) / 2;
  const left = Math.max(0, Math.floor(centre.x - reach));
  const top = Math.max(0, Math.floor(centre.y - reach));
  const box = {
    left,
    top,
    width: Math.min(width, Math.ceil(centre.x + reach)) - left,
    height: Math.min(height, Math.ceil(centre.y + reach)) - top,
  };
  const near = shrinkPixels(cropPixels(picture, box), nearPx);
  const scale = near.width / box.width;
  const half = (size / 2) * scale;
  const [x, y] = [(centre.x - left) * scale, (centre.y - top) * scale];
  const marked = markFace(near, { left: x - half, right: x + half, top: y - half, bottom: y + half }, networks);
  return marked === undefined
    ? { why: 'unseen' as const, value: 0, limit: 1 }
    : (findFault(marked, scale) ?? { near, marked });
}

function findFault({ rightEye, leftEye, noseTip }: MarkedFace, scale: number): FaceFault | undefined {
  const [dx, dy] = [leftEye.x - rightEye.x, leftEye.y - rightEye.y];
  const eyes = Math.hypot(dx, dy);
  if (eyes / scale < eyesMinPx) return { why: 'small', value: Math.round(eyes / scale), limit: eyesMinPx };
  const [nx, ny] = [noseTip.x - (rightEye.x + leftEye.x) / 2, noseTip.y - (rightEye.y + leftEye.y) / 2];
  const turn = Math.abs(nx * dx + ny * dy) / eyes / eyes;
  return turn > turnMax ? { why: 'turned', value: Math.round(turn * 100) / 100, limit: turnMax } : undefined;
}

function cropPixels(
  picture: Pixels,
  { left, top, width, height }: { left: number; top: number; width: number; height: number },
): Pixels {
  const { channels } = picture;
  const data = new Uint8Array(width * height * channels);
  for (let y = 0; y < height; y++) {
    const from = ((y + top) * picture.width + left) * channels;
    data.set(picture.data.subarray(from, from + width * channels), y * width * channels);
  }
  return { data, width, height, channels };
}
