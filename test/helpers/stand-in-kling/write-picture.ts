import sharp from 'sharp';
import type { Body } from './check-body.ts';
import type { MadeVideo } from './faults.ts';

const areas = { '1k': 1024 * 1024, '2k': 2048 * 2048, '4k': 3840 * 2160 } as const;

/** A picture of the size that a request asks for, a square where the shape is left to the vendor. */
export async function writePicture(
  { resolution = '1k', aspect_ratio = 'auto' }: Body,
  { widthPx, heightPx }: Partial<MadeVideo>,
): Promise<Buffer> {
  const [across = 1, down = 1] = aspect_ratio === 'auto' ? [] : aspect_ratio.split(':').map(Number);
  const area = areas[resolution as keyof typeof areas];
  const width = widthPx ?? 16 * Math.round(Math.sqrt((area * across) / down) / 16);
  const height = heightPx ?? 16 * Math.round(Math.sqrt((area * down) / across) / 16);
  return await sharp({ create: { width, height, channels: 3, background: '#88aa66' } })
    .png({ compressionLevel: 1 })
    .toBuffer();
}
