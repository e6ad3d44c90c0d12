import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import type { Cutout } from '../../../client/index.ts';
import type { Point } from './mending.ts';

interface BrushOptions {
  cutout: Cutout;
  radiusPx: number;
  /** Hears a path that is finished, in pixels of the picture. */
  onPath: (path: readonly Point[]) => void;
}

/** A brush over a picture: led by mouse, pen or one finger, and by the arrow keys from point to point. */
export function useBrush({ cutout, radiusPx, onPath }: BrushOptions) {
  const { width_px, height_px } = cutout;
  const path = useRef<Point[] | null>(null);
  const lastPoint = useRef<Point | null>(null);
  const [drawn, setDrawn] = useState<readonly Point[] | null>(null);
  const [at, setAt] = useState<Point | null>(null);
  const [said, setSaid] = useState('');

  const drop = () => {
    path.current = null;
    setDrawn(null);
  };
  const locate = ({ clientX, clientY }: { clientX: number; clientY: number }, stage: Element): Point => {
    const { left, top, width, height } = stage.getBoundingClientRect();
    return [((clientX - left) / width) * width_px, ((clientY - top) / height) * height_px];
  };
  const pointers = {
    onPointerDown(event: PointerEvent) {
      // A second finger means to magnify.
      if (!event.isPrimary || event.button !== 0) return drop();
      event.currentTarget.setPointerCapture(event.pointerId);
      const point = locate(event, event.currentTarget);
      path.current = [point];
      setDrawn([point]);
      setAt(point);
    },
    onPointerMove(event: PointerEvent) {
      const { currentTarget, nativeEvent } = event;
      setAt(locate(event, currentTarget));
      if (path.current === null || !event.isPrimary) return;
      const between = nativeEvent.getCoalescedEvents?.() ?? [];
      const moves = between.length > 0 ? between : [nativeEvent];
      path.current.push(...moves.map((move) => locate(move, currentTarget)));
      setDrawn([...path.current]);
    },
    onPointerUp(event: PointerEvent) {
      const finished = path.current;
      drop();
      if (event.pointerType === 'touch') setAt(null);
      if (finished !== null && event.isPrimary) onPath(finished);
    },
    onPointerCancel: drop,
    onPointerLeave: () => setAt(null),
  };

  const step = (dx: number, dy: number, isSmall: boolean) => {
    const far = isSmall ? 1 : Math.max(1, radiusPx);
    const [x, y] = at ?? [width_px / 2, height_px / 2];
    const next: Point = [clamp(x + dx * far, width_px), clamp(y + dy * far, height_px)];
    setAt(next);
    setSaid(`${Math.round(next[0])}, ${Math.round(next[1])}`);
  };
  const put = (isLine: boolean) => {
    const here: Point = at ?? [width_px / 2, height_px / 2];
    onPath(isLine && lastPoint.current !== null ? [lastPoint.current, here] : [here]);
    lastPoint.current = here;
    setAt(here);
  };
  const keys = {
    onKeyDown(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const [dx, dy] = arrows[event.key] ?? [];
      if (dx !== undefined && dy !== undefined) step(dx, dy, event.shiftKey);
      else if (event.key === ' ') put(false);
      else if (event.key === 'Enter') put(true);
      else return;
      event.preventDefault();
    },
    onFocus: () => setAt((old) => old ?? [width_px / 2, height_px / 2]),
    onBlur: () => setAt(null),
  };
  return { at, drawn, said, handlers: { ...pointers, ...keys } };
}

const arrows: Readonly<Record<string, [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

const clamp = (value: number, max: number) => Math.min(max, Math.max(0, value));
