import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type AnimaticWorkshop,
  openAnimaticWorkshop,
  sourceOf,
  type WorkshopRequest,
} from '../../../test/helpers/animatic-cast.ts';
import { loadFrames } from '../../../test/helpers/probe-video.ts';
import { parseSection } from '../../lib/settings.ts';
import { readSilhouette } from '../../media/animatic/assets/draw-cutout.ts';
import { openClip } from '../../media/animatic/clip/open-clip.ts';
import { trackMotion } from '../../media/animatic/clip/track-motion.ts';
import { placeLayer } from '../../media/animatic/frame/place-layer.ts';
import type { TrackPoint } from '../../media/animatic/plan.ts';
import { planShots } from '../../media/animatic/plan-shots.ts';
import { createTypesetter } from '../../media/animatic/text/typeset.ts';
import type { AnimaticScript, SourceHeader } from '../../media/index.ts';
import { createMedia, section } from '../../media/index.ts';
import { type Appearance, describeAppearance, scoreSameSubject } from '../../media/subject/index.ts';
import type { CastElement, VideoOrder } from '../video-engine.ts';
import { writeScript } from './write-script.ts';

const workshop = openAnimaticWorkshop();
afterAll(() => workshop.close());

/** Below it the quality report warns of another subject (decision 0021). */
const sameFrom = 0.3;

type Subject = Parameters<AnimaticWorkshop['cast']>[0];

/**
 * Requests of every kind, with the subjects that are cast in them: three that the score keeps apart in their own photos
 * (it takes the duck of the other tests for the car at 0.57, both being round, yellow and red).
 */
const requests: Record<string, { cast: readonly Subject[] } & Omit<WorkshopRequest, 'cast'>> = {
  'one element': { cast: ['sloth'], spec: { prompt: '<<<element_1>>> looks at us.', duration_seconds: 1 } },
  'two shots, two elements': {
    cast: ['car', 'bear'],
    spec: {
      shots: [
        { prompt: '<<<element_1>>> stops before <<<element_2>>>.', duration_seconds: 1 },
        { prompt: 'Close-up of <<<element_2>>>.', duration_seconds: 1 },
      ],
      duration_seconds: 2,
    },
  },
  'three shots in which one element changes its view': {
    cast: ['car'],
    spec: {
      shots: ['wide', 'medium', 'close'].map((word) => ({
        prompt: `A ${word} shot of <<<element_1>>>.`,
        duration_seconds: 1,
      })),
      duration_seconds: 3,
    },
  },
  'cuts left to the model': {
    cast: ['bear'],
    spec: { prompt: '<<<element_1>>> walks.', shot_type: 'intelligence', duration_seconds: 5 },
  },
  'start and end image': {
    cast: ['car', 'sloth'],
    spec: { model: 'kling-v3-image-to-video', duration_seconds: 2 },
    sources: [sourceOf('image_start', 'bear.jpg'), sourceOf('image_end', 'duck.jpg')],
  },
  'a place': {
    cast: ['sloth'],
    spec: { prompt: '<<<element_1>>> in <<<image_1>>>.', duration_seconds: 1, aspect_ratio: '1:1' },
    sources: [sourceOf('reference_image', 'bear.jpg')],
  },
  'an upright frame': {
    cast: ['bear', 'car'],
    spec: { prompt: '<<<element_1>>> and <<<element_2>>> meet.', duration_seconds: 1, aspect_ratio: '9:16' },
  },
  'over a clip': {
    cast: ['sloth', 'car'],
    spec: { model: 'kling-o3-reference-to-video', duration_seconds: 2 },
    sources: [sourceOf('reference_video', 'dog.mp4')],
  },
  'motion control': {
    cast: ['bear'],
    spec: { model: 'kling-v3-motion-control', character_orientation: 'video' },
    sources: [sourceOf('reference_image', 'bear.jpg'), sourceOf('reference_video', 'dog.mp4')],
  },
};

describe('every element is itself in every shot that casts it, and nobody else', () => {
  let looks: Map<Subject, Appearance>;
  beforeAll(async () => {
    looks = await describeAll();
  });

  test.each(Object.entries(requests))('%s', async (_title, { cast: names, ...request }) => {
    const cast = await Promise.all(names.map((name) => workshop.cast(name)));
    const draft = await workshop.render({ ...request, cast });
    const seen = await findFigures({ ...request, cast }, draft.file.path);
    expect(seen.length).toBeGreaterThanOrEqual(names.length);
    for (const { figure, look } of seen) {
      for (const [name, own] of looks) {
        const score = scoreSameSubject(own, look);
        if (name === names[figure]) expect(score, `${name} against itself`).toBeGreaterThan(sameFrom);
        else expect(score, `${names[figure]} against ${name}`).toBeLessThan(sameFrom);
      }
    }
  });
});

