import {
  finishMending,
  type MendedMask,
  type MendingCanvas,
  measureCanvas,
  paintStroke,
  type Stroke,
} from '../../subject/index.ts';

/** What is kept of one picture while somebody mends it. */
interface Session {
  canvas: MendingCanvas;
  /** The mask after each of the latest strokes, in their order. */
  done: { stroke: string; after: MendedMask }[];
}

/** Pictures that are kept, and bytes that they may hold together: those mended longest ago go first. */
const sessionsMax = 8;
const bytesMax = 96 * 2 ** 20;
/** Masks that are kept of one picture; the strokes before are painted again once they are wanted. */
const masksMax = 32;

/** Pictures that are prepared to be mended, by their keys. */
export interface CanvasStore {
  /** What was prepared under this key, or undefined. */
  find(key: string): MendingCanvas | undefined;
  /** Keeps it, and lets others go. */
  keep(key: string, canvas: MendingCanvas): void;
  /** The matte after all `strokes`, of a picture that is kept. */
  paint(key: string, strokes: readonly Stroke[]): Uint8Array;
}

/**
 * Keeps pictures prepared between two requests, so that a stroke costs no decoding and none of the strokes before it. What it
 * answers depends on nothing that it keeps. Bounded in number and in bytes; the last one is kept whatever its size.
 */
export function createCanvasStore(): CanvasStore {
  const sessions = new Map<string, Session>();

  return {
    find: (key) => sessions.get(key)?.canvas,
    keep(key, canvas) {
      sessions.set(key, { canvas, done: [] });
      shrink();
    },
    paint(key, strokes) {
      const session = sessions.get(key);
      if (session === undefined) throw new Error('a picture must be kept before it is mended');
      // The latest last.
      sessions.delete(key);
      sessions.set(key, session);
      return finishMending(session.canvas, paintAll(session, strokes), strokes);
    },
  };

  function shrink(): void {
    let bytes = [...sessions.values()].reduce((sum, { canvas }) => sum + measureSession(canvas), 0);
    for (const [key, { canvas }] of sessions) {
      if (sessions.size === 1 || (sessions.size <= sessionsMax && bytes <= bytesMax)) return;
      bytes -= measureSession(canvas);
      sessions.delete(key);
    }
  }
}

/** Paints what is new; a stroke that was taken back leaves the mask of those before it. */
function paintAll({ canvas, done }: Session, strokes: readonly Stroke[]): MendedMask {
  const words = strokes.map((stroke) => JSON.stringify(stroke));
  let known = 0;
  while (known < done.length && known < words.length && done[known]?.stroke === words[known]) known += 1;
  done.length = known;
  let now = done.at(-1)?.after ?? canvas.start;
  for (const [at, stroke] of strokes.entries()) {
    if (at < known) continue;
    now = paintStroke(canvas, now, stroke);
    if (at < masksMax) done.push({ stroke: words[at] as string, after: now });
  }
  return now;
}

/** With all masks that may come. */
function measureSession(canvas: MendingCanvas): number {
  return measureCanvas(canvas) + masksMax * 2 * canvas.start.mask.byteLength;
}
