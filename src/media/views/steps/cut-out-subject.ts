import { startEarly } from '../../../lib/start-early.ts';
import { loadSharp } from '../../raster/load-sharp.ts';
import type { Pixels } from '../../raster/pixels.ts';
import type { RgbImage } from '../../raster/raster.ts';
import { shrinkAlpha } from '../../raster/resize-raster.ts';
import { encodeCutout, encodeMatte, guideAlpha, type SubjectMask } from '../../subject/index.ts';
import type { BuildState, StepTools, View } from '../view.ts';
import { fitGivenAlpha } from './take-given-alpha.ts';

/**
 * Writes the matte of each view (grey PNG, white is subject, shape of the upright picture) and the trimmed cut-out (WebP
 * with alpha), also where the confidence is low: the report says so, and the upright picture stays. Where no subject was
 * found there is neither.
 */
export async function cutOutSubject({ views }: BuildState, tools: StepTools): Promise<void> {
  const found = views.filter(({ matte }) => matte !== undefined);
  let next = startEarly(fitView(found[0], tools));
  let written = Promise.resolve();
  try {
    for (const [at, view] of found.entries()) {
      const { picture, givenAlpha } = (await next) as Fitted;
      // Scaling and encoding have threads of their own: one picture before and one behind, as each takes memory.
      next = startEarly(fitView(found[at + 1], tools));
      const { mask } = view.matte as SubjectMask;
      const alpha = givenAlpha ?? guideAlpha(mask, picture, view.matteGuide ?? { small: view.small });
      view.smallAlpha = shrinkAlpha(alpha, picture, view.small);
      await written;
      written = startEarly(writeCutout(view, picture, alpha, tools));
    }
    await written;
  } finally {
    await Promise.allSettled([next, written]);
  }
}

/**
 * The picture that a cut-out is made of, at its size. One with an alpha of its own keeps the colors of its soft edges; where it
 * is wholly transparent it is white.
 */
export async function fitForCutout(pixels: Pixels, cutoutSideMaxPx: number): Promise<RgbImage> {
  if (pixels.channels === 3) return await fitPicture(pixels, cutoutSideMaxPx);
  const { picture, alpha } = await fitGivenAlpha(pixels, cutoutSideMaxPx);
  for (let at = 0; at < alpha.length; at++) if (alpha[at] === 0) picture.data.fill(255, at * 3, at * 3 + 3);
  return picture;
}

interface Fitted {
  picture: RgbImage;
  givenAlpha: Uint8Array | undefined;
}

async function fitView(
  view: View | undefined,
  { cutoutSideMaxPx }: Pick<StepTools, 'cutoutSideMaxPx'>,
): Promise<Fitted | undefined> {
  if (view === undefined) return undefined;
  if (!view.isAlphaGiven) return { picture: await fitPicture(view.pixels, cutoutSideMaxPx), givenAlpha: undefined };
  const { picture, alpha } = await fitGivenAlpha(view.pixels, cutoutSideMaxPx);
  return { picture, givenAlpha: alpha };
}

async function writeCutout(view: View, picture: RgbImage, alpha: Uint8Array, tools: StepTools): Promise<void> {
  const { width, height } = picture;
  const [cutout, matte] = await Promise.all([encodeCutout(picture, alpha), encodeMatte(alpha, width, height)]);
  if (cutout === null) return;
  view.cutout = cutout.data;
  await tools.writeFile(matte, {
    name: `${view.stem}-matte.png`,
    role: 'matte',
    media_type: 'image/png',
    width_px: width,
    height_px: height,
    source: view.source,
  });
  await tools.writeFile(cutout.data, {
    name: `${view.stem}-cutout.webp`,
    role: 'cutout',
    media_type: 'image/webp',
    width_px: cutout.box.width,
    height_px: cutout.box.height,
    source: view.source,
  });
}

/** The pixels at `sidePx` on the longer side at most, laid on white where they are transparent. */
async function fitPicture(pixels: Pixels, sidePx: number): Promise<RgbImage> {
  const { data, width, height, channels } = pixels;
  if (channels === 3 && Math.max(width, height) <= sidePx) return pixels;
  const sharp = await loadSharp();
  const { data: fitted, info } = await sharp(data, { raw: { width, height, channels } })
    .resize({ width: sidePx, height: sidePx, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data: fitted, width: info.width, height: info.height };
}
