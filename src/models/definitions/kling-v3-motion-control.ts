import { Type } from 'typebox';
import { acceptCast, requireVideoOrientation } from '../checks/check-elements.ts';
import { motionClipRules } from '../clip-rules.ts';
import type { VideoRequest } from '../fields/requests.ts';
import {
  elementList,
  images,
  keepSound,
  optionalPrompt,
  qualityTo1080p,
  watermarkInfo,
} from '../fields/video-fields.ts';
import { defineVideoModel } from './define-video-model.ts';
import { minimumSeconds, silentMultipliers } from './video-prices.ts';

const id = 'kling-v3-motion-control';

/** Seconds, of the given video and so of what is made. */
const secondsMax = { image: 10, video: 30 };

const orientationOf = ({ character_orientation: orientation = 'video' }: Pick<VideoRequest, 'character_orientation'>) =>
  orientation;

export const klingV3MotionControl = defineVideoModel({
  id,
  title: 'Kling V3 Motion Control',
  description:
    'Moves the character of an image as somebody moves in a given video. Makes no sound. Charged by the length of what was ' +
    'made.',
  // 2026-03-08, when the contract's page appeared.
  created: 1_772_949_128,
  fields: {
    prompt: optionalPrompt,
    image_urls: images('Exactly one image: the character.', { minItems: 1, maxItems: 1 }),
    video_urls: Type.Array(Type.String({ minLength: 1, format: 'uri' }), {
      minItems: 1,
      maxItems: 1,
      description:
        'Exactly one video: the motion. An http or https URL that the server can fetch. MP4 or MOV, at most 100 MB, 3 to 30 ' +
        's, each side 340 to 3850 px.',
      examples: [['https://example.com/dance.mp4']],
    }),
    quality: qualityTo1080p,
  },
  params: {
    character_orientation: Type.Enum(['image', 'video'], {
      type: 'string',
      description:
        'What the character faces like: the image (the video may last 10 s then) or the video (30 s). With an element only ' +
        '`video`.',
    }),
    element_list: elementList(1, 'At most one element, made with `video_refer`.'),
    keep_sound: keepSound,
    watermark_info: watermarkInfo,
  },
  rules: [requireVideoOrientation],
  checkCast: acceptCast(id, 'video_refer'),
  clipRules: motionClipRules,
  narrowClip: (request) => ({ durationMaxSeconds: secondsMax[orientationOf(request)] }),
  examples: {
    motion: {
      summary: 'A character that dances',
      value: {
        model: id,
        prompt: 'A clockwork figure dances on a table',
        image_urls: ['https://example.com/figure.jpg'],
        video_urls: ['https://example.com/dance.mp4'],
        quality: '720p',
        model_params: { character_orientation: 'image' },
      },
    },
    element: {
      summary: 'An element that moves, without the original sound',
      value: {
        model: id,
        image_urls: ['https://example.com/figure.jpg'],
        video_urls: ['https://example.com/dance.mp4'],
        quality: '1080p',
        model_params: {
          character_orientation: 'video',
          keep_sound: false,
          element_list: [{ element_id: '4810293847561029' }],
        },
      },
    },
  },
  estimatedSeconds: 300,
  price: {
    billing_rule: 'per_second',
    setting: 'priceKlingV3MotionControl',
    multipliers: silentMultipliers,
    minimumSeconds,
    outputSecondsMax: (request) => secondsMax[orientationOf(request)],
  },
});
