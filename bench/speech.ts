/**
 * Fits and judges the judge of speech: spoken sentences of two synthesisers (espeak-ng, and flite inside ffmpeg) in
 * several languages and voices, clean and spoilt, against synthesised noises, signals, animals and music. The ranges are
 * taken from speech alone, so all other sounds are new to the judge; the figures of a speaker come from the others.
 *
 *     node bench/speech.ts [--espeak <program>] [--listen <clip>…] [--write]
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import {
  classifySpeech,
  computeSpeechFeatures,
  type SpeechFeatures,
  type SpeechRanges,
  scoreSpeech,
  speechFeatureNames,
} from '../src/media/voice/index.ts';
import { printTable } from './helpers/print-table.ts';
import { mishaps, otherSounds, rateHz, toSamples } from './make-sounds.ts';
import { createDice } from './sample-media.ts';

interface Item {
  /** Who speaks, or what sounds: left out together. */
  family: string;
  how: string;
  isSpeech: boolean;
  features: SpeechFeatures;
}

const option = (name: string) =>
  process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : undefined;
const espeak = option('--espeak') ?? 'espeak-ng';
const sentences: readonly (readonly [voice: string, text: string])[] = [
  ['en-gb', 'The red car stands in front of the old house, and nobody knows why.'],
  ['en-us+f3', 'Please turn around once, slowly, so that we can see your coat from behind.'],
  ['de', 'Guten Morgen, ich bin heute etwas spät, aber das Wetter war wirklich schlecht.'],
  ['de+f2', 'Wir haben gestern am Bahnhof drei große Hunde gesehen.'],
  ['fr+f4', 'Bonjour, je suis très contente de vous voir dans cette petite ville.'],
  ['es', 'El niño corre por la calle con su perro, y su madre lo espera en la puerta.'],
  ['it+m3', 'Questa mattina ho comprato il pane e ho dimenticato il latte.'],
  ['pt+f1', 'Amanhã vamos à praia se não chover durante a noite.'],
  ['ru', 'Сегодня утром мы пошли в парк и долго говорили о новой книге.'],
  ['pl+f5', 'Dzisiaj rano poszliśmy na spacer i spotkaliśmy sąsiadkę z psem.'],
  ['nl+m7', 'De fiets staat achter het huis, want het heeft de hele dag geregend.'],
  ['tr', 'Bugün hava çok güzel, bahçede oturup biraz kahve içelim.'],
  ['cmn+f2', '今天天气很好，我们一起去公园走一走吧。'],
  ['hi+m2', 'आज मौसम बहुत अच्छा है, चलो बाहर घूमने चलते हैं।'],
  ['sw', 'Leo asubuhi tulikwenda sokoni kununua matunda na samaki.'],
];
const fliteVoices = ['awb', 'kal', 'rms', 'slt'];
const items = [...gatherSpoken(), ...gatherOthers()];
const held = items.map((item) => ({ ...item, score: scoreSpeech(item.features, findRanges(item.family)) }));
const rate = (list: typeof held) => list.filter((item) => item.score >= 0.5 !== item.isSpeech).length;
const rows = [...new Set(held.map((item) => (item.isSpeech ? item.how : item.family)))].map((name) => {
  const list = held.filter((item) => (item.isSpeech ? item.how : item.family) === name);
  return { what: name, measured: `${rate(list)} of ${list.length} wrong`, bar: '', reached: null };
});
printTable('by leaving out the speaker or the kind of sound', rows);
const speech = held.filter(({ isSpeech }) => isSpeech);
const others = held.filter(({ isSpeech }) => !isSpeech);
const area = speech.flatMap((one) => others.map((other) => Number(one.score > other.score))).reduce((a, b) => a + b);
printTable('together', [
  { what: 'speech not heard', measured: `${rate(speech)} of ${speech.length}`, bar: '', reached: null },
  { what: 'other sounds taken for speech', measured: `${rate(others)} of ${others.length}`, bar: '', reached: null },
  {
    what: 'area under the curve',
    measured: (area / speech.length / others.length).toFixed(3),
    bar: 'at least 0.95',
    reached: area / speech.length / others.length >= 0.95,
  },
]);
if (process.argv.includes('--write')) writeRanges(findRanges(''));
for (const clip of process.argv.includes('--listen') ? process.argv.slice(process.argv.indexOf('--listen') + 1) : []) {
  process.stdout.write(`${clip}: ${JSON.stringify(classifySpeech(decode(['-i', clip])))}\n`);
}

