/**
 * A step of the network, from tensors of rows × columns × channels to one more. Tensors are counted: 0 is the picture, the one that
 * an operation makes has the operation's place in the list, plus 1.
 */
export type Operation =
  | {
      /** 3 × 3 values `apart` pixels from each other, zeros around the picture, to `outs` channels. */
      readonly kind: 'convolve';
      readonly inputs: readonly [number];
      readonly outs: number;
      readonly apart: number;
      /** Less than 0 becomes 0. */
      readonly isRectified: boolean;
      /** The tensor that is added to what was rectified. */
      readonly plus?: number;
    }
  /** The most of each 2 × 2 pixels. */
  | { readonly kind: 'halve'; readonly inputs: readonly [number] }
  /** Bilinear between the pixels' centres, to twice the sides. */
  | { readonly kind: 'double'; readonly inputs: readonly [number] }
  /** The channels of the second behind those of the first. */
  | { readonly kind: 'join'; readonly inputs: readonly [number, number] };

/** Channels between the blocks and inside of one. */
const outer = 64;
const inner = 16;

/**
 * U²-Net-P (Qin and others 2020, their `U2NETP`, https://github.com/xuebinqin/U-2-Net) up to its third side output: the log-odds of a
 * thing, one channel at a quarter of the picture's sides, which are multiples of 32. The two last stages are left out, with two thirds of all
 * multiplications: what the answer is used for are patches larger than its pixels (bench/notes/cut-out.md).
 */
export function layOutU2Net(): Operation[] {
  const operations: Operation[] = [];
  const add = (operation: Operation) => operations.push(operation);
  const halve = (input: number) => add({ kind: 'halve', inputs: [input] });
  const double = (input: number) => add({ kind: 'double', inputs: [input] });
  const join = (first: number, second: number) => add({ kind: 'join', inputs: [first, second] });
  const convolve = (input: number, outs: number, { apart = 1, isRectified = true, plus }: ConvolveOptions = {}) =>
    add({ kind: 'convolve', inputs: [input], outs, apart, isRectified, ...(plus !== undefined && { plus }) });

  /** A residual U-block of so many heights, RSU-7 to RSU-4. */
  const nested = (input: number, heights: number) => {
    const whole = convolve(input, outer);
    const kept = [convolve(whole, inner)];
    while (kept.length < heights - 1) kept.push(convolve(halve(kept.at(-1) as number), inner));
    let value = convolve(kept.at(-1) as number, inner, { apart: 2 });
    for (const height of kept.slice(1).reverse()) value = double(convolve(join(value, height), inner));
    return convolve(join(value, kept[0] as number), outer, { plus: whole });
  };
  /** The block without heights, RSU-4F: it sees further by values that lie apart. */
  const dilated = (input: number) => {
    const whole = convolve(input, outer);
    const first = convolve(whole, inner);
    const second = convolve(first, inner, { apart: 2 });
    const third = convolve(second, inner, { apart: 4 });
    const deepest = convolve(third, inner, { apart: 8 });
    const farther = convolve(join(deepest, third), inner, { apart: 4 });
    const nearer = convolve(join(farther, second), inner, { apart: 2 });
    return convolve(join(nearer, first), outer, { plus: whole });
  };

  const third = nested(halve(nested(halve(nested(0, 7)), 6)), 5);
  const fourth = nested(halve(third), 4);
  const fifth = dilated(halve(fourth));
  let value = dilated(halve(fifth));
  value = dilated(join(double(value), fifth));
  value = nested(join(double(value), fourth), 4);
  value = nested(join(double(value), third), 5);
  convolve(value, 1, { isRectified: false });
  return operations;
}

interface ConvolveOptions {
  readonly apart?: number;
  readonly isRectified?: boolean;
  readonly plus?: number;
}
