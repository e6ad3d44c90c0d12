import { createImages, type ImageRequest } from '../client/index.ts';
import { findCallersFolder, readTogether, UsageError } from './arguments.ts';
import type { Command, OptionValues } from './command.ts';
import { followTask } from './follow-task.ts';
import { loadPicture } from './load-picture.ts';
import { type Typed, withTyped } from './name-typed.ts';
import { openClient } from './open-client.ts';
import { saveImages } from './save-images.ts';

const defaultModel = 'kling-image-o1';

export const createImagesCommand: Command = {
  summary: 'Makes pictures with your elements in them.',
  positionals: '[ELEMENT_ID …]',
  options: {
    model: { type: 'string', describe: `default ${defaultModel}; see troupe models` },
    prompt: { type: 'string', describe: 'what is seen; name the elements <<<element_1>>>, <<<element_2>>>, …' },
    'negative-prompt': { type: 'string', describe: 'what is not to be seen (kling-image-v3)' },
    image: { type: 'string', multiple: true, describe: 'reference picture, a file or a URL; repeat it' },
    count: { type: 'string', describe: 'how many pictures, 1 to 9 (default 1)', check: parseCount },
    quality: { type: 'string', describe: '1k, 2k or 4k' },
    'aspect-ratio': { type: 'string', describe: 'like 16:9, 3:2 or 1:1' },
    'callback-url': { type: 'string', describe: 'https URL that the server calls when the task is finished' },
    'idempotency-key': { type: 'string', describe: 'the same key and request charge only once (default: a new one)' },
    'dry-run': { type: 'boolean', describe: 'only check it: nothing is charged or made (waits for the answer)' },
    wait: { type: 'boolean', describe: 'wait until it is finished, with progress on standard error' },
    output: {
      type: 'string',
      short: 'o',
      describe: 'wait, and save the picture as this file; several as NAME-1, NAME-2, …',
    },
    json: { type: 'boolean', describe: 'print the task as JSON' },
  },
  more: "example: troupe images create 4129876500123456 --prompt '<<<element_1>>> in the rain' --count 2 -o rain.png",
  async check(values, _, environment) {
    const folder = findCallersFolder(environment);
    await readTogether(listWords(values.image).map((word) => () => loadPicture(word, folder)));
  },
  async run(values, environment, words) {
    const client = openClient(environment);
    const folder = findCallersFolder(environment);
    const request = await loadRequest(values, words, folder);
    const key = values['idempotency-key'];
    const options = typeof key === 'string' ? { idempotencyKey: key } : {};
    const typed = listTyped(values, words);
    const task = await withTyped(typed, () => createImages(client, request, options));
    const json = values.json === true;
    const how = { json, typed };
    if (typeof values.output === 'string' && !values['dry-run'])
      return await saveImages(client, task.id, values.output, folder, how);
    if (values.wait || values['dry-run']) return await followTask(client, task.id, how);
    process.stdout.write(
      json ? `${JSON.stringify(task)}\n` : `${task.id} is accepted. Wait for it: troupe tasks get ${task.id} --wait\n`,
    );
    return 0;
  },
};

/** What stands for each field on the command line. */
function listTyped({ image }: OptionValues, elementIds: readonly string[]): Typed {
  return {
    model: '--model',
    prompt: '--prompt',
    negative_prompt: '--negative-prompt',
    n: '--count',
    quality: '--quality',
    aspect_ratio: '--aspect-ratio',
    image_urls: '--image',
    callback_url: '--callback-url',
    'Idempotency-Key': '--idempotency-key',
    ...Object.fromEntries(listWords(image).map((word, index) => [`image_urls[${index}]`, `--image ${word}`])),
    ...Object.fromEntries(
      elementIds.flatMap((id, index) =>
        ['', '.element_id'].map((field) => [`model_params.element_list[${index}]${field}`, id]),
      ),
    ),
  };
}

async function loadRequest(values: OptionValues, elementIds: readonly string[], folder: string): Promise<ImageRequest> {
  const text = (name: string) => values[name] as string | undefined;
  const images = await Promise.all(listWords(values.image).map((word) => loadPicture(word, folder)));
  const count = text('count');
  const request = {
    model: text('model') ?? defaultModel,
    prompt: text('prompt'),
    negative_prompt: text('negative-prompt'),
    image_urls: images.length === 0 ? undefined : images,
    n: count === undefined ? undefined : parseCount(count),
    quality: text('quality'),
    aspect_ratio: text('aspect-ratio'),
    callback_url: text('callback-url'),
    dry_run: values['dry-run'] === true ? true : undefined,
    model_params:
      elementIds.length === 0 ? undefined : { element_list: elementIds.map((element_id) => ({ element_id })) },
  };
  // The server knows each model's rules and words its refusals by field: nothing is judged twice here.
  return request as unknown as ImageRequest;
}

function parseCount(text: string): number {
  if (!/^\d{1,3}$/.test(text)) throw new UsageError(`--count must be a whole number, is '${text}'`);
  return Number(text);
}

function listWords(value: OptionValues[string]): string[] {
  return [value ?? []].flat().map(String);
}
