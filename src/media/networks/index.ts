/**
 * Owns: the small networks that know people, from optional packages, and the one that knows things, which lies here: reading, running and asking
 * them.
 * Not: what is cut out, and models that an operator adds.
 * Invariant: of the packages only the weights are read, and only where they are those of the release that was measured.
 */

export { createPeopleFinder, type PeopleFinder } from './create-people-finder.ts';
export type { DrawnPersons } from './draw-persons.ts';
export {
  createFaceComparer,
  type FaceComparer,
  type FaceFault,
  type FaceVector,
} from './same-person/create-face-comparer.ts';
export { createThingsFinder, type ThingsFinder } from './things/create-things-finder.ts';