/** The looks of the three elements, from their surest view as the element build measures it. */
async function describeAll(): Promise<Map<Subject, Appearance>> {
  const looks = new Map<Subject, Appearance>();
  for (const name of ['sloth', 'bear', 'car'] as const)
    looks.set(name, await describeElement(await workshop.cast(name)));
  return looks;
}

async function describeElement(element: CastElement): Promise<Appearance> {
  const picture = sharp(await element.fetchFile('frontal.jpg')).resize(512, 512, { fit: 'inside' });
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const alpha = await sharp(await element.fetchFile('frontal-matte.png'))
    .resize(width, height)
    .extractChannel(0)
    .raw()
    .toBuffer();
  return describeAppearance({ width, height, data }, alpha);
}

/** The cut-outs of figures in a frame near the end of each shot, as they came out of the encoder. */
async function findFigures(request: WorkshopRequest, path: string): Promise<{ figure: number; look: Appearance }[]> {
  const { script, movers } = await planAgain(request);
  const typesetter = await createTypesetter(script.shots.map(({ caption }) => caption));
  const shots = planShots(script, typesetter, movers.height);
  const size = { width: script.width_px, height: script.height_px };
  const seen: { figure: number; look: Appearance }[] = [];
  let start = 0;
  for (const shot of shots) {
    const at = shot.frameCount - 2;
    const [frame] = await loadFrames(path, [start + at]);
    for (const layer of shot.layers) {
      if (layer.figure === undefined || layer.asset.kind !== 'cutout' || frame === undefined) continue;
      const placement = placeLayer(layer, shot, at, size, movers.track[start + at]);
      const alpha = await drawAlpha(layer.asset.path, placement, size);
      seen.push({ figure: layer.figure, look: describeAppearance(frame, alpha) });
    }
    start += shot.frameCount;
  }
  return seen;
}

/** What the renderer planned: the same request gives the same plan. */
async function planAgain(request: WorkshopRequest): Promise<{
  script: AnimaticScript;
  movers: { track: readonly TrackPoint[]; height: number | null };
}> {
  const settings = parseSection(section, {}, []);
  const media = createMedia(settings);
  const sources = request.sources ?? [];
  let headers: SourceHeader[];
  try {
    headers = await media.inspect(
      sources.map(({ role, clip_rules, ...file }) =>
        role === 'reference_video'
          ? { ...file, kind: 'clip', clip_rules: clip_rules as NonNullable<typeof clip_rules> }
          : { ...file, kind: 'image' },
      ),
    );
  } finally {
    await media.close();
  }
  const plain = { model: '', prompt: '', quality: '720p', sound: false, shots: [], watermark: false } as const;
  const order = { task_id: '', workFolder: '', sources, cast: request.cast ?? [], spec: { ...plain, ...request.spec } };
  const script = await writeScript(order satisfies VideoOrder, headers);
  const size = { width: script.width_px, height: script.height_px };
  const clip = await openClip(script, size, workshop.newFolder(), parseSection(section, {}, []));
  if (clip === null || script.shots[0]?.scene.kind !== 'motion') return { script, movers: { track: [], height: null } };
  return { script, movers: await trackMotion(clip.readSmall(), size, () => undefined) };
}

/** Alpha (0…255) of a cut-out where it lies in the frame. */
async function drawAlpha(
  path: string,
  box: { left: number; top: number; width: number; height: number },
  size: { width: number; height: number },
): Promise<Uint8Array> {
  const [width, height] = [Math.round(box.width), Math.round(box.height)];
  const [left, top] = [Math.round(box.left), Math.round(box.top)];
  const silhouette = await readSilhouette(path, width, height);
  const alpha = new Uint8Array(size.width * size.height);
  for (let row = Math.max(0, -top); row < Math.min(height, size.height - top); row++) {
    for (let column = Math.max(0, -left); column < Math.min(width, size.width - left); column++) {
      alpha[(row + top) * size.width + column + left] = 255 * (silhouette[row * width + column] as number);
    }
  }
  return alpha;
}
