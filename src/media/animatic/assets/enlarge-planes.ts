import { loadSharp } from '../../raster/load-sharp.ts';
import { createPlane, finishPlane, type LayerPlane, lumaOf, type Raster } from '../frame/yuv-raster.ts';

/** Straight sRGB pixels: height × width × channels, 0…255; the fourth channel is alpha. */
export interface Straight {
  width: number;
  height: number;
  channels: 3 | 4;
  data: Uint8Array;
}

interface Size {
  width: number;
  height: number;
}

/**
 * A picture scaled to an even size, as a layer. It is converted first, while it has the fewest pixels, and scaled then,
 * plane by plane. Colors count under clear pixels too where these border on others: alpha is applied last.
 */
export async function enlargePlanes(picture: Straight, size: Size): Promise<Raster> {
  const { y, u, v, alpha } = splitPlanes(picture);
  const half = { width: size.width / 2, height: size.height / 2 };
  const [fullY, halfU, halfV, fullAlpha, halfAlpha] = await Promise.all([
    scalePlane(y, picture, size),
    scalePlane(u, picture, half),
    scalePlane(v, picture, half),
    alpha === null ? null : scalePlane(alpha, picture, size),
    alpha === null ? null : scalePlane(alpha, picture, half),
  ]);
  return {
    ...size,
    y: joinPlane(fullY, fullAlpha, size, 0),
    u: joinPlane(halfU, halfAlpha, half, 128),
    v: joinPlane(halfV, halfAlpha, half, 128),
  };
}

function splitPlanes({ width, height, channels, data }: Straight) {
  const plane = () => new Uint8Array(width * height);
  const [y, u, v, alpha] = [plane(), plane(), plane(), channels === 4 ? plane() : null];
  for (let at = 0, from = 0; at < y.length; at++, from += channels) {
    const [r, g, b] = [data[from] as number, data[from + 1] as number, data[from + 2] as number];
    y[at] = lumaOf(r, g, b, 255) + 0.5;
    u[at] = 128.5 - 0.1006 * r - 0.3386 * g + 0.4392 * b;
    v[at] = 128.5 + 0.4392 * r - 0.3989 * g - 0.0403 * b;
    if (alpha !== null) alpha[at] = data[from + 3] as number;
  }
  return { y, u, v, alpha };
}

async function scalePlane(plane: Uint8Array, { width, height }: Size, size: Size): Promise<Uint8Array> {
  const sharp = await loadSharp();
  const image = sharp(plane, { raw: { width, height, channels: 1 } }).toColorspace('b-w');
  return image
    .resize({ ...size, fit: 'fill', kernel: 'cubic' })
    .raw()
    .toBuffer();
}

/** Premultiplies around `rest`, as {@link LayerPlane} wants it. */
function joinPlane(color: Uint8Array, alpha: Uint8Array | null, { width, height }: Size, rest: number): LayerPlane {
  const plane = createPlane(width, height);
  for (let line = 0, from = 0; line < height; line++, from += width) {
    const to = line * plane.stride;
    if (alpha === null) {
      plane.color.set(color.subarray(from, from + width), to);
      continue;
    }
    plane.alpha.set(alpha.subarray(from, from + width), to);
    for (let column = 0; column < width; column++) {
      // 257 / 65536 is 1 / 255
      const share = Math.imul((color[from + column] as number) - rest, alpha[from + column] as number);
      plane.color[to + column] = rest + ((Math.imul(share, 257) + 32768) >> 16);
    }
  }
  return finishPlane(plane, alpha === null);
}
