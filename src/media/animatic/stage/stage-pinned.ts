import type { Layer } from '../plan.ts';
import type { ScriptShot } from '../script.ts';
import { boxAround, type Stage, safeShare, tagShare } from './stage.ts';
import { stageTag } from './stage-tag.ts';

/** Images of the request pinned to the picture, each with its name, in a column under the right corner. */
export function stagePinned({ pinned }: Pick<ScriptShot, 'pinned'>, stage: Stage): Layer[] {
  const { script, width, height, unit } = stage;
  const rowGap = 46 * unit;
  const top = 0.13 * height;
  const room = tagShare * height - top;
  const side = Math.min(sides[stage.shape] * height, room / Math.max(1, pinned.length) - rowGap);
  return pinned.flatMap((at, order) => {
    const image = script.images[at];
    if (image === undefined) return [];
    const size = shapeCard(image.header.width_px / image.header.height_px, side);
    const centreX = width * (1 - safeShare * 0.8) - size.width / 2;
    const centreY = top + order * (side + rowGap) + size.height / 2;
    return stageCard(at, image.label, { centreX, centreY, ...size }, order, stage);
  });
}

/** Side of a card against the height of the frame. */
const sides = { landscape: 0.19, square: 0.17, portrait: 0.12 } as const;

/** The image's shape, but neither a strip nor a pillar; `side` high at most. */
function shapeCard(ratio: number, side: number): { width: number; height: number } {
  const kept = Math.min(1.6, Math.max(0.6, ratio));
  const height = kept > 1.3 ? (side * 1.3) / kept : side;
  return { width: height * kept, height };
}

function stageCard(
  image: number,
  label: string,
  { centreX, centreY, width, height }: { centreX: number; centreY: number; width: number; height: number },
  order: number,
  stage: Stage,
): Layer[] {
  const { unit } = stage;
  const marginPx = 14 * unit;
  const entrance = {
    depth: 0,
    enters: { x: 26 * unit, y: 0, frameCount: 14 + 3 * order },
    opacity: [
      { frame: 2 * order, value: 0 },
      { frame: 8 + 2 * order, value: 1 },
    ],
  };
  const picture = { kind: 'image' as const, image };
  const asset = { kind: 'card' as const, picture, width, height, marginPx, edgePx: 4 * unit };
  const box = boxAround(centreX, centreY, width + 2 * marginPx, height + 2 * marginPx);
  const tag = stageTag(label, null, centreX, centreY + height / 2 + 20 * unit, stage);
  return [
    { asset, box, ...entrance },
    { ...tag, ...entrance },
  ];
}
