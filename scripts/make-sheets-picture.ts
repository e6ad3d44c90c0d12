import sharp, { type OverlayOptions } from 'sharp';

/**
 * Lays the subject sheets of elements into one picture, for the README: two a row, each row as wide as the picture, in the given order.
 * `node scripts/make-sheets-picture.ts docs/images/subject-sheets.webp FOLDER/sheet.webp …`
 */
const [target = '', ...paths] = process.argv.slice(2);
/** All in pixels. */
const layout = { width: 1978, gap: 12 };

const sheets = await Promise.all(
  paths.map(async (path) => {
    const { width, height } = await sharp(path).metadata();
    return { path, ratio: width / height };
  }),
);
const places: OverlayOptions[] = [];
let top = 0;
for (let first = 0; first < sheets.length; first += 2) {
  const row = sheets.slice(first, first + 2);
  const ratios = row.reduce((sum, { ratio }) => sum + ratio, 0);
  const height = Math.round((layout.width - layout.gap * (row.length - 1)) / ratios);
  let left = 0;
  for (const { path, ratio } of row) {
    const width = Math.min(Math.round(height * ratio), layout.width - left);
    places.push({ input: await sharp(path).resize(width, height, { fit: 'fill' }).png().toBuffer(), left, top });
    left += width + layout.gap;
  }
  top += height + layout.gap;
}
await sharp({ create: { width: layout.width, height: top - layout.gap, channels: 3, background: '#ffffff' } })
  .composite(places)
  .webp({ quality: 80, effort: 6 })
  .toFile(target);
