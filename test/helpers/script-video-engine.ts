import { createHash } from 'node:crypto';
import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImageOrder, VideoDraft, VideoEngine, VideoOrder, VideoTools } from '../../src/engines/index.ts';
import type { ImageHeader } from '../../src/media/index.ts';

const clip = new URL('../fixtures/media/dog.mp4', import.meta.url);
const picture = new URL('../fixtures/media/bear.jpg', import.meta.url);

export interface ScriptedEngine extends VideoEngine {
  /** Every order in the order of its call. */
  orders: VideoOrder[];
  /** Those for pictures. */
  imageOrders: ImageOrder[];
  /** Done with each order before its video is handed over. */
  act: (order: VideoOrder, tools: VideoTools) => Promise<void>;
  /** Seconds that the next videos are said to last. */
  seconds: number;
}

/** An engine for tests of the flow: hands over a real small MP4 and does in between what the test wants. */
export function scriptVideoEngine(place: VideoEngine['place']): ScriptedEngine {
  const engine: ScriptedEngine = {
    name: 'scripted',
    place,
    orders: [],
    imageOrders: [],
    act: async () => undefined,
    seconds: 5,
    checkVideo: () => undefined,
    async makeVideo(order, tools) {
      engine.orders.push(order);
      await engine.act(order, tools);
      return await handOver(order, engine.seconds);
    },
    prepareVideo: async ({ sources }) => ({
      sources: sources.map(({ role, param }) => ({ role, param, facts: { kind: 'image' } as ImageHeader })),
    }),
    images: {
      checkImages: () => undefined,
      async makeImages(order) {
        const { spec, workFolder } = order;
        engine.imageOrders.push(order);
        const pictures = Array.from({ length: spec.count }, (_, at) => join(workFolder, `made-${at}.jpg`));
        for (const path of pictures) await copyFile(picture, path);
        return {
          pictures: pictures.map((path, at) => ({
            path,
            media_type: 'image/jpeg',
            width_px: 640,
            height_px: 640,
            ...(spec.model === 'kling-image-angles' ? { set: Math.floor(at / 3) } : {}),
          })),
          warnings: [],
          details: { kind: 'test' },
        };
      },
      prepareImages: async () => ({ sources: [] }),
    },
    close: async () => undefined,
  };
  return engine;
}

async function handOver(order: VideoOrder, seconds: number): Promise<VideoDraft> {
  const path = join(order.workFolder, 'made.mp4');
  await copyFile(clip, path);
  const bytes = await readFile(path);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return {
    file: { path, media_type: 'video/mp4', bytes: bytes.length, sha256 },
    duration_seconds: seconds,
    width_px: 1280,
    height_px: 720,
    frame_rate: 24,
    has_sound: false,
    details: { kind: 'test' },
  };
}
