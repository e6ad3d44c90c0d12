import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createKey } from './create-key.ts';
import { makeElement } from './make-element.ts';
import { makeVideo } from './make-video.ts';
import { printFarewell } from './print-farewell.ts';
import { serveMedia } from './serve-media.ts';
import { startServer } from './start-server.ts';

/**
 * `npm run demo`: starts the server on its embedded default, makes an element from four photos and one from a clip
 * through the public API, casts the first in a video, and says what came of it. Ends with code 0, or 1 and the reason; leaves its data in
 * `.troupe-demo` or `TROUPE_DATA_DIR`, and no process.
 */
const root = join(fileURLToPath(import.meta.url), '../..');
const dataFolder = resolve(process.env.TROUPE_DATA_DIR ?? join(root, '.troupe-demo'));

const photos = ['rc-car-front.jpg', 'rc-car-side.jpg', 'rc-car-quarter.jpg', 'rc-car-outdoors.jpg'] as const;

async function main(signal: AbortSignal): Promise<void> {
  await using media = await serveMedia(join(root, 'demo/media'));
  say('Starting Troupe with its own PostgreSQL …');
  await using server = await startServer({ root, dataFolder, allowAddress: media.address, signal });
  const shownFolder = relative(process.cwd(), dataFolder);
  say(`Troupe answers at ${server.url}, its data lies in ${shownFolder}\n`);
  const key = await createKey({ root, dataFolder, signal });
  const tools = { baseUrl: server.url, key, dataFolder, signal };

  say('1. An element from four photos of one subject (demo/media/rc-car-*.jpg)');
  const [front = '', ...others] = photos.map((name) => `${media.url}/${name}`);
  const car = await makeElement(tools, {
    element_name: 'RC car',
    element_description: 'A red and yellow toy car with a driver and an antenna',
    reference_type: 'image_refer',
    element_image_list: {
      frontal_image: front,
      refer_images: others.map((image_url) => ({ image_url })) as [{ image_url: string }],
    },
  });

  say('2. An element from a short clip (demo/media/juggle.mp4)');
  await makeElement(tools, {
    element_name: 'Juggler',
    element_description: 'A person who juggles',
    reference_type: 'video_refer',
    element_video_list: { refer_videos: [{ video_url: `${media.url}/juggle.mp4` }] },
  });

  say('3. A video of two shots with the car in it, by its element_id');
  await makeVideo(tools, car.elementId);
  printFarewell({ url: server.url, shownFolder, key, taskId: car.task.id, elementId: car.elementId });
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => stop.abort(new Error('stopped')));
try {
  await main(stop.signal);
} catch (error) {
  process.stderr.write(`\nThe demo did not succeed: ${(error as Error).message}\n`);
  process.exitCode = 1;
}
