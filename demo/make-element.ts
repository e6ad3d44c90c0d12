import { readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import {
  createClient,
  createElement,
  type ElementRequest,
  type ElementResult,
  getCredits,
  parseElementResult,
  type Task,
} from '../client/index.ts';
import { followTask } from './follow-task.ts';

export interface DemoTools {
  baseUrl: string;
  key: string;
  /** Where the demo keeps everything. */
  dataFolder: string;
  signal: AbortSignal;
}

export interface MadeElement {
  task: Task;
  elementId: string;
}

/** Makes an element through the public API, with progress, and prints what came of it. Throws when the task failed. */
export async function makeElement(tools: DemoTools, params: ElementRequest['model_params']): Promise<MadeElement> {
  const { baseUrl, key, dataFolder, signal } = tools;
  const client = createClient({ baseUrl, key });
  const accepted = await createElement(client, { model_params: params }, { signal });
  const task = await followTask(client, accepted.id, signal);
  const { element_id: elementId } = parseElementResult(task) as ElementResult;
  const { user } = await getCredits(client, signal);
  const folder = join(dataFolder, 'storage/elements', elementId);
  const lines = [
    `   element_id  ${elementId}`,
    `   task        ${task.id}, completed in ${task.duration?.toFixed(1)} s`,
    `   charged     ${task.usage.credits_used} credit(s), ${user.remaining_credits} left`,
    `   its files   ${relative(process.cwd(), folder)}`,
    ...(await listFiles(folder)).map((line) => `               ${line}`),
  ];
  process.stdout.write(`${lines.join('\n')}\n\n`);
  return { task, elementId };
}

async function listFiles(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).sort();
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
  return names.map((name, index) => `${name.padEnd(24)} ${Math.ceil((sizes[index] ?? 0) / 1024)} KiB`);
}
