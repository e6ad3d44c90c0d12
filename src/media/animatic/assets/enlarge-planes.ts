import { loadSharp } from '../../raster/load-sharp.ts';
import { joinRaster, lumaOf, type Raster } from '../frame/yuv-raster.ts';

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
  if (fullAlpha === null || halfAlpha === null) return joinRaster(size, fullY, null, half, [halfU, halfV], null);
  premultiply(fullY, fullAlpha, 0);
  premultiply(halfU, halfAlpha, 128);
  premultiply(halfV, halfAlpha, 128);
  return joinRaster(size, fullY, fullAlpha, half, [halfU, halfV], halfAlpha);
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

/** Around `rest`, as `LayerPlane` of `yuv-raster.ts` wants it; in place. */
function premultiply(color: Uint8Array, alpha: Uint8Array, rest: number): void {
  for (let at = 0; at < color.length; at++) {
    // 257 / 65536 is 1 / 255
    const share = Math.imul((color[at] as number) - rest, alpha[at] as number);
    color[at] = rest + ((Math.imul(share, 257) + 32768) >> 16);
  }
}
