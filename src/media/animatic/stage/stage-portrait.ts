import type { Box, Layer } from '../plan.ts';
import type { FigureView, ScriptFigure } from '../script.ts';
import { fitInto, growBox, type Stage } from './stage.ts';

type Still = Omit<Layer, 'depth'>;

const grounds = { dark: '#5a6069', light: '#dcdad6' } as const;
/** Mean lightness from which a figure stands better before a dark ground. */
const brightFrom = 0.6;

/**
 * A figure on a card of its own that fills `box`: its cut-out before a plain ground (a bust stands on the card's edge),
 * its picture, or its initial where there is neither.
 */
export function stagePortrait(
  figure: ScriptFigure,
  view: FigureView | undefined,
  at: number,
  box: Box,
  { unit }: Stage,
): Still[] {
  const marginPx = 14 * unit;
  const edgePx = 4 * unit;
  const { width, height } = box;
  const card = { kind: 'card' as const, width, height, marginPx, edgePx };
  const outer = growBox(box, marginPx);
  if (view?.kind === 'picture') {
    return [{ asset: { ...card, picture: { kind: 'file', path: view.path } }, box: outer, figure: at }];
  }
  const isNameless = view === undefined;
  const color = isNameless
    ? (figure.colors[0] ?? '#6f7782')
    : grounds[figure.brightness > brightFrom ? 'dark' : 'light'];
  const picture = { kind: 'color' as const, color, letter: isNameless ? initialOf(figure.name) : '' };
  const ground: Still = { asset: { ...card, picture }, box: outer };
  return isNameless ? [{ ...ground, figure: at }] : [ground, { ...placeInside(view, box, unit), figure: at }];
}

function placeInside(view: FigureView, box: Box, unit: number): Still {
  const room = growBox(box, -0.07 * Math.min(box.width, box.height));
  const size = fitInto({ width: view.width_px, height: view.height_px }, room.width, room.height);
  const left = room.left + (room.width - size.width) / 2;
  const middle = room.top + (room.height - size.height) / 2;
  const top = view.is_bust ? box.top + box.height - 4 * unit - size.height : middle;
  return { asset: { kind: 'cutout', path: view.path, ...size }, box: { left, top, ...size } };
}

/** What stands for a figure without a picture. */
function initialOf(name: string): string {
  return [...name.trim()][0]?.toUpperCase() ?? '';
}
