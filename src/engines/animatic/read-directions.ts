import type { PaintedPlace, ScriptDirections } from '../../media/index.ts';
import { beforeOrders, cameraNames, cameraWords, overTheShoulder } from './camera-words.ts';
import { findMentions } from './find-mentions.ts';
import { readActions, type ToldAction } from './read-actions.ts';
import {
  actionWords,
  otherSenses,
  placeWords,
  sizeWords,
  timeWords,
  toyMetres,
  toyWords,
  weatherWords,
} from './words.ts';

/** What a prompt says of camera, place and action, and what of it says nothing to an animatic. */
export interface Directions extends ScriptDirections {
  place: PaintedPlace | null;
  /** What is done, in the order in which it is told; absent for nothing. */
  actions?: readonly ToldAction[];
  /** Index of the element that the camera looks past; absent where nobody is named. */
  near?: number;
  /** Parts of the prompt in which nothing was recognised, as they stand. */
  notUnderstood: string[];
}

/** Parts that are told of, and letters of each: the answer stays small. */
const toldMax = 12;
const toldLettersMax = 80;

/** Reads an English or Chinese prompt; `names` are those of its cast, which count as understood. */
export function readDirections(prompt: string, names: readonly string[]): Directions {
  const meant = hideOtherSenses(prompt);
  const camera = cameraWords.filter((word) => isSaid(word, meant));
  const angle = camera.find((word) => word.angle !== undefined)?.angle;
  const framing = camera.find((word) => word.framing !== undefined)?.framing;
  const move = camera.find((word) => word.move !== undefined)?.move;
  const { actions, ofOthers } = readActions(meant, names);
  const near = camera.some(({ sign }) => sign === overTheShoulder) ? readNear(prompt, names) : undefined;
  return {
    ...(framing && { framing }),
    ...(move && { move }),
    ...(angle && { angle }),
    ...(camera.some((word) => word.isTilted) && { is_tilted: true }),
    ...(camera.length > 0 && { signs: [...new Set(camera.map(({ sign }) => sign))] }),
    ...(actions.length > 0 && { actions }),
    ...(near !== undefined && { near }),
    place: readPlace(meant),
    notUnderstood: listUnknown(prompt, names, ofOthers),
  };
}

/** Metres of what is called and described so, or undefined where nothing is known of it. */
export function readSize(name: string, description: string): number | undefined {
  // The description says more than the name. In either the first phrase says what it is; behind it, what it wears and does.
  for (const text of [description, name]) {
    for (const phrase of text.split(furtherWords)) {
      if (toyWords.test(phrase)) return toyMetres;
      const metres = readHead(phrase);
      if (metres !== undefined) return metres;
    }
  }
  return undefined;
}

const furtherWords =
  /[.,;:!?，。；]|\b(?:with|in|on|from|who|that|which|and|wearing|holding|riding|at|for|is|has|by|near|beside)\b/i;

/** Of words close behind each other the last is what is meant: a house cat, a bus driver. */
function readHead(phrase: string): number | undefined {
  const found = sizeWords
    .flatMap(([pattern, metres]) =>
      [...phrase.matchAll(new RegExp(pattern, 'gi'))].map((match) => ({
        from: match.index,
        to: match.index + match[0].length,
        metres,
      })),
    )
    .filter(({ to }) => !/^['’]s\b/.test(phrase.slice(to)))
    .toSorted((one, other) => one.from - other.from || other.to - one.to);
  let [head] = found;
  for (const next of found.slice(1)) {
    if (head !== undefined && next.from >= head.to && /^[\s-]?$/.test(phrase.slice(head.to, next.from))) head = next;
  }
  return head?.metres;
}

/** Spaces in the place of words that mean something else beside others. */
function hideOtherSenses(prompt: string): string {
  return otherSenses.reduce((text, sense) => text.replace(sense, (found) => ' '.repeat(found.length)), prompt);
}

/** Whether a camera word stands there and, where anybody may do such a thing, whether it is the camera that does. */
function isSaid({ pattern, isAct }: (typeof cameraWords)[number], prompt: string): boolean {
  if (isAct === undefined) return pattern.test(prompt);
  return [...prompt.matchAll(new RegExp(pattern, 'gi'))].some((match) => isOfCamera(prompt, match));
}

function isOfCamera(prompt: string, { index, 0: words }: RegExpExecArray): boolean {
  if (/[\u4e00-\u9fff]/.test(words)) return true;
  const sentence =
    prompt
      .slice(0, index)
      .split(/[.;!?\n]/)
      .at(-1) ?? '';
  const clause = sentence.split(/[,:]|\b(?:and|then|while|as)\b/i).at(-1) ?? '';
  if (cameraNames.test(clause)) return true;
  const isOrder = !/^\w+(s|ing)\b/i.test(words.replace(/^\w*ss\b/i, ''));
  if (!beforeOrders.test(clause)) return false;
  // `Push in` is said to the camera; who `pushes in` was told before.
  return isOrder || cameraNames.test(sentence) || sentence.trim() === '' || beforeOrders.test(sentence);
}

function readPlace(prompt: string): PaintedPlace | null {
  const where = find(placeWords, prompt);
  const time = find(timeWords, prompt);
  const weather = find(weatherWords, prompt);
  if (where === undefined && time === undefined && weather === undefined) return null;
  return { ...(where ?? { ground: 'grass', behind: 'hills' }), time: time ?? 'day', weather: weather ?? 'clear' };
}

/** Whose shoulder it is that the camera looks over. */
function readNear(prompt: string, names: readonly string[]): number | undefined {
  const behind = prompt.match(/\bover[- ]the[- ]shoulder( shot| view| angle)?,? (of|from behind|from|past)\s*/i);
  const after = behind === null ? -1 : (behind.index as number) + behind[0].length;
  const mentions = findMentions(prompt, names);
  const owner = mentions.find(({ end }) => /^\s*(['’]s shoulder|的?过肩|的肩)/i.test(prompt.slice(end)));
  return (mentions.find(({ place }) => place === after) ?? owner)?.at;
}

function find<V>(table: readonly (readonly [RegExp, V])[], text: string): V | undefined {
  return table.find(([pattern]) => pattern.test(text))?.[1];
}

/** `ofOthers` are clauses whose actions nobody of the cast does. */
function listUnknown(prompt: string, names: readonly string[], ofOthers: readonly string[]): string[] {
  const grounds = [placeWords, timeWords, weatherWords].flat().map(([pattern]) => pattern);
  const acts = actionWords.map(([pattern]) => pattern);
  const parts = prompt.split(/[.,;:!?\n。，；：！？]+|\band\b|\bthen\b|\bwhile\b/i).map((part) => part.trim());
  const unknown = parts.filter((part) => {
    // A mark or a name alone is the cast.
    const rest = names.reduce((text, name) => text.replaceAll(name, ''), part.replace(/<<<\w+>>>/g, '')).trim();
    const meant = hideOtherSenses(part);
    const tables = ofOthers.some((clause) => meant.includes(clause)) ? grounds : [...grounds, ...acts];
    const isKnown = tables.some((pattern) => pattern.test(meant)) || cameraWords.some((word) => isSaid(word, meant));
    return /[\p{L}\p{N}]/u.test(rest) && !isKnown;
  });
  return unknown.slice(0, toldMax).map((part) => part.slice(0, toldLettersMax));
}
