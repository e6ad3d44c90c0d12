import { createElement, type ElementRequest } from '../client/index.ts';
import { findCallersFolder, readTogether, UsageError } from './arguments.ts';
import type { Command, OptionValues } from './command.ts';
import { followTask } from './follow-task.ts';
import { loadPicture, parseVideoUrl } from './load-picture.ts';
import { type Typed, withTyped } from './name-typed.ts';
import { openClient } from './open-client.ts';

export const createElementCommand: Command = {
  summary: 'Makes an element from pictures or from a short video.',
  positionals: 'FRONTAL REFERENCE [REFERENCE [REFERENCE]]',
  options: {
    name: { type: 'string', required: true, describe: 'name of the element, at most 20 characters' },
    description: { type: 'string', required: true, describe: 'what the subject looks like, at most 100 characters' },
    video: { type: 'string', describe: 'URL of a video, in place of pictures', check: parseVideoUrl },
    voice: { type: 'string', describe: 'voice to bind to the element, only with --video' },
    'callback-url': { type: 'string', describe: 'https URL that the server calls when the task is finished' },
    'idempotency-key': { type: 'string', describe: 'the same key and request charge only once (default: a new one)' },
    'dry-run': { type: 'boolean', describe: 'only check it: nothing is charged or made (waits for the answer)' },
    wait: { type: 'boolean', describe: 'wait until it is finished, with progress on standard error' },
    json: { type: 'boolean', describe: 'print the task as JSON' },
  },
  more:
    'Pictures are JPEG or PNG: files of this machine, which are sent along, or URLs that the server fetches.\n' +
    "example: troupe elements create --name 'RC car' --description 'A toy car' --wait front.jpg side.jpg",
  async check(values, words, environment) {
    const folder = findCallersFolder(environment);
    await readTogether<unknown>([
      () => checkReferences(values, words),
      ...words.map((word) => () => loadPicture(word, folder)),
    ]);
  },
  async run(values, environment, words) {
    const client = openClient(environment);
    const request = await loadRequest(values, words, findCallersFolder(environment));
    const key = values['idempotency-key'];
    const options = typeof key === 'string' ? { idempotencyKey: key } : {};
    const typed = listTyped(words);
    const task = await withTyped(typed, () => createElement(client, request, options));
    if (values.wait || values['dry-run'])
      return await followTask(client, task.id, { json: values.json === true, typed });
    process.stdout.write(
      values.json
        ? `${JSON.stringify(task)}\n`
        : `${task.id} is accepted. Wait for it: troupe tasks get ${task.id} --wait\n`,
    );
    return 0;
  },
};

/** What stands for each field on the command line. */
function listTyped([frontal, ...others]: readonly string[]): Typed {
  const list = 'model_params.element_image_list';
  const named = others.map((word, index) => [`${list}.refer_images[${index}].image_url`, word]);
  return {
    'model_params.element_name': '--name',
    'model_params.element_description': '--description',
    'model_params.element_voice_id': '--voice',
    'model_params.element_video_list.refer_videos[0].video_url': '--video',
    callback_url: '--callback-url',
    'Idempotency-Key': '--idempotency-key',
    ...(frontal === undefined ? {} : { [`${list}.frontal_image`]: frontal }),
    ...Object.fromEntries(named),
  };
}

function checkReferences({ video, voice }: OptionValues, words: readonly string[]): void {
  if (video !== undefined && words.length > 0) throw new UsageError('give either pictures or --video, not both');
  if (video !== undefined) return;
  const mistakes = voice === undefined ? [] : ['--voice goes with --video only'];
  if (words.length < 2 || words.length > 4) {
    mistakes.push(`name 2 to 4 pictures, the frontal one first; ${words.length} given`);
  }
  if (mistakes.length > 0) throw new UsageError(...mistakes);
}

async function loadRequest(
  values: OptionValues,
  words: readonly string[],
  folder: string,
): Promise<Omit<ElementRequest, 'model'>> {
  const text = (name: string) => values[name] as string;
  const names = { element_name: text('name'), element_description: text('description') };
  const callback = {
    ...(values['callback-url'] === undefined ? {} : { callback_url: text('callback-url') }),
    ...(values['dry-run'] === true ? { dry_run: true } : {}),
  };
  if (values.video !== undefined) {
    const refer_videos: [{ video_url: string }] = [{ video_url: parseVideoUrl(text('video')) }];
    const voice = values.voice === undefined ? {} : { element_voice_id: text('voice') };
    const element_video_list = { refer_videos };
    return { ...callback, model_params: { ...names, ...voice, reference_type: 'video_refer', element_video_list } };
  }
  const [frontal_image = '', ...others] = await Promise.all(words.map((word) => loadPicture(word, folder)));
  const refer_images = others.map((image_url) => ({ image_url })) as [{ image_url: string }];
  const element_image_list = { frontal_image, refer_images };
  return { ...callback, model_params: { ...names, reference_type: 'image_refer', element_image_list } };
}
