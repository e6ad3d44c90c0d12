import type { Asset } from '../asset.ts';
import { type Raster, toRaster } from '../frame/yuv-raster.ts';
import type { PaintedPlace } from '../script.ts';
import { createCanvas } from './canvas.ts';
import { mixColors, noiseAt, parseColor } from './color.ts';
import { even } from './density.ts';

type Color = ReturnType<typeof parseColor>;

/** Pixels for each pixel of the frame: as of a studio's ground, nothing in it is fine. */
const softShare = 0.5;
const grain = 4;

/** Sky at the top and at the horizon. */
const skies: Record<PaintedPlace['time'], readonly [string, string]> = {
  day: ['#7fa6c9', '#d7e3ea'],
  dusk: ['#4a4a76', '#f0a868'],
  night: ['#0d1424', '#2c3a58'],
};
const floors: Record<PaintedPlace['ground'], string> = {
  grass: '#7f9a63',
  sand: '#d8c294',
  water: '#5f8ba6',
  stone: '#8b8f94',
  boards: '#a98a68',
};
const snowFloor = '#e6ebf0';
const wallColor = '#c9bfae';
/** What the light of the time leaves of a color. */
const lights: Record<PaintedPlace['time'], readonly [color: string, share: number]> = {
  day: ['#ffffff', 0.05],
  dusk: ['#b0603c', 0.28],
  night: ['#0e1526', 0.68],
};
const greySky = '#aab2ba';

/**
 * A painted ground of a place: sky or wall, what is far behind, a floor that grows lighter towards the horizon, and the
 * weather. Flat and quiet like a storyboard's wash, so that nobody takes it for a picture of a place.
 */
export function drawPlace(asset: Extract<Asset, { kind: 'place' }>): Raster {
  const canvas = createCanvas(even(asset.width * softShare), even(asset.height * softShare));
  const { width, height, data } = canvas;
  const horizonY = asset.horizonY * softShare;
  const colors = chooseColors(asset.place);
  const edge = Math.max(1.5, 0.006 * height);
  for (let row = 0, at = 0; row < height; row++) {
    for (let column = 0; column < width; column++, at += 4) {
      const skyline = horizonY - rise(asset.place.behind, column / width) * height;
      const sky = mixColors(colors.top, colors.low, Math.min(1, row / Math.max(1, horizonY)));
      const far = mixColors(sky, colors.far, smooth((row - skyline) / edge));
      const depth = Math.min(1, Math.max(0, (row - horizonY) / Math.max(1, height - horizonY)));
      const floor = mixColors(colors.floor, colors.low, 0.35 * (1 - depth) ** 2);
      const color = mixColors(far, floor, smooth((row - horizonY + edge) / (2 * edge)));
      const veil = asset.place.weather === 'fog' ? 0.55 * (1 - 0.5 * depth) : 0;
      const seen = veil > 0 ? mixColors(color, colors.low, veil) : color;
      const fallen = falls(asset.place.weather, column, row, height);
      const noise = noiseAt(column, row) * grain;
      for (let channel = 0; channel < 3; channel++) data[at + channel] = (seen[channel] as number) + fallen + noise;
      data[at + 3] = 255;
    }
  }
  return toRaster(canvas);
}

function chooseColors({ ground, behind, time, weather }: PaintedPlace) {
  const isInside = behind === 'wall';
  const [top, low] = isInside ? [wallColor, wallColor] : skies[time];
  const [light, share] = lights[time];
  const lit = (color: string): Color => mixColors(parseColor(color), parseColor(light), share);
  const isGrey = !isInside && weather !== 'clear' && time === 'day';
  const cover = (color: Color): Color => (isGrey ? mixColors(color, parseColor(greySky), 0.6) : color);
  const floor = lit(weather === 'snow' && !isInside && ground !== 'water' ? snowFloor : floors[ground]);
  const skyLow = cover(isInside ? lit(low) : parseColor(low));
  const fars = { hills: '#7c8a86', trees: '#4f6a4c', houses: '#77777f', sea: '#5f8ba6', wall: wallColor, nothing: low };
  const far = behind === 'nothing' || isInside ? skyLow : mixColors(lit(fars[behind]), skyLow, 0.3);
  return { top: cover(isInside ? lit(top) : parseColor(top)), low: skyLow, floor, far };
}

/** How far what is behind rises over the horizon at `x` (0…1), as a share of the height. */
function rise(behind: PaintedPlace['behind'], x: number): number {
  switch (behind) {
    case 'hills':
      return 0.09 + 0.05 * Math.sin(7 * x + 1) + 0.03 * Math.sin(17 * x);
    case 'trees':
      return 0.19 + 0.035 * Math.abs(Math.sin(31 * x)) + 0.03 * Math.sin(9 * x + 2);
    case 'houses':
      return 0.12 + 0.2 * (Math.abs(Math.sin(Math.floor(x * 11) * 12.9898) * 43758.5453) % 1);
    case 'sea':
      return 0.05;
    default:
      return 0;
  }
}

/** What rain and snow add to a pixel; the same in every run. */
function falls(weather: PaintedPlace['weather'], column: number, row: number, height: number): number {
  if (weather === 'rain') {
    const lane = Math.floor((column + row * 0.25) / 3);
    const start = (Math.abs(Math.sin(lane * 78.233) * 43758.5453) % 1) * height;
    return (row + start) % (height / 4) < height / 22 && lane % 3 === 0 ? 22 : 0;
  }
  if (weather !== 'snow') return 0;
  const size = Math.max(6, Math.round(height / 34));
  const [cellX, cellY] = [Math.floor(column / size), Math.floor(row / size)];
  const random = (seed: number) => Math.abs(Math.sin(cellX * 12.9898 + cellY * 78.233 + seed) * 43758.5453) % 1;
  const away = Math.hypot(
    (column % size) - size * (0.25 + 0.5 * random(1)),
    (row % size) - size * (0.25 + 0.5 * random(2)),
  );
  return random(3) < 0.35 ? 70 * smooth((size * 0.16 - away) / 1.5 + 0.5) : 0;
}

function smooth(share: number): number {
  const at = Math.min(1, Math.max(0, share));
  return at * at * (3 - 2 * at);
}
