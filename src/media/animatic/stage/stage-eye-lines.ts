import type { Layer } from '../plan.ts';
import type { Stage } from './stage.ts';

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
