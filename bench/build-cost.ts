/**
 * What a whole build costs, beside another checkout of this repository: elements of four pictures, built by the media child of
 * each in turn, in one run; processor time of the children (so other programs on the machine count for little) and the most
 * resident memory that they had.
 *
 *     node bench/build-cost.ts --beside <checkout> [--rounds 5] [--enlarge] <picture> <picture> <picture> <picture>
 *
 * `--enlarge` makes 12-megapixel JPEGs with grain of the pictures first, as phones have them.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import type { Media } from '../src/media/index.ts';
import { listTree } from './helpers/measure-tree.ts';
import { median } from './helpers/median.ts';
import { readCpuSeconds } from './helpers/read-cpu-seconds.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { beside: { type: 'string' }, rounds: { type: 'string', default: '5' }, enlarge: { type: 'boolean' } },
});
if (positionals.length === 0) throw new Error('name at least one picture: of none a build costs nothing');
const folder = mkdtempSync(join(tmpdir(), 'troupe-build-cost-'));
const sources = await Promise.all(positionals.map(writeSource));
const ours = await open(join(import.meta.dirname, '..'));
const other = values.beside === undefined ? null : await open(resolve(values.beside));
const rounds = Number(values.rounds);
const costs = { ours: [] as number[], other: [] as number[] };
for (let round = -1; round < rounds; round++) {
  const one = await measureBuild(ours);
  const two = other === null ? 0 : await measureBuild(other);
  // The first round is of children that have not compiled their loops yet.
  if (round < 0) console.log(`first build  ${one} ms, beside ${two} ms`);
  if (round < 0) continue;
  costs.ours.push(one);
  costs.other.push(two);
}
const [here, there] = [costs.ours, costs.other].map(median) as [number, number];
const beside = other === null ? '' : `, beside ${there} ms (${costs.other.join(' ')}): ${(here / there).toFixed(2)}`;
console.log(`median of ${rounds}: ${here} ms of processor time (${costs.ours.join(' ')})${beside}`);
console.log(
  `most memory  ${readPeakMib(ours)} MiB, beside ${other === null ? '-' : readPeakMib(other)} MiB (limit 512)`,
);
await ours.media.close();
await other?.media.close();
rmSync(folder, { recursive: true });

interface Tree {
  readonly media: Media;
  readonly child: number;
}

async function open(checkout: string): Promise<Tree> {
  const { createMedia, section } = await import(join(checkout, 'src/media/index.ts'));
  // Under its name before November 2026 too.
  const settings = await import(join(checkout, 'src/lib/settings.ts'));
  const parseSection = settings.parseSection ?? settings.readSection;
  const before = new Set(listChildren());
  const media: Media = createMedia({ ...parseSection(section, {}, []), childCount: 1, childIdleSeconds: 600 });
  await build(media);
  const child = listChildren().find((id) => !before.has(id));
  if (child === undefined) throw new Error('no media child has been started');
  return { media, child };
}

/** Milliseconds of processor time, in steps of 10. */
async function measureBuild({ media, child }: Tree): Promise<number> {
  const before = readCpuSeconds(child) * 1000;
  await build(media);
  return readCpuSeconds(child) * 1000 - before;
}

async function build(media: Media): Promise<void> {
  const element = join(folder, 'element');
  mkdirSync(element);
  await media.build(sources, element);
  rmSync(element, { recursive: true });
}

async function writeSource(picture: string, at: number) {
  const path = join(folder, `${at}.jpg`);
  writeFileSync(path, values.enlarge ? await enlarge(picture) : readFileSync(picture));
  const role = at === 0 ? ('frontal_image' as const) : ('refer_image' as const);
  return { role, param: `picture ${at + 1}`, path, bytes: statSync(path).size };
}

async function enlarge(picture: string): Promise<Buffer> {
  const { width = 1, height = 1 } = await sharp(picture).metadata();
  const scale = Math.sqrt(12_000_000 / width / height);
  const size = { width: Math.round(width * scale), height: Math.round(height * scale) };
  const noise = { type: 'gaussian' as const, mean: 128, sigma: 12 };
  const grain = sharp({ create: { ...size, channels: 3, background: '#808080', noise } });
  return sharp(picture)
    .flatten({ background: '#ffffff' })
    .resize(size.width, size.height, { fit: 'fill' })
    .composite([{ input: await grain.png({ compressionLevel: 1 }).toBuffer(), blend: 'soft-light' }])
    .jpeg({ quality: 90 })
    .toBuffer();
}

function listChildren(): number[] {
  return listTree(process.pid).flatMap(({ pid }) => (pid === process.pid ? [] : [pid]));
}

/** VmHWM, proc_pid_status(5). */
function readPeakMib(tree: Tree): string {
  return (Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${tree.child}/status`, 'utf8'))?.[1]) / 1024).toFixed(0);
}
