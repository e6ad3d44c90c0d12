import { join } from 'node:path';
import sharp from 'sharp';
import type { Box, RgbImage } from '../src/media/raster/raster.ts';
import { createDice, heldSubjects, loadTruth, sharedPlaces } from './sample-media.ts';

/** Size of the checked masks. */
const truthPx = 512;
/** Long side of a composed picture. */
const scenePx = 640;

/** More photos to take grounds from than views. */
const groundViews: Readonly<Record<string, readonly string[]>> = { dog3: ['00', '01', '02', '03', '04', '05'] };

/** Grounds left out: bars in the picture, or one more plain wall of a kind that is there already. */
const dullGrounds: ReadonlySet<string> = new Set(
  (
    'cat2/00 cat2/04 dog6/01 dog6/02 dog6/03 dog6/04 red_cartoon/01 red_cartoon/02 red_cartoon/03 vase/02 vase/03 ' +
    'vase/04 clock/00 clock/05 can/01 duck_toy/02'
  ).split(' '),
);

/** Photos whose checked mask is exact enough to be the truth of a composite; looked at one by one. */
const cleanViews: Readonly<Record<string, readonly string[]>> = {
  backpack: ['00', '02', '03', '05'],
  backpack_dog: ['00', '02', '03', '04'],
  bear_plushie: ['00', '01', '02', '03', '04'],
  can: ['00', '01', '02', '03', '04', '05'],
  candle: ['00', '01', '03', '04'],
  cat: ['01', '02', '04'],
  cat2: ['00', '02', '03', '04'],
  colorful_sneaker: ['00', '01', '03', '04'],
  dog: ['00', '01', '02', '03', '04'],
  dog3: ['00', '01', '03', '05'],
  dog6: ['00', '01', '02', '03', '04'],
  dog8: ['00', '01', '03', '04'],
  duck_toy: ['00', '01', '02', '03'],
  grey_sloth_plushie: ['00', '01', '02', '03', '04'],
  poop_emoji: ['00', '01', '03', '04'],
  rc_car: ['00', '01', '03', '04'],
  red_cartoon: ['00', '01', '02', '03'],
  shiny_sneaker: ['00', '01', '02', '03', '04', '05'],
  vase: ['01', '02', '03', '04', '05'],
};

export interface Scene {
  name: string;
  image: RgbImage;
  /** 0…255, as large as the image: the alpha the subject was laid over the ground with. */
  alpha: Uint8Array;
}

export interface SceneSet {
  subject: string;
  kind: 'any ground' | 'ground of like color';
  scenes: Scene[];
}

interface Ground {
  name: string;
  subject: string;
  box: Box;
  /** Mean color of the free rectangle, 0…255. */
  color: [number, number, number];
}

/** Composes `setsPerSubject` sets of four pictures of each subject of one part, on grounds of the same part only. */
export async function* composeScenes(
  folder: string,
  part: 'tuned' | 'held',
  setsPerSubject: number,
): AsyncGenerator<SceneSet> {
  const isHeld = part === 'held';
  const subjects = Object.keys(cleanViews).filter((subject) => heldSubjects.has(subject) === isHeld);
  const grounds = await findGrounds(
    folder,
    subjects.filter((subject) => !sharedPlaces.has(subject)),
  );
  for (const subject of subjects) {
    for (let number = 0; number < setsPerSubject; number++) {
      const dice = createDice(hashText(`${subject} ${number}`));
      const kind = number % 3 === 2 ? 'ground of like color' : 'any ground';
      const views = pickSome(cleanViews[subject] as string[], 4, dice);
      const free = grounds.filter((ground) => ground.subject !== subject);
      const near = kind === 'any ground' ? free : await nearestGrounds(folder, `${subject}/${views[0]}`, free);
      const chosen = pickSome(near, views.length, dice);
      const scenes: Scene[] = [];
      for (const [index, view] of views.entries()) {
        scenes.push(await composeScene(folder, `${subject}/${view}`, chosen[index] as Ground, dice));
      }
      yield { subject, kind, scenes };
    }
  }
}

