import type { Layer } from '../plan.ts';
import type { Framing, ScriptShot } from '../script.ts';
import { type Stage, tagShare } from './stage.ts';
import { stageAction } from './stage-action.ts';
import { stageEyeLines } from './stage-eye-lines.ts';
import { type FigurePlace, stageFigure } from './stage-figure.ts';
import { plainDot, stageTag } from './stage-tag.ts';

/** The figures of a shot before its scene, each with its name, from back to front. `earlier` are the shots before. */
export function stageFigures(shot: ScriptShot, stage: Stage, earlier: readonly Pick<ScriptShot, 'cast'>[]): Layer[] {
  const places = placeFigures(shot, stage);
  const relative = compareHeights(shot, stage);
  const figures = shot.cast.flatMap((at, order) => {
    const figure = stage.script.cast[at];
    const place = places[order];
    const shownBefore = earlier.filter(({ cast }) => cast.includes(at)).length;
    if (figure === undefined || place === undefined) return [];
    const room = shrinkRoom(place.room, relative[order] ?? 1);
    return [{ at, figure, place: { ...place, room, shownBefore } }];
  });
  const fromBack = figures.toSorted((one, other) => one.place.depth - other.place.depth);
  const staged = fromBack.map(({ at, figure, place }) => {
    const layers = stageFigure(figure, at, place, stage);
    const { left, width } = place.room;
    const tag = stageTag(
      figure.name,
      figure.colors[0] ?? plainDot,
      left + width / 2,
      findTagY(place, layers, stage),
      stage,
    );
    return stageAction([...layers, { ...tag, depth: place.depth }], shot, at, stage);
  });
  const seen = [...staged.flatMap(({ layers }) => layers), ...staged.flatMap(({ arrows }) => arrows)];
  const isPlain = shot.framing !== 'close' && shot.actions === undefined && shot.near === undefined;
  return isPlain
    ? [
        ...seen,
        ...stageEyeLines(
          seen.filter((layer) => layer.figure !== undefined),
          stage,
        ),
      ]
    : seen;
}

/** Nobody becomes so small that it can't be told who it is. */
const relativeMin = 0.34;

/** Heights against the tallest, on one floor, where those of all in a row are known; a close shot shows each as it is. */
function compareHeights({ cast, framing, near }: ScriptShot, { script }: Stage): number[] {
  const heights = cast.map((at) => script.cast[at]?.height_m);
  if (framing === 'close' || near !== undefined || heights.some((height) => height === undefined))
    return heights.map(() => 1);
  const tallest = Math.max(...(heights as number[]));
  return (heights as number[]).map((height) => Math.max(relativeMin, height / tallest));
}

/** The same feet. */
function shrinkRoom(room: FigurePlace['room'], by: number): FigurePlace['room'] {
  const height = room.height * by;
  return { ...room, top: room.top + room.height - height, height };
}

/** Names stand in one row under the figures; above the heads of those behind. */
function findTagY(place: Place, layers: readonly Layer[], { height, unit }: Stage): number {
  const figure = layers.find((layer) => layer.figure !== undefined);
  return place.depth >= 1 || figure === undefined ? tagShare * height : figure.box.top - 12 * unit;
}

type Place = Omit<FigurePlace, 'shownBefore'>;

/** Room for one figure in shares of the frame: at most so wide and high, its feet at `feet`. */
interface Room {
  width: number;
  height: number;
  feet: number;
}

const rooms: Record<Stage['shape'], Record<Framing, Room>> = {
  landscape: {
    wide: { width: 0.36, height: 0.46, feet: 0.735 },
    medium: { width: 0.5, height: 0.6, feet: 0.74 },
    close: { width: 0.78, height: 0.95, feet: 1.04 },
  },
  square: {
    wide: { width: 0.5, height: 0.46, feet: 0.735 },
    medium: { width: 0.74, height: 0.6, feet: 0.74 },
    close: { width: 1.02, height: 0.86, feet: 0.98 },
  },
  portrait: {
    wide: { width: 0.66, height: 0.4, feet: 0.69 },
    medium: { width: 0.88, height: 0.5, feet: 0.72 },
    close: { width: 1.25, height: 0.72, feet: 0.88 },
  },
};

/** Where a lone figure stands, as a share of the width. */
const sides = {
  landscape: { left: 0.37, centre: 0.5, right: 0.63 },
  square: { left: 0.42, centre: 0.5, right: 0.58 },
  portrait: { left: 0.45, centre: 0.5, right: 0.55 },
} as const;

/** Most figures in a row in which a bust still looks right beside those that stand. */
const bustRowMax = 3;

/** A low eye sees figures taller, a high one smaller; feet stay where they are. */
const angleGrowth = { low: 1.16, high: 0.84 } as const;

