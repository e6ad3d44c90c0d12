/** From a coded value to light, both 0…1 where 1 is white; above 1 what is brighter than white. */
export type Transfer = (value: number) => number;

/** cd/m² of diffuse white, as in clips of high dynamic range (ITU-R BT.2408, table 1). */
const whiteNits = 203;

/** What a display of 1000 cd/m² is given by {@link hlg} before its system gamma, which is of all channels together. */
const hlgNits = 1000;

/** Exponents: of 1 and 1/100,000, as the chunk gAMA counts them. */
export function powerTransfer(exponent: number): Transfer {
  return (value) => value ** exponent;
}

/** IEC 61966-2-1, as a decoder has it. */
export const srgb: Transfer = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);

/** The inverse of {@link srgb}, of light from 0 to 1. */
export function encodeSrgb(light: number): number {
  return light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055;
}

/** BT.709, 601 and 2020 (ITU-T H.273, table 3): the inverse of what a camera does, as browsers take it for pictures. */
const bt709: Transfer = (value) => (value < 0.0812429 ? value / 4.5 : ((value + 0.0992968) / 1.0992968) ** (1 / 0.45));

const smpte240: Transfer = (value) => (value < 0.0912 ? value / 4 : ((value + 0.1115) / 1.1115) ** (1 / 0.45));

/** SMPTE ST 2084, EOTF. */
const pq: Transfer = (value) => {
  const power = value ** (1 / 78.84375);
  const light = (Math.max(power - 0.8359375, 0) / (18.8515625 - 18.6875 * power)) ** (1 / 0.1593017578125);
  return (10_000 * light) / whiteNits;
};

/** ITU-R BT.2100, table 5: inverse OETF, 0…1 of the light of a scene. */
const hlg: Transfer = (value) =>
  value <= 0.5 ? value ** 2 / 3 : (Math.exp((value - 0.55991073) / 0.17883277) + 0.28466892) / 12;

/** By their code in ITU-T H.273, table 3; 2 says nothing. */
export const codedTransfers: Readonly<Record<number, Transfer>> = {
  1: bt709,
  4: powerTransfer(2.2),
  5: powerTransfer(2.8),
  6: bt709,
  7: smpte240,
  8: powerTransfer(1),
  9: (value) => (value <= 0 ? 0 : 100 ** (value - 1)),
  10: (value) => (value <= 0 ? 0 : 10 ** (2.5 * (value - 1))),
  11: bt709,
  12: bt709,
  13: srgb,
  14: bt709,
  15: bt709,
  16: pq,
  17: (value) => (52.37 / 48) * value ** 2.6,
  18: hlg,
};

/** Whether it gives the light of a scene, to which {@link computeSystemGain} belongs. */
export const isHlg = (transfer: Transfer): boolean => transfer === hlg;

/** Whether light goes far beyond white, so that it has to be pressed together ({@link pressHighlights}). */
export const isHighRange = (transfer: Transfer): boolean => transfer === pq || transfer === hlg;

/** Light of a scene to the light of a display in whites, by luminance (BT.2100, OOTF): a gain for all channels. */
export function computeSystemGain(luminance: number): number {
  return (luminance ** 0.2 * hlgNits) / whiteNits;
}

/** As it is up to 0.7 of white, and pressed together above, so that highlights keep some shape; as in clips. */
export function pressHighlights(light: number): number {
  return light <= 0.7 ? light : 0.7 + 0.3 * (1 - Math.exp((0.7 - light) / 0.3));
}
