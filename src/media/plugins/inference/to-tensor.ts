import type { RgbImage } from '../../raster/raster.ts';
import { resampleRgb } from '../../raster/resample-rgb.ts';
import type { PictureInput } from '../architecture.ts';
import type { TensorFacts } from '../architectures/signature.ts';
import type { FloatTensor } from './find-runtime.ts';

/** A picture as a model takes it. */
export interface PictureTensor extends FloatTensor {
  /** Sides of the input in pixels. */
  readonly width: number;
  readonly height: number;
  /** The part of it, from the top left, that the picture fills: all of it unless it was letterboxed. */
  readonly filledWidth: number;
  readonly filledHeight: number;
}

/** The picture resized, normalised and laid out as `input` says, at the sides that `facts` fixes or leaves open. */
export function toTensor(picture: RgbImage, input: PictureInput, facts: TensorFacts): PictureTensor {
  const { width, height } = chooseSides(picture, input, facts);
  const scale = Math.min(width / picture.width, height / picture.height);
  const boxed = input.fit === 'letterbox';
  const filledWidth = boxed ? Math.max(1, Math.round(picture.width * scale)) : width;
  const filledHeight = boxed ? Math.max(1, Math.round(picture.height * scale)) : height;
  const pixels = resampleRgb(picture, filledWidth, filledHeight);
  const data = new Float32Array(3 * width * height);
  const planar = input.layout === 'NCHW';
  for (let channel = 0; channel < 3; channel++) {
    const place = input.channels === 'rgb' ? channel : 2 - channel;
    const mean = input.mean[channel] as number;
    const deviation = input.deviation[channel] as number;
    for (let y = 0; y < filledHeight; y++) {
      for (let x = 0, from = y * filledWidth * 3 + channel; x < filledWidth; x++, from += 3) {
        const pixel = y * width + x;
        const to = planar ? place * width * height + pixel : pixel * 3 + place;
        data[to] = ((pixels[from] as number) / 255 - mean) / deviation;
      }
    }
  }
  const dims = planar ? [1, 3, height, width] : [1, height, width, 3];
  return { data, dims, width, height, filledWidth, filledHeight };
}

function chooseSides(
  picture: RgbImage,
  input: PictureInput,
  { shape }: TensorFacts,
): { width: number; height: number } {
  const [fixedHeight, fixedWidth] = input.layout === 'NCHW' ? [shape[2], shape[3]] : [shape[1], shape[2]];
  const multiple = input.keepShapeMultiple;
  if (multiple === undefined || fixedHeight != null || fixedWidth != null) {
    return { width: fixedWidth ?? input.width, height: fixedHeight ?? input.height };
  }
  const scale = Math.min(input.width, input.height) / Math.min(picture.width, picture.height);
  const round = (side: number) => Math.max(multiple, Math.round((side * scale) / multiple) * multiple);
  return { width: round(picture.width), height: round(picture.height) };
}
