/** A message with the pictures by the names that people know, in the place of the fields of a request. */
export function tidyMessage(message: string): string {
  const text = message
    .replace(/(?:model_params\.)?(?:element_image_list\.)?frontal_image\b/g, 'the front picture')
    .replace(
      /(?:model_params\.)?(?:element_image_list\.)?refer_images\[(\d+)\](?:\.image_url)?/g,
      (_, at) => `view ${Number(at) + 2}`,
    )
    .replace(/(?:model_params\.)?element_video_list[\w.[\]]*/g, 'the video');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
