import { checkElementRequest } from '../checks/check-element-request.ts';
import { ElementRequestBody, modelId } from '../element-request-schema.ts';
import type { Model } from '../model.ts';

const names = {
  element_name: 'My Character',
  element_description: 'A young woman with long black hair and brown eyes',
};

/** Makes an element; needs no prompt and makes no video, though the contract files it under video. */
export const klingCustomElement: Model = {
  id: modelId,
  type: 'video',
  title: 'Kling Custom Element',
  description: 'Makes a reusable element, a person or an object, from reference images or one short reference video.',
  // 2026-03-10, when the contract's page appeared.
  created: 1_773_100_800,
  requestSchema: ElementRequestBody,
  examples: {
    image_refer: {
      summary: 'From a frontal image and other views',
      value: {
        model: modelId,
        model_params: {
          ...names,
          reference_type: 'image_refer',
          element_image_list: {
            frontal_image: 'https://example.com/front.jpg',
            refer_images: [{ image_url: 'https://example.com/side.jpg' }],
          },
        },
      },
    },
    video_refer: {
      summary: 'From a short video',
      value: {
        model: modelId,
        model_params: {
          ...names,
          reference_type: 'video_refer',
          element_video_list: { refer_videos: [{ video_url: 'https://example.com/reference.mp4' }] },
        },
        callback_url: 'https://your-domain.com/webhooks/video-task-completed',
      },
    },
  },
  // The contract's own example value.
  estimatedSeconds: 30,
  price: { billing_rule: 'per_call', setting: 'priceKlingCustomElement' },
  checkRequest: checkElementRequest,
};
