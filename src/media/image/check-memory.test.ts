import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, expect, test } from 'vitest';
import { claimJpegSize } from '../../../test/helpers/make-hostile-files.ts';
import { checkImageMemory } from './check-memory.ts';
import { readHeader } from './read-header.ts';

const folder = mkdtempSync(join(tmpdir(), 'troupe-memory-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A picture of 320 × 320, whose header is then made to claim 16,384 × 12,288. */
async function check(format: 'jpeg' | 'png', progressive: boolean): Promise<void> {
  const small = await sharp({ create: { width: 320, height: 320, channels: 3, background: '#c83c50' } })
    .toFormat(format, { progressive })
    .toBuffer();
  const source = { path: join(folder, `${format}-${progressive}`), param: 'image_url', bytes: small.length };
  writeFileSync(source.path, format === 'jpeg' ? claimJpegSize(small, 16_384, 12_288) : small);
  const header = { ...(await readHeader(source, format)), width_px: 16_384, height_px: 12_288 };
  await checkImageMemory(source, header, { childMemoryMib: 512 });
}

test.each([
  ['a progressive JPEG', 'jpeg', 'as a JPEG that is not progressive'],
  ['an interlaced PNG', 'png', 'without interlacing, with 8 bits a channel'],
] as const)(
  '%s of 201 megapixels is held whole and refused from its header, with the way out',
  async (_, format, advice) => {
    await expect(check(format, true)).rejects.toMatchObject({
      code: 'image_processing_error',
      message: expect.stringMatching(
        new RegExp(`^image_url: needs more than 512 MiB .*; export it ${advice}, or smaller$`),
      ),
    });
  },
);

test.each([
  ['a sequential JPEG', 'jpeg'],
  ['a PNG', 'png'],
] as const)('%s of the same size, which is read in strips, is let through', async (_, format) => {
  await check(format, false);
});
