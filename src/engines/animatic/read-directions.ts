import type { PaintedPlace, ScriptDirections } from '../../media/index.ts';
import { actionWords, cameraWords, placeWords, sizeWords, timeWords, weatherWords } from './words.ts';

/** What a prompt says of camera, place and action, and what of it says nothing to an animatic. */
export interface Directions extends ScriptDirections {
  place: PaintedPlace | null;
  /** Parts of the prompt in which nothing was recognised, as they stand. */
  notUnderstood: string[];
}

/** Parts that are told of, and letters of each: the answer stays small. */
const toldMax = 12;
const toldLettersMax = 80;

/** Reads an English or Chinese prompt; `names` are those of its cast, which count as understood. */
export function readDirections(prompt: string, names: readonly string[]): Directions {
  const camera = cameraWords.filter(({ pattern }) => pattern.test(prompt));
  const angle = camera.find((word) => word.angle !== undefined)?.angle;
  const framing = camera.find((word) => word.framing !== undefined)?.framing;
  const move = camera.find((word) => word.move !== undefined)?.move;
  const action = find(actionWords, prompt);
  const from = readSide(prompt);
  return {
    ...(framing && { framing }),
    ...(move && { move }),
    ...(angle && { angle }),
    ...(camera.length > 0 && { signs: [...new Set(camera.map(({ sign }) => sign))] }),
    ...(action && { action: { kind: action, from } }),
    place: readPlace(prompt),
    notUnderstood: listUnknown(prompt, names),
  };
}

/** Metres, or undefined where nothing is known of it. */
export function readSize(words: string): number | undefined {
  return find(sizeWords, words);
}

function readPlace(prompt: string): PaintedPlace | null {
  const where = find(placeWords, prompt);
  const time = find(timeWords, prompt);
  const weather = find(weatherWords, prompt);
  if (where === undefined && time === undefined && weather === undefined) return null;
  return { ...(where ?? { ground: 'grass', behind: 'hills' }), time: time ?? 'day', weather: weather ?? 'clear' };
}

/** From where somebody comes, and else to where: from the other side. */
function readSide(prompt: string): 'left' | 'right' {
  if (/\bfrom (the )?right\b|\bto (the )?left\b|从右|向左/i.test(prompt)) return 'right';
  return 'left';
}

function find<V>(table: readonly (readonly [RegExp, V])[], text: string): V | undefined {
  return table.find(([pattern]) => pattern.test(text))?.[1];
}

function listUnknown(prompt: string, names: readonly string[]): string[] {
  const tables = [actionWords, placeWords, timeWords, weatherWords].flat().map(([pattern]) => pattern);
  const patterns: RegExp[] = [...tables, ...cameraWords.map(({ pattern }) => pattern)];
  const parts = prompt.split(/[.,;:!?\n。，；：！？]+|\band\b|\bthen\b|\bwhile\b/i).map((part) => part.trim());
  const unknown = parts.filter((part) => {
    // A mark or a name alone is the cast.
    const rest = names.reduce((text, name) => text.replaceAll(name, ''), part.replace(/<<<\w+>>>/g, '')).trim();
    return /[\p{L}\p{N}]/u.test(rest) && !patterns.some((pattern) => pattern.test(part));
  });
  return unknown.slice(0, toldMax).map((part) => part.slice(0, toldLettersMax));
}
