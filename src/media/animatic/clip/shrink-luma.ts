interface Size {
  width: number;
  height: number;
}

const longSide = 160;

/** The size at which a clip's motion is looked at: 160 px on the longer side, the shape of the video. */
export function chooseSmallSize({ width, height }: Size): Size {
  const scale = longSide / Math.max(width, height);
  const even = (value: number) => Math.max(16, Math.round((value * scale) / 2) * 2);
  return { width: even(width), height: even(height) };
}

/** Samples along each side of the square that becomes one pixel: enough for noise to even out. */
const samplesShift = 2;
const samples = 1 << samplesShift;

/** A plane of luma made smaller; each pixel is the mean of samples spread over its square. */
export function shrinkLuma(luma: Uint8Array, from: Size, to: Size): Uint8Array {
  // rounded down and up by turns, so that their middle is the square's
  const place = (at: number, length: number, count: number) => {
    const exact = ((at + 0.5) * length) / (count * samples) - 0.5;
    return at % 2 === 0 ? Math.floor(exact) : Math.ceil(exact);
  };
  const columns = Int32Array.from({ length: to.width * samples }, (_, at) => place(at, from.width, to.width));
  const small = new Uint8Array(to.width * to.height);
  const sums = new Uint16Array(to.width);
  for (let row = 0; row < to.height; row++) {
    sums.fill(0);
    for (let line = 0; line < samples; line++) {
      const base = place(row * samples + line, from.height, to.height) * from.width;
      for (let at = 0; at < columns.length; at++)
        sums[at >> samplesShift] =
          (sums[at >> samplesShift] as number) + (luma[base + (columns[at] as number)] as number);
    }
    for (let column = 0; column < to.width; column++)
      small[row * to.width + column] = (sums[column] as number) / samples ** 2 + 0.5;
  }
  return small;
}
