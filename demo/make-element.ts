import { readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { showProgress } from '../cli/index.ts';
import {
  createClient,
  createElement,
  type ElementRequest,
  getCredits,
  readElement,
  type Task,
  waitForTask,
} from '../client/index.ts';

export interface DemoTools {
  baseUrl: string;
  key: string;
  storageFolder: string;
  signal: AbortSignal;
}

/** Makes an element through the public API, with progress, and prints what came of it. Throws when the task failed. */
export async function makeElement(tools: DemoTools, params: ElementRequest['model_params']): Promise<Task> {
  const { baseUrl, key, signal } = tools;
  const client = createClient({ baseUrl, key });
  const accepted = await createElement(client, { model_params: params }, { signal });
  const progress = showProgress(process.stdout);
  let task: Task;
  try {
    task = await waitForTask(client, accepted.id, { signal, onProgress: (state) => progress.move(state) });
  } finally {
    progress.end();
  }
  const element = readElement(task);
  if (element === undefined) {
    throw new Error(`the task ${task.id} ended as ${task.status}: ${task.error?.code}, ${task.error?.message}`);
  }
  const { user } = await getCredits(client, signal);
  const folder = join(tools.storageFolder, 'elements', element.element_id);
  const lines = [
    `   element_id  ${element.element_id}`,
    `   task        ${task.id}, completed in ${task.duration?.toFixed(1)} s`,
    `   charged     ${task.usage.credits_used} credit(s), ${user.remaining_credits} left`,
    `   its files   ${relative(process.cwd(), folder)}`,
    ...(await listFiles(folder)).map((line) => `               ${line}`),
  ];
  process.stdout.write(`${lines.join('\n')}\n\n`);
  return task;
}

async function listFiles(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).sort();
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
  return names.map((name, index) => `${name.padEnd(24)} ${Math.ceil((sizes[index] ?? 0) / 1024)} KiB`);
}