function placeFigures(shot: ScriptShot, stage: Stage): Place[] {
  const count = shot.cast.length;
  const room = chooseRoom(shot, stage);
  const isMirrored = shot.side === 'right';
  if (shot.near !== undefined && count > 1) return placePast(shot, shot.near, stage);
  if (count === 1) return [standing(sides[stage.shape][shot.side], room, stage, 1)];
  if (shot.framing === 'close') return placeAround(count, shot, stage);
  if (stage.shape !== 'landscape') return placeZigzag(count, stage, isMirrored);
  const slot = 0.9 / count;
  const own = { ...room, width: Math.min(room.width, slot * 1.12), height: room.height * (1 - 0.03 * (count - 1)) };
  return Array.from({ length: count }, (_, at) => {
    const order = isMirrored ? count - 1 - at : at;
    return { ...standing(0.5 + (order - (count - 1) / 2) * slot * 0.96, own, stage, 1), isFree: count <= bustRowMax };
  });
}

function chooseRoom({ framing, angle }: ScriptShot, { shape }: Stage): Room {
  const room = rooms[shape][framing];
  if (angle === undefined || framing === 'close') return room;
  return { ...room, width: room.width * angleGrowth[angle], height: room.height * angleGrowth[angle] };
}

/** Who stands near fills a side, cut off by the edges; the others are seen past him, in a row on the other side. */
function placePast({ cast, side }: ScriptShot, near: number, stage: Stage): Place[] {
  const direction = side === 'right' ? -1 : 1;
  const isWide = stage.shape === 'landscape';
  const past = { width: isWide ? 0.62 : 0.95, height: isWide ? 1.02 : 0.6, feet: isWide ? 1.16 : 1.02 };
  const slot = (isWide ? 0.56 : 0.62) / (cast.length - 1);
  const own = rooms[stage.shape].medium;
  const room = { ...own, width: Math.min(own.width, slot * 1.12), height: own.height * (isWide ? 1 : 0.72) };
  let others = 0;
  return cast.map((at) => {
    if (at === near) return { ...standing(0.5 - 0.33 * direction, past, stage, 1.3), isNear: true };
    const centre = 0.5 + direction * ((isWide ? -0.08 : -0.14) + slot * (others++ + 0.5));
    return { ...standing(centre, room, stage, 1), isFree: false };
  });
}

/** In a frame too narrow for a row: one above the other, left and right by turns, the first lowest and nearest. */
function placeZigzag(count: number, stage: Stage, isMirrored: boolean): Place[] {
  const [top, bottom] = [stage.shape === 'portrait' ? 0.14 : 0.12, stage.shape === 'portrait' ? 0.73 : 0.74];
  const rows = stage.shape === 'portrait' ? Math.max(2, Math.ceil(count / (count > 4 ? 2 : 1))) : Math.ceil(count / 3);
  const columns = Math.ceil(count / rows);
  const isSingle = columns === 1;
  return Array.from({ length: count }, (_, at) => {
    const row = Math.floor(at / columns);
    const column = at % columns;
    const height = (bottom - top) / rows;
    const near = 1 - 0.08 * row;
    const sway = (row % 2 === 0) === isMirrored ? 0.17 : -0.17;
    const centre = isSingle ? 0.5 + sway : 0.5 + (column - (columns - 1) / 2) * (0.9 / columns);
    const width = isSingle ? 0.58 : (0.9 / columns) * 1.04;
    const room = { width: width * near, height: (isSingle ? 1.12 : 0.92) * height * near, feet: bottom - row * height };
    return { ...standing(centre, room, stage, near), isFree: false };
  });
}

/** A close shot of several: the first large to one side, the others smaller behind it on the other side. */
function placeAround(count: number, shot: ScriptShot, stage: Stage): Place[] {
  const direction = shot.side === 'right' ? -1 : 1;
  const { close, wide } = rooms[stage.shape];
  const first = standing(0.5 - 0.16 * direction, { ...close, width: close.width * 0.72 }, stage, 1.1);
  const slot = 0.36 / (count - 1);
  const small = { width: Math.min(0.3, slot * 1.3), height: wide.height, feet: 0.7 };
  const others = Array.from({ length: count - 1 }, (_, at) => ({
    ...standing(0.5 + direction * (0.15 + slot * (at + 0.5)), small, stage, 0.8),
    isFree: false,
  }));
  return [first, ...others];
}

function standing(centre: number, room: Room, { width, height }: Stage, depth: number): Place {
  const box = {
    left: (centre - room.width / 2) * width,
    top: (room.feet - room.height) * height,
    width: room.width * width,
    height: room.height * height,
  };
  return { room: box, depth, isFree: true };
}
