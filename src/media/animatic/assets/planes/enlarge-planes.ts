import { loadSharp } from '../../../raster/load-sharp.ts';
import { joinRaster, type Raster } from '../../frame/yuv-raster.ts';
import { type Bench, useBench } from './kernels.ts';

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
  if (size.width === 2 * picture.width && size.height === 2 * picture.height) return doublePlanes(picture, size);
  const half = { width: size.width / 2, height: size.height / 2 };
  const { y, u, v, alpha } = useBench((bench) => splitPlanes(bench, picture));
  const planes = await Promise.all([
    scalePlane(y, picture, size),
    scalePlane(u, picture, half),
    scalePlane(v, picture, half),
    ...(alpha === null ? [] : [scalePlane(alpha, picture, size), scalePlane(alpha, picture, half)]),
  ]);
  const [fullY, halfU, halfV] = planes as [Uint8Array, Uint8Array, Uint8Array];
  if (alpha === null) return joinRaster(size, fullY, null, half, [halfU, halfV], null);
  return useBench((bench) => coverPlanes(bench, size, planes.map(bench.put)));
}

/**
 * Twice the size, as nearly all layers are: chroma stays as it is then, and the kernels take 1 ns a pixel for what a library for
 * all sizes takes 26.
 */
function doublePlanes(picture: Straight, size: Size): Raster {
  return useBench((bench) => {
    const { width, height } = picture;
    const places = placePlanes(bench, picture);
    const line = bench.take(2 * width + 32);
    const double = (from: number) => {
      const to = bench.take(size.width * size.height);
      bench.kernels.doublePlane(from, width, height, to, line);
      return to;
    };
    const { y, u, v, alpha } = places;
    return coverPlanes(bench, size, [double(y), u, v, ...(alpha === 0 ? [] : [double(alpha), alpha])]);
  });
}

/** Where the planes of a picture lie; `alpha` is 0 without one. */
function placePlanes(bench: Bench, { width, height, channels, data }: Straight) {
  const plane = () => bench.take(width * height);
  const [from, y, u, v, alpha] = [bench.put(data), plane(), plane(), plane(), channels === 4 ? plane() : 0];
  bench.kernels.splitPlanes(from, width * height, channels, y, u, v, alpha);
  return { y, u, v, alpha };
}

function splitPlanes(bench: Bench, picture: Straight) {
  const { y, u, v, alpha } = placePlanes(bench, picture);
  const copy = (place: number) => bench.copy(place, picture.width * picture.height);
  return { y: copy(y), u: copy(u), v: copy(v), alpha: alpha === 0 ? null : copy(alpha) };
}

/** A layer of planes that lie where `places` says: luma, the two of chroma, alpha for either size where there is one. */
function coverPlanes(
  { kernels, copy }: Bench,
  size: Size,
  [y = 0, u = 0, v = 0, alpha = 0, halfAlpha = 0]: readonly number[],
): Raster {
  const half = { width: size.width / 2, height: size.height / 2 };
  const [all, few] = [size.width * size.height, half.width * half.height];
  if (alpha === 0) return joinRaster(size, copy(y, all), null, half, [copy(u, few), copy(v, few)], null);
  kernels.premultiply(y, alpha, all, 0);
  kernels.premultiply(u, halfAlpha, few, 128);
  kernels.premultiply(v, halfAlpha, few, 128);
  return joinRaster(size, copy(y, all), copy(alpha, all), half, [copy(u, few), copy(v, few)], copy(halfAlpha, few));
}

async function scalePlane(plane: Uint8Array, { width, height }: Size, size: Size): Promise<Uint8Array> {
  const sharp = await loadSharp();
  const image = sharp(plane, { raw: { width, height, channels: 1 } }).toColorspace('b-w');
  return image
    .resize({ ...size, fit: 'fill', kernel: 'cubic' })
    .raw()
    .toBuffer();
}
