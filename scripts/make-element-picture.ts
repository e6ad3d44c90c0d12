import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import sharp from 'sharp';

/**
 * Composes one picture of the files of an element, for the README: its upright pictures, and its colors by their share.
 * `node scripts/make-element-picture.ts .troupe-demo/storage/elements/ID docs/images/element.webp`
 */
interface Manifest {
  files: { name: string; role: string; width_px: number; height_px: number }[];
  colors: { hex: string; share: number }[];
}

/** All in pixels. */
const layout = { tile: 360, gap: 16, label: 36, bar: 40 };

const [folder = '', target = ''] = process.argv.slice(2);
const manifest = JSON.parse(await readFile(join(folder, 'element.json'), 'utf8')) as Manifest;
const pictures = manifest.files.filter(({ role }) => role === 'upright');
const width = pictures.length * (layout.tile + layout.gap) + layout.gap;
const height = layout.gap + layout.tile + layout.label + layout.bar + layout.gap;

const tiles = await Promise.all(
  pictures.map(async ({ name }, index) => ({
    input: await sharp(join(folder, name)).resize(layout.tile, layout.tile, { fit: 'cover' }).toBuffer(),
    left: layout.gap + index * (layout.tile + layout.gap),
    top: layout.gap,
  })),
);
await mkdir(dirname(target), { recursive: true });
await sharp({ create: { width, height, channels: 3, background: '#ffffff' } })
  .composite([...tiles, { input: Buffer.from(drawLabels()), left: 0, top: 0 }])
  .webp({ quality: 82 })
  .toFile(target);

function drawLabels(): string {
  const labels = pictures.map(({ name, width_px, height_px }, index) => {
    const x = layout.gap + index * (layout.tile + layout.gap);
    const y = layout.gap + layout.tile + 23;
    return `<text x="${x}" y="${y}">${name}, ${width_px} × ${height_px}</text>`;
  });
  let x = layout.gap;
  const bars = manifest.colors.map(({ hex, share }) => {
    const barWidth = share * (width - 2 * layout.gap);
    const bar = `<rect x="${x}" y="${layout.gap + layout.tile + layout.label}" width="${barWidth}" height="${layout.bar}" fill="${hex}"/>`;
    x += barWidth;
    return bar;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="sans-serif" font-size="17" fill="#444">${labels.join('')}${bars.join('')}</svg>`;
}
