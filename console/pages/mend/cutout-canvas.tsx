import { useEffect, useRef } from 'react';

interface CutoutCanvasProps {
  picture: HTMLImageElement | undefined;
  /** A grey PNG, white is kept; null for nothing; undefined leaves what is drawn until another comes. */
  matte: Blob | null | undefined;
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
    void readMask(matte).then((mask) => {
      if (!isOver) draw(canvas, shrink(picture, mask), mask);
    });
    return () => {
      isOver = true;
    };
  }, [picture, matte]);
  return <canvas ref={ref} className={className} role="img" aria-label={label} />;
}

/** The matte as opacity. */
async function readMask(matte: Blob | null): Promise<ImageData> {
  if (matte === null) return new ImageData(1, 1);
  const bitmap = await createImageBitmap(matte);
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('this browser has no canvas');
  context.drawImage(bitmap, 0, 0);
  const mask = context.getImageData(0, 0, bitmap.width, bitmap.height);
  bitmap.close();
  for (let at = 0; at < mask.data.length; at += 4) mask.data[at + 3] = mask.data[at] as number;
  return mask;
}

/** Pictures at their mattes' sizes: to shrink one of many megapixels takes longer than all the rest of a stroke. */
const shrunk = new WeakMap<HTMLImageElement, OffscreenCanvas>();

function shrink(picture: HTMLImageElement, { width, height }: ImageData): OffscreenCanvas {
  const found = shrunk.get(picture);
  if (found?.width === width && found.height === height) return found;
  const made = new OffscreenCanvas(width, height);
  const context = made.getContext('2d');
  if (context === null) throw new Error('this browser has no canvas');
  context.drawImage(picture, 0, 0, width, height);
  shrunk.set(picture, made);
  return made;
}

function draw(canvas: HTMLCanvasElement, picture: OffscreenCanvas, mask: ImageData): void {
  Object.assign(canvas, { width: mask.width, height: mask.height });
  const context = canvas.getContext('2d');
  if (context === null) return;
  context.putImageData(mask, 0, 0);
  context.globalCompositeOperation = 'source-in';
  context.drawImage(picture, 0, 0);
  // What a reader of the page can wait for.
  canvas.dataset.drawn = String(Number(canvas.dataset.drawn ?? 0) + 1);
}
