const names = { element_name: 'My Character', element_description: 'A yellow rubber duck' };

/** A good `image_refer` request; `first` is the frontal image. Pictures may be URLs, data URLs or base64. */
export function imageRequest(first: string, others: readonly string[] = [first], rest: Record<string, unknown> = {}) {
  return {
    model: 'kling-custom-element',
    model_params: {
      ...names,
      reference_type: 'image_refer',
      element_image_list: { frontal_image: first, refer_images: others.map((image_url) => ({ image_url })) },
    },
    ...rest,
  };
}

/** A good `video_refer` request. */
export function videoRequest(url: string, rest: Record<string, unknown> = {}) {
  return {
    model: 'kling-custom-element',
    model_params: {
      ...names,
      reference_type: 'video_refer',
      element_video_list: { refer_videos: [{ video_url: url }] },
    },
    ...rest,
  };
}
