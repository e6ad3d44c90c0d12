import sharp from 'sharp';
import type { RgbImage } from '../../src/media/raster/raster.ts';
import { createDice } from '../sample-media.ts';

/** What subjects are laid on. */
export const plainGrounds = ['white', 'grey', 'its palest', 'its darkest'] as const;
const partOf = { 'its palest': 0.08, 'its darkest': 0.9 } as const;
const longSidePx = 512;
/** The subject is laid at this scale, so that it touches no edge. */
const scale = 0.82;
const grainLevels = 3;

/**
 * The subject on white, on grey that falls off to one side, or on a pale or dark color of its own, so that much of it is of
 * the ground's color; null for one that is hardly there. The picture has been a JPEG of quality 85, as most have.
 */
export async function layOnGround(image: RgbImage, truth: Uint8Array, ground: (typeof plainGrounds)[number]) {
  const size = { width: longSidePx, height: longSidePx, fit: 'inside' as const };
  const raw = { width: image.width, height: image.height };
  const picture = await sharp(image.data, { raw: { ...raw, channels: 3 } })
    .resize(size)
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height } = picture.info;
  const mask = await sharp(truth, { raw: { ...raw, channels: 1 } })
    .resize(width, height, { fit: 'fill' })
    .blur(0.7)
    .extractChannel(0)
    .raw()
    .toBuffer();
  const color = chooseGround(picture.data, mask, ground);
  if (color === null) return null;
  const dice = createDice(5);
  const data = Buffer.alloc(width * height * 3);
  const wanted = new Uint8Array(width * height);
  const from = (to: number, side: number) => Math.round((to - side / 2) / scale + side / 2);
  for (let y = 0, pixel = 0; y < height; y++) {
    for (let x = 0; x < width; x++, pixel++) {
      const [sx, sy] = [from(x, width), from(y, height)];
      const isInside = sx >= 0 && sy >= 0 && sx < width && sy < height;
      const source = sy * width + sx;
      const share = isInside ? (mask[source] as number) / 255 : 0;
      if (share >= 0.5) wanted[pixel] = 255;
      const light =
        (ground === 'grey' ? (-20 * x) / width : 0) + (ground === 'white' ? 0 : grainLevels * (2 * dice() - 1));
      for (let channel = 0; channel < 3; channel++) {
        const own = isInside ? (picture.data[source * 3 + channel] as number) : 0;
        const level = share * own + (1 - share) * ((color[channel] as number) + light);
        data[pixel * 3 + channel] = Math.max(0, Math.min(255, level));
      }
    }
  }
  const jpeg = await sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 85 })
    .toBuffer();
  return { image: { width, height, data: await sharp(jpeg).raw().toBuffer() }, truth: wanted };
}

function chooseGround(data: Buffer, mask: Buffer, ground: (typeof plainGrounds)[number]): readonly number[] | null {
  if (ground === 'white') return [255, 255, 255];
  if (ground === 'grey') return [190, 192, 196];
  const inside: { light: number; pixel: number }[] = [];
  for (let pixel = 0; pixel < mask.length; pixel += 7) {
    if ((mask[pixel] as number) <= 200) continue;
    const at = pixel * 3;
    inside.push({ light: (data[at] as number) + (data[at + 1] as number) + (data[at + 2] as number), pixel });
  }
  if (inside.length < 50) return null;
  inside.sort((one, other) => other.light - one.light);
  const at = (inside[Math.floor(partOf[ground] * (inside.length - 1))] as { pixel: number }).pixel * 3;
  return [data[at] as number, data[at + 1] as number, data[at + 2] as number];
}
