import { loadSharp } from '../../raster/load-sharp.ts';
import type { Pixels } from '../../raster/pixels.ts';
import type { Plane, RgbImage } from '../../raster/raster.ts';
import type { SubjectMask } from '../../subject/index.ts';
import type { BuildState, View } from '../view.ts';

/** Alpha (of 255) up to which a pixel is surroundings, and from which it is subject. */
const clearMax = 16;
const solidMin = 240;
/**
 * Less clear area is a picture with rounded corners, and less solid area a veil or a watermark: neither says where the
 * subject is. Corners rounded by a fifth of the side clear 3.4 % of a square.
 */
const clearShareMin = 0.05;
const solidShareMin = 0.01;
/** Not 1: the maker may have cut out more or less than the subject. */
const confidence = 0.99;

/**
 * Takes the alpha of a picture that comes cut out already for its matte: who cut it out knew better than we can guess.
 * Only where the alpha tells something; else the view stays as the steps before left it. Must stand behind `findSubject`.
 */
export function takeGivenAlpha({ views }: BuildState): void {
  for (const view of views) {
    if (view.pixels.channels !== 4 || !isInformative(view.pixels)) continue;
    view.matte = { mask: toMask(view), confidence };
    view.isAlphaGiven = true;
  }
}

function isInformative({ data, width, height }: Pixels): boolean {
  let [clear, solid] = [0, 0];
  for (let at = 3; at < data.length; at += 4) {
    if ((data[at] as number) <= clearMax) clear += 1;
    else if ((data[at] as number) >= solidMin) solid += 1;
  }
  const area = width * height;
  return clear >= clearShareMin * area && solid >= solidShareMin * area;
}

/** At the size of the small copy, for comparing masks. */
function toMask({ pixels, small }: View): SubjectMask['mask'] {
  const data = new Float32Array(small.width * small.height);
  for (let y = 0, to = 0; y < small.height; y++) {
    const row = Math.floor(((y + 0.5) * pixels.height) / small.height) * pixels.width;
    for (let x = 0; x < small.width; x++, to++) {
      const from = row + Math.floor(((x + 0.5) * pixels.width) / small.width);
      data[to] = (pixels.data[from * 4 + 3] as number) >= 128 ? 1 : 0;
    }
  }
  return { width: small.width, height: small.height, data } satisfies Plane;
}

/**
 * Colors and alpha of such a view at `sidePx` on the longer side at most. Colors are not laid on any ground: soft
 * edges keep their own.
 */
export async function fitGivenAlpha(pixels: Pixels, sidePx: number): Promise<{ picture: RgbImage; alpha: Uint8Array }> {
  const sharp = await loadSharp();
  const { data, info } = await sharp(pixels.data, { raw: pixels })
    .resize({ width: sidePx, height: sidePx, fit: 'inside', withoutEnlargement: true })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const picture = { data: new Uint8Array(width * height * 3), width, height };
  const alpha = new Uint8Array(width * height);
  for (let at = 0; at < alpha.length; at++) {
    picture.data.set(data.subarray(at * 4, at * 4 + 3), at * 3);
    alpha[at] = data[at * 4 + 3] as number;
  }
  return { picture, alpha };
}
