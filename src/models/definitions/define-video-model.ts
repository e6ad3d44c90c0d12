import { type TSchema, Type } from 'typebox';
import { createVideoCheck } from '../checks/check-video-request.ts';
import { dryRunField } from '../fields/parse-dry-run.ts';
import { callbackField } from '../fields/request-fields.ts';
import type { VideoRule } from '../fields/video-body.ts';
import type { ImageRoles } from '../list-video-sources.ts';
import type { Model } from '../model.ts';

/** All that makes one video model differ from another. */
export interface VideoModelDefinition extends Omit<Model, 'type' | 'requestSchema' | 'checkRequest'> {
  /** The fields of its body besides `model`, `model_params`, `callback_url` and `dry_run`. */
  fields: Readonly<Record<string, TSchema>>;
  /** The fields of `model_params`; one that is required makes `model_params` required. */
  params: Readonly<Record<string, TSchema>>;
  /** What holds between the fields, in the order in which a caller would mend it. */
  rules: readonly VideoRule[];
  /** Of a model that takes its frames in `image_urls`. */
  imageRoles?: ImageRoles;
}

/** The model that `definition` describes, with the schema and the check that follow from it. */
export function defineVideoModel({ fields, params, rules, imageRoles, ...model }: VideoModelDefinition): Model {
  const paramsSchema = Type.Object({ ...params });
  const requestSchema = Type.Object(
    {
      model: Type.Literal(model.id, { description: 'Selects the model and with it the shape of this body.' }),
      ...fields,
      model_params: paramsSchema.required?.length ? paramsSchema : Type.Optional(paramsSchema),
      callback_url: callbackField,
      dry_run: dryRunField,
    },
    { title: model.id, description: model.description },
  );
  return {
    ...model,
    type: 'video',
    requestSchema,
    checkRequest: createVideoCheck(model.id, requestSchema, rules, imageRoles),
  };
}
