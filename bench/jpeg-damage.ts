/**
 * How many damaged JPEGs are taken for whole ones: bytes inside the scans of sample photos are changed, each mutant is
 * decoded by a tolerant decoder, and where over a tenth of the pixels is far off it must be refused. Background it what
 * libjpeg's own first warning alone would refuse. The photos themselves must all be accepted.
 *
 *     node bench/jpeg-damage.ts --media <folder>
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { checkCodedData } from '../src/media/image/jpeg/check-coded-data.ts';
import { readJpeg } from '../src/media/image/jpeg/read-jpeg.ts';
import { type Bar, printTable } from './helpers/print-table.ts';
import { createDice, findSubjectsFolder } from './sample-media.ts';

/** Pixels that differ by so much in a channel are far off. */
const farOff = 24;
const mutantsPerFile = 8;
const media = dirname(findSubjectsFolder());
const files = readdirSync(media, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.jpe?g$/i.test(name))
  .sort()
  .map((name) => readFileSync(join(media, name)))
  .filter((file) => file[0] === 0xff);

const refused = files.filter((file) => !isAccepted(file)).length;
console.log(`${files.length} undamaged files, ${refused} of them refused`);

const roll = createDice(20_261_127);
const dice = (below: number) => Math.floor(roll() * below);
const kinds: Record<string, (data: Buffer, at: number) => void> = {
  'one bit': (data, at) => void data.fill((data[at] as number) ^ (1 << dice(8)), at, at + 1),
  'one byte': (data, at) => void data.fill(dice(256), at, at + 1),
  '16 bytes at random': (data, at) => {
    for (let byte = at; byte < at + 16; byte++) data[byte] = dice(256);
  },
  '100 bytes 0': (data, at) => void data.fill(0, at, at + 100),
  '3 bytes left out': (data, at) => void data.copyWithin(at, at + 3).fill(0, data.length - 3),
};
type Encode = (image: Sharp) => Promise<Buffer>;
const codings: Record<string, Encode> = {
  sequential: (image) => image.jpeg({ quality: 85 }).toBuffer(),
  'sequential, own codes': (image) => image.jpeg({ quality: 85, optimiseCoding: true }).toBuffer(),
  progressive: (image) => image.jpeg({ quality: 85, progressive: true }).toBuffer(),
};

const bars: Bar[] = [];
const sum = { mutants: 0, beforeFar: 0, afterFar: 0 };
for (const [coding, encode] of Object.entries(codings)) {
  for (const [kind, mutate] of Object.entries(kinds)) {
    const counts = { mutants: 0, far: 0, before: 0, after: 0, beforeFar: 0, afterFar: 0 };
    for (let at = 0; at < files.length; at += 4) {
      const whole = await encode(sharp(files[at]).resize(480));
      const { data: truth } = await decode(whole);
      const [scan] = readJpeg(whole, 100).scans;
      const from = whole.length - (scan?.data.length ?? 0);
      for (let turn = 0; turn < mutantsPerFile; turn++) {
        const mutant = Buffer.from(whole);
        mutate(mutant, from + dice(whole.length - from - 120));
        const seen = await decode(mutant).catch(() => undefined);
        if (seen === undefined || mutant.equals(whole)) continue;
        const isFar = shareFarOff(truth, seen.data) > 0.1;
        const [before, after] = [!seen.isWarned, isAccepted(mutant)];
        counts.mutants += 1;
        counts.far += Number(isFar);
        counts.before += Number(before);
        counts.after += Number(after);
        counts.beforeFar += Number(before && isFar);
        counts.afterFar += Number(after && isFar);
      }
    }
    const measured = `${counts.far} of ${counts.mutants} far off; accepted ${counts.after} (libjpeg ${counts.before})`;
    const bar = `of them far off ${counts.afterFar} (libjpeg ${counts.beforeFar})`;
    bars.push({ what: `${coding}, ${kind}`, measured, bar, reached: null });
    for (const key of ['mutants', 'beforeFar', 'afterFar'] as const) sum[key] += counts[key];
  }
}
bars.push({
  what: 'all: accepted and far off',
  measured: `${sum.afterFar} of ${sum.mutants} (libjpeg ${sum.beforeFar})`,
  bar: 'at most 1 in 20',
  reached: sum.afterFar * 20 <= sum.mutants,
});
printTable('Damaged JPEGs', bars);

function isAccepted(file: Buffer): boolean {
  try {
    checkCodedData(readJpeg(file, 100));
    return true;
  } catch {
    return false;
  }
}

/** Through libjpeg with warnings let through, and whether the first warning would have been a reason to refuse. */
async function decode(file: Buffer): Promise<{ data: Buffer; isWarned: boolean }> {
  const pixels = (failOn: 'none' | 'warning') => sharp(file, { failOn }).raw().toBuffer();
  const data = await pixels('none');
  const warning = await pixels('warning').catch((error: Error) => error.message);
  const isWarned = typeof warning === 'string' && /Corrupt JPEG data: (?!\d+ extraneous)|premature end/i.test(warning);
  return { data, isWarned };
}

function shareFarOff(one: Buffer, other: Buffer): number {
  let count = 0;
  for (let at = 0; at < one.length; at += 3) {
    const isFar = [0, 1, 2].some(
      (channel) => Math.abs((one[at + channel] as number) - (other[at + channel] as number)) >= farOff,
    );
    if (isFar) count += 1;
  }
  return (count * 3) / one.length;
}
