/** The chromaticities x, y of white, red, green and blue, as the chunk cHRM lists them. */
export type Primaries = readonly [
  white: readonly [number, number],
  red: readonly [number, number],
  green: readonly [number, number],
  blue: readonly [number, number],
];

/** Nine numbers, row by row. */
export type Matrix = readonly number[];

const d65 = [0.3127, 0.329] as const;
const c = [0.31, 0.316] as const;

export const srgbPrimaries: Primaries = [d65, [0.64, 0.33], [0.3, 0.6], [0.15, 0.06]];

/** By their code in ITU-T H.273, table 2; 2 says nothing. */
export const codedPrimaries: Readonly<Record<number, Primaries>> = {
  1: srgbPrimaries,
  4: [c, [0.67, 0.33], [0.21, 0.71], [0.14, 0.08]],
  5: [d65, [0.64, 0.33], [0.29, 0.6], [0.15, 0.06]],
  6: [d65, [0.63, 0.34], [0.31, 0.595], [0.155, 0.07]],
  7: [d65, [0.63, 0.34], [0.31, 0.595], [0.155, 0.07]],
  8: [c, [0.681, 0.319], [0.243, 0.692], [0.145, 0.049]],
  9: [d65, [0.708, 0.292], [0.17, 0.797], [0.131, 0.046]],
  10: [
    [1 / 3, 1 / 3],
    [1, 0],
    [0, 1],
    [0, 0],
  ],
  11: [
    [0.314, 0.351],
    [0.68, 0.32],
    [0.265, 0.69],
    [0.15, 0.06],
  ],
  12: [d65, [0.68, 0.32], [0.265, 0.69], [0.15, 0.06]],
  22: [d65, [0.63, 0.34], [0.295, 0.605], [0.155, 0.077]],
};

/**
 * From linear light of these primaries to that of sRGB's, white to white by the Bradford transform. Null where they span
 * no colors, as those of a broken chunk may.
 */
export function computeMatrixToSrgb(primaries: Primaries): Matrix | null {
  const from = computeMatrixToXyz(primaries);
  const to = invert(computeMatrixToXyz(srgbPrimaries) as Matrix);
  if (from === null || to === null) return null;
  const matrix = multiply(to, multiply(computeAdaptation(toXyz(primaries[0]), toXyz(d65)), from));
  return matrix.every(Number.isFinite) ? matrix : null;
}

/** How much each primary adds to luminance; the three sum to 1. */
export function computeLuminanceShares(primaries: Primaries): readonly number[] {
  return (computeMatrixToXyz(primaries) ?? [0, 0, 0, 0, 1, 0]).slice(3, 6);
}

function computeMatrixToXyz([white, ...colors]: Primaries): Matrix | null {
  const [red, green, blue] = colors.map(([x, y]) => [x, y, 1 - x - y]) as [number[], number[], number[]];
  const columns = [0, 1, 2].flatMap((row) => [red[row], green[row], blue[row]] as number[]);
  const inverse = invert(columns);
  if (inverse === null || white[1] === 0) return null;
  const scales = apply(inverse, toXyz(white));
  return columns.map((value, at) => value * (scales[at % 3] as number));
}

function toXyz([x, y]: readonly [number, number]): number[] {
  return [x / y, 1, (1 - x - y) / y];
}

/** The cone responses of the Bradford transform (ICC.1:2022, annex E). */
const bradford: Matrix = [0.8951, 0.2664, -0.1614, -0.7502, 1.7135, 0.0367, 0.0389, -0.0685, 1.0296];

function computeAdaptation(from: readonly number[], to: readonly number[]): Matrix {
  const [have, want] = [apply(bradford, from), apply(bradford, to)];
  const scaled = bradford.map(
    (value, at) => (value * (want[Math.floor(at / 3)] as number)) / (have[Math.floor(at / 3)] as number),
  );
  return multiply(invert(bradford) as Matrix, scaled);
}

function apply(matrix: Matrix, [x = 0, y = 0, z = 0]: readonly number[]): number[] {
  const at = (index: number) => matrix[index] as number;
  return [0, 3, 6].map((row) => at(row) * x + at(row + 1) * y + at(row + 2) * z);
}

function multiply(one: Matrix, other: Matrix): Matrix {
  const columns = [0, 1, 2].map((column) =>
    apply(one, [other[column], other[column + 3], other[column + 6]] as number[]),
  );
  return [0, 1, 2].flatMap((row) => columns.map((column) => column[row] as number));
}

function invert(matrix: Matrix): Matrix | null {
  const [a, b, c, d, e, f, g, h, i] = matrix as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  if (!(Math.abs(determinant) > 1e-9)) return null;
  const adjugate = [
    ...[e * i - f * h, c * h - b * i, b * f - c * e],
    ...[f * g - d * i, a * i - c * g, c * d - a * f],
    ...[d * h - e * g, b * g - a * h, a * e - b * d],
  ];
  return adjugate.map((value) => value / determinant);
}
