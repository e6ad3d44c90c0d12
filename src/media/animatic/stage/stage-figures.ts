import type { Box, Layer } from '../plan.ts';
import type { Framing, ScriptFigure, ScriptShot } from '../script.ts';
import { type Stage, tagShare } from './stage.ts';
import { type FigurePlace, stageFigure } from './stage-figure.ts';
import { plainDot, stageTag } from './stage-tag.ts';

/** The figures of a shot before its scene, each with its name, from back to front. */
export function stageFigures(shot: ScriptShot, stage: Stage): Layer[] {
  const places = placeFigures(shot, stage);
  const figures = shot.cast.flatMap((at, order) => {
    const figure = stage.script.cast[at];
    const place = places[order];
    return figure === undefined || place === undefined ? [] : [{ at, figure, place }];
  });
  const back = figures.filter(({ place }) => place.depth < 1);
  const front = figures.filter(({ place }) => place.depth >= 1);
  return [...back, ...front].flatMap(({ at, figure, place }) => [
    ...stageFigure(figure, at, place, shot, stage),
    stageName(figure, place, stage),
  ]);
}

function stageName(figure: ScriptFigure, place: FigurePlace, stage: Stage): Layer {
  const y = place.depth < 1 ? place.room.top - 16 * stage.unit : tagShare * stage.height;
  return {
    ...stageTag(figure.name, figure.colors[0] ?? plainDot, place.room.left + place.room.width / 2, y, stage),
    depth: place.depth,
  };
}

/** Room for one figure in shares of the frame: at most so wide and high, its feet at `feet`. */
interface Room {
  width: number;
  height: number;
  feet: number;
}

const rooms: Record<Stage['shape'], Record<Framing, Room>> = {
  landscape: {
    wide: { width: 0.36, height: 0.46, feet: 0.735 },
    medium: { width: 0.5, height: 0.585, feet: 0.74 },
    close: { width: 0.78, height: 0.95, feet: 1.04 },
  },
  square: {
    wide: { width: 0.5, height: 0.44, feet: 0.735 },
    medium: { width: 0.72, height: 0.57, feet: 0.74 },
    close: { width: 1.02, height: 0.86, feet: 0.98 },
  },
  portrait: {
    wide: { width: 0.62, height: 0.34, feet: 0.715 },
    medium: { width: 0.84, height: 0.46, feet: 0.73 },
    close: { width: 1.2, height: 0.66, feet: 0.86 },
  },
};

/** Where a lone figure stands, as a share of the width. */
const sides = {
  landscape: { left: 0.37, centre: 0.5, right: 0.63 },
  square: { left: 0.42, centre: 0.5, right: 0.58 },
  portrait: { left: 0.45, centre: 0.5, right: 0.55 },
} as const;

/** Figures that stand side by side before a second row opens behind them. */
const rowMax = { landscape: 4, square: 3, portrait: 2 } as const;

function placeFigures(shot: ScriptShot, stage: Stage): FigurePlace[] {
  const count = shot.cast.length;
  const room = rooms[stage.shape][shot.framing];
  if (count === 1) return [standing(sides[stage.shape][shot.side], room, stage, 1)];
  if (shot.framing === 'close') return placeAround(count, shot, stage);
  const frontCount = count <= rowMax[stage.shape] ? count : Math.ceil(count / 2);
  const isMirrored = shot.side === 'right';
  const backRoom = { ...room, height: room.height * 0.66, feet: room.feet - 0.13 };
  return [
    ...placeRow(frontCount, room, stage, 1, isMirrored),
    ...placeRow(count - frontCount, backRoom, stage, 0.78, isMirrored),
  ];
}

function placeRow(count: number, room: Room, stage: Stage, depth: number, isMirrored: boolean): FigurePlace[] {
  const slot = 0.88 / count;
  const own = { ...room, width: Math.min(room.width, slot * 1.04), height: room.height * (1 - 0.03 * (count - 1)) };
  return Array.from({ length: count }, (_, at) => {
    const order = isMirrored ? count - 1 - at : at;
    return standing(0.5 + (order - (count - 1) / 2) * slot * 0.94, own, stage, depth);
  });
}

/** A close shot of several: the first large to one side, the others smaller behind it on the other side. */
function placeAround(count: number, shot: ScriptShot, stage: Stage): FigurePlace[] {
  const direction = shot.side === 'right' ? -1 : 1;
  const close = rooms[stage.shape].close;
  const first = standing(0.5 - 0.16 * direction, { ...close, width: close.width * 0.72 }, stage, 1.1);
  const slot = 0.36 / (count - 1);
  const small = { width: Math.min(0.3, slot * 1.3), height: rooms[stage.shape].wide.height, feet: 0.7 };
  const others = Array.from({ length: count - 1 }, (_, at) =>
    standing(0.5 + direction * (0.15 + slot * (at + 0.5)), small, stage, 0.8),
  );
  return [first, ...others];
}

function standing(centre: number, room: Room, { width, height }: Stage, depth: number): FigurePlace {
  const box: Box = {
    left: (centre - room.width / 2) * width,
    top: (room.feet - room.height) * height,
    width: room.width * width,
    height: room.height * height,
  };
  return { room: box, depth };
}
