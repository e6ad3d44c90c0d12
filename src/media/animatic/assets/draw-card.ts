import { loadSharp } from '../../raster/load-sharp.ts';
import type { Pixels } from '../../raster/pixels.ts';
import type { Asset } from '../asset.ts';
import { type Raster, toRaster } from '../frame/yuv-raster.ts';
import { fillOutline } from '../text/fill-outline.ts';
import type { Typesetter } from '../text/typeset.ts';
import { blurMask } from './blur-mask.ts';
import { createCanvas, paintMask, paintPixels, roundedBox } from './canvas.ts';
import { mixColors, parseColor } from './color.ts';
import { even } from './density.ts';
import { fitPixels } from './draw-photo.ts';

type CardAsset = Extract<Asset, { kind: 'card' }>;

/** A picture on a white card with round corners and a soft shadow; where there is no picture, a color and a letter. */
export async function drawCard(
  asset: CardAsset,
  images: readonly (Pixels | undefined)[],
  typesetter: Typesetter,
  density: number,
): Promise<Raster> {
  const margin = Math.round(asset.marginPx * density);
  const card = { left: margin, top: margin, width: even(asset.width * density), height: even(asset.height * density) };
  const [width, height] = [card.width + 2 * margin, card.height + 2 * margin];
  const canvas = createCanvas(width, height);
  const edge = Math.round(asset.edgePx * density);
  const radius = 2.2 * edge + 2;
  paintShadow(canvas, card, radius, margin);
  paintMask(canvas, roundedBox(width, height, card, radius), paper);
  const inner = {
    left: margin + edge,
    top: margin + edge,
    width: card.width - 2 * edge,
    height: card.height - 2 * edge,
  };
  const innerMask = roundedBox(width, height, inner, Math.max(1, radius - edge));
  const { picture } = asset;
  if (picture.kind === 'color') {
    paintMask(canvas, innerMask, parseColor(picture.color));
    if (picture.letter !== '') paintLetter(canvas, picture, typesetter, inner);
    return toRaster(canvas);
  }
  const pixels = picture.kind === 'image' ? images[picture.image] : await readPicture(picture.path);
  if (pixels === undefined) return toRaster(canvas);
  const fitted = await fitPixels(pixels, inner.width / density, inner.height / density, density, 0);
  paintPicture(canvas, fitted, innerMask, inner);
  return toRaster(canvas);
}

const paper = [246, 245, 242] as const;
const black = [8, 9, 12] as const;

function paintShadow(
  canvas: ReturnType<typeof createCanvas>,
  card: { left: number; top: number; width: number; height: number },
  radius: number,
  margin: number,
): void {
  const { width, height } = canvas;
  const mask = roundedBox(width, height, { ...card, top: card.top + margin * 0.22 }, radius);
  blurMask(mask, width, height, margin * 0.3);
  paintMask(canvas, mask, black, 0.45);
}

function paintLetter(
  canvas: ReturnType<typeof createCanvas>,
  picture: { color: string; letter: string },
  typesetter: Typesetter,
  inner: { left: number; top: number; width: number; height: number },
): void {
  const sizePx = Math.min(inner.width, inner.height) * 0.5;
  const style = { weight: 600 as const, sizePx, trackingPx: 0 };
  const x = inner.left + (inner.width - typesetter.measure(picture.letter, style)) / 2;
  const y = inner.top + (inner.height + typesetter.capHeight * sizePx) / 2;
  const letter = fillOutline(typesetter.outline(picture.letter, style, x, y), canvas.width, canvas.height);
  paintMask(canvas, letter, mixColors(parseColor(picture.color), [255, 255, 255], 0.75));
}

async function readPicture(path: string): Promise<Pixels> {
  const sharp = await loadSharp();
  const { data, info } = await sharp(path).toColorspace('srgb').raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: info.channels === 4 ? 4 : 3 };
}

function paintPicture(
  canvas: ReturnType<typeof createCanvas>,
  fitted: { width: number; height: number; data: Uint8ClampedArray },
  mask: Float32Array,
  inner: { left: number; top: number; width: number; height: number },
): void {
  const data = new Uint8Array(inner.width * inner.height * 4);
  for (let row = 0, to = 0; row < inner.height; row++) {
    const from = Math.min(row, fitted.height - 1) * fitted.width;
    for (let column = 0; column < inner.width; column++, to += 4) {
      const at = (from + Math.min(column, fitted.width - 1)) * 4;
      data[to] = fitted.data[at] as number;
      data[to + 1] = fitted.data[at + 1] as number;
      data[to + 2] = fitted.data[at + 2] as number;
      data[to + 3] = 255 * (mask[(row + inner.top) * canvas.width + column + inner.left] as number);
    }
  }
  paintPixels(canvas, { data, width: inner.width, height: inner.height }, inner.left, inner.top);
}
