import { Type } from 'typebox';
import { createImageCheck } from '../checks/check-image-request.ts';
import { refuse } from '../errors.ts';
import type { ImageRule } from '../fields/image-body.ts';
import { dryRunField } from '../fields/parse-dry-run.ts';
import { callbackField } from '../fields/request-fields.ts';
import { elementList, images } from '../fields/video-fields.ts';
import type { Model } from '../model.ts';

/** The model by its id: what is chosen from it asks for it by name. */
export const anglesModel = 'kling-image-angles';

/** Pictures of one call, in sets of three: the vendor's page of 2026-09-20. */
const pictureCount = 9;

/** Who and what is to be seen from other sides is one thing. */
const nameOne: ImageRule = ({ elements, sources }) => {
  const given = elements.length + sources.length;
  if (given === 1) return;
  if (given === 0) throw refuse('model_params.element_list', 'names no element; name one, or give one image_urls');
  throw refuse('image_urls', 'is given beside an element; give one of them');
};

const description =
  'Makes further views of an element or of a frontal picture: three sets of three, of which one may be chosen.';

const requestSchema = Type.Object(
  {
    model: Type.Literal(anglesModel, { description: 'Selects the model and with it the shape of this body.' }),
    image_urls: Type.Optional(images('The subject from the front, without an element.', { maxItems: 1 })),
    model_params: Type.Optional(
      Type.Object({ element_list: elementList(1, 'One element, whose frontal picture is looked at.') }),
    ),
    callback_url: callbackField,
    dry_run: dryRunField,
  },
  {
    title: anglesModel,
    description,
  },
);

/** Further views of one subject: the vendor's "AI Multi-Shot". What it makes is known only once it is seen. */
export const klingImageAngles: Model = {
  id: anglesModel,
  type: 'image',
  title: 'Kling Image Angles',
  description,
  // 2026-11-28, when it was added.
  created: 1_795_824_000,
  requestSchema,
  examples: {
    element: {
      summary: 'An element from other sides',
      value: { model: anglesModel, model_params: { element_list: [{ element_id: '4810293847561029' }] } },
    },
    picture: {
      summary: 'What a frontal picture shows, from other sides',
      value: { model: anglesModel, image_urls: ['https://example.com/front.jpg'] },
    },
  },
  estimatedSeconds: 60,
  price: { billing_rule: 'per_call', setting: 'priceKlingAngles' },
  checkRequest: createImageCheck(anglesModel, requestSchema, [nameOne], { count: pictureCount }),
};
