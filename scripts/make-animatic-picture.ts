/**
 * Draws an animatic with the elements of the tests and lays four of its frames side by side, for the README.
 * Run by hand: `node scripts/make-animatic-picture.ts`. Writes docs/images/animatic.webp.
 */
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { openAnimaticWorkshop } from '../test/helpers/animatic-cast.ts';
import { loadFrames } from '../test/helpers/probe-video.ts';

const shots = [
  {
    prompt: 'Wide shot, a beach at sunset: <<<element_1>>> races in from the left while <<<element_2>>> jumps.',
    duration_seconds: 3,
  },
  { prompt: 'Over the shoulder of <<<element_2>>>: <<<element_1>>> drives away from us.', duration_seconds: 3 },
  { prompt: 'Rain in a city street at night. Dutch angle on <<<element_1>>>.', duration_seconds: 3 },
];
/** Of the video, in the order of reading. */
const frames = [20, 60, 100, 190];
const tile = { width: 640, height: 360 };

const workshop = openAnimaticWorkshop();
try {
  const cast = [await workshop.cast('car', 'Racer'), await workshop.cast('bear', 'Teddy')];
  const draft = await workshop.render({ spec: { shots, duration_seconds: 9 }, cast });
  const seen = await loadFrames(draft.file.path, frames);
  const tiles = await Promise.all(
    seen.map(async ({ width, height, data }, at) => ({
      input: await sharp(data, { raw: { width, height, channels: 3 } })
        .resize(tile)
        .png()
        .toBuffer(),
      left: (at % 2) * tile.width,
      top: Math.floor(at / 2) * tile.height,
    })),
  );
  await sharp({ create: { width: 2 * tile.width, height: 2 * tile.height, channels: 3, background: '#ffffff' } })
    .composite(tiles)
    .webp({ quality: 82 })
    .toFile(fileURLToPath(new URL('../docs/images/animatic.webp', import.meta.url)));
} finally {
  await workshop.close();
}
