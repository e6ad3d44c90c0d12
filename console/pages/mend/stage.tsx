import { VisuallyHidden } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { Cutout } from '../../../client/index.ts';
import { fileUrl } from '../../parts/element-picture.tsx';
import { Ground, type GroundKind } from '../../parts/ground.tsx';
import { CutoutCanvas } from './cutout-canvas.tsx';
import classes from './mend.module.css';
import { type Point, type Stroke, writeStroke } from './mending.ts';
import { useBrush } from './use-brush.ts';
import type { UsedMending } from './use-mending.ts';

interface StageProps {
  cutout: Cutout;
  matte: UsedMending['matte'];
  before: UsedMending['before'];
  /** How much of it is shown as it was, from the left, 0 to 100. */
  beforePercent: number;
  /** `dimmed`: the picture itself, faint. */
  ground: GroundKind | 'dimmed';
  kind: Stroke['kind'];
  radiusPx: number;
  isLocked: boolean;
  /** The stroke whose edge is being drawn at the server. */
  pending: Stroke | undefined;
  onStroke: (stroke: Stroke) => void;
  /** Of the wheel: 1 for larger, -1 for smaller. */
  onSize: (by: 1 | -1) => void;
}

/** The picture large, cut out over its ground, with the brush over it. */
export function Stage(props: StageProps) {
  const { cutout, matte, before, beforePercent, ground, kind, radiusPx, isLocked, pending, onStroke } = props;
  const { element_id, view, width_px, height_px } = cutout;
  const picture = usePicture(fileUrl(element_id, cutout.picture_url.split('/').pop() ?? ''));
  const ref = useRef<HTMLDivElement>(null);
  useWheel(ref, props.onSize);
  const { at, drawn, said, handlers } = useBrush({
    cutout,
    radiusPx,
    onPath: (path) => {
      if (!isLocked) onStroke(writeStroke(kind, radiusPx, path));
    },
  });
  const label = `${view}: arrows lead the brush, Space paints a point, Enter a line from the last point`;
  return (
    <div className={classes.room}>
      {/* biome-ignore-start lint/a11y/noNoninteractiveTabindex: it is painted on by keys */}
      <div
        ref={ref}
        className={classes.stage}
        style={{
          aspectRatio: `${width_px} / ${height_px}`,
          maxWidth: `calc(max(320px, 100vh - 290px) * ${width_px / height_px})`,
        }}
        role="application"
        aria-label={label}
        tabIndex={0}
        data-locked={isLocked || undefined}
        {...handlers}
      >
        <Ground kind={ground === 'dimmed' ? 'plain' : ground} className={classes.layer}>
          {ground === 'dimmed' && picture !== undefined && <img src={picture.src} alt="" className={classes.dimmed} />}
        </Ground>
        <CutoutCanvas picture={picture} matte={matte} className={classes.layer} label="The cut-out as it becomes" />
        {beforePercent > 0 && <Before {...{ picture, before, beforePercent, ground }} />}
        <svg viewBox={`0 0 ${width_px} ${height_px}`} className={classes.layer} aria-hidden>
          {pending !== undefined && <Painted {...pending} />}
          {drawn !== null && <Painted kind={kind} radius_px={radiusPx} points={drawn} />}
          {at !== null && <BrushRing at={at} radiusPx={radiusPx} kind={kind} />}
        </svg>
        <VisuallyHidden role="status">{said}</VisuallyHidden>
      </div>
      {/* biome-ignore-end lint/a11y/noNoninteractiveTabindex: see above */}
    </div>
  );
}

function Before({
  picture,
  before,
  beforePercent,
  ground,
}: Pick<StageProps, 'before' | 'beforePercent' | 'ground'> & { picture: HTMLImageElement | undefined }) {
  return (
    <>
      <div className={classes.layer} style={{ clipPath: `inset(0 ${100 - beforePercent}% 0 0)` }}>
        <Ground kind={ground === 'dimmed' ? 'plain' : ground} className={classes.layer}>
          {ground === 'dimmed' && picture !== undefined && <img src={picture.src} alt="" className={classes.dimmed} />}
        </Ground>
        <CutoutCanvas picture={picture} matte={before} className={classes.layer} label="The cut-out as it was" />
      </div>
      <span className={classes.line} style={{ left: `${beforePercent}%` }} aria-hidden />
    </>
  );
}

function BrushRing({ at: [x, y], radiusPx, kind }: { at: Point; radiusPx: number; kind: Stroke['kind'] }) {
  return (
    <>
      <circle cx={x} cy={y} r={radiusPx} className={classes.ring} data-shade />
      <circle cx={x} cy={y} r={radiusPx} className={classes.ring} data-kind={kind} />
    </>
  );
}

interface PaintedProps extends Pick<Stroke, 'kind' | 'radius_px'> {
  points: readonly (readonly number[])[];
}

function Painted({ kind, radius_px, points }: PaintedProps) {
  // A point alone is a line of no length, or it wouldn't be seen.
  const all = points.length === 1 ? [...points, ...points] : points;
  return (
    <polyline
      points={all.map((point) => point.join()).join(' ')}
      className={classes.stroke}
      data-kind={kind}
      strokeWidth={radius_px * 2}
    />
  );
}

/** The picture once it can be drawn. */
function usePicture(src: string): HTMLImageElement | undefined {
  const [picture, setPicture] = useState<HTMLImageElement>();
  useEffect(() => {
    const image = new Image();
    image.src = src;
    let isOver = false;
    image.decode().then(
      () => isOver || setPicture(image),
      // A picture that is gone: the page says so of the element itself.
      () => undefined,
    );
    return () => {
      isOver = true;
    };
  }, [src]);
  return picture;
}

/** The wheel over the picture changes the brush, and scrolls nothing. React's own listener couldn't hold the page. */
function useWheel(ref: { current: HTMLElement | null }, onSize: (by: 1 | -1) => void): void {
  const hear = useRef(onSize);
  useEffect(() => {
    hear.current = onSize;
  }, [onSize]);
  useEffect(() => {
    const stage = ref.current;
    const turn = (event: WheelEvent) => {
      // With Ctrl the browser magnifies.
      if (event.ctrlKey || event.deltaY === 0) return;
      event.preventDefault();
      hear.current(event.deltaY < 0 ? 1 : -1);
    };
    stage?.addEventListener('wheel', turn, { passive: false });
    return () => stage?.removeEventListener('wheel', turn);
  }, [ref]);
}
