import type { Plane, RgbImage } from '../raster/raster.ts';
import { type DrawnPersons, drawMirrored, drawPersons } from './draw-persons.ts';
import { findFaces, type NetworkFace } from './find-faces.ts';
import { findNetworks } from './find-networks.ts';

/** What steps may ask of the networks that know people. */
export interface PeopleFinder {
  /** Human faces, the largest first; each was looked at a second time from near by. */
  findFaces(picture: RgbImage): NetworkFace[];
  /** The chance 0…1 of each pixel, at a long side of at most 256 px, to be of a person. */
  drawPersons(picture: RgbImage): DrawnPersons;
  /** What it draws of the same picture mirrored, laid back; of the size of `drawn`, and looked at as near. One run of the network. */
  drawMirrored(picture: RgbImage, drawn: DrawnPersons): Plane;
}

/** Null where the optional packages are not installed. */
export function createPeopleFinder(): PeopleFinder | null {
  const networks = findNetworks();
  if (networks === null) return null;
  return {
    findFaces: (picture) => findFaces(picture, networks),
    drawPersons: (picture) => drawPersons(picture, networks.persons),
    drawMirrored: (picture, drawn) => drawMirrored(picture, drawn, networks.persons),
  };
}
