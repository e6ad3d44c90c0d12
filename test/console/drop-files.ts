import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Page } from 'playwright-core';

/** Drops JPEG files on the field for pictures as a hand does it: as files of a data transfer. */
export async function dropFiles(page: Page, paths: readonly string[]): Promise<void> {
  const files = await Promise.all(
    paths.map(async (path) => ({ name: basename(path), base64: (await readFile(path)).toString('base64') })),
  );
  const transfer = await page.evaluateHandle((given) => {
    // Named so, since these tests are compiled without the names of a browser.
    const held = new (Reflect.get(globalThis, 'DataTransfer'))();
    for (const { name, base64 } of given) {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      held.items.add(new File([bytes], name, { type: 'image/jpeg' }));
    }
    return held;
  }, files);
  const field = page.getByLabel('Choose pictures or a video');
  for (const type of ['dragenter', 'dragover', 'drop']) await field.dispatchEvent(type, { dataTransfer: transfer });
}
