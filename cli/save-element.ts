import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Client, downloadElementFile, type ElementDetails } from '../client/index.ts';

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
    const target = join(path, basename(file.name));
    await pipeline(
      Readable.fromWeb(await downloadElementFile(client, element.element_id, file.name)),
      createWriteStream(target),
    );
  }
  await writeFile(join(path, 'element.json'), `${JSON.stringify(element, null, 2)}\n`);
}