/** Of all who speak but one. */
function findRanges(without: string): SpeechRanges {
  const kept = items.filter(({ isSpeech, family }) => isSpeech && family !== without);
  const ranges = speechFeatureNames.map((name) => {
    const sorted = kept.map(({ features }) => features[name]).sort((one, other) => one - other);
    const pick = (share: number) =>
      Math.round((sorted[Math.floor(share * (sorted.length - 1))] as number) * 1000) / 1000;
    return [name, [pick(0.02), pick(0.98)]];
  });
  return Object.fromEntries(ranges);
}

function gatherSpoken(): Item[] {
  const spoken = [
    ...sentences.map(([voice, text], at) => ({ family: voice, sound: speak(voice, text, at) })),
    ...fliteVoices.flatMap((voice) =>
      sentences.slice(0, 2).map(([, text]) => ({ family: `flite ${voice}`, sound: flite(voice, text) })),
    ),
  ];
  return spoken.flatMap(({ family, sound }, seed) =>
    Object.entries(mishaps).map(([how, spoil]) => describe({ family, how, isSpeech: true }, spoil(sound, seed))),
  );
}

function gatherOthers(): Item[] {
  return Object.entries(otherSounds).flatMap(([family, make]) =>
    Array.from({ length: 8 }, (_, seed) =>
      describe({ family, how: 'clean', isSpeech: false }, make(createDice(seed + 1))),
    ),
  );
}

function describe(item: Omit<Item, 'features'>, sound: Float64Array): Item {
  const features = computeSpeechFeatures(toSamples(sound, 0.5));
  if (features === null) throw new Error(`nothing to hear of ${item.family}`);
  return { ...item, features };
}

function speak(voice: string, text: string, at: number): Float64Array {
  const pace = String(130 + ((at * 37) % 70));
  const wav = execFileSync(espeak, ['-v', voice, '-s', pace, '--stdout', text], { maxBuffer: 2 ** 26 });
  return toSound(decode(['-i', '-'], wav));
}

function flite(voice: string, text: string): Float64Array {
  return toSound(decode(['-f', 'lavfi', '-i', `flite=text='${text.replaceAll(',', '\\,')}':voice=${voice}`]));
}

function decode(input: readonly string[], stdin?: Buffer): Int16Array {
  const output = ['-map', '0:a:0', '-ac', '1', '-ar', String(rateHz), '-f', 's16le', '-'];
  const bytes = execFileSync('ffmpeg', ['-v', 'error', ...input, ...output], { input: stdin, maxBuffer: 2 ** 26 });
  return Int16Array.from({ length: bytes.length >> 1 }, (_, at) => bytes.readInt16LE(at * 2));
}

function toSound(samples: Int16Array): Float64Array {
  return Float64Array.from(samples, (sample) => sample / 32_768);
}

function writeRanges(ranges: SpeechRanges): void {
  const text = [
    "import type { SpeechRanges } from './speech-clues.ts';",
    '',
    '/** Written by bench/speech.ts; never by hand. */',
    'export const speechRanges: SpeechRanges = {',
    ...speechFeatureNames.map((name) => `  ${name}: [${ranges[name].join(', ')}],`),
    '};',
  ];
  writeFileSync(new URL('../src/media/voice/speech-ranges.ts', import.meta.url), `${text.join('\n')}\n`);
}
