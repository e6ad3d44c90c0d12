import type { FieldName } from '../../rename-fields.ts';

/** What the videos form calls the fields of the models' requests. */
export const fieldNames: readonly FieldName[] = [
  [/^model_params\.element_list\[(\d+)\]\.element_id$/, 'characters[$1].id'],
  [/^model_params\.element_list(\[\d+\])?$/, 'characters$1'],
  [/^(?:image_start|image_urls(?:\[0\])?)$/, 'input_reference'],
  [/^duration$/, 'seconds'],
  [/^(?:quality|aspect_ratio)$/, 'size'],
  [/^model_params\.element_name$/, 'name'],
  [/^model_params\.element_description$/, 'description'],
  [/^model_params\.element_video_list(?:\.refer_videos\[0\]\.video_url)?$/, 'video'],
];
