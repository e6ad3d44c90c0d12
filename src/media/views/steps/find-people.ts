import type { DrawnPersons, PeopleFinder } from '../../networks/index.ts';
import type { Plane } from '../../raster/raster.ts';
import type { FaceFacts } from '../../schema.ts';
import { outlinePerson } from '../../subject/index.ts';
import type { BuildState, StepTools, View } from '../view.ts';
import { isSettled, settleMatte } from './settled-matte.ts';

/** Least mean chance in a face's box that the persons' network covers it. */
const coveredMin = 0.5;
/** Less of a picture than this is nobody. */
const shareMin = 0.01;
/** A cut-out that holds further faces holds several people: usable, but not of one. */
const severalDoubt = 0.6;
/** Without a face it may be anything: the network takes toys for people. */
const facelessDoubt = 0.7;

/**
 * Where the people networks are there, decides whether the element is a person: by a face in the frontal picture or in half
 * of all that the persons' network covers. Then it notes the faces and draws the person in every view, also from behind, where no
 * ground was plain; a matting model has a say. Held toys and animals, which the network takes for people, have no such face.
 */
export function findPeople(state: BuildState, { people }: StepTools): void {
  if (people === undefined) return;
  const { views } = state;
  const faces = views.map((view) => people.findFaces(view.small));
  if (faces.every((found) => found.length === 0)) {
    state.showsNoFace = true;
    return;
  }
  const chances = views.map((view, at) => ((faces[at] ?? []).length > 0 ? people.drawPersons(view.small) : null));
  const isPerson = views.map((_, at) => isCovered(chances[at] ?? null, faces[at] ?? []));
  if (!(isPerson[0] || isPerson.filter(Boolean).length * 2 >= views.length)) return;
  state.isPerson = true;
  for (const [at, view] of views.entries()) {
    view.faces = faces[at] as FaceFacts[];
    drawPerson(view, people, chances[at] ?? null);
  }
}

function drawPerson(view: View, people: PeopleFinder, known: DrawnPersons | null): void {
  const chances = known ?? people.drawPersons(view.small);
  const inside = chances.data.reduce((count, chance) => count + (chance >= 0.5 ? 1 : 0), 0);
  if (inside < shareMin * chances.data.length) {
    view.showsNobody = true;
    return;
  }
  if (isSettled(view)) return;
  const mirrored = people.drawMirrored(view.small, chances);
  const found = outlinePerson(view.small, { chances, mirrored }, view.faces ?? [], view.modelMatte);
  const held = (view.faces ?? []).filter((face) => meanIn(found.mask, face) >= coveredMin);
  const trust = held.length === 1 ? 1 : held.length === 0 ? facelessDoubt : severalDoubt;
  const matte = { ...found, confidence: found.confidence * trust };
  settleMatte(view, matte);
}

function isCovered(chances: Plane | null, [largest]: readonly FaceFacts[]): boolean {
  return chances !== null && largest !== undefined && meanIn(chances, largest) >= coveredMin;
}

/** Mean of the plane's values in the box. */
function meanIn({ width, height, data }: Plane, { left, top, right, bottom }: FaceFacts): number {
  let [sum, count] = [0, 0];
  for (let y = Math.floor(top * height); y < Math.min(height, bottom * height); y++) {
    for (let x = Math.floor(left * width); x < Math.min(width, right * width); x++) {
      sum += data[y * width + x] as number;
      count += 1;
    }
  }
  return count === 0 ? 0 : sum / count;
}
