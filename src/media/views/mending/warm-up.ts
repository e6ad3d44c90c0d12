import { setTimeout as pause } from 'node:timers/promises';
import { encodeMatte, finishMending, type MendingCanvas, paintStroke, type Stroke } from '../../subject/index.ts';

/**
 * The strokes' code takes five times as long the first times as when the engine has compiled it: measured 610 ms of processor time
 * for the first stroke of a process, 160 from the eighth on (`npm run bench:mending`).
 */
const strokeCount = 8;
/** Between two of them, and while somebody's own stroke is painted. */
const pauseMs = 10;

/**
 * Paints on a picture what nobody sees, stroke by stroke, so that a person's first one is as quick as the tenth. Waits while
 * `isBusy`. Resolves when it's done; changes nothing that is kept.
 */
export async function warmUp(canvas: MendingCanvas, isBusy: () => boolean): Promise<void> {
  const strokes: Stroke[] = [];
  let now = canvas.start;
  for (let count = 0; count < strokeCount; count++) {
    do await pause(pauseMs);
    while (isBusy());
    const stroke = drawStroke(canvas, count);
    strokes.push(stroke);
    now = paintStroke(canvas, now, stroke);
    const { picture } = canvas;
    await encodeMatte(finishMending(canvas, now, strokes), picture.width, picture.height);
  }
}

/** Lines and dabs, wide and narrow, of both kinds: what was compiled for one kind alone is compiled again for the other. */
function drawStroke({ uprightWidth, picture }: MendingCanvas, count: number): Stroke {
  const uprightHeight = (uprightWidth * picture.height) / picture.width;
  const y = uprightHeight * (0.2 + (0.6 * count) / strokeCount);
  const reach = count % 4 === 3 ? 1 : 8;
  return {
    kind: count % 2 === 0 ? 'keep' : 'remove',
    radius_px: uprightWidth * (count % 3 === 0 ? 0.02 : 0.01),
    points: Array.from({ length: reach }, (_, at) => [uprightWidth * (0.35 + 0.04 * at), y] as const),
  };
}
