/**
 * The discrete Fourier transform in place, of a power of two of complex numbers (J. Cooley and J. Tukey, 1965): the same
 * call on an already transformed pair, with `imaginary` and `real` swapped, goes back but for the factor of the size.
 */
export function transform(real: Float64Array, imaginary: Float64Array): void {
  const size = real.length;
  reorder(real, imaginary);
  const { cos, sin } = tableOf(size);
  for (let half = 1; half < size; half *= 2) {
    const stride = size / (2 * half);
    for (let start = 0; start < size; start += 2 * half) {
      for (let at = start, turn = 0; at < start + half; at++, turn += stride) {
        const other = at + half;
        const [c, s] = [cos[turn] as number, sin[turn] as number];
        const re = (real[other] as number) * c + (imaginary[other] as number) * s;
        const im = (imaginary[other] as number) * c - (real[other] as number) * s;
        real[other] = (real[at] as number) - re;
        imaginary[other] = (imaginary[at] as number) - im;
        real[at] = (real[at] as number) + re;
        imaginary[at] = (imaginary[at] as number) + im;
      }
    }
  }
}

function reorder(real: Float64Array, imaginary: Float64Array): void {
  for (let at = 1, other = 0; at < real.length; at++) {
    let bit = real.length >> 1;
    for (; other & bit; bit >>= 1) other ^= bit;
    other ^= bit;
    if (at >= other) continue;
    [real[at], real[other]] = [real[other] as number, real[at] as number];
    [imaginary[at], imaginary[other]] = [imaginary[other] as number, imaginary[at] as number];
  }
}

const tables = new Map<number, { cos: Float64Array; sin: Float64Array }>();

function tableOf(size: number) {
  const known = tables.get(size);
  if (known !== undefined) return known;
  const angles = Float64Array.from({ length: size / 2 }, (_, at) => (2 * Math.PI * at) / size);
  const table = { cos: angles.map(Math.cos), sin: angles.map(Math.sin) };
  tables.set(size, table);
  return table;
}
