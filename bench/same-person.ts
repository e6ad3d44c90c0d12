/**
 * How well two pictures of one person are told from pictures of two, over all pairs of the largest faces. The folder holds a
 * folder for each person; one picture alone in its folder is only ever of somebody else.
 *
 *     node bench/same-person.ts --media <folder>
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { createFaceComparer, createPeopleFinder, type FaceVector } from '../src/media/networks/index.ts';
import { shrinkPixels } from '../src/media/raster/shrink-pixels.ts';
import { rules } from '../src/media/subject/index.ts';

interface Seen {
  person: string;
  name: string;
  vector: FaceVector;
}

const folder = process.argv[process.argv.indexOf('--media') + 1];
const finder = createPeopleFinder();
const comparer = createFaceComparer();
if (!process.argv.includes('--media') || folder === undefined) throw new Error('name a folder: --media FOLDER');
if (finder === null || comparer === null) throw new Error('npm install brings the packages that this needs');

const seen: Seen[] = [];
const faults = new Map<string, number>();
const milliseconds: number[] = [];
for (const entry of await readdir(folder, { withFileTypes: true })) {
  if (!entry.isDirectory()) continue;
  for (const name of (await readdir(join(folder, entry.name))).toSorted()) await look(entry.name, name);
}
print();

async function look(person: string, name: string): Promise<void> {
  const { data, info } = await sharp(join(folder as string, person, name))
    .rotate()
    .resize(2048, 2048, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#fff' })
    .toColorspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const picture = { data: new Uint8Array(data), width: info.width, height: info.height, channels: 3 as const };
  const [face] = finder?.findFaces(shrinkPixels(picture, 512)) ?? [];
  if (face === undefined) return count('not found');
  const start = process.cpuUsage();
  const found = comparer?.describe(picture, face);
  const { user, system } = process.cpuUsage(start);
  if (found === undefined || 'why' in found) return count(found?.why ?? 'not found');
  milliseconds.push((user + system) / 1000);
  seen.push({ person, name, vector: found });
}

function count(fault: string): void {
  faults.set(fault, (faults.get(fault) ?? 0) + 1);
}

function print(): void {
  const same: number[] = [];
  const others: number[] = [];
  for (const [at, one] of seen.entries()) {
    for (const other of seen.slice(at + 1)) {
      const score = comparer?.compare(one.vector, other.vector) ?? 0;
      (one.person === other.person ? same : others).push(score);
    }
  }
  const won = same.reduce(
    (sum, score) => sum + others.reduce((wins, other) => wins + (other < score ? 1 : other === score ? 0.5 : 0), 0),
    0,
  );
  const limit = rules.different_person;
  const of = (list: readonly number[], judge: (score: number) => boolean) =>
    `${list.filter(judge).length} of ${list.length} (${((list.filter(judge).length / list.length) * 100).toFixed(2)} %)`;
  const warm = milliseconds.slice(3).toSorted((one, other) => one - other);
  const at = (share: number) => (warm[Math.floor(warm.length * share)] ?? 0).toFixed(0);
  const missing = [...faults].map(([fault, times]) => `${times} ${fault}`).join(', ');
  console.log(`${seen.length} faces of ${new Set(seen.map(({ person }) => person)).size} people; left out: ${missing}`);
  console.log(`AUC ${(won / same.length / others.length).toFixed(4)}`);
  console.log(`one person, taken for one: ${of(same, (score) => score >= limit)}`);
  console.log(`two people, warned of:     ${of(others, (score) => score < limit)}`);
  console.log(
    `processor time a face, warm: ${at(0.5)} ms in the middle, ${at(0.95)} ms at the 95th percentile (limit 150)`,
  );
  console.log(`the first, with laying out: ${milliseconds[0]?.toFixed(0)} ms`);
}
