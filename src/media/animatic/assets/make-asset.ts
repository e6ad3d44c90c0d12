import type { Pixels } from '../../raster/pixels.ts';
import type { Asset } from '../asset.ts';
import { rotateRaster } from '../frame/rotate-raster.ts';
import { type Raster, toRaster } from '../frame/yuv-raster.ts';
import type { Typesetter } from '../text/typeset.ts';
import { createCanvas } from './canvas.ts';
import { parseColor } from './color.ts';
import { even } from './density.ts';
import { drawArrow } from './draw-arrow.ts';
import { drawCard } from './draw-card.ts';
import { drawCutout } from './draw-cutout.ts';
import { drawPhoto } from './draw-photo.ts';
import { drawPlace } from './draw-place.ts';
import { drawShadow } from './draw-shadow.ts';
import { drawStudio } from './draw-studio.ts';
import { drawText } from './draw-text.ts';

export interface AssetTools {
  /** Decoded images of the script, by their index. */
  images: readonly (Pixels | undefined)[];
  typesetter: Typesetter;
  density: number;
}

/** Draws what an asset says. The clip's frames are none: they come one by one. */
export async function makeAsset(asset: Exclude<Asset, { kind: 'clip' }>, tools: AssetTools): Promise<Raster> {
  const { images, typesetter, density } = tools;
  switch (asset.kind) {
    case 'photo': {
      const pixels = images[asset.image];
      if (pixels === undefined) throw new RangeError(`there is no image ${asset.image}`);
      return drawPhoto(asset, pixels, density);
    }
    case 'studio':
      return drawStudio(asset);
    case 'place':
      return drawPlace(asset);
    case 'arrow':
      return drawArrow(asset, density);
    case 'cutout':
      return drawCutout(asset, density);
    case 'shadow':
      return drawShadow(asset);
    case 'card':
      return drawCard(asset, images, typesetter, density);
    case 'scrim':
      return drawScrim(asset);
    case 'fill':
      return drawFill(asset);
    case 'turned':
      return turn(asset, await makeAsset(asset.asset, tools));
    case 'text':
      return drawText(asset, typesetter, asset.isStill ? 1 : density);
  }
}

/** With as many pixels for each pixel of the frame as the asset itself has. */
function turn({ degrees, inner, width, height }: Extract<Asset, { kind: 'turned' }>, raster: Raster): Raster {
  const density = { across: raster.width / inner.width, down: raster.height / inner.height };
  const size = { width: even(width * density.across), height: even(height * density.down) };
  return rotateRaster(raster, degrees, size);
}

/** Clear at the top, dark at the bottom, with the soft start of a cosine; rows of one color, so a narrow strip does. */
function drawScrim({ width, height }: { width: number; height: number }): Raster {
  const canvas = createCanvas(4, even(height));
  for (let row = 0; row < canvas.height; row++) {
    const share = (1 - Math.cos((Math.PI * (row + 0.5)) / canvas.height)) / 2;
    for (let column = 0; column < 4; column++) canvas.data[(row * 4 + column) * 4 + 3] = 255 * 0.7 * share;
  }
  return width > 0 ? toRaster(canvas) : toRaster(createCanvas(4, 4));
}

function drawFill({ color, opacity }: { color: string; opacity: number }): Raster {
  const canvas = createCanvas(4, 4);
  const parts = parseColor(color);
  for (let at = 0; at < canvas.data.length; at += 4) {
    for (let channel = 0; channel < 3; channel++) canvas.data[at + channel] = (parts[channel] as number) * opacity;
    canvas.data[at + 3] = 255 * opacity;
  }
  return toRaster(canvas);
}
