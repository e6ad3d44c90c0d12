import { createDice } from './sample-media.ts';

/** Samples a second of every sound made here. */
export const rateHz = 16_000;
const seconds = 6;
type Dice = () => number;

/** Sounds in which nobody speaks, by kind: −1…1, 6 s each. Several are made to look like speech in one way or another. */
export const otherSounds: Readonly<Record<string, (dice: Dice) => Float64Array>> = {
  'white noise': (dice) => make(() => dice() - 0.5),
  'pink noise': (dice) => pinkNoise(dice),
  'noise at the pace of syllables': (dice) => {
    const pace = 3 + 4 * dice();
    return make((at) => (dice() - 0.5) * (0.55 + 0.45 * Math.sin(2 * Math.PI * pace * at)));
  },
  wind: (dice) => {
    const noise = brownNoise(dice);
    const pace = 0.2 + dice();
    return noise.map((value, index) => value * (0.6 + 0.4 * Math.sin((2 * Math.PI * pace * index) / rateHz)));
  },
  rain: (dice) => addClicks(dice, 300, 0.003, 0.05),
  steps: (dice) => addClicks(dice, 1 + 3 * dice(), 0.05, 0.02),
  drums: (dice) => drums(dice),
  'steady tone': (dice) => tone(() => 100 + 900 * dice(), dice, 1),
  hum: (dice) => make((at) => harmonics(50 * at, 12, 1) * 0.2 + (dice() - 0.5) * 0.01),
  siren: (dice) => {
    const [low, wide, pace] = [250 + 300 * dice(), 200 + 300 * dice(), 0.3 + 2 * dice()];
    return sing(
      (at) => low + wide * (0.5 + 0.5 * Math.sin(2 * Math.PI * pace * at)),
      () => 0.5,
      4,
    );
  },
  engine: (dice) => {
    const [low, sway] = [35 + 60 * dice(), 0.1 + 0.4 * dice()];
    const noise = brownNoise(dice);
    return sing(
      (at) => low * (1 + 0.2 * Math.sin(2 * Math.PI * sway * at)),
      () => 0.5,
      25,
    ).map((value, index) => value + 0.3 * (noise[index] as number));
  },
  birds: (dice) => calls(dice, 2200, 1500, 0.08, 3),
  barks: (dice) => calls(dice, 350, 300, 0.18, 2),
  chords: (dice) => chords(dice, 0.5 + dice()),
  arpeggio: (dice) => notes(dice, 3 + 5 * dice(), 0.25, 0),
  'melody with vibrato': (dice) => notes(dice, 1.5 + 2 * dice(), 0.8, 0.4),
  band: (dice) => {
    const [beat, lead, ground] = [drums(dice), notes(dice, 4, 0.25, 0.1), chords(dice, 0.5)];
    return beat.map((value, index) => 0.6 * value + 0.5 * (lead[index] as number) + 0.5 * (ground[index] as number));
  },
};

/** The sound as 16-bit samples with its peak at `peak` of full scale. */
export function toSamples(sound: Float64Array, peak: number): Int16Array {
  const top = sound.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-9);
  return Int16Array.from(sound, (value) => Math.round((value / top) * peak * 32_767));
}

/** What can happen to a recording: each takes a sound −1…1 and gives one of the same length. */
export const mishaps: Readonly<Record<string, (sound: Float64Array, seed: number) => Float64Array>> = {
  clean: (sound) => sound,
  'pink noise at 15 dB': (sound, seed) => mix(sound, pinkNoise(createDice(seed)), 15),
  'white noise at 10 dB': (sound, seed) =>
    mix(
      sound,
      make(createDice(seed)).map((value) => value - 0.5),
      10,
    ),
  'music at 10 dB': (sound, seed) =>
    mix(sound, (otherSounds.band as (dice: Dice) => Float64Array)(createDice(seed)), 10),
  room: (sound, seed) => echo(sound, createDice(seed)),
};

function mix(sound: Float64Array, other: Float64Array, ratioDb: number): Float64Array {
  const scale = Math.sqrt(power(sound) / power(other)) * 10 ** (-ratioDb / 20);
  return sound.map((value, index) => value + scale * (other[index % other.length] as number));
}

function power(sound: Float64Array): number {
  return sound.reduce((sum, value) => sum + value * value, 1e-12) / sound.length;
}

/** 60 echoes of a room with half a second of reverberation. */
function echo(sound: Float64Array, dice: Dice): Float64Array {
  const out = Float64Array.from(sound);
  for (let count = 0; count < 60; count++) {
    const delay = Math.floor((0.005 + 0.3 * dice()) * rateHz);
    const gain = (dice() - 0.5) * Math.exp((-6.9 * delay) / rateHz / 0.5);
    for (let at = delay; at < out.length; at++) out[at] = (out[at] as number) + gain * (sound[at - delay] as number);
  }
  return out;
}

