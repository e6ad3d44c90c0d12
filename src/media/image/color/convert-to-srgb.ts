import { computeLuminanceShares, computeMatrixToSrgb, srgbPrimaries } from './primaries.ts';
import type { PictureColor } from './read-png-color.ts';
import { computeSystemGain, encodeSrgb, isHighRange, isHlg, pressHighlights } from './transfers.ts';

/**
 * Samples of 8 or 16 bits, `channels` a pixel with alpha as the fourth, as they are coded, to 8 bits of sRGB. What is outside of
 * sRGB is clipped; what is brighter than white is pressed together where the coding has high dynamic range.
 */
export function convertToSrgb(samples: Uint8Array | Uint16Array, channels: 3 | 4, color: PictureColor): Uint8Array {
  const codeMax = samples.BYTES_PER_ELEMENT === 1 ? 255 : 65_535;
  const light = tabulateLight(color, codeMax);
  const shades = tabulateShades();
  const matrix = computeMatrixToSrgb(color.primaries) ?? computeMatrixToSrgb(srgbPrimaries);
  const [rr = 1, rg = 0, rb = 0, gr = 0, gg = 1, gb = 0, br = 0, bg = 0, bb = 1] = matrix ?? [];
  const toDisplay = chooseDisplay(color);
  const bytes = new Uint8Array(samples.length);
  const pixel = new Float64Array(3);
  for (let at = 0; at < samples.length; at += channels) {
    for (let channel = 0; channel < 3; channel++) pixel[channel] = light[samples[at + channel] as number] as number;
    toDisplay(pixel);
    const [r, g, b] = pixel as unknown as [number, number, number];
    bytes[at] = shade(shades, rr * r + rg * g + rb * b);
    bytes[at + 1] = shade(shades, gr * r + gg * g + gb * b);
    bytes[at + 2] = shade(shades, br * r + bg * g + bb * b);
    if (channels === 4) bytes[at + 3] = Math.round(((samples[at + 3] as number) * 255) / codeMax);
  }
  return bytes;
}

function tabulateLight({ transfer, black, white }: PictureColor, codeMax: number): Float32Array {
  return Float32Array.from({ length: codeMax + 1 }, (_, code) =>
    transfer(Math.min(1, Math.max(0, (code / codeMax - black) / (white - black)))),
  );
}

/** So fine that the darkest shades are apart. */
const shadesMax = 65_535;

function tabulateShades(): Uint8Array {
  return Uint8Array.from({ length: shadesMax + 1 }, (_, code) => Math.round(255 * encodeSrgb(code / shadesMax)));
}

function shade(shades: Uint8Array, light: number): number {
  return shades[Math.round(Math.min(1, Math.max(0, light)) * shadesMax)] as number;
}

/** From the light that a coding means to that of a screen, in place. */
function chooseDisplay({ primaries, transfer }: PictureColor): (pixel: Float64Array) => void {
  if (!isHighRange(transfer)) return () => undefined;
  const [red = 0, green = 0, blue = 0] = computeLuminanceShares(primaries);
  return (pixel) => {
    const [r, g, b] = pixel as unknown as [number, number, number];
    const gain = isHlg(transfer) ? computeSystemGain(red * r + green * g + blue * b) : 1;
    for (let channel = 0; channel < 3; channel++) pixel[channel] = pressHighlights((pixel[channel] as number) * gain);
  };
}
