import type { Box, Layer } from '../plan.ts';
import type { FigureView, ScriptFigure } from '../script.ts';
import { fitInto, growBox, type Stage } from './stage.ts';
import { stagePortrait } from './stage-portrait.ts';

/** Where a figure stands: the room it may fill, its feet on the lower edge. */
export interface FigurePlace {
  room: Box;
  /** Of its layers; below 1 it stands behind the others. */
  depth: number;
  /** Whether it follows what moves in the clip. */
  follows?: boolean;
  /** Whether nothing is in front of it or below: only there a bust can reach down to the edge of the frame. */
  isFree: boolean;
  /** Whether the camera looks past it: it is dark, out of focus, and no shadow of it is seen. */
  isNear?: boolean;
  /** How many shots have shown it before: each shows another view. */
  shownBefore: number;
}

/** One figure with its shadow: its cut-out on the floor, or on a card where it can't stand or there is none. */
export function stageFigure(figure: ScriptFigure, at: number, place: FigurePlace, stage: Stage): Layer[] {
  const view = chooseView(figure.views, place);
  const rest = { depth: place.depth, ...(place.follows ? { follows: true } : {}) };
  const isBust = view?.is_bust === true;
  const stands = view?.kind === 'cutout' && (!isBust || place.isFree);
  const layers = stands ? stageCutout(view, at, place, stage) : stageOnCard(figure, view, at, place.room, stage);
  return layers.map((layer) => ({ ...layer, ...rest }));
}

/** One that is cut off below can't follow a mover through the picture, and goes last there. */
function chooseView(views: readonly FigureView[], { follows, shownBefore }: FigurePlace): FigureView | undefined {
  const whole = follows ? views.filter((view) => !view.is_bust) : views;
  const list = whole.length > 0 ? whole : views;
  return list[shownBefore % Math.max(1, list.length)];
}

/** A bust reaches so far below the frame, so that no move of the camera shows its lower edge. */
const bustBelow = 0.02;
const bustGrowth = 1.3;
/** Highest bust, which leaves room above the head for the camera's push. */
const bustMax = 0.93;

function stageCutout(
  view: FigureView,
  at: number,
  { room, follows, isNear }: FigurePlace,
  stage: Stage,
): Omit<Layer, 'depth'>[] {
  const growth = view.is_bust ? bustGrowth : 1;
  const heightMax = view.is_bust ? Math.min(room.height * growth, bustMax * stage.height) : room.height;
  const size = fitInto({ width: view.width_px, height: view.height_px }, room.width * growth, heightMax);
  const bottom = view.is_bust ? stage.height * (1 + bustBelow) : room.top + room.height;
  const box = { left: room.left + (room.width - size.width) / 2, top: bottom - size.height, ...size };
  const isOnFloor = !view.is_bust && !follows;
  const marginPx = 0.16 * Math.sqrt(size.width * size.height);
  if (isNear) return [{ asset: { kind: 'cutout', path: view.path, ...size, near: true }, box, figure: at }];
  return [
    { asset: { kind: 'shadow', path: view.path, ...size, marginPx, isOnFloor }, box: growBox(box, marginPx) },
    { asset: { kind: 'cutout', path: view.path, ...size }, box, figure: at },
  ];
}

/** A card is smaller than a cut-out would be and wholly within the frame. */
function stageOnCard(
  figure: ScriptFigure,
  view: FigureView | undefined,
  at: number,
  room: Box,
  stage: Stage,
): Omit<Layer, 'depth'>[] {
  const isPicture = view?.kind === 'picture';
  const shape = isPicture ? { width: view.width_px, height: view.height_px } : { width: 10, height: 11 };
  const size = fitInto(
    shape,
    Math.min(0.86 * room.width, 0.8 * stage.width),
    Math.min(room.height, 0.6 * stage.height),
  );
  const bottom = Math.min(room.top + room.height, 0.745 * stage.height);
  const box = { left: room.left + (room.width - size.width) / 2, top: bottom - size.height, ...size };
  return stagePortrait(figure, view, at, box, stage);
}
