import type { Box, Layer } from '../plan.ts';
import type { FigureView, ScriptFigure, ScriptShot } from '../script.ts';
import { fitInto, growBox, type Stage } from './stage.ts';

/** Where a figure stands: the room it may fill, its feet on the lower edge. */
export interface FigurePlace {
  room: Box;
  /** Of its layers; below 1 it stands behind the others. */
  depth: number;
  /** Whether it follows what moves in the clip. */
  follows?: boolean;
}

/** One figure with its shadow: its cut-out on the floor, a framed picture where there is none, else its initial. */
export function stageFigure(
  figure: ScriptFigure,
  at: number,
  place: FigurePlace,
  shot: Pick<ScriptShot, 'framing'>,
  stage: Stage,
): Layer[] {
  const view = chooseView(figure.views, shot, place);
  const rest = { depth: place.depth, ...(place.follows ? { follows: true } : {}) };
  if (view?.kind === 'cutout') return stageCutout(view, at, place, stage).map((layer) => ({ ...layer, ...rest }));
  return [{ ...stageCard(figure, view, place.room, stage), figure: at, ...rest }];
}

/** Shots of different framing show different views; one that is cut off below can't follow a mover through the picture. */
function chooseView(
  views: readonly FigureView[],
  { framing }: Pick<ScriptShot, 'framing'>,
  place: FigurePlace,
): FigureView | undefined {
  const fitting = place.follows ? views.filter((view) => !view.is_bust) : views;
  const list = fitting.length > 0 ? fitting : views;
  const order = { wide: 0, medium: 1, close: 0 }[framing];
  return list[Math.min(order, list.length - 1)];
}

/** A bust reaches so far below the frame, so that no move of the camera shows its lower edge. */
const bustBelow = 0.02;
const bustGrowth = 1.3;

function stageCutout(
  view: FigureView,
  at: number,
  { room, follows }: FigurePlace,
  stage: Stage,
): Omit<Layer, 'depth'>[] {
  const isBust = view.is_bust && !follows;
  const growth = isBust ? bustGrowth : 1;
  const size = fitInto({ width: view.width_px, height: view.height_px }, room.width * growth, room.height * growth);
  const bottom = isBust ? stage.height * (1 + bustBelow) : room.top + room.height;
  const box = { left: room.left + (room.width - size.width) / 2, top: bottom - size.height, ...size };
  const isOnFloor = !isBust && !follows;
  const marginPx = 0.22 * Math.sqrt(size.width * size.height);
  return [
    { asset: { kind: 'shadow', path: view.path, ...size, marginPx, isOnFloor }, box: growBox(box, marginPx) },
    { asset: { kind: 'cutout', path: view.path, ...size }, box, figure: at },
  ];
}

/** A picture is shown somewhat smaller than a cut-out, whole, within the frame. */
function stageCard(figure: ScriptFigure, view: FigureView | undefined, room: Box, stage: Stage): Omit<Layer, 'depth'> {
  const shape = view === undefined ? { width: 3, height: 4 } : { width: view.width_px, height: view.height_px };
  const heightMax = Math.min(room.height, 0.62 * stage.height);
  const size = fitInto(shape, Math.min(room.width, 0.8 * stage.width), heightMax);
  const bottom = Math.min(room.top + room.height, 0.75 * stage.height);
  const box = { left: room.left + (room.width - size.width) / 2, top: bottom - size.height, ...size };
  const marginPx = 20 * stage.unit;
  const colour = figure.colors[0] ?? '#6f7782';
  const letter = initialOf(figure.name);
  const picture =
    view === undefined ? { kind: 'colour' as const, colour, letter } : { kind: 'file' as const, path: view.path };
  return { asset: { kind: 'card', picture, ...size, marginPx, edgePx: 6 * stage.unit }, box: growBox(box, marginPx) };
}

/** What stands for a figure without a picture. */
export function initialOf(name: string): string {
  return [...name.trim()][0]?.toUpperCase() ?? '';
}
