/** A stroke of a brush, in pixels of the upright picture. */
export interface Stroke {
  /** What is under it is subject, or is not. */
  readonly kind: 'keep' | 'remove';
  readonly radius_px: number;
  /** The way of its middle; one point is a dab. */
  readonly points: readonly (readonly [x: number, y: number])[];
}

/** Of the brush's radius: how far apart it is set down along its way. The edge waves by less than a hundredth of it. */
const spacing = 0.25;
/** A hair's breadth still covers the pixel that it touches. */
const radiusMin = 0.75;

/** 1 for the pixels that a stroke covers, in a picture of `width` × `height`; `scale` is that of the picture to its points. */
export function coverStroke(stroke: Stroke, size: { width: number; height: number }, scale: number): Uint8Array {
  const covered = new Uint8Array(size.width * size.height);
  paintOver(covered, 1, stroke, size, scale);
  return covered;
}

/** Writes `value` into the pixels of `plane`, one byte each, that a stroke covers. */
export function paintOver(
  plane: Uint8Array,
  value: number,
  { radius_px, points }: Stroke,
  { width, height }: { width: number; height: number },
  scale: number,
): void {
  const radius = Math.max(radiusMin, radius_px * scale);
  for (const [at, [endX, endY]] of points.entries()) {
    const [startX, startY] = points[Math.max(0, at - 1)] as readonly [number, number];
    const length = Math.hypot(endX - startX, endY - startY) * scale;
    const steps = Math.max(1, Math.ceil(length / (radius * spacing)));
    for (let step = at === 0 ? steps : 1; step <= steps; step++) {
      const part = step / steps;
      // Middles of pixels lie at halves.
      const x = (startX + (endX - startX) * part) * scale - 0.5;
      const y = (startY + (endY - startY) * part) * scale - 0.5;
      setDown(plane, value, { width, height }, { x, y, radius });
    }
  }
}

function setDown(
  plane: Uint8Array,
  value: number,
  { width, height }: { width: number; height: number },
  { x, y, radius }: { x: number; y: number; radius: number },
): void {
  const bottom = Math.min(height - 1, Math.floor(y + radius));
  for (let row = Math.max(0, Math.ceil(y - radius)); row <= bottom; row++) {
    const half = Math.sqrt(Math.max(0, radius ** 2 - (row - y) ** 2));
    const left = Math.max(0, Math.ceil(x - half));
    const right = Math.min(width - 1, Math.floor(x + half));
    if (left <= right) plane.fill(value, row * width + left, row * width + right + 1);
  }
}
