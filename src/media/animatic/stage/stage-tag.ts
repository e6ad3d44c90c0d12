import { dotGap, dotShare } from '../assets/draw-text.ts';
import type { Layer } from '../plan.ts';
import { wrapText } from '../text/wrap-text.ts';
import { boxAround, type Stage, safeShare } from './stage.ts';
import { pillText } from './text-asset.ts';

/**
 * A name under a figure: a dark pill with a dot in the figure's color, its centre at `x`, `y`, kept inside the frame.
 * It goes along with the camera when its layer is given a depth.
 */
export function stageTag(name: string, dot: string | null, x: number, y: number, stage: Stage): Layer {
  const { typesetter, unit, width } = stage;
  const sizePx = 17 * unit;
  const style = { weight: 600 as const, sizePx, trackingPx: 0 };
  const [line = ''] = wrapText(
    typesetter.clean(name),
    (text) => typesetter.measure(text, style) <= widthMax * width,
    1,
  );
  const marginPx = 11 * unit;
  const textWidth = typesetter.measure(line, style) + (dot === null ? 0 : (dotShare + dotGap) * sizePx);
  const size = { width: textWidth + 2 * marginPx, height: 30 * unit };
  const [from, to] = [width * safeShare + size.width / 2, width * (1 - safeShare) - size.width / 2];
  const asset = pillText(line, { ...size, sizePx, marginPx }, { dot });
  return {
    asset,
    box: boxAround(Math.min(to, Math.max(from, x)), y, size.width, size.height),
    depth: 0,
    keepsSize: true,
  };
}

/** Widest name, as a share of the frame. */
const widthMax = 0.4;

/** The dot of a figure of which no color is known. */
export const plainDot = '#9aa0a8';
