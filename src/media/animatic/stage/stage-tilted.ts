import type { Asset } from '../asset.ts';
import { boundRotated, toRadians } from '../frame/rotate-raster.ts';
import type { Layer } from '../plan.ts';
import type { ScriptShot } from '../script.ts';
import { boxAround, type Stage } from './stage.ts';

/** How far a Dutch angle leans; the picture leans the other way. */
const slantDegrees = 8;

/** A shot's ground and figures as a camera at a slant sees them: turned around the middle of the frame, ground and all. Names stay upright. */
export function stageTilted(shot: ScriptShot, stage: Stage, layers: readonly Layer[]): Layer[] {
  const isLaidOut = shot.scene.kind === 'studio' || shot.scene.kind === 'painted' || shot.scene.kind === 'place';
  if (!shot.is_tilted || !isLaidOut) return [...layers];
  return layers.map((layer, at) => {
    // A shadow goes right before its figure, and with it.
    const figure = layer.asset.kind === 'shadow' ? layers[at + 1] : layer;
    const tilted = tilt(layer, stage);
    const down = figure?.figure === undefined ? 0 : findDrop(figure, stage);
    return { ...tilted, box: { ...tilted.box, top: tilted.box.top + down } };
  });
}

/** As far beyond the lower edge of the frame as a figure that it cuts off stands straight, as a share of the height. */
const below = 0.02;

/** How far one that the frame cuts off must go down, so that its own lower edge stays outside. */
function findDrop({ box }: Layer, { width, height }: Stage): number {
  const bottom = box.top + box.height;
  if (bottom < height) return 0;
  const corners = [box.left, box.left + box.width].map((x) => turn(x - width / 2, bottom - height / 2)[1] + height / 2);
  return Math.max(0, height * (1 + below) - Math.min(...corners));
}

function tilt(layer: Layer, stage: Stage): Layer {
  const { asset, box } = layer;
  if (asset.kind === 'studio' || asset.kind === 'place' || asset.kind === 'photo') {
    const ground = widen(asset);
    return { ...layer, asset: { ...slant(ground, ground), ...sizeOf(box) } };
  }
  const [x, y] = turn(box.left + box.width / 2 - stage.width / 2, box.top + box.height / 2 - stage.height / 2);
  const isUpright = asset.kind === 'text' || asset.kind === 'clip';
  const size = isUpright ? box : boundRotated(box, slantDegrees);
  const turned = isUpright ? asset : { ...slant(asset, box), ...sizeOf(size) };
  return {
    ...layer,
    asset: turned,
    box: boxAround(stage.width / 2 + x, stage.height / 2 + y, size.width, size.height),
    ...(layer.path && { path: tiltPath(layer.path, stage) }),
  };
}

function slant(asset: Exclude<Asset, { kind: 'clip' }>, inner: { width: number; height: number }) {
  return { kind: 'turned' as const, asset, degrees: slantDegrees, inner: sizeOf(inner) };
}

/** A ground so large that it covers its box when it is turned; its horizon stays as far from its middle. */
function widen<Ground extends Extract<Asset, { kind: 'studio' | 'place' | 'photo' }>>(ground: Ground): Ground {
  const { width, height } = boundRotated(ground, slantDegrees);
  const middle = { x: (width - ground.width) / 2, y: (height - ground.height) / 2 };
  return {
    ...ground,
    width,
    height,
    ...('horizonY' in ground && { horizonY: ground.horizonY + middle.y }),
    ...('lightX' in ground && { lightX: ground.lightX + middle.x }),
  };
}

function tiltPath({ anchor, steps }: NonNullable<Layer['path']>, { width, height }: Stage) {
  const [x, y] = turn(anchor.x - width / 2, anchor.y - height / 2);
  return {
    anchor: { x: width / 2 + x, y: height / 2 + y },
    steps: steps.map((step) => {
      const [right, down] = turn(step.x, step.y);
      return { ...step, x: right, y: down };
    }),
  };
}

/** Clockwise, as the pictures are. */
function turn(x: number, y: number): [number, number] {
  const [sin, cos] = [Math.sin(toRadians(slantDegrees)), Math.cos(toRadians(slantDegrees))];
  return [x * cos - y * sin, x * sin + y * cos];
}

function sizeOf({ width, height }: { width: number; height: number }) {
  return { width, height };
}
