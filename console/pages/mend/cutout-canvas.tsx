import { useEffect, useRef } from 'react';
import { readMask } from './read-mask.ts';

interface CutoutCanvasProps {
  picture: HTMLImageElement | undefined;
  /** A grey PNG, white is kept; null for nothing; undefined leaves what is drawn until another comes. */
  matte: Uint8Array<ArrayBuffer> | null | undefined;
  className?: string | undefined;
  label: string;
}

/** The picture through its matte, drawn at the matte's size. One that is drawn stays until the next is, so that nothing flickers. */
export function CutoutCanvas({ picture, matte, className, label }: CutoutCanvasProps) {
  const ref = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const canvas = ref.current;
    if (canvas === null || picture === undefined || matte === undefined) return;
    let isOver = false;
    const show = async () => {
      if (matte === null) return clear(canvas);
      const mask = await readMask(matte);
      if (!isOver) draw(canvas, shrink(picture, mask), mask);
      mask.close();
    };
    void show();
    return () => {
      isOver = true;
    };
  }, [picture, matte]);
  return <canvas ref={ref} className={className} role="img" aria-label={label} />;
}

/** Pictures at their mattes' sizes: to shrink one of many megapixels takes longer than all the rest of a stroke. */
const shrunk = new WeakMap<HTMLImageElement, OffscreenCanvas>();

function shrink(picture: HTMLImageElement, { width, height }: ImageBitmap): OffscreenCanvas {
  const found = shrunk.get(picture);
  if (found?.width === width && found.height === height) return found;
  const made = new OffscreenCanvas(width, height);
  const context = made.getContext('2d');
  if (context === null) throw new Error('this browser has no canvas');
  context.drawImage(picture, 0, 0, width, height);
  shrunk.set(picture, made);
  return made;
}

function draw(canvas: HTMLCanvasElement, picture: OffscreenCanvas, mask: ImageBitmap): void {
  const { width, height } = mask;
  // To set a size, be it the same, is to begin with another canvas.
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d');
  if (context === null) return;
  context.globalCompositeOperation = 'copy';
  context.drawImage(mask, 0, 0);
  context.globalCompositeOperation = 'source-in';
  context.drawImage(picture, 0, 0);
  tellDrawn(canvas);
}

function clear(canvas: HTMLCanvasElement): void {
  Object.assign(canvas, { width: 1, height: 1 });
  tellDrawn(canvas);
}

/** What a reader of the page can wait for. */
function tellDrawn(canvas: HTMLCanvasElement): void {
  canvas.dataset.drawn = String(Number(canvas.dataset.drawn ?? 0) + 1);
}
