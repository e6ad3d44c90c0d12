import type { Key, Layer } from '../plan.ts';
import type { ActionKind, ScriptShot } from '../script.ts';
import { type Act, type Actor, partOf, planWay, type WayStep } from './plan-path.ts';
import type { Stage } from './stage.ts';
import { findHorizon } from './stage-scene.ts';

/** A figure that acts, and the arrows that show what it does, which go before all figures. */
interface Staged {
  layers: Layer[];
  arrows: Layer[];
}

/** The layers of a figure as they move by what it does in the shot; `at` is its index in the script. */
export function stageAction(layers: readonly Layer[], shot: ScriptShot, at: number, stage: Stage): Staged {
  const figure = layers.find((layer) => layer.figure !== undefined);
  const own = shot.actions?.filter((action) => action.figure === at) ?? [];
  if (own.length === 0 || figure === undefined) return { layers: [...layers], arrows: [] };
  const acts = own.map(({ kind, from }) => ({ kind, way: chooseWay(kind, from, figure, stage) }));
  const stands = figure.box.top + figure.box.height < stage.height;
  const actor: Actor = {
    box: figure.box,
    stands,
    hasFeet: stands || layers.some(({ asset }) => asset.kind === 'shadow' && asset.isOnFloor),
    horizonY: findHorizon(shot, stage) * stage.height,
    frame: stage,
  };
  const steps = planWay(acts, actor, shot.frame_count);
  const arrows = acts.map((act, order) => stageArrow(act, order, acts.length, figure, steps, shot.frame_count, stage));
  return { layers: layers.map((layer) => moveLayer(layer, figure, steps)), arrows };
}

/** Of those who meet or go to another each comes from its own side. */
function chooseWay(kind: ActionKind, from: 'left' | 'right', { box }: Layer, { width }: Stage): 1 | -1 {
  const isOwn = kind === 'meet' || kind === 'join';
  const isLeft = isOwn ? box.left + box.width / 2 < width / 2 : from === 'left';
  return isLeft ? 1 : -1;
}

/** The figure leaves the floor; its shadow, fainter then, and its name stay on it. */
function moveLayer(layer: Layer, figure: Layer, steps: readonly WayStep[]): Layer {
  const { box } = figure;
  const isRaised = layer.figure !== undefined || (layer.asset.kind !== 'shadow' && layer.asset.kind !== 'text');
  const anchor = { x: box.left + box.width / 2, y: box.top + box.height };
  const own = steps.map(({ frame, x, y, scale, lift }) => ({ frame, x, y: isRaised ? y - lift : y, scale }));
  const path = { anchor, steps: own };
  const leaves = layer.asset.kind === 'shadow' && steps.some(({ lift }) => lift > 0);
  return leaves ? { ...layer, path, opacity: fadeShadow(steps, box.height) } : { ...layer, path };
}

function fadeShadow(steps: readonly WayStep[], height: number): Key[] {
  return steps.map(({ frame, lift }) => ({ frame, value: 1 - 0.75 * Math.min(1, lift / height) }));
}

/** How long an arrow is seen, as a share of its act, where the figure would run over it. */
const seenShare = 0.6;
const fadeFrames = 6;

function stageArrow(
  { kind, way }: Act,
  order: number,
  count: number,
  figure: Layer,
  steps: readonly WayStep[],
  frameCount: number,
  stage: Stage,
): Layer {
  const { from, to } = partOf(order, count, frameCount);
  const start = order === 0 ? 0 : (steps.findLast(({ frame }) => frame < from)?.x ?? 0);
  const { box, points } = placeArrow(kind, way, figure, start, stage);
  const isLast = order === count - 1;
  const stays = kind === 'jump' || kind === 'turn' || kind === 'rise';
  const end = stays ? to : Math.round(from + seenShare * (to - from));
  const keys: Key[] = [
    ...(order === 0 ? [] : [{ frame: from - 1, value: 0 }]),
    { frame: from, value: 1 },
    ...(stays && isLast
      ? []
      : [
          { frame: Math.max(from + 1, end - fadeFrames), value: 1 },
          { frame: Math.max(from + 2, end), value: 0 },
        ]),
  ];
  const { width, height } = box;
  return { asset: { kind: 'arrow', width, height, points }, box, depth: figure.depth, opacity: keys };
}

type Points = 'left' | 'right' | 'up' | 'down' | 'both';

/** Where figures go up or down, or to us and away from us. */
const upright: Partial<Record<ActionKind, Points>> = {
  jump: 'up',
  rise: 'up',
  fall: 'down',
  approach: 'down',
  recede: 'up',
};

/** Beside the figure at its feet, in the way it goes; upright at its side. `x` is how far it has gone before. */
function placeArrow(kind: ActionKind, way: number, { box }: Layer, x: number, { width, height, unit }: Stage) {
  const points = upright[kind] ?? (kind === 'turn' ? 'both' : way > 0 ? 'right' : 'left');
  const isUpright = upright[kind] !== undefined;
  const isShort = kind === 'meet' || kind === 'join';
  const isFlat = kind === 'approach' || kind === 'recede';
  const size = isUpright
    ? { width: 26 * unit, height: (isFlat ? 0.11 : 0.2) * height }
    : { width: (isShort ? 0.1 : 0.17) * width, height: 26 * unit };
  const middle = box.left + box.width / 2 + x;
  const side = isUpright ? 1 : way;
  const centreX = kind === 'turn' ? middle : middle + side * (box.width / 2 + size.width * 0.62);
  const centreY = isUpright && !isFlat ? box.top + box.height * 0.4 : box.top + box.height - size.height / 2 - 7 * unit;
  const edge = 8 * unit;
  const left = Math.min(width - size.width - edge, Math.max(edge, centreX - size.width / 2));
  const lowest = height - size.height - edge;
  return { points, box: { left, top: Math.min(lowest, Math.max(edge, centreY - size.height / 2)), ...size } } as const;
}
