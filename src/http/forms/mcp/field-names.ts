import type { FieldName } from '../../rename-fields.ts';

/** What the tools call the fields of the models' requests. */
export const fieldNames: readonly FieldName[] = [
  [/^model_params\.element_image_list\.frontal_image$/, 'images[0]'],
  [
    /^model_params\.element_image_list\.refer_images\[(\d+)\](?:\.image_url)?$/,
    (_, index) => `images[${Number(index) + 1}]`,
  ],
  [/^model_params\.element_image_list(?:\.refer_images)?$/, 'images'],
  [/^model_params\.element_video_list(?:\.refer_videos(?:\[0\]\.video_url)?)?$/, 'video'],
  [/^model_params\.element_name$/, 'name'],
  [/^model_params\.element_description$/, 'description'],
  [/^model_params\.element_voice_id$/, 'voice_id'],
  [/^model_params\.element_list\[(\d+)\](?:\.element_id)?$/, 'element_ids[$1]'],
  [/^model_params\.element_list$/, 'element_ids'],
  [/^element_(name|description)$/, '$1'],
  [/^image_start$/, 'first_frame'],
  [/^image_end$/, 'last_frame'],
  [/^image_urls(\[\d+\])?$/, 'images$1'],
  [/^video_urls?(?:\[0\])?$/, 'video'],
  [/^(?:input\.)?duration$/, 'seconds'],
  [/^input\.(quality|count|sound)$/, '$1'],
  [/^n$/, 'count'],
];
