import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { type Client, downloadElementFile, type ElementDetails } from '../client/index.ts';
import { saveStream } from './save-stream.ts';

/** Saves every file of an element, and what is known of it as `element.json`, in `name` below the caller's folder. */
export async function saveElement(
  client: Client,
  element: ElementDetails,
  name: string,
  folder: string,
): Promise<void> {
  const path = resolve(folder, name);
  await mkdir(path, { recursive: true });
  for (const file of element.files) {
    const stream = await downloadElementFile(client, element.element_id, file.name);
    await saveStream(stream, join(path, basename(file.name)));
  }
  await writeFile(join(path, 'element.json'), `${JSON.stringify(element, null, 2)}\n`);
}
