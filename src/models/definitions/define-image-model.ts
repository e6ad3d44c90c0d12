import { type TSchema, Type } from 'typebox';
import { createImageCheck } from '../checks/check-image-request.ts';
import type { ImageRule } from '../fields/image-body.ts';
import { dryRunField } from '../fields/parse-dry-run.ts';
import { callbackField } from '../fields/request-fields.ts';
import { elementList } from '../fields/video-fields.ts';
import type { Model } from '../model.ts';

/** All that makes one model of pictures differ from another. */
export interface ImageModelDefinition extends Omit<Model, 'type' | 'requestSchema' | 'checkRequest'> {
  /** The fields of its body besides `model`, `model_params`, `callback_url` and `dry_run`. */
  fields: Readonly<Record<string, TSchema>>;
  /** What holds between the fields, in the order in which a caller would mend it. */
  rules: readonly ImageRule[];
}

/** Images and elements of one request; the vendor's limit for all its models of pictures (its pages of 2026-09-20). */
export const referencesMax = 10;

/** The model that `definition` describes, with the schema and the check that follow from it. */
export function defineImageModel({ fields, rules, ...model }: ImageModelDefinition): Model {
  const requestSchema = Type.Object(
    {
      model: Type.Literal(model.id, { description: 'Selects the model and with it the shape of this body.' }),
      ...fields,
      model_params: Type.Optional(
        Type.Object({
          element_list: elementList(
            referencesMax,
            `At most ${referencesMax} images and elements together, elements of either kind.`,
          ),
        }),
      ),
      callback_url: callbackField,
      dry_run: dryRunField,
    },
    { title: model.id, description: model.description },
  );
  return { ...model, type: 'image', requestSchema, checkRequest: createImageCheck(model.id, requestSchema, rules) };
}
