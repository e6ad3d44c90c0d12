import type { ErrorCode } from '../../lib/errors.ts';

/** Sample answers for the reference page and for programs that show an API by its examples; a test holds them to the schema. */
interface Example {
  summary: string;
  value: object;
}

const tooSmall: ErrorCode = 'image_dimension_mismatch';
const byOwner: ErrorCode = 'request_cancelled';
const elementId = '4129876500123456';

const head = (model: string, id: string) => ({
  created: 1_757_169_743,
  id,
  model,
  object: 'video.generation.task',
  type: 'video',
});
const elementTask = head('kling-custom-element', 'task-unified-1757169743-8dxnm6yz');
const videoTask = head('kling-o3-text-to-video', 'task-unified-1757169780-k2v7q0ha');

const pending: Example = {
  summary: 'Accepted',
  value: {
    ...elementTask,
    status: 'pending',
    progress: 0,
    task_info: { can_cancel: true, estimated_time: 30 },
    usage: { billing_rule: 'per_call', credits_reserved: 1, user_group: 'default' },
  },
};

const processing: Example = {
  summary: 'In work',
  value: {
    ...elementTask,
    status: 'processing',
    progress: 45,
    task_info: { can_cancel: true, estimated_time: 12, step: 'matte' },
    usage: { billing_rule: 'per_call', credits_reserved: 1, user_group: 'default' },
  },
};

const element: Example = {
  summary: 'A finished element',
  value: {
    ...elementTask,
    status: 'completed',
    progress: 100,
    results: [],
    result_data: {
      element_id: elementId,
      elements: [
        {
          element_id: elementId,
          element_name: 'My Character',
          element_description: 'A young woman with long black hair and brown eyes',
          element_type: 'image_refer',
          reference_type: 'image_refer',
          status: 'succeed',
        },
      ],
      engine: 'local',
      warnings: [],
      warning_count: 0,
      sources: [
        { role: 'frontal_image', matte_confidence: 0.94, same_subject: null },
        { role: 'refer_images', matte_confidence: 0.91, same_subject: 0.88 },
      ],
      frontal_image: 'frontal.jpg',
      scene_count: null,
      voice: null,
    },
    task_info: { can_cancel: false, estimated_time: 0 },
    usage: { billing_rule: 'per_call', credits_used: 1, cost: { credits: 1 }, user_group: 'default' },
    duration: 4.2,
  },
};

const video: Example = {
  summary: 'A finished video',
  value: {
    ...videoTask,
    status: 'completed',
    progress: 100,
    results: ['https://troupe.example/files/1757256180/6b1f0c5f9c3e/video.mp4'],
    result_data: {
      video_url: 'https://troupe.example/files/1757256180/6b1f0c5f9c3e/video.mp4',
      expires_at: 1_757_256_180,
      engine: 'kling',
      duration: 5,
      width: 1280,
      height: 720,
      frame_rate: 24,
      has_sound: false,
      element_ids: [elementId],
      warnings: [],
    },
    task_info: { can_cancel: false, estimated_time: 0, video_duration: 5 },
    usage: { billing_rule: 'per_second', credits_used: 27, cost: { credits: 27 }, user_group: 'default' },
    duration: 214.6,
  },
};

const failed: Example = {
  summary: 'A failed task',
  value: {
    ...elementTask,
    status: 'failed',
    progress: 0,
    error: {
      code: tooSmall,
      message:
        'model_params.element_image_list.refer_images[1].image_url: 280 × 640 px, each side must be at least 300 px',
      type: 'task_error',
      param: 'model_params.element_image_list.refer_images[1].image_url',
    },
    task_info: { can_cancel: false, estimated_time: 0 },
    usage: { billing_rule: 'per_call', credits_used: 0, cost: { credits: 0 }, user_group: 'default' },
    duration: 1.3,
  },
};

const cancelled: Example = {
  summary: 'A cancelled task',
  value: {
    ...elementTask,
    status: 'cancelled',
    progress: 0,
    error: { code: byOwner, message: 'the task was cancelled', type: 'task_error' },
    task_info: { can_cancel: false, estimated_time: 0 },
    usage: { billing_rule: 'per_call', credits_used: 0, cost: { credits: 0 }, user_group: 'default' },
    duration: 0.8,
  },
};

/** Named answers with status 200, by `operationId`. */
export const answerExamples: Readonly<Record<string, Readonly<Record<string, Example>>>> = {
  createGeneration: { pending },
  getTask: { element, video, processing, failed, cancelled },
  cancelTask: { cancelled },
};

/** Named bodies of the callback. */
export const callbackExamples: Readonly<Record<string, Example>> = { element, video, failed };
