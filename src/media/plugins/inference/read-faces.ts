import type { FaceArchitecture } from '../architecture.ts';
import type { FloatTensor } from './find-runtime.ts';
import { checkNumbers, ModelFault } from './model-fault.ts';
import type { PictureTensor } from './to-tensor.ts';

/** A face in a picture: its box as shares 0…1 of the picture, and how sure the model is of it, 0…1. */
export interface Face {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly score: number;
}

/** Faces of the strongest score first, one for each group of overlapping boxes. `outputs` are in the architecture's order. */
export function readFaces(
  outputs: readonly FloatTensor[],
  architecture: FaceArchitecture,
  input: Omit<PictureTensor, keyof FloatTensor>,
): Face[] {
  for (const [at, { shape }] of architecture.outputs.entries()) {
    const found = outputs[at] as FloatTensor;
    if (found.dims.join() !== shape.join()) {
      throw new ModelFault(`gave [${found.dims.join(', ')}], expected [${shape.join(', ')}]`);
    }
    checkNumbers(found.data);
  }
  const boxes = decoders[architecture.decoder](outputs, input, architecture.scoreMin);
  return suppressOverlaps(boxes, architecture.overlapMax).map((box) => toShares(box, input));
}

/** In pixels of the input. */
type Decode = (outputs: readonly FloatTensor[], input: { width: number; height: number }, scoreMin: number) => Face[];

const decoders: Readonly<Record<FaceArchitecture['decoder'], Decode>> = {
  ultraface: decodeUltraface,
  yunet: decodeYunet,
  blazeface: decodeBlazeface,
};

/** Scores are [background, face] after softmax, boxes [left, top, right, bottom] as shares of the input. */
function decodeUltraface(
  [scores, boxes]: readonly FloatTensor[],
  input: { width: number; height: number },
  scoreMin: number,
) {
  const faces: Face[] = [];
  for (let at = 0; at * 2 < (scores as FloatTensor).data.length; at++) {
    const score = scores?.data[at * 2 + 1] as number;
    if (score < scoreMin) continue;
    const [left = 0, top = 0, right = 0, bottom = 0] = (boxes as FloatTensor).data.subarray(at * 4, at * 4 + 4);
    faces.push({
      left: left * input.width,
      top: top * input.height,
      right: right * input.width,
      bottom: bottom * input.height,
      score,
    });
  }
  return faces;
}

/** Three grids: a cell's score is the root of class × objectness, its box an offset from the cell and the logarithms of its sides. */
function decodeYunet(outputs: readonly FloatTensor[], input: { width: number }, scoreMin: number) {
  const faces: Face[] = [];
  for (const [grid, stride] of [8, 16, 32].entries()) {
    const [classes, objects, boxes] = [grid, grid + 3, grid + 6].map((at) => (outputs[at] as FloatTensor).data);
    const columns = input.width / stride;
    for (let cell = 0; cell < (classes as Float32Array).length; cell++) {
      const score = Math.sqrt(clamp(classes?.[cell] as number) * clamp(objects?.[cell] as number));
      if (score < scoreMin) continue;
      const [dx = 0, dy = 0, logWidth = 0, logHeight = 0] = (boxes as Float32Array).subarray(cell * 4, cell * 4 + 4);
      const x = ((cell % columns) + dx) * stride;
      const y = (Math.floor(cell / columns) + dy) * stride;
      faces.push(centredBox(x, y, Math.exp(logWidth) * stride, Math.exp(logHeight) * stride, score));
    }
  }
  return faces;
}

/** Anchors: two in each cell of a 16 × 16 grid, then six in each of 8 × 8; values are pixels of the input from there. */
function decodeBlazeface([boxes, scores]: readonly FloatTensor[], input: { width: number }, scoreMin: number) {
  const faces: Face[] = [];
  for (let anchor = 0; anchor < 896; anchor++) {
    const score = 1 / (1 + Math.exp(-(scores?.data[anchor] as number)));
    if (score < scoreMin) continue;
    const [cells, cell] = anchor < 512 ? [16, anchor >> 1] : [8, Math.floor((anchor - 512) / 6)];
    const [dx = 0, dy = 0, width = 0, height = 0] = (boxes as FloatTensor).data.subarray(anchor * 16, anchor * 16 + 4);
    const x = (((cell % cells) + 0.5) / cells) * input.width + dx;
    const y = ((Math.floor(cell / cells) + 0.5) / cells) * input.width + dy;
    faces.push(centredBox(x, y, width, height, score));
  }
  return faces;
}

function centredBox(x: number, y: number, width: number, height: number, score: number): Face {
  return { left: x - width / 2, top: y - height / 2, right: x + width / 2, bottom: y + height / 2, score };
}

/** Keeps the strongest of each group of boxes that overlap by more than `overlapMax` (IoU). */
function suppressOverlaps(boxes: readonly Face[], overlapMax: number): Face[] {
  const kept: Face[] = [];
  for (const box of boxes.toSorted((one, other) => other.score - one.score)) {
    if (kept.every((stronger) => computeOverlap(stronger, box) <= overlapMax)) kept.push(box);
  }
  return kept;
}

function computeOverlap(one: Face, other: Face): number {
  const width = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const height = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  if (width <= 0 || height <= 0) return 0;
  return (width * height) / (computeArea(one) + computeArea(other) - width * height);
}

function computeArea({ left, top, right, bottom }: Face): number {
  return (right - left) * (bottom - top);
}

function toShares(
  { left, top, right, bottom, score }: Face,
  input: { filledWidth: number; filledHeight: number },
): Face {
  const round = (value: number) => Math.round(clamp(value) * 1000) / 1000;
  return {
    left: round(left / input.filledWidth),
    top: round(top / input.filledHeight),
    right: round(right / input.filledWidth),
    bottom: round(bottom / input.filledHeight),
    score: round(score),
  };
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}
