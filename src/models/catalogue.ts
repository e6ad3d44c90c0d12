import { Type } from 'typebox';
import { compileCheck } from '../lib/compile-check.ts';
import { klingCustomElement } from './definitions/kling-custom-element.ts';
import { klingImageAngles } from './definitions/kling-image-angles.ts';
import { klingImageO1 } from './definitions/kling-image-o1.ts';
import { klingImageO3 } from './definitions/kling-image-o3.ts';
import { klingImageV3 } from './definitions/kling-image-v3.ts';
import { klingO1ImageToVideo } from './definitions/kling-o1-image-to-video.ts';
import { klingO1VideoEdit, klingO1VideoEditFast } from './definitions/kling-o1-video-edit.ts';
import { klingO3ImageToVideo } from './definitions/kling-o3-image-to-video.ts';
import { klingO3ReferenceToVideo } from './definitions/kling-o3-reference-to-video.ts';
import { klingO3TextToVideo } from './definitions/kling-o3-text-to-video.ts';
import { klingO3VideoEdit } from './definitions/kling-o3-video-edit.ts';
import { klingV3ImageToVideo } from './definitions/kling-v3-image-to-video.ts';
import { klingV3MotionControl } from './definitions/kling-v3-motion-control.ts';
import { klingV3TextToVideo } from './definitions/kling-v3-text-to-video.ts';
import { klingV3TurboImageToVideo } from './definitions/kling-v3-turbo-image-to-video.ts';
import { klingV3TurboTextToVideo } from './definitions/kling-v3-turbo-text-to-video.ts';
import { invalidRequest, modelNotFound, refuse } from './errors.ts';
import type { Model } from './model.ts';

const models: readonly Model[] = [
  klingCustomElement,
  klingO3TextToVideo,
  klingO3ImageToVideo,
  klingO3ReferenceToVideo,
  klingO3VideoEdit,
  klingV3TextToVideo,
  klingV3ImageToVideo,
  klingV3MotionControl,
  klingV3TurboTextToVideo,
  klingV3TurboImageToVideo,
  klingO1ImageToVideo,
  klingO1VideoEdit,
  klingO1VideoEditFast,
  klingImageO1,
  klingImageO3,
  klingImageV3,
  klingImageAngles,
];

const checkModelField = compileCheck(Type.Object({ model: Type.String({ minLength: 1 }) }));

/** Every model, in the order of the catalogue. */
export function listModels(): readonly Model[] {
  return models;
}

/** The model called `id`, by its exact name. Throws `model_not_found` (404), with the field that named it. */
export function getModel(id: string, param = 'model'): Model {
  const model = models.find((one) => one.id === id);
  if (model === undefined) throw modelNotFound(id, param);
  return model;
}

/**
 * The model that the body of a generation request names in `model`. Throws `invalid_request` (400) when the body is no
 * object or `model` is missing or no text, or the model makes nothing of `type`; `model_not_found` (404) when nothing is called so.
 */
export function chooseModel(body: unknown, type?: Model['type']): Model {
  const checked = checkModelField(body);
  if (!checked.ok) throw invalidRequest(checked.invalid);
  const model = getModel(checked.value.model);
  if (type === undefined || model.type === type) return model;
  const made = type === 'image' ? 'no pictures; it is asked for' : 'pictures; they are asked for';
  throw refuse('model', `is ${model.id}, which makes ${made} at POST /v1/${model.type}s/generations`);
}
