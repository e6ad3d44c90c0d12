import type { Box, Layer } from '../plan.ts';
import { frameRate, type ScriptFigure, type ScriptShot } from '../script.ts';
import { fitInto, growBox, type Stage, safeShare, tagShare } from './stage.ts';
import { initialOf } from './stage-figure.ts';
import { plainDot, stageTag } from './stage-tag.ts';

/** The figures introduced beside a picture that is the scene itself: small cards in a row above the caption. */
export function stageIntroductions(shot: Pick<ScriptShot, 'cast'>, stage: Stage): Layer[] {
  const { width, height, unit, script } = stage;
  const gap = 18 * unit;
  const slot = ((1 - 2 * safeShare) * width) / Math.max(1, shot.cast.length);
  const side = Math.min(0.25 * Math.min(height, 1.2 * width), slot - gap);
  return shot.cast.flatMap((at, order) => {
    const figure = script.cast[at];
    if (figure === undefined) return [];
    const left = safeShare * width + order * (side + gap);
    return introduce(figure, at, { left, top: tagShare * height - side, width: side, height: side }, order, stage);
  });
}

const grounds = { dark: '#5a6069', light: '#dcdad6' } as const;
const brightFrom = 0.6;

function introduce(figure: ScriptFigure, at: number, box: Box, order: number, stage: Stage): Layer[] {
  const marginPx = 14 * stage.unit;
  const frame = Math.round((0.3 + 0.12 * order) * frameRate);
  const entrance = {
    depth: 0,
    enters: { x: 0, y: 22 * stage.unit, frameCount: frame + 10 },
    opacity: [
      { frame: frame - 4, value: 0 },
      { frame: frame + 6, value: 1 },
    ],
  };
  const colour = grounds[figure.brightness > brightFrom ? 'dark' : 'light'];
  const picture = { kind: 'colour' as const, colour, letter: figure.views.length === 0 ? initialOf(figure.name) : '' };
  const { width, height } = box;
  const panel = { kind: 'card' as const, picture, width, height, marginPx, edgePx: 4 * stage.unit };
  const tag = stageTag(figure.name, figure.colors[0] ?? plainDot, box.left + width / 2, box.top + height, stage);
  return [
    { asset: panel, box: growBox(box, marginPx), ...entrance },
    ...stageInside(figure, at, box, stage).map((layer) => ({ ...layer, ...entrance })),
    { ...tag, ...entrance },
  ];
}

/** The figure's best view inside its card: a bust stands on the card's edge, what is whole floats in its middle. */
function stageInside(figure: ScriptFigure, at: number, box: Box, { unit }: Stage): Omit<Layer, 'depth'>[] {
  const [view] = figure.views;
  if (view === undefined) return [];
  const edge = 4 * unit;
  const room = growBox(box, view.kind === 'cutout' ? -18 * unit : -edge);
  if (view.kind === 'picture') {
    const picture = { kind: 'file' as const, path: view.path };
    const { width, height } = room;
    return [{ asset: { kind: 'card', picture, width, height, marginPx: 0, edgePx: 0 }, box: room, figure: at }];
  }
  const size = fitInto({ width: view.width_px, height: view.height_px }, room.width, room.height);
  const left = room.left + (room.width - size.width) / 2;
  const top = view.is_bust ? box.top + box.height - edge - size.height : room.top + (room.height - size.height) / 2;
  return [{ asset: { kind: 'cutout', path: view.path, ...size }, box: { left, top, ...size }, figure: at }];
}
