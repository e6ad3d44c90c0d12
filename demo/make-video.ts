import { createWriteStream } from 'node:fs';
import { join, relative } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  createClient,
  createVideo,
  download,
  getCredits,
  parseVideoResult,
  type VideoResult,
} from '../client/index.ts';
import { followTask } from './follow-task.ts';
import type { DemoTools } from './make-element.ts';

/** Casts an element in a video of two shots, saves the MP4 and prints where it lies. Throws when the task failed. */
export async function makeVideo(tools: DemoTools, elementId: string): Promise<void> {
  const { baseUrl, key, dataFolder, signal } = tools;
  const client = createClient({ baseUrl, key });
  const accepted = await createVideo(
    client,
    {
      model: 'kling-o3-text-to-video',
      duration: 6,
      aspect_ratio: '16:9',
      quality: '720p',
      model_params: {
        multi_shot: true,
        shot_type: 'customize',
        multi_prompt: [
          { index: 1, prompt: '<<<element_1>>> waits at the start of a dusty track, engine humming', duration: '3' },
          { index: 2, prompt: 'Close on <<<element_1>>> as it leaps over a ramp', duration: '3' },
        ],
        element_list: [{ element_id: elementId }],
      },
    },
    { signal },
  );
  const task = await followTask(client, accepted.id, signal);
  const video = parseVideoResult(task) as VideoResult;
  const path = join(dataFolder, 'video.mp4');
  await pipeline(Readable.fromWeb(await download(client, video.video_url, signal)), createWriteStream(path), {
    signal,
  });
  const { user } = await getCredits(client, signal);
  const kind = video.engine === 'animatic' ? 'an animatic: a preview drawn on this machine, no generated video' : '';
  const lines = [
    `   video       ${relative(process.cwd(), path)}, ${video.duration} s, ${video.width} × ${video.height} px`,
    `   engine      ${video.engine}${kind === '' ? '' : `, ${kind}`}`,
    `   task        ${task.id}, completed in ${task.duration?.toFixed(1)} s`,
    `   charged     ${task.usage.credits_used} credit(s), ${user.remaining_credits} left`,
  ];
  process.stdout.write(`${lines.join('\n')}\n\n`);
}