async function composeScene(folder: string, view: string, ground: Ground, dice: () => number): Promise<Scene> {
  const between = (low: number, high: number) => low + (high - low) * dice();
  const shape = [1, 0.75, 4 / 3][Math.floor(dice() * 3)] as number;
  const width = Math.round(shape >= 1 ? scenePx : scenePx * shape);
  const height = Math.round(shape >= 1 ? scenePx / shape : scenePx);
  const groundBlur = dice() < 0.5 ? 0 : between(0.8, 4);
  let back = sharp(join(folder, `${ground.name}.jpg`))
    .autoOrient()
    .extract(ground.box)
    .resize(width, height, { fit: 'cover' });
  if (dice() < 0.5) back = back.flop();
  back = sharp(await back.removeAlpha().toColorspace('srgb').png().toBuffer()).linear(
    between(0.8, 1.2),
    between(-10, 10),
  );
  if (groundBlur > 0) back = back.blur(groundBlur);
  const canvas = await back.raw().toBuffer();

  const piece = await cutPiece(folder, view);
  const target = Math.min(width, height) * between(0.38, 0.92);
  const scale = target / Math.max(piece.width, piece.height);
  const turned = await sharp(piece.data, { raw: { width: piece.width, height: piece.height, channels: 4 } })
    .resize(Math.max(8, Math.round(piece.width * scale)), Math.max(8, Math.round(piece.height * scale)), {
      fit: 'fill',
    })
    .rotate(between(-8, 8), { background: { r: 0, g: 0, b: 0, alpha: 0 } })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const spareX = width - turned.info.width;
  const spareY = height - turned.info.height;
  const left = Math.round(spareX * (0.5 + between(-0.4, 0.4)));
  const top =
    dice() < 0.15 ? Math.round(spareY + turned.info.height * 0.12) : Math.round(spareY * (0.5 + between(-0.3, 0.45)));
  const light = between(0.78, 1.2);
  const gain = [light * between(0.94, 1.06), light * between(0.96, 1.04), light * between(0.94, 1.06)];
  const noise = dice() < 0.5 ? 0 : between(1, 4);
  const alpha = new Uint8Array(width * height);
  const { data, info } = turned;
  for (let y = 0; y < info.height; y++) {
    for (let x = 0; x < info.width; x++) {
      const [cx, cy] = [x + left, y + top];
      if (cx < 0 || cy < 0 || cx >= width || cy >= height) continue;
      const from = (y * info.width + x) * 4;
      const share = (data[from + 3] as number) / 255;
      const to = cy * width + cx;
      alpha[to] = data[from + 3] as number;
      for (let channel = 0; channel < 3; channel++) {
        const value = Math.min(255, (data[from + channel] as number) * (gain[channel] as number));
        canvas[to * 3 + channel] = share * value + (1 - share) * (canvas[to * 3 + channel] as number);
      }
    }
  }
  if (noise > 0) {
    for (let index = 0; index < canvas.length; index++) {
      const value = (canvas[index] as number) + (dice() + dice() + dice() - 1.5) * 2 * noise;
      canvas[index] = Math.min(255, Math.max(0, value));
    }
  }
  return { name: `${view} on ${ground.name}`, image: { width, height, data: canvas }, alpha };
}

/** The subject of a photo with its soft mask, trimmed: RGBA. The mask is drawn in a little, so no rim of the old ground. */
async function cutPiece(folder: string, view: string) {
  const truth = (await loadTruth(view)) as Uint8Array;
  const box = boundsOf(truth, truthPx, truthPx);
  const photo = sharp(join(folder, `${view}.jpg`)).autoOrient();
  const soft = await sharp(truth, { raw: { width: truthPx, height: truthPx, channels: 1 } })
    .blur(1.5)
    .linear(1.8, -150)
    .extractChannel(0)
    .raw()
    .toBuffer();
  const rgb = await photo.resize(truthPx, truthPx, { fit: 'fill' }).toColorspace('srgb').removeAlpha().raw().toBuffer();
  const data = Buffer.alloc(box.width * box.height * 4);
  for (let y = 0; y < box.height; y++) {
    for (let x = 0; x < box.width; x++) {
      const from = (y + box.top) * truthPx + x + box.left;
      const to = (y * box.width + x) * 4;
      data.set(rgb.subarray(from * 3, from * 3 + 3), to);
      data[to + 3] = soft[from] as number;
    }
  }
  return { data, width: box.width, height: box.height };
}

