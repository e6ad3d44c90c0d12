import {
  type Framing,
  frameRate,
  type Move,
  type Scene,
  type ScriptAction,
  type ScriptDirections,
  type ScriptShot,
} from '../../media/index.ts';
import type { VideoOrder, VideoSpec } from '../video-engine.ts';
import { overTheShoulder } from './camera-words.ts';
import { chooseCasts } from './choose-casts.ts';
import type { ToldAction } from './read-actions.ts';
import { readDirections } from './read-directions.ts';
import { type ReadPrompt, readPrompt } from './read-prompt.ts';

/** What the shots are written from. */
export interface ShotSources {
  spec: VideoSpec;
  names: readonly string[];
  /** Roles and words of the images, in the order in which the prompt counts them. */
  images: readonly { role: VideoOrder['sources'][number]['role']; label: string }[];
  clipSeconds: number | null;
  /** Whether the clip lends its motion, instead of its pictures. */
  isMotion: boolean;
}

/** The shots of a request in their order, with what is said, seen and framed in each; at least one. */
export function writeShots(sources: ShotSources): ScriptShot[] {
  const parts = splitSpec(sources);
  const read = parts.map(({ prompt }) =>
    readPrompt(
      prompt,
      sources.names,
      sources.images.map(({ label }) => label),
    ),
  );
  const casts = chooseCasts(read, sources.names.length);
  return parts.map((part, at) => {
    const said = read[at] as ReadPrompt;
    const cast = casts[at] as number[];
    const scene = chooseScene(sources, said, cast.length > 0, at, parts.length);
    const staging = stagings[at % stagings.length] as (typeof stagings)[number];
    const { place, actions = [], near, notUnderstood: _, ...directions } = readDirections(part.prompt, sources.names);
    const acts = assignActions(actions, cast);
    const passed = choosePassed(near, directions, cast);
    const shot = { ...(parts.length === 1 ? lone : staging), ...directions };
    return {
      frame_count: part.frameCount,
      caption: said.text,
      ...shot,
      cast,
      ...(acts.length > 0 && { actions: acts }),
      ...(passed !== undefined && { near: passed }),
      scene: scene.kind === 'studio' && place !== null ? { kind: 'painted', place } : scene,
      pinned: choosePinned(sources, scene, said, parts.length),
    };
  });
}

/** More follow each other too fast to be seen. */
const actsMax = 3;

/** What each figure of a shot does, at most {@link actsMax} things one after the other, and none twice in a row. */
function assignActions(told: readonly ToldAction[], cast: readonly number[]): ScriptAction[] {
  const all = told.flatMap(({ who, kind, from }) => {
    const figures = who === 'all' ? cast : who === 'first' ? cast.slice(0, 1) : cast.filter((at) => who.includes(at));
    return figures.map((figure) => ({ figure, kind, from }));
  });
  return cast.flatMap((figure) => {
    const own = all.filter((action) => action.figure === figure);
    return own.filter(({ kind }, at) => kind !== own[at - 1]?.kind).slice(0, actsMax);
  });
}

/** Whom of at least two an over-the-shoulder shot looks past: who is named so, else the first. */
function choosePassed(
  near: number | undefined,
  { signs = [] }: ScriptDirections,
  cast: readonly number[],
): number | undefined {
  if (cast.length < 2 || !signs.includes(overTheShoulder)) return undefined;
  return near !== undefined && cast.includes(near) ? near : cast[0];
}

interface Part {
  prompt: string;
  frameCount: number;
}

type Staging = { framing: Framing; move: Move; side: ScriptShot['side'] };

/** Shots that follow each other differ in framing and side, so that every cut is seen as one. */
const stagings: readonly Staging[] = [
  { framing: 'wide', move: 'push', side: 'left' },
  { framing: 'medium', move: 'right', side: 'right' },
  { framing: 'close', move: 'push', side: 'centre' },
  { framing: 'medium', move: 'left', side: 'left' },
  { framing: 'wide', move: 'pull', side: 'right' },
  { framing: 'close', move: 'pull', side: 'left' },
];
const lone: Staging = { framing: 'medium', move: 'push', side: 'centre' };

/** Seconds of a shot where the model itself would choose the cuts, and most shots then. */
const ownShotSeconds = 2.5;
const ownShotsMax = 3;

function splitSpec({ spec, clipSeconds }: ShotSources): Part[] {
  const total = Math.max(1, Math.round((spec.duration_seconds ?? clipSeconds ?? 5) * frameRate));
  if (spec.shots.length > 0) return spread(spec.shots, total);
  if (spec.shot_type !== 'intelligence') return [{ prompt: spec.prompt, frameCount: total }];
  const count = Math.max(1, Math.min(ownShotsMax, Math.floor(total / frameRate / ownShotSeconds)));
  return spread(
    Array.from({ length: count }, () => ({ prompt: spec.prompt, duration_seconds: 1 })),
    total,
  );
}

/** Cuts at whole frames; together exactly `total`. */
function spread(shots: readonly { prompt: string; duration_seconds: number }[], total: number): Part[] {
  const seconds = shots.reduce((sum, shot) => sum + shot.duration_seconds, 0);
  let end = 0;
  let cut = 0;
  return shots.map(({ prompt, duration_seconds }) => {
    const from = cut;
    end += duration_seconds;
    cut = Math.round((end / seconds) * total);
    return { prompt, frameCount: Math.max(1, cut - from) };
  });
}

function chooseScene(
  { images, clipSeconds, isMotion }: ShotSources,
  said: ReadPrompt,
  hasCast: boolean,
  at: number,
  count: number,
): Scene {
  if (clipSeconds !== null) return { kind: isMotion ? 'motion' : 'clip' };
  const start = images.findIndex(({ role }) => role === 'image_start');
  const end = images.findIndex(({ role }) => role === 'image_end');
  if (count === 1 && start !== -1 && end !== -1) return { kind: 'crossing', from: start, to: end };
  if (at === 0 && start !== -1) return { kind: 'picture', image: start };
  if (at === count - 1 && end !== -1) return { kind: 'picture', image: end };
  const [named] = said.images;
  const references = images.flatMap(({ role }, index) => (role === 'reference_image' ? [index] : []));
  const place = named ?? references[at % Math.max(1, references.length)] ?? (start === -1 ? undefined : start);
  if (place === undefined) return { kind: 'studio' };
  return { kind: hasCast ? 'place' : 'picture', image: place };
}

/** Most cards beside a picture. */
const pinnedMax = 4;

/** The references that the scene doesn't show sharp already: those a shot names, or all where there is one shot. */
function choosePinned({ images, isMotion }: ShotSources, scene: Scene, said: ReadPrompt, count: number): number[] {
  if (isMotion) return images.flatMap((_, at) => (at === 0 ? [at] : []));
  const shown = scene.kind === 'picture' ? [scene.image] : scene.kind === 'crossing' ? [scene.from, scene.to] : [];
  const references = images.flatMap(({ role }, at) => (role === 'reference_image' ? [at] : []));
  const wanted = count === 1 ? references : said.images;
  return wanted.filter((at) => !shown.includes(at)).slice(0, pinnedMax);
}
