import type { Layer } from '../plan.ts';
import type { ScriptShot } from '../script.ts';
import { fitInto, type Stage, tagShare } from './stage.ts';
import { stageFigure } from './stage-figure.ts';
import { plainDot, stageTag } from './stage-tag.ts';

/** Places of figures before a clip, in shares of the width: the sides first, so that its own subject stays seen. */
const places = [0.82, 0.18, 0.66, 0.34, 0.5, 0.9, 0.1];

/** The figures that are to come into a clip, at its sides, coming in one after the other. */
export function stageOverClip(shot: ScriptShot, stage: Stage): Layer[] {
  const { width, height, unit, script } = stage;
  const share = stage.shape === 'landscape' ? { width: 0.25, height: 0.4 } : { width: 0.38, height: 0.3 };
  const crowd = Math.max(0.55, 1 - 0.12 * Math.max(0, shot.cast.length - 2));
  return shot.cast.flatMap((at, order) => {
    const figure = script.cast[at];
    const x = (places[order % places.length] as number) * width;
    if (figure === undefined) return [];
    const room = { width: share.width * crowd * width, height: share.height * crowd * height };
    const box = { left: x - room.width / 2, top: 0.74 * height - room.height, ...room };
    const place = { room: box, depth: 0, isFree: false, shownBefore: 0 };
    const layers = stageFigure(figure, at, place, stage);
    const tag = stageTag(figure.name, figure.colors[0] ?? plainDot, x, tagShare * height, stage);
    const direction = x > width / 2 ? 1 : -1;
    const entrance = {
      enters: { x: 0.05 * width * direction, y: 0, frameCount: 20 + 5 * order },
      opacity: [
        { frame: 3 * order, value: 0 },
        { frame: 9 + 3 * order, value: 1 },
      ],
    };
    return [...layers, { ...tag, box: { ...tag.box, top: tag.box.top + 2 * unit } }].map((layer) => ({
      ...layer,
      ...entrance,
    }));
  });
}

/** Height of a figure that follows a mover, as a share of the frame: as high as the mover, within these bounds. */
const followMin = 0.42;
const followMax = 0.8;

/** The first figure where something moves in the clip, going with it; the others come in at the sides. */
export function stageFollowing(shot: ScriptShot, stage: Stage): Layer[] {
  const { width, height, unit, script } = stage;
  const [first, ...others] = shot.cast;
  const figure = first === undefined ? undefined : script.cast[first];
  if (first === undefined || figure === undefined) return [];
  const high = Math.min(followMax, Math.max(followMin, 1.05 * (stage.moverHeight ?? 0.6))) * height;
  const [view] = figure.views;
  const size =
    view === undefined
      ? { width: 0.5 * high, height: high }
      : fitInto({ width: view.width_px, height: view.height_px }, 0.8 * width, high);
  const room = { left: (width - size.width) / 2, top: (height - size.height) / 2, ...size };
  const place = { room, depth: 0, follows: true, isFree: true, shownBefore: 0 };
  const layers = stageFigure(figure, first, place, stage);
  const tag = stageTag(figure.name, figure.colors[0] ?? plainDot, width / 2, room.top - 20 * unit, stage);
  return [...layers, { ...tag, follows: true }, ...stageOverClip({ ...shot, cast: others }, stage)];
}
