import type { RgbImage } from '../../raster/raster.ts';
import { resampleRgb } from '../../raster/resample-rgb.ts';
import type { MarkedFace, Point } from '../find-faces.ts';
import { chipPx } from './lay-out-face-network.ts';

/**
 * Where the marks lie in a chip: means of dlib's mean face (its `mean_face_shape_x` and `_y`, eyes by their six points, the mouth by
 * the inner lips), with a quarter of the face around it. By the eyes alone a face that is turned aside comes out too large: 4 instead
 * of 1 of 104 pairs of one person were further apart than 0.58; with the tip of the nose, 1, and 4 instead of 2 of 3,217 others within 0.6.
 */
const marks: Readonly<Record<'rightEye' | 'leftEye' | 'mouth', Point>> = {
  rightEye: place(0.2255, 0.216),
  leftEye: place(0.7547, 0.216),
  mouth: place(0.4901, 0.8053),
};
const markNames = ['rightEye', 'leftEye', 'mouth'] as const;

/** The face upright and of one size, 150 × 150 × 3 values 0…255; what lies outside of the picture is black, as the network was taught. */
export function cutChip(picture: RgbImage, face: MarkedFace): Float32Array {
  const turn = fitTurn(markNames.map((mark) => [marks[mark], face[mark]] as const));
  const scale = Math.hypot(turn.a, turn.b);
  // Where a pixel of the chip is several of the picture, those are averaged first.
  const shrink = Math.min(1, 1 / scale);
  const width = Math.max(1, Math.round(picture.width * shrink));
  const height = Math.max(1, Math.round(picture.height * shrink));
  const values = shrink === 1 ? picture.data : resampleRgb(picture, width, height);
  const chip = new Float32Array(chipPx * chipPx * 3);
  for (let row = 0, to = 0; row < chipPx; row++) {
    for (let column = 0; column < chipPx; column++, to += 3) {
      const [u, v] = [column + 0.5, row + 0.5];
      const x = (turn.a * u - turn.b * v + turn.x) * (width / picture.width) - 0.5;
      const y = (turn.b * u + turn.a * v + turn.y) * (height / picture.height) - 0.5;
      readBetween(values, width, height, x, y, chip, to);
    }
  }
  return chip;
}

/** Of a point of the mean face. */
function place(x: number, y: number): Point {
  const margin = 0.25;
  return { x: ((x + margin) / (1 + 2 * margin)) * chipPx, y: ((y + margin) / (1 + 2 * margin)) * chipPx };
}

/** Turn, size and shift that lead each first point nearest to its second: (x, y) to (a·x − b·y, b·x + a·y) and the shift. */
function fitTurn(pairs: readonly (readonly [from: Point, to: Point])[]) {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const from = { x: mean(pairs.map(([one]) => one.x)), y: mean(pairs.map(([one]) => one.y)) };
  const to = { x: mean(pairs.map(([, one]) => one.x)), y: mean(pairs.map(([, one]) => one.y)) };
  let [along, across, size] = [0, 0, 0];
  for (const [one, other] of pairs) {
    const [x, y, u, v] = [one.x - from.x, one.y - from.y, other.x - to.x, other.y - to.y];
    along += x * u + y * v;
    across += x * v - y * u;
    size += x * x + y * y;
  }
  const [a, b] = [along / size, across / size];
  return { a, b, x: to.x - (a * from.x - b * from.y), y: to.y - (b * from.x + a * from.y) };
}

function readBetween(
  values: ArrayLike<number>,
  width: number,
  height: number,
  x: number,
  y: number,
  chip: Float32Array,
  to: number,
): void {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  for (let corner = 0; corner < 4; corner++) {
    const [column, row] = [left + (corner & 1), top + (corner >> 1)];
    if (column < 0 || column >= width || row < 0 || row >= height) continue;
    const share = (1 - Math.abs(x - column)) * (1 - Math.abs(y - row));
    const from = (row * width + column) * 3;
    for (let channel = 0; channel < 3; channel++)
      chip[to + channel] = (chip[to + channel] as number) + share * (values[from + channel] as number);
  }
}