/** For every photo with a checked mask the largest rectangle without the subject, where it is large enough. */
async function findGrounds(folder: string, subjects: readonly string[]): Promise<Ground[]> {
  const grounds: Ground[] = [];
  for (const subject of subjects) {
    for (const view of groundViews[subject] ?? (cleanViews[subject] as string[])) {
      const name = `${subject}/${view}`;
      if (dullGrounds.has(name)) continue;
      const truth = (await loadTruth(name)) as Uint8Array;
      const free = findFreeBox(truth);
      if (free.width * free.height < 0.1 * truthPx * truthPx) continue;
      const { width = 0, height = 0 } = await sharp(join(folder, `${name}.jpg`)).metadata();
      const box = {
        left: Math.round((free.left / truthPx) * width),
        top: Math.round((free.top / truthPx) * height),
        width: Math.floor((free.width / truthPx) * width) - 1,
        height: Math.floor((free.height / truthPx) * height) - 1,
      };
      const mean = await sharp(join(folder, `${name}.jpg`))
        .extract(box)
        .resize(1, 1)
        .removeAlpha()
        .raw()
        .toBuffer();
      if (Math.max(...mean) < 12) continue; // a black bar is no ground
      grounds.push({ name, subject, box, color: [mean[0] as number, mean[1] as number, mean[2] as number] });
    }
  }
  return grounds;
}

/** Largest rectangle of shape 2:3 to 3:2 that keeps 16 px of 512 from the subject, on a grid of 16 px. */
function findFreeBox(truth: Uint8Array): Box {
  const cells = truthPx / 16;
  const used = new Uint8Array(cells * cells);
  for (let y = 0; y < truthPx; y++) {
    for (let x = 0; x < truthPx; x++) {
      if (!truth[y * truthPx + x]) continue;
      for (const dy of [-16, 0, 16]) {
        for (const dx of [-16, 0, 16]) {
          const [cx, cy] = [(x + dx) >> 4, (y + dy) >> 4];
          if (cx >= 0 && cy >= 0 && cx < cells && cy < cells) used[cy * cells + cx] = 1;
        }
      }
    }
  }
  let best = { left: 0, top: 0, width: 0, height: 0 };
  for (let top = 0; top < cells; top++) {
    for (let left = 0; left < cells; left++) {
      let widthMax = cells - left;
      for (let height = 1; top + height <= cells; height++) {
        let run = 0;
        while (run < widthMax && !used[(top + height - 1) * cells + left + run]) run++;
        widthMax = run;
        const width = Math.min(widthMax, Math.floor(height * 1.5));
        if (width * 3 < height * 2) continue;
        if (width * height > best.width * best.height) best = { left, top, width, height };
      }
    }
  }
  return { left: best.left * 16, top: best.top * 16, width: best.width * 16, height: best.height * 16 };
}

async function nearestGrounds(folder: string, view: string, grounds: readonly Ground[]): Promise<Ground[]> {
  const piece = await cutPiece(folder, view);
  const sum = [0, 0, 0];
  let total = 0;
  for (let at = 0; at < piece.data.length; at += 4) {
    const share = piece.data[at + 3] as number;
    total += share;
    for (let channel = 0; channel < 3; channel++) {
      sum[channel] = (sum[channel] as number) + share * (piece.data[at + channel] as number);
    }
  }
  const color = sum.map((value) => value / total);
  const far = (ground: Ground) =>
    Math.hypot(...ground.color.map((value, channel) => value - (color[channel] as number)));
  return [...grounds].sort((a, b) => far(a) - far(b)).slice(0, 6);
}

function boundsOf(mask: Uint8Array, width: number, height: number): Box {
  let [left, right, top, bottom] = [width, -1, height, -1];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!mask[y * width + x]) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  }
  return { left, top, width: right - left + 1, height: bottom - top + 1 };
}

function pickSome<T>(items: readonly T[], count: number, dice: () => number): T[] {
  const rest = [...items];
  const picked: T[] = [];
  while (picked.length < count && rest.length > 0) picked.push(...rest.splice(Math.floor(dice() * rest.length), 1));
  return picked;
}

function hashText(text: string): number {
  let hash = 2166136261;
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) as number), 16777619);
  return hash >>> 0;
}
