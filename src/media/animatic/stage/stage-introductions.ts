import type { Box, Layer } from '../plan.ts';
import { frameRate, type ScriptFigure, type ScriptShot } from '../script.ts';
import { type Stage, safeShare, tagShare } from './stage.ts';
import { stagePortrait } from './stage-portrait.ts';
import { plainDot, stageTag } from './stage-tag.ts';

/** The figures introduced beside a picture that is the scene itself: small cards in a row above the caption. */
export function stageIntroductions(shot: Pick<ScriptShot, 'cast'>, stage: Stage): Layer[] {
  const { width, height, unit, script } = stage;
  const gap = 18 * unit;
  const slot = ((1 - 2 * safeShare) * width) / Math.max(1, shot.cast.length);
  const side = Math.min(sideShare * Math.min(height, 1.2 * width), slot - gap);
  return shot.cast.flatMap((at, order) => {
    const figure = script.cast[at];
    if (figure === undefined) return [];
    const left = safeShare * width + order * (side + gap);
    return introduce(
      figure,
      at,
      { left, top: tagShare * height - 22 * unit - side, width: side, height: side },
      order,
      stage,
    );
  });
}

/** Side of a card against the height of the frame. */
const sideShare = 0.23;

function introduce(figure: ScriptFigure, at: number, box: Box, order: number, stage: Stage): Layer[] {
  const frame = Math.round((0.3 + 0.12 * order) * frameRate);
  const entrance = {
    depth: 0,
    enters: { x: 0, y: 22 * stage.unit, frameCount: frame + 10 },
    opacity: [
      { frame: frame - 4, value: 0 },
      { frame: frame + 6, value: 1 },
    ],
  };
  const { left, width } = box;
  const tag = stageTag(figure.name, figure.colors[0] ?? plainDot, left + width / 2, tagShare * stage.height, stage);
  const layers = [...stagePortrait(figure, figure.views[0], at, box, stage), tag];
  return layers.map((layer) => ({ ...layer, ...entrance }));
}
