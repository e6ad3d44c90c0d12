import type { RgbImage } from './raster.ts';

/** CIE L*a*b* (D65) as three planes of H×W: `l` 0…100, `a` and `b` about −110…110. */
export interface LabImage {
  readonly width: number;
  readonly height: number;
  readonly l: Float32Array;
  readonly a: Float32Array;
  readonly b: Float32Array;
}

/** sRGB bytes to linear light 0…1 (IEC 61966-2-1). */
const linearByByte = Float64Array.from({ length: 256 }, (_, byte) => {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
});

/** Steps of the table of the cube-root curve; at 4,096 the worst error of L* against the formula is below 0.05. */
const curveSteps = 4096;
const curveTable = Float32Array.from({ length: curveSteps + 2 }, (_, step) => labCurve(step / curveSteps));

/** The picture in CIE L*a*b*, white D65, from sRGB (CIE 15:2004, matrix of IEC 61966-2-1). */
export function toLabImage(image: RgbImage): LabImage {
  const size = image.width * image.height;
  const l = new Float32Array(size);
  const a = new Float32Array(size);
  const b = new Float32Array(size);
  for (let index = 0, from = 0; index < size; index++, from += 3) {
    const red = linearByByte[image.data[from] as number] as number;
    const green = linearByByte[image.data[from + 1] as number] as number;
    const blue = linearByByte[image.data[from + 2] as number] as number;
    const fx = curve(0.4339536 * red + 0.3762168 * green + 0.1898296 * blue);
    const fy = curve(0.2126729 * red + 0.7151522 * green + 0.072175 * blue);
    const fz = curve(0.0177581 * red + 0.1094744 * green + 0.8727676 * blue);
    l[index] = 116 * fy - 16;
    a[index] = 500 * (fx - fy);
    b[index] = 200 * (fy - fz);
  }
  return { width: image.width, height: image.height, l, a, b };
}

/** `#rrggbb` of a color in CIE L*a*b*, clipped into sRGB. */
export function labToHex(l: number, a: number, b: number): string {
  const fy = (l + 16) / 116;
  const x = 0.95047 * inverseCurve(fy + a / 500);
  const y = inverseCurve(fy);
  const z = 1.08883 * inverseCurve(fy - b / 200);
  const red = 3.2404542 * x - 1.5371385 * y - 0.4985314 * z;
  const green = -0.969266 * x + 1.8760108 * y + 0.041556 * z;
  const blue = 0.0556434 * x - 0.2040259 * y + 1.0572252 * z;
  return `#${[red, green, blue].map(toHexByte).join('')}`;
}

function curve(value: number): number {
  const position = value * curveSteps;
  const step = position | 0;
  const low = curveTable[step] as number;
  return low + ((curveTable[step + 1] as number) - low) * (position - step);
}

function labCurve(value: number): number {
  return value > 216 / 24389 ? Math.cbrt(value) : (value * (24389 / 27) + 16) / 116;
}

function inverseCurve(value: number): number {
  const cube = value ** 3;
  return cube > 216 / 24389 ? cube : (116 * value - 16) / (24389 / 27);
}

function toHexByte(linear: number): string {
  const value = linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
  const byte = Math.round(Math.min(1, Math.max(0, value)) * 255);
  return byte.toString(16).padStart(2, '0');
}
