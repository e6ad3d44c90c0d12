import type { TextAsset } from '../asset.ts';
import { type Raster, toRaster } from '../frame/yuv-raster.ts';
import { fillOutline } from '../text/fill-outline.ts';
import type { Typesetter } from '../text/typeset.ts';
import { blurMask } from './blur-mask.ts';
import { createCanvas, paintMask, roundedBox } from './canvas.ts';
import { mixColors, parseColor, type Rgb } from './color.ts';
import { even } from './density.ts';

/** Lines of text on their backing; `density` pixels for each pixel of the frame. */
export function drawText(asset: TextAsset, typesetter: Typesetter, density: number): Raster {
  const width = even(asset.width * density);
  const height = even(asset.height * density);
  const canvas = createCanvas(width, height);
  const margin = asset.marginPx * density;
  if (asset.backing === 'pill') {
    const box = { left: 1, top: 1, width: width - 2, height: height - 2 };
    paintMask(canvas, roundedBox(width, height, box, (height - 2) / 2), ink, pillOpacity);
  }
  const letters = fillOutline(outlineLines(asset, typesetter, density), width, height);
  if (asset.backing === 'shadow') {
    const shadow = Float32Array.from(letters);
    blurMask(shadow, width, height, shadowSigma * asset.sizePx * density);
    paintMask(
      canvas,
      shadow.map((value) => Math.min(1, value * shadowGain)),
      ink,
    );
  }
  if (asset.dot !== null) {
    const side = dotShare * asset.sizePx * density;
    const box = { left: margin * dotPlace, top: (height - side) / 2, width: side, height: side };
    paintMask(canvas, roundedBox(width, height, box, side / 2), brighten(parseColor(asset.dot)));
  }
  paintMask(canvas, letters, parseColor(asset.color));
  return toRaster(canvas);
}

/** Diameter of a label's dot against the size of its text; the text begins so much further to the right. */
export const dotShare = 0.62;
/** Space between the dot and the text against the size of the text. */
export const dotGap = 0.42;
/** Where the dot begins, in margins. */
const dotPlace = 1;

const ink = [12, 13, 15] as const;
const pillOpacity = 0.74;
const shadowSigma = 0.1;
const shadowGain = 1.25;

function outlineLines(asset: TextAsset, typesetter: Typesetter, density: number) {
  const { sizePx, weight, trackingPx, lineHeightPx, marginPx, align, width } = asset;
  const style = { weight, sizePx: sizePx * density, trackingPx: trackingPx * density };
  const indent = asset.dot === null ? 0 : (dotShare + dotGap) * style.sizePx;
  return asset.lines.flatMap((line, row) => {
    const free = (width - 2 * marginPx) * density - typesetter.measure(line, style) + style.trackingPx;
    const x = marginPx * density + (align === 'centre' ? free / 2 : indent);
    const middle = (row + 0.5) * lineHeightPx * density + paddingTop(asset) * density;
    return typesetter.outline(line, style, x, middle + (typesetter.capHeight * style.sizePx) / 2);
  });
}

/** A dark dot would drown in the dark pill. */
function brighten(color: Rgb): Rgb {
  const light = (0.2126 * color[0] + 0.7152 * color[1] + 0.0722 * color[2]) / 255;
  return mixColors(color, [255, 255, 255], Math.max(0, 0.42 - light));
}

/** The lines stand in the middle of the box. */
function paddingTop({ height, lines, lineHeightPx }: TextAsset): number {
  return (height - lines.length * lineHeightPx) / 2;
}