function make(value: (seconds: number) => number): Float64Array {
  return Float64Array.from({ length: seconds * rateHz }, (_, index) => value(index / rateHz));
}

function brownNoise(dice: Dice): Float64Array {
  let state = 0;
  return make(() => {
    state = 0.995 * state + (dice() - 0.5) * 0.1;
    return state;
  });
}

function pinkNoise(dice: Dice): Float64Array {
  const brown = brownNoise(dice);
  return brown.map((value, index) => value + 0.1 * (dice() - 0.5) + 0.5 * (value - (brown[index - 1] ?? 0)));
}

function addClicks(dice: Dice, perSecond: number, lengthSeconds: number, ground: number): Float64Array {
  const out = make(() => (dice() - 0.5) * ground);
  for (let at = dice() / perSecond; at < seconds; at += (0.5 + dice()) / perSecond) {
    const start = Math.floor(at * rateHz);
    const loud = 0.3 + 0.7 * dice();
    for (let index = 0; index < lengthSeconds * 5 * rateHz && start + index < out.length; index++) {
      const fade = Math.exp(-index / (lengthSeconds * rateHz));
      out[start + index] = (out[start + index] as number) + loud * fade * (dice() - 0.5);
    }
  }
  return out;
}

function drums(dice: Dice): Float64Array {
  const out = new Float64Array(seconds * rateHz);
  const pace = 2 + 2.5 * dice();
  for (let beat = 0; beat < seconds * pace * 2; beat++) {
    const start = Math.floor((beat / pace / 2) * rateHz);
    const isKick = beat % 4 === 0;
    for (let index = 0; index < 0.2 * rateHz && start + index < out.length; index++) {
      const at = index / rateHz;
      const kick = Math.sin(2 * Math.PI * (50 * at + 8 * (1 - Math.exp(-at * 30)))) * Math.exp(-at * 15);
      const snare = (dice() - 0.5) * Math.exp(-at * (beat % 4 === 2 ? 20 : 60));
      out[start + index] = (out[start + index] as number) + (isKick ? kick : 0.6 * snare);
    }
  }
  return out;
}

function harmonics(turns: number, count: number, fall: number): number {
  let sum = 0;
  for (let order = 1; order <= count; order++) sum += Math.sin(2 * Math.PI * order * turns) / order ** fall;
  return sum;
}

function tone(pick: () => number, dice: Dice, count: number): Float64Array {
  const frequency = pick();
  return make((at) => 0.5 * harmonics(frequency * at, count, 1) + (dice() - 0.5) * 0.001);
}

function sing(frequencyHz: (at: number) => number, loud: (at: number) => number, count: number): Float64Array {
  let turns = 0;
  return make((at) => {
    turns += frequencyHz(at) / rateHz;
    return loud(at) * harmonics(turns, count, 1);
  });
}

function calls(dice: Dice, lowHz: number, wideHz: number, lengthSeconds: number, perSecond: number): Float64Array {
  const starts: number[] = [];
  for (let at = dice(); at < seconds; at += (0.6 + dice()) / perSecond) starts.push(at);
  const base = lowHz + wideHz * dice();
  const age = (at: number) => starts.reduce((least, start) => (start <= at ? Math.min(least, at - start) : least), 99);
  const loud = (at: number) => (age(at) < lengthSeconds ? Math.sin((Math.PI * age(at)) / lengthSeconds) : 0);
  return sing((at) => base * (1 + 0.3 * Math.sin((Math.PI * age(at)) / lengthSeconds)), loud, 6).map(
    (value) => value + (dice() - 0.5) * 0.01,
  );
}

const scale = [0, 2, 4, 7, 9, 12, 14, 16];

function notes(dice: Dice, perSecond: number, holdSeconds: number, vibrato: number): Float64Array {
  const root = 130 * 2 ** dice();
  const melody = Array.from(
    { length: Math.ceil(seconds * perSecond) },
    () => scale[Math.floor(dice() * scale.length)] ?? 0,
  );
  const pitch = (at: number) =>
    root * 2 ** (((melody[Math.floor(at * perSecond)] ?? 0) + vibrato * Math.sin(2 * Math.PI * 5.5 * at)) / 12);
  return sing(pitch, (at) => 0.5 * Math.exp(-((at * perSecond) % 1) / perSecond / holdSeconds), 8);
}

function chords(dice: Dice, perSecond: number): Float64Array {
  const roots = Array.from({ length: 8 }, () => 110 * 2 ** ((scale[Math.floor(dice() * scale.length)] ?? 0) / 12));
  const voices = [1, 1.25, 1.5, 2].map((ratio) =>
    sing(
      (at) => (roots[Math.floor(at * perSecond) % 8] ?? 110) * ratio,
      () => 0.25,
      6,
    ),
  );
  return make(() => 0).map((_, index) => voices.reduce((sum, voice) => sum + (voice[index] as number), 0));
}
