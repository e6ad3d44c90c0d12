import type { ModelRunners } from '../../plugins/index.ts';
import { cropRgb, type RgbImage } from '../../raster/raster.ts';
import type { FaceFacts } from '../../schema.ts';
import type { BuildState, StepTools, View } from '../view.ts';
import { layOnSquare } from './lay-on-square.ts';
import { fitView } from './matte-with-model.ts';

/**
 * Where a face model was added, notes the faces of each view; with an embedding model as well, what the largest one looks
 * like. Without a face model what `findPeople` saw stays.
 */
export async function findFaces({ views }: BuildState, { models }: StepTools): Promise<void> {
  if (models?.faces === undefined) return;
  for (const view of views) {
    const picture = fitView(view, models.faces.sidePx);
    view.faces = await models.faces.run(picture, view.param);
    const largest = view.faces.toSorted((one, other) => measureArea(other) - measureArea(one))[0];
    if (largest !== undefined && models.embedding !== undefined) await describeFace(view, largest, models.embedding);
  }
}

async function describeFace(view: View, face: FaceFacts, model: NonNullable<ModelRunners['embedding']>): Promise<void> {
  const crop = cropFace(fitView(view, faceViewPx), face);
  if (crop !== null) view.faceEmbedding = await model.run(layOnSquare(crop, null, model.ground), view.param);
}

/** Faces are small: they are cut from a larger picture than they were found in. */
const faceViewPx = 1536;
/** Hair and chin around the box, as a share of its sides. */
const margin = 0.2;

/** Null when the box has no area. */
function cropFace(picture: RgbImage, face: FaceFacts): RgbImage | null {
  const dx = (face.right - face.left) * margin;
  const dy = (face.bottom - face.top) * margin;
  const left = Math.floor(Math.max(0, face.left - dx) * picture.width);
  const top = Math.floor(Math.max(0, face.top - dy) * picture.height);
  const width = Math.ceil(Math.min(1, face.right + dx) * picture.width) - left;
  const height = Math.ceil(Math.min(1, face.bottom + dy) * picture.height) - top;
  return width > 0 && height > 0 ? cropRgb(picture, { left, top, width, height }) : null;
}

function measureArea({ left, top, right, bottom }: FaceFacts): number {
  return (right - left) * (bottom - top);
}
