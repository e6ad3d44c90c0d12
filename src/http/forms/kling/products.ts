import type { FieldName } from '../../rename-fields.ts';
import { readElementRequest } from './read-element-request.ts';
import { readAngles, readImages, readOmniImages } from './read-image-request.ts';
import { readOmniVideo } from './read-omni-request.ts';
import { readImageToVideo, readMotionControl, readTextToVideo } from './read-video-request.ts';
import type { Product } from './register-tasks.ts';
import {
  AnglesBody,
  ElementBody,
  ImagesBody,
  ImageToVideoBody,
  MotionControlBody,
  OmniBody,
  OmniImageBody,
  TextToVideoBody,
} from './schema.ts';

const none: readonly FieldName[] = [];

/** Where elements are asked for. */
const elementsPath = '/v1/general/advanced-custom-elements';

/** Everything that the form makes, the models of each whichever form they were asked for in. */
export const products: readonly Product[] = [
  {
    path: elementsPath,
    name: 'KlingElement',
    title: 'an element',
    models: ['kling-custom-element'],
    body: ElementBody,
    read: (sent) => ({ body: readElementRequest(sent), names: none }),
  },
  {
    path: '/v1/videos/omni-video',
    name: 'KlingOmniVideo',
    title: 'an omni video',
    models: [
      'kling-o3-text-to-video',
      'kling-o3-image-to-video',
      'kling-o3-reference-to-video',
      'kling-o3-video-edit',
      'kling-o1-image-to-video',
      'kling-o1-video-edit',
      'kling-o1-video-edit-fast',
    ],
    body: OmniBody,
    read: readOmniVideo,
  },
  {
    path: '/v1/videos/image2video',
    name: 'KlingImageVideo',
    title: 'a video from a first frame',
    models: ['kling-v3-image-to-video', 'kling-v3-turbo-image-to-video'],
    body: ImageToVideoBody,
    read: readImageToVideo,
  },
  {
    path: '/v1/videos/text2video',
    name: 'KlingTextVideo',
    title: 'a video from words',
    models: ['kling-v3-text-to-video', 'kling-v3-turbo-text-to-video'],
    body: TextToVideoBody,
    read: readTextToVideo,
  },
  {
    path: '/v1/videos/motion-control',
    name: 'KlingMotionVideo',
    title: 'a video after a motion',
    models: ['kling-v3-motion-control'],
    body: MotionControlBody,
    read: readMotionControl,
  },
  {
    path: '/v1/images/omni-image',
    name: 'KlingOmniImage',
    title: 'omni images',
    models: ['kling-image-o1', 'kling-image-o3'],
    body: OmniImageBody,
    read: readOmniImages,
  },
  {
    path: '/v1/images/generations',
    name: 'KlingImage',
    title: 'images',
    models: ['kling-image-v3'],
    body: ImagesBody,
    read: readImages,
    // The gateway's own path without a prefix.
    isBelowPrefixOnly: true,
  },
  {
    path: '/v1/general/ai-multi-shot',
    name: 'KlingAngles',
    title: 'further views of a subject',
    models: ['kling-image-angles'],
    body: AnglesBody,
    read: readAngles,
  },
];
