import { createVideo, type VideoRequest } from '../client/index.ts';
import { findCallersFolder, readTogether, UsageError } from './arguments.ts';
import type { Command, OptionValues } from './command.ts';
import { followTask } from './follow-task.ts';
import { loadPicture, parseVideoUrl } from './load-picture.ts';
import { type Typed, withTyped } from './name-typed.ts';
import { openClient } from './open-client.ts';
import { saveVideo } from './save-video.ts';

const defaultModel = 'kling-o3-text-to-video';

export const createVideoCommand: Command = {
  summary: 'Makes a video with your elements in it.',
  positionals: '[ELEMENT_ID …]',
  options: {
    model: { type: 'string', describe: `default ${defaultModel}; see troupe models` },
    prompt: { type: 'string', describe: 'what happens; name the elements <<<element_1>>>, <<<element_2>>>, …' },
    shot: {
      type: 'string',
      multiple: true,
      describe: 'one shot of several as SECONDS:PROMPT; repeat it',
      check: parseShot,
    },
    duration: {
      type: 'string',
      describe: 'whole seconds (default: the sum of the shots, else the model’s)',
      check: (text) => parseDuration(text, []),
    },
    quality: { type: 'string', describe: '720p, 1080p or 4k' },
    'aspect-ratio': { type: 'string', describe: '16:9, 9:16 or 1:1' },
    sound: { type: 'boolean', describe: 'make sound' },
    start: { type: 'string', describe: 'picture to begin with, a file or a URL' },
    end: { type: 'string', describe: 'picture to end with, a file or a URL' },
    image: { type: 'string', multiple: true, describe: 'reference picture, a file or a URL; repeat it' },
    video: { type: 'string', describe: 'URL of the reference video', check: parseVideoUrl },
    orientation: { type: 'string', describe: 'motion control only: image or video' },
    'callback-url': { type: 'string', describe: 'https URL that the server calls when the task is finished' },
    'idempotency-key': { type: 'string', describe: 'the same key and request charge only once (default: a new one)' },
    'dry-run': { type: 'boolean', describe: 'only check it: nothing is charged or made (waits for the answer)' },
    wait: { type: 'boolean', describe: 'wait until it is finished, with progress on standard error' },
    output: { type: 'string', short: 'o', describe: 'wait, and save the video in this file' },
    json: { type: 'boolean', describe: 'print the task as JSON' },
  },
  more: "example: troupe videos create 4129876500123456 --shot '2:<<<element_1>>> waits' --shot '3:<<<element_1>>> drives off' -o out.mp4",
  async check(values, _, environment) {
    const folder = findCallersFolder(environment);
    const named = [values.start, values.end, values.image].flat().filter((word) => typeof word === 'string');
    await readTogether(named.map((word) => () => loadPicture(word, folder)));
  },
  async run(values, environment, words) {
    const client = openClient(environment);
    const folder = findCallersFolder(environment);
    const request = await loadVideoRequest(values, words, folder);
    const key = values['idempotency-key'];
    const options = typeof key === 'string' ? { idempotencyKey: key } : {};
    const typed = listTyped(values, words);
    const task = await withTyped(typed, () => createVideo(client, request, options));
    const json = values.json === true;
    const how = { json, typed };
    if (typeof values.output === 'string' && !values['dry-run'])
      return await saveVideo(client, task.id, values.output, folder, how);
    if (values.wait || values['dry-run']) return await followTask(client, task.id, how);
    process.stdout.write(
      json ? `${JSON.stringify(task)}\n` : `${task.id} is accepted. Wait for it: troupe tasks get ${task.id} --wait\n`,
    );
    return 0;
  },
};

/** What stands for each field on the command line. */
function listTyped({ shot, image, start, end }: OptionValues, elementIds: readonly string[]): Typed {
  const list = (value: OptionValues[string]) => [value ?? []].flat().map(String);
  return {
    model: '--model',
    prompt: '--prompt',
    duration: '--duration',
    quality: '--quality',
    aspect_ratio: '--aspect-ratio',
    sound: '--sound',
    image_start: `--start ${start ?? ''}`.trim(),
    image_end: `--end ${end ?? ''}`.trim(),
    image_urls: '--image',
    video_url: '--video',
    video_urls: '--video',
    'video_urls[0]': '--video',
    callback_url: '--callback-url',
    'model_params.character_orientation': '--orientation',
    'Idempotency-Key': '--idempotency-key',
    'model_params.multi_prompt': '--shot',
    ...Object.fromEntries(list(image).map((word, index) => [`image_urls[${index}]`, `--image ${word}`])),
    ...Object.fromEntries(
      list(shot).flatMap((_, index) =>
        ['', '.prompt', '.duration'].map((field) => [
          `model_params.multi_prompt[${index}]${field}`,
          `--shot ${index + 1}`,
        ]),
      ),
    ),
    ...Object.fromEntries(
      elementIds.flatMap((id, index) =>
        ['', '.element_id'].map((field) => [`model_params.element_list[${index}]${field}`, id]),
      ),
    ),
  };
}

async function loadVideoRequest(
  values: OptionValues,
  elementIds: readonly string[],
  folder: string,
): Promise<VideoRequest> {
  const text = (name: string) => values[name] as string | undefined;
  const model = text('model') ?? defaultModel;
  const shots = ((values.shot ?? []) as string[]).map(parseShot);
  const images = await Promise.all(((values.image ?? []) as string[]).map((word) => loadPicture(word, folder)));
  const picture = async (name: string) => {
    const word = text(name);
    return word === undefined ? undefined : await loadPicture(word, folder);
  };
  const video = text('video');
  const isMotion = model === 'kling-v3-motion-control';
  const request = {
    model,
    prompt: text('prompt'),
    duration: parseDuration(text('duration'), shots),
    quality: text('quality'),
    aspect_ratio: text('aspect-ratio'),
    sound: values.sound === true ? 'on' : undefined,
    image_start: await picture('start'),
    image_end: await picture('end'),
    image_urls: images.length === 0 ? undefined : images,
    ...(video === undefined
      ? {}
      : isMotion
        ? { video_urls: [parseVideoUrl(video)] }
        : { video_url: parseVideoUrl(video) }),
    callback_url: text('callback-url'),
    dry_run: values['dry-run'] === true ? true : undefined,
    model_params: {
      character_orientation: text('orientation'),
      element_list: elementIds.length === 0 ? undefined : elementIds.map((element_id) => ({ element_id })),
      ...(shots.length === 0 ? {} : { multi_shot: true, shot_type: 'customize', multi_prompt: shots }),
    },
  };
  // The server knows each model's rules and words its refusals by field: nothing is judged twice here.
  return request as unknown as VideoRequest;
}

interface Shot {
  index: number;
  prompt: string;
  duration: string;
}

function parseShot(text: string, at: number): Shot {
  const [, duration, prompt] = /^(\d{1,2}):(.+)$/s.exec(text) ?? [];
  if (duration === undefined || prompt === undefined)
    throw new UsageError(`--shot ${at + 1} must be SECONDS:PROMPT, is '${text}'`);
  return { index: at + 1, prompt, duration };
}

function parseDuration(text: string | undefined, shots: readonly Shot[]): number | undefined {
  if (text === undefined)
    return shots.length === 0 ? undefined : shots.reduce((sum, shot) => sum + Number(shot.duration), 0);
  if (!/^\d{1,3}$/.test(text)) throw new UsageError(`--duration must be whole seconds, is '${text}'`);
  return Number(text);
}
