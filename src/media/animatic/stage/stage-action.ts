import type { Camera, Layer } from '../plan.ts';
import { frameRate, type ScriptAction, type ScriptShot } from '../script.ts';
import type { Stage } from './stage.ts';

/** How far a figure that crosses the picture goes to each side of its place, and how long one takes to come, in seconds. */
const crossing = 0.26;
const comingSeconds = 1.2;
/** From beyond the edge, wherever it stands. */
const outside = 0.75;

/** The layers of a figure as they move by the shot's action, and the arrow that shows it; `order` is its place in the cast. */
export function stageAction(layers: readonly Layer[], shot: ScriptShot, order: number, stage: Stage): Layer[] {
  const { action } = shot;
  const figure = layers.find((layer) => layer.figure !== undefined);
  const acts = action !== undefined && (order === 0 || (order === 1 && action.kind === 'meet'));
  if (!acts || figure === undefined) return [...layers];
  // Of two who meet, each comes from the own side.
  const isLeft =
    action.kind === 'meet' ? figure.box.left + figure.box.width / 2 < stage.width / 2 : action.from === 'left';
  const way = isLeft ? 1 : -1;
  const move = moveLayer(action.kind, way, shot.frame_count, stage.width);
  return [...layers.map((layer) => ({ ...layer, ...move })), stageArrow(action.kind, figure, way, stage)];
}

/** Beside the figure at its feet, in the way it goes; upright where it jumps. */
function stageArrow(kind: ScriptAction, { box, depth }: Layer, way: number, { width, height, unit }: Stage): Layer {
  const isUpright = kind === 'jump';
  const length = (kind === 'meet' ? 0.1 : 0.17) * width;
  const size = isUpright ? { width: 26 * unit, height: 0.2 * height } : { width: length, height: 26 * unit };
  const middle = box.left + box.width / 2;
  const centreX = kind === 'turn' ? middle : middle + way * (box.width / 2 + size.width * 0.62);
  const centreY = isUpright ? box.top + box.height * 0.4 : box.top + box.height - 20 * unit;
  const left = Math.min(width - size.width - 8 * unit, Math.max(8 * unit, centreX - size.width / 2));
  const points = isUpright ? 'up' : kind === 'turn' ? 'both' : way > 0 ? 'right' : 'left';
  return { asset: { kind: 'arrow', ...size, points }, box: { left, top: centreY - size.height / 2, ...size }, depth };
}

/** Where the eyes are, from the top of a figure, as a share of its height. */
const eyeShare = 0.12;

/** Short lines at the eyes of two who share a frame, each to the other: who looks where. */
export function stageEyeLines(figures: readonly Layer[], { width, unit }: Stage): Layer[] {
  if (figures.length !== 2) return [];
  const centreOf = ({ box }: Layer) => box.left + box.width / 2;
  return figures.map((figure, at) => {
    const isLeft = centreOf(figure) < centreOf(figures[1 - at] as Layer);
    const size = { width: 0.055 * width, height: 13 * unit };
    const edge = isLeft ? figure.box.left + figure.box.width : figure.box.left - size.width;
    const top = figure.box.top + eyeShare * figure.box.height - size.height / 2;
    const gap = (isLeft ? 1 : -1) * 6 * unit;
    return {
      asset: { kind: 'arrow', ...size, points: isLeft ? 'right' : 'left' },
      box: { left: edge + gap, top, ...size },
      depth: figure.depth,
    };
  });
}

function moveLayer(kind: ScriptAction, way: number, frames: number, width: number): Partial<Layer> {
  const still = { zoom: 1, x: 0, y: 0 };
  const go = (from: number, to: number): { camera: Camera } => ({
    camera: { from: { ...still, x: -way * from * width }, to: { ...still, x: -way * to * width } },
  });
  switch (kind) {
    case 'enter':
    case 'meet':
      return {
        enters: {
          x: -way * outside * width,
          y: 0,
          frameCount: Math.max(1, Math.min(frames, comingSeconds * frameRate)),
        },
      };
    case 'exit':
      return go(0, outside);
    case 'cross':
      return go(-crossing, crossing);
    case 'jump':
    case 'turn':
      return {};
  }
}
