import { notMadeHere } from '../../errors.ts';
import { type Body, omitEmpty, readList, readObject, refuseOtherMedia, refuseOtherNames } from './read-fields.ts';
import { checkModelName, type ReadRequest } from './read-video-request.ts';

const omniModels: Readonly<Record<string, string>> = {
  'kling-image-o1': 'kling-image-o1',
  'kling-v3-omni': 'kling-image-o3',
};

/** `POST /v1/images/omni-image`. Without a `model_name` it is `kling-image-o1`, the vendor's own default. */
export function readOmniImages(sent: unknown): ReadRequest {
  const { image_list, result_type, series_amount: _, ...rest } = omitEmpty(readObject(sent));
  refuseOtherNames(rest, { image_urls: 'image_list', image: 'image_list', quality: 'resolution' });
  checkModelName(rest.model_name, Object.keys(omniModels));
  if (result_type !== undefined && result_type !== 'single') throw notMadeHere('a series of pictures (result_type)');
  const images = readList(image_list, 'image_list').map((item, at) => {
    refuseOtherMedia(item, `image_list[${at}]`, 'image');
    return item.image ?? '';
  });
  return {
    body: {
      ...readShared(rest),
      ...(images.length === 0 ? {} : { image_urls: images }),
      model: omniModels[String(rest.model_name ?? 'kling-image-o1')],
    },
    names: [
      [/^image_urls\[(\d+)\]$/, 'image_list[$1].image'],
      [/^image_urls$/, 'image_list'],
      [/^quality$/, 'resolution'],
    ],
  };
}

/** `POST /v1/images/generations` of the vendor, which is told apart from the gateway's by its prefix. */
export function readImages(sent: unknown): ReadRequest {
  const { image, image_reference, ...rest } = omitEmpty(readObject(sent));
  refuseOtherNames(rest, { image_urls: 'image', quality: 'resolution' });
  checkModelName(rest.model_name, ['kling-v3']);
  if (image_reference !== undefined) throw notMadeHere('a picture after the face or subject of one (image_reference)');
  return {
    body: { ...readShared(rest), ...(image === undefined ? {} : { image_urls: [image] }), model: 'kling-image-v3' },
    names: [
      [/^image_urls(?:\[0\])?$/, 'image'],
      [/^quality$/, 'resolution'],
    ],
  };
}

/** `POST /v1/general/ai-multi-shot`: further views of a frontal picture. */
export function readAngles(sent: unknown): ReadRequest {
  const { element_frontal_image, external_task_id: _, ...rest } = omitEmpty(readObject(sent));
  return {
    body: {
      ...rest,
      image_urls: element_frontal_image === undefined ? [] : [element_frontal_image],
      model: 'kling-image-angles',
    },
    names: [[/^image_urls(?:\[0\])?$|^model_params\.element_list$/, 'element_frontal_image']],
  };
}

function readShared({ model_name: _, external_task_id: __, watermark_info, element_list, ...rest }: Body): Body {
  const { enabled } = watermark_info === undefined ? {} : readObject(watermark_info, 'watermark_info');
  if (enabled === true) throw notMadeHere('a picture with a watermark (watermark_info)');
  return { ...rest, ...(element_list === undefined ? {} : { model_params: { element_list } }) };
}
